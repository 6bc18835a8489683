"""Every page of an assessment, from its start to its report, in every state."""

from __future__ import annotations

from tests.support.page_states import (
    PageState,
    enter,
    follow,
    hidden,
    opened,
    press,
    tick,
    upload,
    waits_for,
)

S = PageState
_STAFF, _MANAGER, _EISM = "provider-staff", "provider-manager", "eism"
_TOO_LONG = "x" * 20_001

STARTING = (
    S("start", _STAFF, "/services/{withdrawn service}/assessments/new", "Start an assessment", (opened,)),
    S(
        "start-wrong",
        _STAFF,
        "/services/{withdrawn service}/assessments/new",
        "Start an assessment",
        (enter("[name=period_from] >> nth=1", "13"), press("Start")),
        "There is a problem",
    ),
)
TASK_LISTS = (
    S("tasks-empty", _STAFF, "/assessments/{empty}", "Guided", (), "Start with item 1"),
    S("tasks-half", _STAFF, "/assessments/{half}", "Guided", (), "Continue where you left off"),
    S("tasks-returned", _MANAGER, "/assessments/{returned}", "Guided", (), "Returned by the guide"),
    S("tasks-complete-staff", _STAFF, "/assessments/{returned}", "Guided", (), "manager can now check"),
    S("tasks-with-guide", _MANAGER, "/assessments/{with-guide}", "Guided", (), "The guide has it"),
    S("tasks-with-guide-guided", _EISM, "/assessments/{with-guide}", "Guided", (), "Guide this assessment"),
    S("tasks-peer", "peer-reviewer", "/assessments/{peer}", "Peer", (), "Guide this assessment"),
    S("tasks-with-provider", _MANAGER, "/assessments/{with-provider}", "Guided", (), "Answer the guide"),
    S("tasks-with-provider-guide", _EISM, "/assessments/{with-provider}", "Guided", (), "is answering"),
    S("tasks-settling", _EISM, "/assessments/{settling}", "Guided", (), "Settle what still differs"),
    S("tasks-settling-provider", _STAFF, "/assessments/{settling}", "Guided"),
    S("tasks-final", _STAFF, "/assessments/{final}", "Guided", (), "Read the report"),
    S("tasks-withdrawn", _MANAGER, "/assessments/{withdrawn}", "Guided", (), "Withdrawn"),
)
_FIRST = "/assessments/{half}/items/1"
_SAVED_BEFORE = (hidden("version", "0"), enter("#evidence", "Other evidence, of another office"))
ITEMS = (
    S("item-ratio", _STAFF, _FIRST, "1.", (opened,), "Suggested rating"),
    S("item-components", _STAFF, "/assessments/{half}/items/3", "3.", (), "Suggested rating"),
    S("item-levels", _STAFF, "/assessments/{half}/items/6", "6.", (), "Tick what is true now"),
    S("item-offer", _STAFF, "/assessments/{empty}/items/4", "4.", (), "Use these figures"),
    S("item-empty", _STAFF, "/assessments/{empty}/items/15", "15.", (), "Nothing saved yet"),
    S("item-last", _STAFF, "/assessments/{returned}/items/25", "25.", (), "Save and finish"),
    S(
        "item-figures-wrong",
        _STAFF,
        "/assessments/{empty}/items/2",
        "2.",
        (enter("#in-all-hours", "many"),),
        "number",
    ),
    S(
        "item-reason-needed",
        _STAFF,
        "/assessments/{empty}/items/6?told=reason",
        "6.",
        (),
        "Say why you chose",
    ),
    S(
        "item-too-long",
        _STAFF,
        "/assessments/{empty}/items/7",
        "7.",
        (hidden("rationale", _TOO_LONG), press("Save and next item")),
        "20,000 characters or fewer",
    ),
    S("item-stale", _STAFF, _FIRST, "1.", (*_SAVED_BEFORE, waits_for("somebody else saved")), "Show both"),
    S(
        "item-conflict",
        _STAFF,
        _FIRST,
        "1.",
        (*_SAVED_BEFORE, waits_for("somebody else saved"), follow("Show both versions")),
        "Yours, not saved",
    ),
    S("item-file-none", _STAFF, _FIRST, "1.", (press("Add file"),), "Choose a file first"),
    S("item-returned", _STAFF, "/assessments/{returned}/items/5", "5.", (), "Returned by the guide"),
    S("item-read-only", _STAFF, "/assessments/{with-guide}/items/24", "24."),
    S("item-read-final", _MANAGER, "/assessments/{final}/items/5", "5.", (), "Talk on this item"),
    S("item-files-read", _EISM, _FIRST, "1.", (), "caseloads, November.csv"),
    S("item-without-bands", "commissioner", "/assessments/{final}/items/1", "1."),
)
_ROWS = "/assessments/{half}/sheet"
_FILE = "item,rating,rationale\n1,2,We counted again\n13,4,\n"
SHEETS = (
    S("sheet-empty", _STAFF, "/assessments/{empty}/sheet", "Rating sheet"),
    S("sheet", _STAFF, _ROWS, "Rating sheet", (tick("#r-20-3"),), "not saved yet"),
    S(
        "sheet-stale",
        _STAFF,
        _ROWS,
        "Rating sheet",
        (hidden("v-2", "0"), tick("#r-2-1"), press("Save sheet")),
        "Somebody else saved",
    ),
    S(
        "sheet-too-long",
        _STAFF,
        _ROWS,
        "Rating sheet",
        (hidden("t-1", _TOO_LONG), press("Save sheet")),
        "problem",
    ),
    S("sheet-read-only", _STAFF, "/assessments/{with-guide}/sheet", "Rating sheet"),
    S("import", _STAFF, "/assessments/{half}/import", "Bring in a spreadsheet"),
    S("import-none", _STAFF, "/assessments/{half}/import", "Bring in", (press("Read the file"),), "problem"),
    S(
        "import-problems",
        _STAFF,
        "/assessments/{half}/import",
        "Bring in",
        (upload("ratings.csv", "item,rating\n1,6\n99,2\nfour,3\n"), press("Read the file")),
        "3 problems in ratings.csv",
    ),
    S(
        "sheet-from-file",
        _STAFF,
        "/assessments/{half}/import",
        "Rating sheet",
        (upload("ratings.csv", _FILE), press("Read the file")),
        "Not saved yet",
    ),
    S("check-blocked", _MANAGER, "/assessments/{half}/check", "Check and submit", (), "Not ready yet"),
    S(
        "check-ready",
        _MANAGER,
        "/assessments/{returned}/check",
        "Check and submit",
        (),
        "Submit to the guide",
    ),
)
_ONE = "/assessments/{with-guide}/guide/5"
GUIDING = (
    S(
        "guidance",
        _EISM,
        "/assessments/{with-guide}/guidance",
        "Guide this assessment",
        (),
        "Go through the items",
    ),
    S(
        "guidance-begun",
        "peer-reviewer",
        "/assessments/{peer}/guidance",
        "Guide this",
        (),
        "Hand over for answers",
    ),
    S(
        "guidance-settling",
        _EISM,
        "/assessments/{settling}/guidance",
        "Settle what differs",
        (),
        "kept its rating",
    ),
    S("guide-item", _EISM, _ONE, "5.", (opened,), "What the provider says"),
    S(
        "guide-item-proposed",
        "peer-reviewer",
        "/assessments/{peer}/guide/24",
        "24.",
        (),
        "Change the proposal",
    ),
    S("guide-item-asked", "peer-reviewer", "/assessments/{peer}/guide/9", "9.", (), "Talk on this item"),
    S("guide-item-unrated", _EISM, _ONE, "5.", (press("Propose"),), "Select the rating you propose"),
    S("guide-item-unasked", _EISM, _ONE, "5.", (press("Ask"),), "There is a problem"),
    S(
        "guide-item-stale",
        "peer-reviewer",
        "/assessments/{peer}/guide/24",
        "24.",
        (hidden("version", "0"), tick("#rating-3"), press("Change the proposal")),
        "Somebody else changed this proposal first",
    ),
    S("guide-item-settling", _EISM, "/assessments/{settling}/guide/24", "24.", (), "Your proposal"),
    S("agreement", _EISM, "/assessments/{settling}/agreement", "Check and agree", (), "Agree and hand to a"),
    S(
        "agreement-blocked",
        "peer-reviewer",
        "/assessments/{peer}/agreement",
        "Check and agree",
        (),
        "Not ready yet",
    ),
    S("return", _EISM, "/assessments/{with-guide}/return", "Return to the provider"),
    S("return-empty", _EISM, "/assessments/{with-guide}/return", "Return", (press("Return it"),), "Say why"),
)
_ANSWERS = "/assessments/{with-provider}/answers"
ANSWERING = (
    S("answers", _MANAGER, _ANSWERS, "Answer the guide", (), "The guide proposes"),
    S("answers-staff", _STAFF, _ANSWERS, "Answer the guide", (), "For the manager to answer"),
    S("answers-none", _STAFF, "/assessments/{half}/answers", "Answer the guide", (), "nothing to answer"),
    S("answers-returned", _STAFF, "/assessments/{returned}/answers", "Answer the guide"),
    S(
        "answers-without-reason",
        _MANAGER,
        _ANSWERS,
        "Answer the guide",
        (tick("#choice-5-kept"), press("Save answers")),
        "There is a problem",
    ),
)
REPORTS = (
    S("report", _MANAGER, "/assessments/{final}/report", "Guided", (opened,), "Not agreed"),
    S("report-unguided", _STAFF, "/assessments/{unguided}/report", "Self-assessment", (), "Action plan"),
    S("report-past", _EISM, "/assessments/{past}/report", "", (), "A later result"),
    S(
        "report-without-bands",
        "programme-team",
        "/assessments/{thrive}/report",
        "",
        (),
        "No bands are published",
    ),
    S("report-read-from-afar", "buyer", "/assessments/{final}/report", "Guided"),
    S("report-pdf-not-made", _EISM, "/assessments/{past}/report.pdf", "The PDF is not made yet"),
    S(
        "report-pdf-coming",
        _EISM,
        "/assessments/{later past}/report.pdf",
        "The PDF is being made",
        (press("Make the PDF"),),
        "few seconds",
    ),
)
STATES = (*STARTING, *TASK_LISTS, *ITEMS, *SHEETS, *GUIDING, *ANSWERING, *REPORTS)
