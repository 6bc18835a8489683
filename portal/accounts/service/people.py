"""People: inviting, changing, disabling and enabling them. What takes a right away ends every sign-in."""

from __future__ import annotations

from dataclasses import dataclass
from uuid import UUID

from sqlalchemy import select

from portal.accounts import sign_in
from portal.accounts.models import Person
from portal.accounts.rules import emails
from portal.accounts.rules.actors import Actor
from portal.accounts.rules.permissions import NO_LINKS, Permission, allowed, demand
from portal.accounts.rules.roles import Role
from portal.accounts.service.links import Purpose, end_links, issue
from portal.accounts.service.memberships import join, keep_an_administrator, may_give
from portal.core import clock
from portal.core.act import act
from portal.core.db import db
from portal.core.errors import Invalid, NotFound, Refused, Stale

LONGEST_NAME = 120


@dataclass(frozen=True)
class Invitee:
    """Whom to invite, and what they will be where."""

    name: str
    email: str
    organisation_id: UUID
    role: Role
    region: str | None = None


def invite(actor: Actor, invitee: Invitee, id_: UUID | None = None) -> tuple[UUID, str]:
    """Make a person with one role and e-mail them a link. Returns their id and the link.

    An administrator invites anybody; a provider's manager their own staff (permissions: table). Raises
    Invalid (each field with its problem) and Forbidden.
    """
    with act(actor, "person.invite", ("person", id_ or "new")) as work:
        may_give(actor, invitee.organisation_id, invitee.role)
        email = _checked_email(actor, invitee.email)
        person = Person(email=email, name=_checked_name(invitee.name), created_at=clock.now())
        if id_ is not None:
            person.id = id_
        db.session.add(person)
        db.session.flush()
        join(person.id, invitee.organisation_id, invitee.role, invitee.region)
        work.subject = ("person", str(person.id))
        work.note(organisation_id=invitee.organisation_id, role=invitee.role, region=invitee.region)
        link = issue(person, Purpose.INVITE)
    return person.id, link


def invite_again(actor: Actor, person_id: UUID) -> str:
    """E-mail a new link to somebody who has not set a password; earlier links end. Returns the link."""
    with act(actor, "person.invite-again", ("person", person_id)):
        demand(actor, Permission.ACCOUNTS_MANAGE)
        person = _person(person_id)
        if person.disabled_at is not None:
            raise Refused("This person is disabled. Enable them first.")
        if person.password_hash is not None:
            raise Refused("This person has set a password already. They can ask for a new one themselves.")
        return issue(person, Purpose.INVITE)


def edit(actor: Actor, person_id: UUID, name: str, email: str, version: int) -> None:
    """Change name and e-mail address. A new address ends every sign-in and link. Raises Invalid, Stale."""
    with act(actor, "person.edit", ("person", person_id)) as work:
        demand(actor, Permission.ACCOUNTS_MANAGE)
        person = _person(person_id)
        if person.version != version:
            current = {"name": person.name, "email": person.email}
            raise Stale("Somebody else has changed this person meanwhile.", current, person.version)
        name, normal = _checked_name(name), emails.normal(email)
        if (name, normal) == (person.name, person.email):
            work.unchanged()
            return
        work.note(name=name != person.name, email=normal != person.email)
        if normal != person.email:
            person.email = _checked_email(actor, email)
            _lock_out(person)
        person.name, person.version = name, version + 1


def disable(actor: Actor, person_id: UUID) -> None:
    """Let a person sign in no more, from this moment. What they did stays. Raises Refused for oneself."""
    with act(actor, "person.disable", ("person", person_id)) as work:
        demand(actor, Permission.ACCOUNTS_MANAGE)
        person = _person(person_id)
        if person.id == actor.person_id:
            raise Refused("You cannot disable yourself. Ask another administrator.")
        if person.disabled_at is not None:
            work.unchanged()
            return
        keep_an_administrator(without_person=person.id)
        person.disabled_at = clock.now()
        person.version += 1
        _lock_out(person)


def enable(actor: Actor, person_id: UUID) -> None:
    """Let a disabled person sign in again, with the password they had."""
    with act(actor, "person.enable", ("person", person_id)) as work:
        demand(actor, Permission.ACCOUNTS_MANAGE)
        person = _person(person_id)
        if person.disabled_at is None:
            work.unchanged()
            return
        person.disabled_at = None
        person.version += 1


def _lock_out(person: Person) -> None:
    sign_in.end_all(person.id)
    end_links(person.id)


def _person(person_id: UUID) -> Person:
    person = db.session.get(Person, person_id, with_for_update=True)
    if person is None:
        raise NotFound("There is no such person.")
    return person


def _checked_name(name: str) -> str:
    name = " ".join(name.split())
    if not name:
        raise Invalid({"name": "Enter the person’s name"})
    if len(name) > LONGEST_NAME:
        raise Invalid({"name": f"Name must be {LONGEST_NAME} characters or fewer"})
    return name


def _checked_email(actor: Actor, email: str) -> str:
    normal = emails.normal(email)
    if normal is None:
        raise Invalid({"email": emails.PROBLEM})
    if db.session.execute(select(Person.id).where(Person.email == normal)).first() is not None:
        if actor.is_portal or allowed(actor, Permission.ACCOUNTS_MANAGE, NO_LINKS):
            raise Invalid({"email": "Somebody has this address already. Find them and add a role"})
        raise Invalid({"email": "This address cannot be invited here. Ask the portal’s administrator"})
    return normal
