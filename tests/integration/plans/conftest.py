"""A service with its provider, supplier and commissioner, and a person in each role that plans concern."""

from __future__ import annotations

import uuid
from dataclasses import dataclass
from datetime import UTC, date, datetime

import pytest
from flask import Flask

from portal.accounts.models import Membership, Organisation, Person
from portal.accounts.rules.actors import PORTAL, Actor, Held
from portal.accounts.rules.roles import OrganisationKind, Role
from portal.core.act import act
from portal.core.db import db
from portal.directory.models import Service, ServiceLink
from portal.directory.rules.settings import LinkKind, Setting
from portal.plans.service import Origin, WeakItem, draft_plan

START = date(2020, 1, 1)
WEAK = (
    WeakItem("caseload", "1. Caseload size", 3, "Bring caseloads down to 20"),
    WeakItem("disclosure", "13. Disclosure", 1, "=Write a disclosure sheet"),
)


@dataclass(frozen=True)
class World:
    """The service's id and key, and the actors by name."""

    service_id: uuid.UUID
    key: str
    manager: Actor
    staff: Actor
    eism: Actor
    commissioner: Actor
    lead: Actor
    stranger: Actor

    def draft(self) -> uuid.UUID:
        """A plan drafted from an assessment with two weak items."""
        return draft_plan(
            PORTAL, self.service_id, Origin("assessment", uuid.uuid4(), "Self-assessment, IPS-25"), WEAK
        )


@pytest.fixture
def world(app: Flask) -> World:
    organisations = {
        name: Organisation(id=uuid.uuid4(), key=name, name=name.title(), kind=kind)
        for name, kind in (
            ("hillside", OrganisationKind.PROVIDER), ("riverbank", OrganisationKind.PROVIDER),
            ("summit", OrganisationKind.SUPPLIER), ("council", OrganisationKind.COMMISSIONER),
        )
    }  # fmt: skip
    roles = {
        "manager": (Role.PROVIDER_MANAGER, "hillside"), "staff": (Role.PROVIDER_STAFF, "hillside"),
        "eism": (Role.EISM, "summit"), "lead": (Role.LEAD_MANAGER, "summit"),
        "commissioner": (Role.COMMISSIONER, "council"), "stranger": (Role.PROVIDER_MANAGER, "riverbank"),
    }  # fmt: skip
    service = Service(
        id=uuid.uuid4(), key="barnsley", name="Barnsley IPS", setting=Setting.OTHER, region="Yorkshire"
    )
    people = {
        name: Person(
            id=uuid.uuid4(),
            email=f"{name}@example.com",
            name=name.title(),
            created_at=datetime(2024, 1, 1, tzinfo=UTC),
        )
        for name in roles
    }
    with act(PORTAL, "tests.world", ("service", service.key)):
        db.session.add_all([service, *organisations.values(), *people.values()])
        db.session.flush()
        for name, (role, where) in roles.items():
            db.session.add(
                Membership(
                    person_id=people[name].id,
                    organisation_id=organisations[where].id,
                    role=role,
                    starts=START,
                )
            )
        for kind, where in (
            (LinkKind.PROVIDER, "hillside"), (LinkKind.SUPPLIER, "summit"),
            (LinkKind.COMMISSIONER, "council"),
        ):  # fmt: skip
            link = ServiceLink(
                service_id=service.id, kind=kind, organisation_id=organisations[where].id, starts=START
            )
            db.session.add(link)
        db.session.add(
            ServiceLink(service_id=service.id, kind=LinkKind.EISM, person_id=people["eism"].id, starts=START)
        )
    actors = {
        name: Actor(people[name].id, name.title(), (Held(role, organisations[where].id),))
        for name, (role, where) in roles.items()
    }
    return World(service.id, service.key, **actors)
