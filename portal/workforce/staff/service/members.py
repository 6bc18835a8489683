"""Who works in a service: adding, changing, ending, putting back, and taking back a mistake.

Names stay out of the audit.
"""

from __future__ import annotations

import uuid
from datetime import date
from uuid import UUID

from sqlalchemy import delete

from portal.accounts.rules.actors import Actor
from portal.core import clock
from portal.core.act import Work, act
from portal.core.db import db
from portal.core.errors import Invalid, demand_version
from portal.core.filters import day
from portal.workforce.staff.models import EarlierTerms, StaffEntry, StaffMember
from portal.workforce.staff.queries import accounts_of
from portal.workforce.staff.rules.checking import MemberDetails, member_problems
from portal.workforce.staff.rules.words import Honorary
from portal.workforce.staff.service.cases import row_for, service_for
from portal.workforce.staff.service.terms import begin_on, demand_after_changes


def add_member(actor: Actor, service_id: UUID, details: MemberDetails, id_: UUID | None = None) -> UUID:
    """Somebody works in this service. Returns their id. Raises NotFound, Forbidden or Invalid."""
    member_id = id_ or uuid.uuid4()
    with act(actor, "workforce.add-staff", ("staff-member", member_id)) as work:
        service_for(actor, service_id)
        _demand_sound(details, service_id)
        member = StaffMember(id=member_id, service_id=service_id)
        _put(member, details)
        db.session.add(member)
        work.note(service=service_id, role=details.role, fte=details.fte, starts=details.starts)
    return member_id


def edit_member(actor: Actor, member_id: UUID, details: MemberDetails, version: int) -> None:
    """Change what is recorded of somebody. Raises NotFound, Forbidden, Invalid or Stale."""
    with act(actor, "workforce.edit-staff", ("staff-member", member_id)) as work:
        member = row_for(actor, StaffMember, member_id)
        before = details_of(member)
        demand_version(version, member.version, vars(before))
        _demand_sound(details, member.service_id, member)
        begin_on(member, details.starts)
        _put(member, details)
        after = details_of(member)
        if after == before:
            work.unchanged()
            return
        member.version += 1
        work.note(changed=[name for name, value in vars(after).items() if value != vars(before)[name]])


def end_member(actor: Actor, member_id: UUID, ends: date, version: int) -> None:
    """The last day on which somebody works in the service. Raises NotFound, Forbidden, Invalid or Stale."""
    with act(actor, "workforce.end-staff", ("staff-member", member_id)) as work:
        member = row_for(actor, StaffMember, member_id)
        demand_version(version, member.version, {"ends": member.ends})
        if ends < member.starts:
            raise Invalid({"ends": f"They began on {day(member.starts)}. Enter that day or a later one"})
        demand_after_changes(member, ends)
        first = member.first_client_on
        if first is not None and ends < first:
            raise Invalid({"ends": f"They had a client on {day(first)}. Enter that day or a later one"})
        _set_end(member, ends, work)


def put_back(actor: Actor, member_id: UUID, version: int) -> None:
    """Undo an ending: they go on working. Raises NotFound, Forbidden or Stale."""
    with act(actor, "workforce.put-back-staff", ("staff-member", member_id)) as work:
        member = row_for(actor, StaffMember, member_id)
        demand_version(version, member.version, {"ends": member.ends})
        _set_end(member, None, work)


def remove_member(actor: Actor, member_id: UUID, version: int) -> None:
    """Take back a person entered by mistake, with what was logged of them.

    Somebody who left is ended, not removed: turnover counts them. Raises NotFound, Forbidden or Stale.
    """
    with act(actor, "workforce.remove-staff", ("staff-member", member_id)) as work:
        member = row_for(actor, StaffMember, member_id)
        demand_version(version, member.version, {})
        work.note(service=member.service_id, role=member.role, fte=member.fte, starts=member.starts)
        db.session.execute(delete(EarlierTerms).where(EarlierTerms.member_id == member_id))
        db.session.execute(delete(StaffEntry).where(StaffEntry.member_id == member_id))
        db.session.delete(member)


def details_of(member: StaffMember) -> MemberDetails:
    """A person as a form shows them."""
    return MemberDetails(
        member.name,
        member.role,
        member.fte,
        member.starts,
        member.pay_band,
        member.honorary,
        member.honorary_on,
        member.first_client_on,
        member.person_id,
    )


def _put(member: StaffMember, details: MemberDetails) -> None:
    for name, value in vars(details).items():
        setattr(member, name, value)
    if details.honorary is not Honorary.HELD:
        member.honorary_on = None
    if not details.role.has_caseload:
        member.first_client_on = None


def _set_end(member: StaffMember, ends: date | None, work: Work) -> None:
    if member.ends == ends:
        work.unchanged()
        return
    work.note(ends=[member.ends, ends])
    member.ends = ends
    member.version += 1


def _demand_sound(details: MemberDetails, service_id: UUID, member: StaffMember | None = None) -> None:
    """Raises Invalid. An account linked before stays, even when its person has left the provider."""
    problems = member_problems(details, member.ends if member else None, clock.today())
    linked = details.person_id
    if (
        linked is not None
        and linked != (member.person_id if member else None)
        and linked not in {id_ for id_, _ in accounts_of(service_id)}
    ):
        problems["person_id"] = "Choose an account from the list"
    if problems:
        raise Invalid(problems)
