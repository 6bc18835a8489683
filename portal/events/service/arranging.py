"""Making, changing, publishing, moving, cancelling and confirming events."""

from __future__ import annotations

import uuid
from datetime import datetime
from uuid import UUID

from portal.accounts.rules.actors import Actor
from portal.accounts.rules.permissions import Links, Permission, demand
from portal.core import clock
from portal.core.act import act
from portal.core.db import db
from portal.core.errors import Invalid, Refused
from portal.events.models import Event, EventMove, EventPlan, EventPlanLine, EventSeries
from portal.events.rules.booking import BookingState, capacity_problem
from portal.events.rules.draft import EventDraft, Times
from portal.events.rules.repeating import Repeat, count_problem, days_of
from portal.events.rules.state import EventAction, EventState, after
from portal.events.service.booking import move_up
from portal.events.service.loading import managed
from portal.events.service.notices import tell_all

LONGEST_REASON = 300
_COMING = (BookingState.BOOKED, BookingState.WAITING)


def create_event(
    actor: Actor, organiser_id: UUID, draft: EventDraft, times: Times, id_: UUID | None = None
) -> UUID:
    """Plan an event. Only its organisers see it until it is published. Raises Forbidden or Invalid."""
    event_id = id_ or uuid.uuid4()
    with act(actor, "events.create", ("event", event_id)) as work:
        demand(actor, Permission.EVENTS_MANAGE, Links(supplier=organiser_id))
        _check(organiser_id, draft, times)
        db.session.add(_made(event_id, organiser_id, draft, times))
        work.note(organiser=organiser_id, kind=draft.kind.value, on=times.on)
    return event_id


def create_series(
    actor: Actor, organiser_id: UUID, draft: EventDraft, times: Times, repeat: Repeat, count: int | None
) -> list[UUID]:
    """Plan several events at once, each of which then stands for itself. Raises Forbidden or Invalid.

    All begin at the same UK time of day, on either side of a change of the clocks.
    """
    series_id = uuid.uuid4()
    with act(actor, "events.create-series", ("event-series", series_id)) as work:
        demand(actor, Permission.EVENTS_MANAGE, Links(supplier=organiser_id))
        _check(organiser_id, draft, times)
        problem = count_problem(count)
        if problem is not None or count is None:
            raise Invalid({"count": problem or ""})
        db.session.add(EventSeries(id=series_id, organiser_id=organiser_id, repeat=repeat, count=count))
        db.session.flush()
        made = []
        for on in days_of(times.on, repeat, count):
            event = _made(uuid.uuid4(), organiser_id, draft, Times(on, times.begins, times.ends))
            event.series_id = series_id
            db.session.add(event)
            made.append(event.id)
        work.note(organiser=organiser_id, repeat=repeat.value, events=made)
    return made


def edit_event(actor: Actor, event_id: UUID, draft: EventDraft, seen: int) -> None:
    """Change all but the dates. With more places than before, those who wait move up.

    Raises NotFound, Forbidden, Stale, Invalid, or Refused for a cancelled event.
    """
    with act(actor, "events.edit", ("event", event_id)) as work:
        event = managed(actor, event_id, seen)
        event.state = after(event.state, EventAction.EDIT)
        problems = draft.problems() | _line_problem(event.organiser_id, draft)
        problem = capacity_problem(draft.capacity, event.taken)
        if problem is not None:
            problems.setdefault("capacity", problem)
        if problems:
            raise Invalid(problems)
        changed = [name for name in vars(draft) if getattr(event, name) != _stored(draft, name)]
        if not changed:
            work.unchanged()
            return
        for name in changed:
            setattr(event, name, _stored(draft, name))
        event.version += 1
        work.note(changed=changed, moved_up=move_up(event))


def publish_event(actor: Actor, event_id: UUID, seen: int) -> None:
    """Open an event for booking. Raises NotFound, Forbidden, Stale or Refused."""
    with act(actor, "events.publish", ("event", event_id)):
        event = managed(actor, event_id, seen)
        state = after(event.state, EventAction.PUBLISH)
        if event.starts_at <= clock.now():
            raise Refused("The event has begun already: move it before you publish it.")
        event.state = state
        event.version += 1


