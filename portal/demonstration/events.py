"""A year and a half of events: held, cancelled, moved, full, still planned; with the plans of quarters."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date, time, timedelta
from functools import partial
from uuid import UUID

from portal.core.rules.quarters import Quarter, quarter_of
from portal.demonstration.people import (
    EISM,
    LEAD_MANAGER,
    MANAGER,
    PEER,
    SIGN_INS,
    STAFF,
    SUPPLIER,
    DemoPerson,
    demo_id,
)
from portal.demonstration.script import Step, actor, moment
from portal.events.rules.draft import EventDraft, Times
from portal.events.rules.feedback import Satisfaction
from portal.events.rules.kinds import EventKind
from portal.events.service.afterwards import add_material, add_note, give_feedback
from portal.events.service.arranging import cancel_event, create_event, hold_event, move_event, publish_event
from portal.events.service.attending import mark_attendance
from portal.events.service.booking import book
from portal.events.service.planning import add_line, do_daily

PAST_QUARTERS = 4
CAPACITY = 8
FULL, OPEN, CANCELLED, MOVED, DRAFT, INSIDE, HELD, TO_CONFIRM = (
    demo_id("event", name)
    for name in ("full", "open", "cancelled", "moved", "draft", "inside", "held", "to-confirm")
)
LINK = "https://meet.example.org/ips"
BENEFITS = EventDraft(
    EventKind.TRAINING,
    "Benefits and work: the better-off conversation",
    "How to talk through benefits before a job offer, with the calculations done together on the day.",
    "Bring one case without any detail that would identify the person. A benefits adviser answers questions.",
    online=True,
    join_link=LINK,
    joining="The room opens ten minutes before. Captions can be switched on.",
    theme="Benefits",
    item_keys=("benefits-advice",),
)
JOB_SEARCH = EventDraft(
    EventKind.LEARNING,
    "Rapid job search: the first thirty days",
    "What teams do in the first month so that contact with employers begins early.",
    online=True,
    join_link=LINK,
    theme="Rapid job search",
    item_keys=("rapid-job-search",),
)
SUPPORT = EventDraft(
    EventKind.SHARING,
    "What worked: support that goes on in work",
    "Three services show how they keep in touch after somebody has started a job.",
    online=True,
    join_link=LINK,
    theme="Follow-along support",
)
LEADS = EventDraft(
    EventKind.NETWORKING,
    "Team leaders meet",
    "Team leaders of a region meet, compare caseloads and supervision, and find a partner service.",
    place="Meeting room 2, Town hall, Leeds. Step-free from the side entrance",
    region="Yorkshire and The Humber",
    joining="Ask for the IPS meeting at the desk. Lunch is provided.",
)
PRACTICE = EventDraft(
    EventKind.COMMUNITY,
    "Employment specialists’ community of practice",
    "Specialists talk through cases and what they tried with employers.",
    online=True,
    join_link=LINK,
    theme="Employer engagement",
)
FIDELITY = EventDraft(
    EventKind.TRAINING,
    "Fidelity in practice: evidence that shows what you do",
    "The quarterly session on fidelity: which records show an item’s rating, and how to keep them.",
    online=True,
    join_link=LINK,
    theme="Fidelity",
)
# what is planned each quarter: an event, its month of the quarter and its day
PROGRAMME = (
    (BENEFITS, 0, 8),
    (PRACTICE, 0, 22),
    (JOB_SEARCH, 1, 6),
    (LEADS, 1, 18),
    (SUPPORT, 2, 4),
    (FIDELITY, 2, 10),
)
MISSED = {2: (3,), 4: (4,)}  # quarters ago: which of the programme was cancelled
GUESTS = tuple(person for person in SIGN_INS if person not in (EISM, LEAD_MANAGER))
ANSWERS = (
    (Satisfaction.EXCELLENT, "The worked example was what I needed."),
    (Satisfaction.GOOD, "Send the slides before the session."),
    (Satisfaction.GOOD, ""),
    (Satisfaction.FAIR, "Too little time for questions."),
    (Satisfaction.EXCELLENT, ""),
    (Satisfaction.GOOD, "More on self-employment, please."),
)


@dataclass(frozen=True)
class Plan:
    """A quarter of the programme. `ago`: how many quarters before the anchor's."""

    quarter: Quarter
    ago: int

    def line(self, place: int) -> UUID:
        return demo_id("event-line", self.quarter.key, str(place))

    def event(self, place: int) -> UUID:
        return demo_id("event", self.quarter.key, str(place))

    def day(self, place: int) -> date:
        _, month, day = PROGRAMME[place]
        first = self.quarter.first
        year, number = divmod(first.year * 12 + first.month - 1 + month, 12)
        return date(year, number + 1, day)


