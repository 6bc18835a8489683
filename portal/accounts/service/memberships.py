"""Roles in organisations: giving and ending them. Either ends every sign-in of the person (promise 12)."""

from __future__ import annotations

from datetime import timedelta
from uuid import UUID

from sqlalchemy import or_, select

from portal.accounts import sign_in
from portal.accounts.current import in_force
from portal.accounts.models import Membership, Organisation, Person
from portal.accounts.rules.actors import Actor
from portal.accounts.rules.permissions import Links, Permission, allowed
from portal.accounts.rules.roles import STAFF_ROLES, Role, membership_problems
from portal.core import clock
from portal.core.act import act
from portal.core.db import db
from portal.core.errors import Forbidden, Invalid, NotFound, Refused


def add_membership(
    actor: Actor, person_id: UUID, organisation_id: UUID, role: Role, region: str | None = None
) -> UUID:
    """Give a person a role in an organisation from today. Raises Invalid, Forbidden, NotFound."""
    with act(actor, "membership.add", ("person", person_id)) as work:
        may_give(actor, organisation_id, role, staff=False)
        person = db.session.get(Person, person_id, with_for_update=True)
        if person is None:
            raise NotFound("There is no such person.")
        if any(
            held.organisation_id == organisation_id and held.role is role and in_force(held, clock.today())
            for held in person.memberships
        ):
            raise Invalid({"role": "This person holds this role there already"})
        membership = join(person_id, organisation_id, role, region)
        work.note(membership_id=membership, organisation_id=organisation_id, role=role, region=region)
        sign_in.end_all(person_id)
    return membership


def end_membership(actor: Actor, membership_id: UUID) -> UUID:
    """End a role from this moment. Returns the person's id. Raises Refused for the last administrator.

    A role given today has not been held for a day and is removed; the audit keeps that it was given.
    """
    with act(actor, "membership.end", ("membership", membership_id)) as work:
        membership = db.session.get(Membership, membership_id, with_for_update=True)
        if membership is None:
            raise NotFound("There is no such role.")
        may_give(actor, membership.organisation_id, membership.role)
        person_id, today = membership.person_id, clock.today()
        work.note(person_id=person_id, organisation_id=membership.organisation_id, role=membership.role)
        if membership.ends is not None and membership.ends < today:
            work.unchanged()
            return person_id
        if person_id == actor.person_id:
            raise Refused("You cannot end your own role. Ask somebody else who may.")
        if membership.role is Role.ADMINISTRATOR:
            keep_an_administrator(without_membership=membership.id)
        if membership.starts < today:
            membership.ends = today - timedelta(days=1)
        else:
            db.session.delete(membership)
        sign_in.end_all(person_id)
    return person_id


def may_give(actor: Actor, organisation_id: UUID, role: Role, *, staff: bool = True) -> None:
    """Raise Forbidden unless the actor may give or end this role there (`staff`: as its own manager too)."""
    if actor.is_portal or allowed(actor, Permission.ACCOUNTS_MANAGE, Links()):
        return
    own = allowed(actor, Permission.ACCOUNTS_INVITE_STAFF, Links(provider=organisation_id))
    if not (staff and own and role in STAFF_ROLES):
        raise Forbidden("You may not give or end this role.")


def join(person_id: UUID, organisation_id: UUID, role: Role, region: str | None) -> UUID:
    """Write a membership from today. Call inside a verb. Raises Invalid where the role does not fit."""
    organisation = db.session.get(Organisation, organisation_id)
    if organisation is None:
        raise Invalid({"organisation": "Choose an organisation"})
    problems = membership_problems(role, organisation.kind, region or None)
    if problems:
        raise Invalid(problems)
    membership = Membership(
        person_id=person_id,
        organisation_id=organisation_id,
        role=role,
        region=region or None,
        starts=clock.today(),
    )
    db.session.add(membership)
    db.session.flush()
    return membership.id


def keep_an_administrator(
    *, without_person: UUID | None = None, without_membership: UUID | None = None
) -> None:
    """Raise Refused if nobody who can sign in would be administrator without this person or membership."""
    today = clock.today()
    query = (
        select(Membership.id, Membership.person_id)
        .join(Person, Person.id == Membership.person_id)
        .where(
            Membership.role == Role.ADMINISTRATOR,
            Membership.starts <= today,
            or_(Membership.ends.is_(None), Membership.ends >= today),
            Person.disabled_at.is_(None),
            Person.password_hash.is_not(None),
        )
        .with_for_update()
    )
    held = db.session.execute(query).all()
    before = {row.id for row in held}
    left = {row.id for row in held if row.person_id != without_person and row.id != without_membership}
    if before and not left:
        raise Refused("The portal needs an administrator who can sign in. Make somebody else one first.")
