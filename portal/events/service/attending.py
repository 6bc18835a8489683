"""Who was there: ticked on the list, or by the code shown in the room."""

from __future__ import annotations

import secrets
from collections.abc import Collection
from uuid import UUID

from sqlalchemy import select

from portal.accounts.rules.actors import Actor
from portal.accounts.service.throttling import TooManyTries, count_try, forget_tries
from portal.core import clock
from portal.core.act import act
from portal.core.db import db
from portal.core.errors import Invalid, Refused
from portal.events.models import Attendance, Booking, Event
from portal.events.rules.booking import BookingState, Presence
from portal.events.rules.codes import new_code, opens
from portal.events.rules.state import EventState
from portal.events.service.loading import locked, managed, somebody

WRONG = "This is not the code of today’s event. Look at the screen in the room and try again"
TOO_MANY = "There were too many wrong codes. Wait 15 minutes, or ask the organiser to tick you on the list."


def open_check_in(actor: Actor, event_id: UUID) -> str:
    """The code to show in the room: made once for the event's day, the same for every organiser.

    Raises NotFound, Forbidden, or Refused on another day or where the event is not published.
    """
    with act(actor, "events.open-check-in", ("event", event_id)) as work:
        event = managed(actor, event_id)
        today = clock.today()
        if event.state is not EventState.PUBLISHED or clock.uk(event.starts_at).date() != today:
            raise Refused("The code can be shown on the day of a published event.")
        if event.code is not None and event.code_on == today:
            work.unchanged()
            return event.code
        event.code, event.code_on = new_code(secrets.choice), today
        return event.code


def check_in(actor: Actor, event_id: UUID, typed: str) -> None:
    """Say that one is there, booked or not, with the code of the day. Saying it again changes nothing.

    Wrong codes are counted as wrong passwords are (`accounts.rules.throttle`), for this person and event.
    Raises NotFound, Invalid (field `code`), or TooManyTries.
    """
    account, address = f"(event {event_id})", str(actor.person_id)
    try:
        counted = count_try(account, address)
    except TooManyTries:
        raise TooManyTries(TOO_MANY) from None
    with act(actor, "events.check-in", ("event", event_id)) as work:
        event, person = locked(event_id), somebody(actor.person_id)
        if event.state is EventState.PLANNED or not opens(event.code, event.code_on, typed, clock.today()):
            raise Invalid({"code": WRONG})
        if not _add(event, person.id, Presence.CODE):
            work.unchanged()
    forget_tries(counted, account, address)


def mark_attendance(actor: Actor, event_id: UUID, shown: Collection[UUID], present: Collection[UUID]) -> None:
    """Tick off the list: of the people it showed, these were there and the others were not.

    Nobody else is marked: without a booking people enter the code, or are booked by the organiser first.
    Somebody who gave feedback stays on the list. Raises NotFound, Forbidden, or Refused before the event.
    """
    with act(actor, "events.mark-attendance", ("event", event_id)) as work:
        event = managed(actor, event_id)
        if event.state not in (EventState.PUBLISHED, EventState.HELD) or event.starts_at > clock.now():
            raise Refused("Attendance can be marked from the beginning of the event on.")
        known = _on_list(event_id) & set(shown)
        added = [one for one in sorted(known & set(present)) if _add(event, one, Presence.LIST)]
        gone = [one for one in sorted(known - set(present)) if _remove(event, one)]
        if not added and not gone:
            work.unchanged()
        work.note(present=added, absent=gone)


def _on_list(event_id: UUID) -> set[UUID]:
    """Whoever is booked or waits, or is known to have been there."""
    booked = select(Booking.person_id).where(
        Booking.event_id == event_id, Booking.state != BookingState.CANCELLED
    )
    there = select(Attendance.person_id).where(Attendance.event_id == event_id)
    return set(db.session.scalars(booked)) | set(db.session.scalars(there))


def _add(event: Event, person_id: UUID, how: Presence) -> bool:
    if db.session.get(Attendance, (event.id, person_id)) is not None:
        return False
    db.session.add(Attendance(event_id=event.id, person_id=person_id, how=how, at=clock.now()))
    return True


def _remove(event: Event, person_id: UUID) -> bool:
    row = db.session.get(Attendance, (event.id, person_id))
    if row is None or row.gave_feedback:
        return False
    db.session.delete(row)
    return True
