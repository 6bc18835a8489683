"""A small world for the accounts' tests: four organisations and a person in each of four roles."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from uuid import UUID

import pytest
from flask import Flask
from sqlalchemy import func, select

from portal.accounts import passwords
from portal.accounts.current import held_by
from portal.accounts.models import Person, SignIn
from portal.accounts.rules.actors import PORTAL, Actor
from portal.accounts.rules.roles import OrganisationKind, Role
from portal.accounts.service.organisations import create_organisation
from portal.accounts.service.people import Invitee, invite
from portal.core import clock
from portal.core.act import operational
from portal.core.audit.models import AuditPayload, AuditRow
from portal.core.db import db
from portal.core.jobs.models import Mail
from tests.support.page_client import PageClient

PASSWORD = "blue staple lamp river"
_KEPT = passwords.hashed(PASSWORD)


@dataclass
class World:
    """Ids by short name, and what tests ask of the database."""

    app: Flask
    password: str = PASSWORD
    organisations: dict[str, UUID] = field(default_factory=dict)
    people: dict[str, UUID] = field(default_factory=dict)

    def add(self, name: str, organisation: str, role: Role, region: str | None = None) -> None:
        invitee = Invitee(name.title(), self.email(name), self.organisations[organisation], role, region)
        self.people[name], _ = invite(PORTAL, invitee)
        with operational():
            db.session.get_one(Person, self.people[name]).password_hash = _KEPT

    @staticmethod
    def email(name: str) -> str:
        return f"{name}@example.org"

    def actor(self, name: str) -> Actor:
        person = db.session.get_one(Person, self.people[name])
        return Actor(person.id, person.name, held_by(person.memberships, clock.today()))

    def membership(self, name: str) -> UUID:
        db.session.expire_all()
        return db.session.get_one(Person, self.people[name]).memberships[0].id

    def open_sign_ins(self, name: str) -> int:
        query = select(func.count()).where(SignIn.person_id == self.people[name], SignIn.ended_at.is_(None))
        return db.session.execute(query).scalar_one()

    def verbs(self) -> list[str]:
        return list(db.session.scalars(select(AuditRow.verb).order_by(AuditRow.number)))

    def payloads(self) -> str:
        return str(db.session.scalars(select(AuditPayload.body)).all())

    def links(self, name: str) -> list[str]:
        """The paths of the links mailed to somebody, oldest first."""
        query = select(Mail.text).where(Mail.recipient == self.email(name)).order_by(Mail.created_at)
        found = [re.search(r"http://[^/]+(/\S+)", text) for text in db.session.scalars(query)]
        return [link.group(1) for link in found if link]


@pytest.fixture
def world(app: Flask) -> World:
    made = World(app)
    for name, kind in [
        ("operator", OrganisationKind.OPERATOR),
        ("north", OrganisationKind.PROVIDER),
        ("south", OrganisationKind.PROVIDER),
        ("supplier", OrganisationKind.SUPPLIER),
    ]:
        made.organisations[name] = create_organisation(PORTAL, name.title(), kind)
    made.add("ada", "operator", Role.ADMINISTRATOR)
    made.add("petra", "north", Role.PROVIDER_MANAGER)
    made.add("sam", "north", Role.PROVIDER_STAFF)
    made.add("sue", "south", Role.PROVIDER_STAFF)
    made.add("eve", "supplier", Role.EISM, "London")
    return made


@pytest.fixture
def ada(world: World, client: PageClient) -> PageClient:
    """The administrator's browser."""
    client.sign_in(world.email("ada"))
    return client


@pytest.fixture
def petra(world: World, client: PageClient) -> PageClient:
    """The browser of a provider's manager."""
    client.sign_in(world.email("petra"))
    return client
