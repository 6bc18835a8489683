"""Planning, editing and moving entries of the calendar of communications."""

from __future__ import annotations

import uuid
from uuid import UUID

from portal.accounts.rules.actors import Actor
from portal.accounts.rules.permissions import Links, Permission, demand
from portal.comms.models import CalendarEntry
from portal.comms.rules.planning import EntryDetails, EntryMove, EntryState, after, problems
from portal.core import clock
from portal.core.act import act
from portal.core.db import db
from portal.core.errors import Invalid, NotFound, Refused, Stale
from portal.library.queries import keepers, name_of

CHANGED = "Somebody else changed this entry first."


def plan_entry(
    actor: Actor, supplier_id: UUID, owner_id: UUID, details: EntryDetails, id_: UUID | None = None
) -> UUID:
    """Put an entry into a supplier's calendar. Returns its id. Raises Forbidden or Invalid."""
    entry_id = id_ or uuid.uuid4()
    with act(actor, "comms.plan", ("comms-entry", entry_id)) as work:
        demand(actor, Permission.COMMS_MANAGE, Links(supplier=supplier_id))
        _demand_sound(supplier_id, owner_id, details)
        entry = CalendarEntry(id=entry_id, supplier_id=supplier_id, created_at=clock.now())
        _fill(entry, owner_id, details)
        db.session.add(entry)
        work.note(supplier=supplier_id, kind=details.kind, owner=owner_id)
    return entry_id


def edit_entry(actor: Actor, entry_id: UUID, owner_id: UUID, details: EntryDetails, version: int) -> bool:
    """Change an entry. Returns whether anything changed. Raises NotFound, Forbidden, Invalid or Stale."""
    with act(actor, "comms.edit", ("comms-entry", entry_id)) as work:
        entry = _for(actor, entry_id)
        before = details_of(entry)
        if (before, entry.owner_id) == (details, owner_id):
            work.unchanged()
            return False
        if entry.version != version:
            raise Stale(CHANGED, stands(entry), entry.version)
        if entry.owner_id != owner_id:
            _demand_sound(entry.supplier_id, owner_id, details)
        elif found := problems(details):  # an owner who has left stays until another is chosen
            raise Invalid(found)
        _fill(entry, owner_id, details)
        entry.version += 1
        work.note(owner=owner_id, due=details.due)
        return True


def move_entry(actor: Actor, entry_id: UUID, move: EntryMove, version: int | None = None) -> EntryState:
    """Take an entry on, drop it, or take that back. Returns its state.

    Raises NotFound, Forbidden, Refused where it cannot be done now, or Stale.
    """
    with act(actor, f"comms.{move}", ("comms-entry", entry_id)) as work:
        entry = _for(actor, entry_id)
        if version is not None and entry.version != version:
            raise Stale(CHANGED, stands(entry), entry.version)
        state = after(entry.state, move)
        if state is None:
            raise Refused(f"The entry is in the state “{entry.state.words}”: this cannot be done now.")
        work.note(before=entry.state, after=state)
        entry.state = state
        entry.version += 1
        return state


def details_of(entry: CalendarEntry) -> EntryDetails:
    """What an entry says."""
    return EntryDetails(entry.kind, entry.title, entry.due, entry.channel, entry.note)


def stands(entry: CalendarEntry) -> dict[str, object]:
    """What stands, by field, in words."""
    return {
        "kind": entry.kind.words,
        "title": entry.title,
        "owner": name_of(entry.owner_id),
        "due": entry.due,
        "channel": entry.channel,
        "note": entry.note,
    }


def _fill(entry: CalendarEntry, owner_id: UUID, details: EntryDetails) -> None:
    entry.owner_id, entry.kind, entry.title = owner_id, details.kind, details.title
    entry.due, entry.channel, entry.note = details.due, details.channel, details.note


def _demand_sound(supplier_id: UUID, owner_id: UUID, details: EntryDetails) -> None:
    found = problems(details)
    if owner_id not in {person_id for person_id, _ in keepers(supplier_id)}:
        found["owner"] = "Choose the owner from the list"
    if found:
        raise Invalid(found)


def _for(actor: Actor, entry_id: UUID) -> CalendarEntry:
    entry = db.session.get(CalendarEntry, entry_id, populate_existing=True, with_for_update=True)
    if entry is None:
        raise NotFound("There is no such entry.")
    demand(actor, Permission.COMMS_MANAGE, Links(supplier=entry.supplier_id))
    return entry