def cancel_event(actor: Actor, event_id: UUID, because: str, seen: int) -> int:
    """Cancel an event and tell everybody who has a place or waits. Returns how many were told.

    It is not undone: people were told. Raises NotFound, Forbidden, Stale, Refused or Invalid (no reason).
    """
    with act(actor, "events.cancel", ("event", event_id)) as work:
        event = managed(actor, event_id, seen)
        event.state = after(event.state, EventAction.CANCEL)
        event.cancelled_because = _reason(because)
        event.version += 1
        told = tell_all(event, "cancelled", _COMING)
        work.note(told=told)
    return told


def move_event(actor: Actor, event_id: UUID, times: Times, because: str, seen: int) -> int:
    """Give an event new dates. The old ones are kept; bookings stay, and everybody is told.

    Returns how many were told. Raises NotFound, Forbidden, Stale, Refused or Invalid.
    """
    with act(actor, "events.move", ("event", event_id)) as work:
        event = managed(actor, event_id, seen)
        event.state = after(event.state, EventAction.MOVE)
        starts_at, ends_at = _instants(times)
        problems = times.problems()
        if starts_at <= clock.now():
            problems.setdefault("on", "Enter a day and time that are still to come")
        if (starts_at, ends_at) == (event.starts_at, event.ends_at):
            problems.setdefault("on", "The event is at this time already")
        if problems:
            raise Invalid(problems)
        move = EventMove(event_id=event_id, old_starts_at=event.starts_at, old_ends_at=event.ends_at)
        move.new_starts_at, move.new_ends_at = starts_at, ends_at
        move.at, move.by, move.because = clock.now(), actor.person_id, _reason(because)
        db.session.add(move)
        event.starts_at, event.ends_at, event.code, event.code_on = starts_at, ends_at, None, None
        event.version += 1
        told = tell_all(event, "moved", _COMING)
        work.note(starts=[move.old_starts_at, starts_at], told=told, moved_up=move_up(event))
    return told


def hold_event(actor: Actor, event_id: UUID, seen: int) -> None:
    """Confirm that an event took place. It then counts. Raises NotFound, Forbidden, Stale or Refused."""
    with act(actor, "events.hold", ("event", event_id)) as work:
        event = managed(actor, event_id, seen)
        state = after(event.state, EventAction.HOLD)
        if event.starts_at > clock.now():
            raise Refused("The event has not begun yet.")
        event.state = state
        event.version += 1
        work.note(on=clock.uk(event.starts_at).date())


def reopen_event(actor: Actor, event_id: UUID, seen: int) -> None:
    """Take back that an event was held. Raises NotFound, Forbidden, Stale or Refused."""
    with act(actor, "events.reopen", ("event", event_id)):
        event = managed(actor, event_id, seen)
        event.state = after(event.state, EventAction.REOPEN)
        event.version += 1


def _made(event_id: UUID, organiser_id: UUID, draft: EventDraft, times: Times) -> Event:
    starts_at, ends_at = _instants(times)
    event = Event(id=event_id, organiser_id=organiser_id, starts_at=starts_at, ends_at=ends_at)
    for name in vars(draft):
        setattr(event, name, _stored(draft, name))
    event.state, event.version, event.created_at = EventState.PLANNED, 1, clock.now()
    event.taken = event.asked = 0
    return event


def _stored(draft: EventDraft, name: str) -> object:
    return list(draft.item_keys) if name == "item_keys" else getattr(draft, name)


def _instants(times: Times) -> tuple[datetime, datetime]:
    return (
        datetime.combine(times.on, times.begins, clock.UK),
        datetime.combine(times.on, times.ends, clock.UK),
    )


def _check(organiser_id: UUID, draft: EventDraft, times: Times) -> None:
    problems = draft.problems() | times.problems() | _line_problem(organiser_id, draft)
    if not problems and _instants(times)[0] <= clock.now():
        problems["on"] = "Enter a day and time that are still to come"
    if problems:
        raise Invalid(problems)


def _line_problem(organiser_id: UUID, draft: EventDraft) -> dict[str, str]:
    if draft.plan_line_id is None:
        return {}
    line = db.session.get(EventPlanLine, draft.plan_line_id)
    plan = None if line is None else db.session.get(EventPlan, line.plan_id)
    if plan is None or plan.supplier_id != organiser_id:
        return {"plan_line_id": "Choose an event of your own plan"}
    return {}


def _reason(because: str) -> str:
    if not because:
        raise Invalid({"because": "Enter the reason, which everybody booked is told"})
    if len(because) > LONGEST_REASON:
        raise Invalid({"because": f"Use {LONGEST_REASON} characters or fewer"})
    return because