def steps(anchor: date) -> list[Step]:
    """From the first plan to what is booked now."""
    now = quarter_of(anchor)
    found: list[Step] = []
    for ago in range(PAST_QUARTERS, -2, -1):
        plan = Plan(now.plus(-ago), ago)
        found += _planned(plan, anchor)
        if ago > 0:
            found += [step for place in range(len(PROGRAMME)) for step in _past(plan, place, anchor)]
    return [*found, *_now(anchor, Plan(now, 0))]


def _days(anchor: date, on: date) -> int:
    return (anchor - on).days


def _planned(plan: Plan, anchor: date) -> Iterator[Step]:
    """A plan is written six weeks before its quarter, and fixed by the portal when it opens."""
    before = max(_days(anchor, plan.quarter.first) + 45, 4)
    for place, (draft, _, _) in enumerate(PROGRAMME):
        yield Step(moment(anchor, before, 9, place), partial(_add_line, plan, place, draft))
    if plan.ago >= 0:
        yield Step(moment(anchor, _days(anchor, plan.quarter.first), 8), partial(do_daily, {}))


def _add_line(plan: Plan, place: int, draft: EventDraft) -> None:
    lead = actor(LEAD_MANAGER.id)
    add_line(lead, SUPPLIER.id, plan.quarter, draft.kind, draft.title, plan.day(place), id_=plan.line(place))


def _past(plan: Plan, place: int, anchor: date) -> Iterator[Step]:
    """An event of a past quarter: held with its people, or cancelled."""
    draft = replace(PROGRAMME[place][0], plan_line_id=plan.line(place))
    id_, days = plan.event(place), _days(anchor, plan.day(place))
    yield from _published(id_, draft, plan.day(place), anchor, days + 30)
    guests = GUESTS[place : place + 4]
    if place in MISSED.get(plan.ago, ()):
        yield Step(moment(anchor, days + 3, 9), partial(_cancel, id_))
        return
    for minute, guest in enumerate(guests):
        yield Step(moment(anchor, days + 10, 11, minute), partial(_book, id_, guest.id))
    yield Step(moment(anchor, days, 13), partial(_attended, id_, [guest.id for guest in guests[:3]], guests))
    yield Step(moment(anchor, days, 14), partial(_hold, id_, 2))


