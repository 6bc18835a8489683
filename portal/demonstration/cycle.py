"""The cycle of the demonstration's current contract: reports of seven quarters, meetings, milestones, cases.

One report was returned and put right, the last waits for the buyer, the quarter that runs is compiled. A
report is submitted on the 27th day after its quarter: figures entered by hand are entered before.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import date, timedelta
from functools import partial
from uuid import UUID

from portal.accounts.rules.actors import Actor
from portal.accounts.rules.roles import Role
from portal.contracts.cycle import queries
from portal.contracts.cycle.models import MeetingKind
from portal.contracts.cycle.rules.agenda import Point
from portal.contracts.cycle.rules.records import (
    ActionDetails,
    ActivityDetails,
    CaseDetails,
    CaseKind,
    Details,
    Grade,
    ManagerDetails,
    MilestoneDetails,
    RiskDetails,
    RiskKind,
)
from portal.contracts.cycle.rules.streams import Stream
from portal.contracts.cycle.service import cases, keeping
from portal.contracts.cycle.service.meetings import MeetingDetails, hold_meeting, plan_meeting
from portal.contracts.cycle.service.moving import (
    close_quarter,
    compile_report,
    decide_report,
    save_summary,
    submit_report,
)
from portal.core.rules.quarters import Quarter, last_quarters, quarter_of
from portal.demonstration.people import LEAD_MANAGER, SIGN_INS, demo_id
from portal.demonstration.script import Step, actor, moment

KEY = "demonstration-2025"
FIRST = Quarter(2024, 4)
AWARDED = date(2024, 12, 9)
SUBMITTED, DECIDED, MET, CLOSED = 27, 34, 38, 44  # days after a quarter
RETURNED = 2  # how many quarters after the first: the report that was put right
ACTIVITIES = (
    (Stream.OPERATIONS, "Coaching days on site in services new to IPS", True, True),
    (Stream.REPORTING, "Check-in call with every provider", True, True),
    (Stream.REPORTING, "Data clinic on the reporting of job outcomes", True, False),
)
SUMMARY = "Services asked most for help with job development, and with records shared with treatment teams."
POINTS = ("Actions of earlier meetings", "Indicators", "Milestones", "Payments", "Risks and issues")
PRESENT = (
    ("The supplier’s contract contacts", "Leonard Marsh"),
    ("The OHID technical team", "Beatrice Lowe"),
    ("DWP", "A representative"),
    ("NHS England", "A representative"),
    ("DHSC commercial directorate, where required", ""),
)


def steps(anchor: date) -> Iterator[Step]:
    """Steps of every quarter that is over, of the one that runs, and of what is kept beside them."""
    past = [one for one in last_quarters(quarter_of(anchor).plus(-1), 7) if one >= FIRST]
    for number, quarter in enumerate(past):
        yield from _compiled(quarter)
        if quarter != past[-1]:
            yield from _settled(quarter, returned=number == RETURNED)
        if quarter not in past[-2:]:
            done = quarter.last + timedelta(days=MET + 20)
            yield Step(moment(done, 0, 12), partial(_done, quarter, done))
    now = quarter_of(anchor)
    yield Step(moment(now.first, -20, 9), partial(_compile, now))
    yield Step(moment(anchor, 3, 10), partial(_plan_review, past[-1], anchor + timedelta(days=10)))
    yield from _kept(anchor)
    yield from _cases(anchor)


def report_id(quarter: Quarter) -> UUID:
    """The id of a quarter's first report."""
    return demo_id("contract-report", quarter.key)


def meeting_id(quarter: Quarter) -> UUID:
    """The id of a quarter's review."""
    return demo_id("contract-meeting", quarter.key)


def _lead() -> Actor:
    return actor(LEAD_MANAGER.id)


def _buyer() -> Actor:
    return actor(next(one.id for one in SIGN_INS if one.role is Role.BUYER))


def _compiled(quarter: Quarter) -> Iterator[Step]:
    yield Step(moment(quarter.last, -4, 9), partial(_compile, quarter))
    yield Step(moment(quarter.last, -SUBMITTED, 16), partial(_submit, quarter))


def _settled(quarter: Quarter, returned: bool) -> Iterator[Step]:
    if returned:
        yield Step(moment(quarter.last, -DECIDED + 4, 10), partial(_return, quarter))
        yield Step(moment(quarter.last, -DECIDED + 1, 10), partial(_submit, quarter))
    yield Step(moment(quarter.last, -DECIDED, 15), partial(_accept, quarter))
    met = quarter.last + timedelta(days=MET)
    yield Step(moment(quarter.last, -DECIDED, 16), partial(_plan_review, quarter, met))
    yield Step(moment(quarter.last, -MET, 16), partial(_hold, quarter, met))
    yield Step(moment(quarter.last, -CLOSED, 11), partial(_close, quarter))


def _compile(quarter: Quarter) -> None:
    compile_report(_lead(), KEY, quarter.key, report_id(quarter))
    for number, (stream, text, planned, done) in enumerate(ACTIVITIES):
        on = quarter.first + timedelta(days=9 + 4 * number) if done else None
        details = ActivityDetails(stream, text, planned, on)
        id_ = demo_id("contract-activity", quarter.key, str(number))
        keeping.add(_lead(), keeping.ACTIVITY, KEY, details, id_, quarter=quarter.key)
    save_summary(_lead(), report_id(quarter), SUMMARY, 1)


