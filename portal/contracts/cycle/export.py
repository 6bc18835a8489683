"""A quarter's report as files: a workbook, and the JSON that is frozen."""

from __future__ import annotations

from collections.abc import Iterable

from portal.contracts.cycle.rules.report import Report
from portal.contracts.cycle.rules.streams import BY_HAND, Stream
from portal.core.rules.money import money
from portal.core.spreadsheets import SheetOut, write_xlsx

WIDE = 60


def report_xlsx(report: Report) -> bytes:
    """The report as a workbook, a sheet for each part."""
    return write_xlsx([sheet for sheet in _sheets(report) if sheet.rows])


def _sheets(report: Report) -> Iterable[SheetOut]:
    yield _summary(report)
    yield _indicators(report)
    yield SheetOut(
        "History",
        ("Indicator", "Quarter", "Value", "Band"),
        [
            (one.number, each.quarter, each.shown, each.band)
            for one in report.indicators
            for each in one.history
        ],
    )
    yield SheetOut(
        "Records",
        ("Indicator", "Record"),
        [(one.number, row) for one in report.indicators for row in one.rows],
        {1: WIDE},
    )
    yield _activities(report)
    yield from _kept(report)
    yield from _beside(report)


def _summary(report: Report) -> SheetOut:
    part = report.money
    rows: list[tuple[str, str]] = [
        ("Contract", report.title),
        ("Buyer", report.buyer),
        ("Supplier", report.supplier),
        ("Quarter", f"{report.quarter}, {report.period}"),
        ("Version", str(report.number)),
        ("Why there is this version", report.why),
        ("Summary", report.summary),
    ]
    if part is not None:
        rows += [
            ("Payment due", money(part.due)),
            ("Retained", money(part.retained)),
            ("Released", money(part.released)),
            ("Due so far", f"{money(part.running)} of {money(part.ceiling)}"),
        ]
    return SheetOut("Report", ("What", "Value"), rows, {0: 28, 1: WIDE})


def _indicators(report: Report) -> SheetOut:
    columns = (
        "Number", "Indicator", "Period", "Target", "Numerator", "Denominator", "Value", "Band", "Provisional",
        "Entered by hand", "What follows",
    )  # fmt: skip
    rows = [
        (
            one.number,
            one.title,
            one.period,
            one.target,
            one.numerator,
            one.denominator,
            one.shown or one.missing,
            one.band,
            "yes" if one.provisional else "no",
            one.by_hand,
            one.consequence,
        )
        for one in report.indicators
    ]
    return SheetOut("Indicators", columns, rows, {1: WIDE, 10: WIDE})


def _activities(report: Report) -> SheetOut:
    rows = [
        (
            Stream(one.stream).words,
            one.text,
            "yes" if one.planned else "no",
            "yes" if one.done else "no",
            one.on.isoformat() if one.on else "",
            "entered by hand" if one.source == BY_HAND else one.source,
            one.note,
        )
        for one in report.activities
    ]
    columns = ("Work-stream", "Activity", "Planned", "Done", "Day", "Record", "Note")
    return SheetOut("Activities", columns, rows, {0: 40, 1: WIDE})


def _kept(report: Report) -> Iterable[SheetOut]:
    yield SheetOut(
        "Milestones",
        ("Milestone", "Due", "Reached", "Late", "Note"),
        [
            (one.title, one.due, one.done_on, "yes" if one.late else "no", one.note)
            for one in report.milestones
        ],
        {0: WIDE},
    )
    yield SheetOut(
        "Risks and issues",
        ("Kind", "What", "Weight", "Response", "Owner", "Raised", "Closed"),
        [
            (one.kind, one.text, one.grade, one.response, one.owner, one.raised_on, one.closed_on)
            for one in report.risks
        ],
        {1: WIDE, 3: WIDE},
    )
    yield SheetOut(
        "Social value",
        ("Commitment", "Metric", "Target", "Reported", "Met"),
        [
            (one.title, one.metric, one.target, one.value, "yes" if one.met else "no")
            for one in report.commitments
        ],
        {0: WIDE, 1: 40},
    )


def _beside(report: Report) -> Iterable[SheetOut]:
    yield SheetOut(
        "Remedial plans",
        ("Plan", "State", "Task", "Who", "Due", "Task state"),
        [
            (plan.title, plan.state, task.text, task.owner, task.due, task.state)
            for plan in report.plans or ()
            for task in plan.tasks
        ],
        {0: WIDE, 2: WIDE},
    )
    yield SheetOut(
        "Complaints and queries",
        ("Kind", "About", "Received", "State"),
        [(one.kind, one.about, one.received_on, one.state) for one in report.cases],
        {1: WIDE},
    )
    yield SheetOut(
        "Actions",
        ("Action", "Who", "Due", "Done"),
        [(one.text, one.owner, one.due, one.done_on) for one in report.actions],
        {0: WIDE},
    )
    yield SheetOut(
        "Changes",
        ("What", "Version before", "This version"),
        [(one.what, one.before, one.now) for one in report.changes],
        {0: WIDE, 1: 40, 2: 40},
    )
