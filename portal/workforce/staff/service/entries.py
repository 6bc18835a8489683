"""Logging supervision, meetings, reviews and caseloads, and taking an entry back."""

from __future__ import annotations

import uuid
from collections.abc import Mapping
from dataclasses import replace
from datetime import date
from uuid import UUID

from sqlalchemy import select

from portal.accounts.rules.actors import Actor
from portal.core import clock
from portal.core.act import act
from portal.core.db import db
from portal.core.errors import Invalid
from portal.core.filters import day
from portal.workforce.staff.models import StaffEntry, StaffMember
from portal.workforce.staff.rules.checking import EntryDetails, entry_problems
from portal.workforce.staff.rules.words import EntryKind
from portal.workforce.staff.service.cases import row_for, service_for


def log_entry(actor: Actor, service_id: UUID, details: EntryDetails) -> UUID:
    """Log that something took place. The same again replaces its counts. Returns the entry's id.

    Meetings are of the whole month that the day lies in. Raises NotFound, Forbidden or Invalid.
    """
    with act(actor, "workforce.log-staff", ("service", service_id)) as work:
        service_for(actor, service_id)
        problems = entry_problems(details, clock.today())
        if problems:
            raise Invalid(problems)
        details = _settled(details)
        if details.member_id is not None:
            _demand_there(service_id, details)
        row = _same(service_id, details)
        if row is None:
            row = StaffEntry(id=uuid.uuid4(), service_id=service_id, member_id=details.member_id)
            row.kind, row.on = details.kind, details.on
            db.session.add(row)
        elif (row.count, row.out_of) == (details.count, details.out_of):
            work.unchanged()
        row.count, row.out_of = details.count, details.out_of
        work.note(kind=details.kind, on=details.on, member=details.member_id)
        return row.id


def count_caseloads(actor: Actor, service_id: UUID, on: date, clients: Mapping[UUID, int]) -> None:
    """How many active clients each of these people had on a day, as one act.

    Raises NotFound, Forbidden or Invalid; a problem with a person's number is named by their id.
    """
    with act(actor, "workforce.count-caseloads", ("service", service_id)) as work:
        service_for(actor, service_id)
        if not clients:
            raise Invalid({"form": "Enter the number of clients of at least one person"})
        for member_id, count in clients.items():
            try:
                log_entry(actor, service_id, EntryDetails(EntryKind.CASELOAD, on, member_id, count))
            except Invalid as error:
                raise Invalid(_named(error.problems, member_id)) from None
        work.note(on=on, people=len(clients))


def remove_entry(actor: Actor, entry_id: UUID) -> None:
    """Take back what was logged by mistake. Raises NotFound or Forbidden."""
    with act(actor, "workforce.remove-entry", ("staff-entry", entry_id)) as work:
        row = row_for(actor, StaffEntry, entry_id)
        work.note(service=row.service_id, kind=row.kind, on=row.on, member=row.member_id)
        db.session.delete(row)


def _settled(details: EntryDetails) -> EntryDetails:
    """Without what does not belong to its kind: a form sends every field."""
    if not details.kind.of_one_person:
        details = replace(details, member_id=None)
    if details.kind is EntryKind.MEETINGS:
        return replace(details, on=details.on.replace(day=1))
    count = details.count if details.kind is EntryKind.CASELOAD else None
    return replace(details, count=count, out_of=None)


def _demand_there(service_id: UUID, details: EntryDetails) -> None:
    """The person worked in this service on that day, or at some time in that month."""
    member = db.session.get(StaffMember, details.member_id)
    if member is None or member.service_id != service_id:
        raise Invalid({"member": "Choose somebody from the list"})
    if details.kind is EntryKind.CASELOAD and not member.role.has_caseload:
        raise Invalid({"member": "A team leader’s clients are not counted against the cap"})
    first = member.starts.replace(day=1) if details.kind is EntryKind.MEETINGS else member.starts
    if details.on < first:
        raise Invalid({"on": f"They began on {day(member.starts)}. Enter that day or a later one"})
    if member.ends is not None and details.on > member.ends:
        raise Invalid({"on": f"They left on {day(member.ends)}. Enter that day or an earlier one"})


def _same(service_id: UUID, details: EntryDetails) -> StaffEntry | None:
    """The entry that says the same of the same person and day. The service is locked."""
    query = select(StaffEntry).where(
        StaffEntry.service_id == service_id,
        StaffEntry.kind == details.kind,
        StaffEntry.on == details.on,
        StaffEntry.member_id.is_(None)
        if details.member_id is None
        else StaffEntry.member_id == details.member_id,
    )
    return db.session.scalars(query.limit(1)).one_or_none()


def _named(problems: Mapping[str, str], member_id: UUID) -> dict[str, str]:
    """The problems of one line of many: what is no date belongs to the person."""
    return {name if name == "on" else f"m_{member_id.hex}": text for name, text in problems.items()}