def _submit(quarter: Quarter) -> None:
    row = queries.newest_report(KEY, quarter.key)
    assert row is not None  # it was compiled
    submit_report(_lead(), row.id)


def _return(quarter: Quarter) -> None:
    reason = "The check-in calls are listed as one line. Say with how many providers they were held."
    decide_report(_buyer(), report_id(quarter), accepted=False, reason=reason)
    on = quarter.last - timedelta(days=3)
    details = ActivityDetails(Stream.REPORTING, "Check-in calls held with 21 of 22 providers", True, on)
    keeping.add(_lead(), keeping.ACTIVITY, KEY, details, quarter=quarter.key)


def _accept(quarter: Quarter) -> None:
    row = queries.newest_report(KEY, quarter.key)
    assert row is not None  # it was submitted
    decide_report(_buyer(), row.id, accepted=True)


def _plan_review(quarter: Quarter, on: date) -> None:
    agenda = tuple(Point(title, "") for title in POINTS)
    details = MeetingDetails(MeetingKind.QUARTERLY, on, "", agenda)
    plan_meeting(_buyer(), KEY, quarter.key, details, meeting_id(quarter))


def _hold(quarter: Quarter, met: date) -> None:
    words = "The figures of the quarter were gone through. Recruitment in the North stays the main concern."
    hold_meeting(_buyer(), meeting_id(quarter), PRESENT, words)
    due = met + timedelta(days=28)
    details = ActionDetails("Share the list of posts that are hard to fill", "Leonard Marsh", due)
    id_ = demo_id("contract-action", quarter.key)
    keeping.add(_buyer(), keeping.ACTION, KEY, details, id_, meeting_id=meeting_id(quarter))


def _done(quarter: Quarter, on: date) -> None:
    """What the review agreed is done."""
    row = keeping.found(keeping.ACTION, demo_id("contract-action", quarter.key))
    keeping.edit(_lead(), keeping.ACTION, row.id, replace(keeping.read(row, keeping.ACTION), done_on=on), 1)


def _close(quarter: Quarter) -> None:
    row = queries.newest_report(KEY, quarter.key)
    assert row is not None  # it was accepted
    close_quarter(_buyer(), row.id)


def _kept(anchor: date) -> Iterator[Step]:
    """Milestones, risks and changes of the lead manager, each on the day it was known."""
    due = AWARDED + timedelta(weeks=4)
    known, told = date(2025, 4, 23), date(2025, 8, 1)
    plan = MilestoneDetails("Mobilisation plan agreed", due, due, awarded_on=AWARDED)
    rows: tuple[tuple[date, keeping.Kept, Details], ...] = (
        (known, keeping.MILESTONE, plan),
        (known, keeping.MILESTONE, MilestoneDetails("All EISMs in post", date(2025, 3, 31), known)),
        (known, keeping.MILESTONE, MilestoneDetails("Guide for services revised", date(2026, 10, 31))),
        (known, keeping.MILESTONE, MilestoneDetails("Plan for handover agreed", date(2027, 1, 29))),
        *((risk.raised_on, keeping.RISK, risk) for risk in _risks(anchor)),
        (told, keeping.MANAGER, ManagerDetails("Leonard Marsh", told, date(2025, 9, 8))),
    )
    for number, (on, kind, details) in enumerate(rows):
        id_ = demo_id("contract-record", str(number))
        yield Step(moment(on, 0, 17, number), partial(_keep, kind, details, id_))


def _risks(anchor: date) -> Iterator[RiskDetails]:
    for text, grade, days in (
        ("Posts of employment specialists stay empty for long", Grade.HIGH, 200),
        ("Treatment services change hands in two areas", Grade.MEDIUM, 90),
    ):
        raised = anchor - timedelta(days=days)
        yield RiskDetails(RiskKind.RISK, text, grade, "Gone through at every review", "Leonard Marsh", raised)


def _keep(kind: keeping.Kept, details: Details, id_: UUID) -> None:
    keeping.add(_lead(), kind, KEY, details, id_)


def _cases(anchor: date) -> Iterator[Step]:
    """A complaint that was settled, one that was escalated, and a query."""
    wanted = (
        (
            CaseKind.COMPLAINT,
            160,
            "A provider",
            "A report came three weeks late",
            cases.RESOLVED,
        ),
        (CaseKind.COMPLAINT, 40, "A commissioner", "Two dates for a review were moved", cases.ESCALATED),
        (CaseKind.QUERY, 6, "A provider", "May volunteers be counted as employment specialists?", ""),
    )
    for number, (kind, days, sender, about, end) in enumerate(wanted):
        id_ = demo_id("contract-case", str(number))
        details = CaseDetails(kind, anchor - timedelta(days=days), sender, about)
        yield Step(moment(anchor, days - 1, 9), partial(_open, details, id_))
        yield Step(moment(anchor, days - 2, 9), partial(_step, id_, cases.NOTED, "Telephoned the sender."))
        if end:
            yield Step(
                moment(anchor, days - 20, 9), partial(_step, id_, end, "Talked through by both sides.")
            )


def _open(details: CaseDetails, id_: UUID) -> None:
    cases.open_case(_lead(), KEY, details, id_)


def _step(id_: UUID, what: str, text: str) -> None:
    cases.take_step(_lead(), id_, what, text)
