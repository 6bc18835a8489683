"""The draft that the service checks, publication, versions, corrections and purges, in every state."""

from __future__ import annotations

from tests.support.page_states import PageState, enter, hidden, opened, press

S = PageState
_MANAGER, _STAFF, _LEAD, _LED = "provider-manager", "provider-staff", "lead-reviewer", "lead-manager"
_DRAFT, _PUBLISHED = "/reviews/{accuracy review}", "/reviews/{published review}"
_ITEM = f"{_DRAFT}/accuracy/11"
_ANSWERED = "/reviews/{responding review}"
_REPORT = "/assessments/{published review}"

DRAFTS = (
    S("draft-of-service", _MANAGER, f"{_DRAFT}/accuracy", "Hartlepool", (), "Check and send"),
    S("draft-of-staff", _STAFF, f"{_DRAFT}/accuracy", "Hartlepool", (), "Your manager sends them"),
    S("draft-of-reviewers", _LEAD, f"{_DRAFT}/accuracy", "Hartlepool", (), "when it has sent them"),
    S("draft-published", _MANAGER, f"{_PUBLISHED}/accuracy", "Middlesbrough", (), "Declined"),
    S("draft-comment", _STAFF, _ITEM, "Executive team support", (opened,), "Put back"),
    S(
        "draft-comment-too-long",
        _STAFF,
        _ITEM,
        "Executive team support",
        (hidden("text", "x" * 5001), press("Save")),
        "5,000 characters or fewer",
    ),
    S(
        "draft-comment-stale",
        _STAFF,
        _ITEM,
        "Executive team support",
        (enter("#text", "Mine"), hidden("version", "0"), press("Save")),
        "Both versions",
    ),
    S("draft-item-of-reviewers", _LEAD, _ITEM, "Executive team support", (), "has no comment"),
    S("draft-send", _MANAGER, f"{_DRAFT}/accuracy/send", "Hartlepool", (), "You send comments on 1 item"),
    S("draft-dates", _LEAD, f"{_DRAFT}/accuracy/dates", "Hartlepool", (), "Until when"),
    S(
        "draft-dates-wrong",
        _LEAD,
        f"{_DRAFT}/accuracy/dates",
        "Hartlepool",
        (enter("#until-year", "1999"), press("Save")),
        "The deadline must be today or later",
    ),
    S("draft-to-decide", _LEAD, f"{_ANSWERED}/accuracy", "Thrive", (), "1 comment to decide"),
    S("draft-decide", _LEAD, f"{_ANSWERED}/accuracy/1", "1. ", (opened,), "Your decision"),
    S(
        "draft-decide-nothing",
        _LEAD,
        f"{_ANSWERED}/accuracy/1",
        "1. ",
        (press("Save the decision"),),
        "Choose whether you accept the comment",
    ),
    S("draft-pdf", _STAFF, f"{_DRAFT}/accuracy/draft.pdf", "Hartlepool", (), "not made yet"),
)
PUBLICATION = (
    S("publish-not-ready", _LEAD, f"{_ANSWERED}/publish", "Thrive", (opened,), "Not ready yet"),
    S("report-corrected", "buyer", f"{_REPORT}/report", "Middlesbrough", (opened,), "This is version 2."),
    S(
        "report-replaced",
        "buyer",
        f"{_REPORT}/report?version=1",
        "Middlesbrough",
        (),
        "correction has replaced",
    ),
    S("report-versions", "buyer", f"{_REPORT}/report/versions", "Versions of the report", (), "left out"),
    S("certificate-coming", "buyer", f"{_REPORT}/certificate.pdf", "The certificate is", (), ""),
    S("correct", _LEAD, f"{_PUBLISHED}/correct", "Middlesbrough", (opened,), "Approved: version 2"),
    S("correct-of-moderator", "moderator", f"{_PUBLISHED}/correct", "Middlesbrough", (), "version 2"),
    S(
        "correct-nothing",
        _LEAD,
        f"{_PUBLISHED}/correct",
        "Middlesbrough",
        (press("Propose the correction"),),
        "nothing is different yet",
    ),
    S("purge-held", _LED, f"{_PUBLISHED}/purge", "Middlesbrough", (), "On legal hold"),
    S(
        "purge-no-reason",
        _LED,
        f"{_PUBLISHED}/purge",
        "Middlesbrough",
        (press("Release the hold"),),
        "Say why the hold ends",
    ),
    S("purge-of-service", _MANAGER, f"{_PUBLISHED}/purge", "Middlesbrough", (), "On legal hold"),
    S("purges", _LED, "/reviews/purges", "Purges of fieldwork notes", (), "A complaint"),
)
STATES = (*DRAFTS, *PUBLICATION)