def _now(anchor: date, plan: Plan) -> Iterator[Step]:
    """What is under way: see the names at the top."""
    yield from _fixed(BENEFITS, plan.line(0), HELD, anchor, 14)
    yield from _held(anchor)
    yield from _fixed(PRACTICE, plan.line(1), TO_CONFIRM, anchor, 2)
    yield from _fixed(SUPPORT, plan.line(4), CANCELLED, anchor, 7)
    yield Step(moment(anchor, 12, 9), partial(_cancel, CANCELLED))
    yield from _fixed(LEADS, plan.line(3), MOVED, anchor, 3)
    yield Step(moment(anchor, 8, 9), partial(_move, MOVED, anchor + timedelta(days=27)))
    yield from _fixed(replace(JOB_SEARCH, capacity=CAPACITY), plan.line(2), FULL, anchor, -12)
    first = [one for one in GUESTS if one not in (STAFF, PEER)]
    for minute, guest in enumerate((*first[:CAPACITY], STAFF, PEER, *first[CAPACITY:])):
        yield Step(moment(anchor, 6, 10, minute), partial(_book, FULL, guest.id))
    yield from _fixed(replace(FIDELITY, capacity=40), plan.line(5), OPEN, anchor, -20)
    for minute, guest in enumerate((STAFF, MANAGER, PEER)):
        yield Step(moment(anchor, 5, 10, minute), partial(_book, OPEN, guest.id))
    inside = replace(SUPPORT, title="Reviewers compare notes", public=False, theme="Reviewing")
    yield from _fixed(inside, None, INSIDE, anchor, -33)
    coming = replace(PRACTICE, title="Community of practice, new year")
    yield Step(moment(anchor, 4, 12), partial(_create, DRAFT, coming, anchor + timedelta(days=60)))


def _held(anchor: date) -> Iterator[Step]:
    guests = GUESTS[:9]
    for minute, guest in enumerate((*guests, STAFF)):
        yield Step(moment(anchor, 20, 15, minute), partial(_book, HELD, guest.id))
    there = [guest.id for guest in guests[:7]] + [STAFF.id]
    yield Step(moment(anchor, 14, 13), partial(_attended, HELD, there, (*guests, STAFF)))
    yield Step(moment(anchor, 14, 14), partial(_hold, HELD, 2))
    givers = [guest for guest in guests[:7] if guest != STAFF]
    for minute, (guest, answer) in enumerate(zip(givers, ANSWERS, strict=False)):
        yield Step(moment(anchor, 13, 10, minute), partial(_answer, HELD, guest.id, answer))
    yield Step(moment(anchor, 13, 12), partial(_leave_behind, HELD))


def _fixed(draft: EventDraft, line_id: UUID | None, id_: UUID, anchor: date, days: int) -> Iterator[Step]:
    on = anchor - timedelta(days=days)
    yield from _published(id_, replace(draft, plan_line_id=line_id), on, anchor, max(days + 30, 10))


def _published(id_: UUID, draft: EventDraft, on: date, anchor: date, days: int) -> Iterator[Step]:
    yield Step(moment(anchor, days, 9, 30), partial(_create, id_, draft, on))
    yield Step(moment(anchor, days, 16), lambda: publish_event(actor(EISM.id), id_, 1))


def _create(id_: UUID, draft: EventDraft, on: date) -> None:
    create_event(actor(EISM.id), SUPPLIER.id, draft, Times(on, time(10), time(12)), id_)


def _book(id_: UUID, person_id: UUID) -> None:
    book(actor(person_id), id_)


def _cancel(id_: UUID) -> None:
    cancel_event(actor(EISM.id), id_, "The speaker is ill and nobody can stand in.", 2)


def _move(id_: UUID, on: date) -> None:
    times = Times(on, time(11), time(14))
    move_event(actor(EISM.id), id_, times, "The room is closed for repairs.", 2)


def _attended(id_: UUID, there: list[UUID], shown: tuple[DemoPerson, ...]) -> None:
    ids = [guest.id for guest in shown]
    mark_attendance(actor(EISM.id), id_, ids, there)


def _hold(id_: UUID, seen: int) -> None:
    hold_event(actor(EISM.id), id_, seen)


def _answer(id_: UUID, person_id: UUID, answer: tuple[Satisfaction, str]) -> None:
    give_feedback(actor(person_id), id_, *answer)


def _leave_behind(id_: UUID) -> None:
    lead = actor(EISM.id)
    add_material(lead, id_, "Recording with captions", "https://video.example.org/benefits")
    add_note(lead, id_, "Start with the worked example next time, and leave twenty minutes for questions.")
