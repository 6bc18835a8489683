"""A small world for the directory's tests: organisations, people and two services."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from typing import Any
from uuid import UUID

import pytest
from flask import Flask

from portal.accounts.models import Membership, Organisation, Person
from portal.accounts.rules.actors import PORTAL, Actor, Held
from portal.accounts.rules.roles import OrganisationKind, Role
from portal.core import clock
from portal.core.act import act
from portal.core.db import db
from portal.directory.models import Service
from portal.directory.rules.details import NewLink, ServiceDetails
from portal.directory.rules.settings import LinkKind, Setting
from portal.directory.service import create_service, load_reference

START = date(2024, 4, 1)
BARNSLEY, LEEDS, DUDLEY = "E08000016", "E08000035", "E08000027"


@dataclass
class World:
    """Ids by short name, and ways to add to them."""

    organisations: dict[str, UUID] = field(default_factory=dict)
    people: dict[str, UUID] = field(default_factory=dict)
    held: dict[str, Held] = field(default_factory=dict)

    def organisation(self, name: str, kind: OrganisationKind) -> UUID:
        row = Organisation(key=name, name=name.title(), kind=kind, version=1)
        with act(PORTAL, "tests.organisation", ("organisation", name)):
            db.session.add(row)
        self.organisations[name] = row.id
        return row.id

    def person(self, name: str, role: Role, organisation: str, region: str | None = None) -> Actor:
        person = Person(email=f"{name}@example.com", name=name.title(), created_at=clock.now())
        with act(PORTAL, "tests.person", ("person", name)):
            db.session.add(person)
            db.session.flush()
            membership = Membership(
                person_id=person.id, organisation_id=self.organisations[organisation], role=role,
                region=region, starts=date(2020, 1, 1),
            )  # fmt: skip
            db.session.add(membership)
        self.people[name] = person.id
        self.held[name] = Held(role, self.organisations[organisation], region)
        return self.actor(name)

    def actor(self, name: str) -> Actor:
        return Actor(self.people[name], name.title(), (self.held[name],))

    def service(self, name: str = "Barnsley IPS", **changes: Any) -> Service:
        """A service of the first provider, supplier and commissioner; `links` replaces its links."""
        links = changes.pop("links", None)
        values: dict[str, Any] = {
            "name": name, "setting": Setting.DRUG_AND_ALCOHOL, "authorities": (BARNSLEY,),
            "starts": START, "specialists_fte": Decimal("4.5"),
        }  # fmt: skip
        return create_service(
            PORTAL, ServiceDetails(**(values | changes)), self.links() if links is None else links
        )

    def links(self, **changes: str) -> list[NewLink]:
        """Provider, supplier, commissioner and EISM from the first day; some changed by name."""
        named = {"provider": "hillside", "supplier": "summit", "commissioner": "icb"} | changes
        found = [NewLink(LinkKind(kind), self.organisations[name], START) for kind, name in named.items()]
        return [*found, NewLink(LinkKind.EISM, self.people["esi"], START)]


@pytest.fixture
def world(app: Flask) -> World:
    """Two providers, a supplier, a commissioner, an operator and one person in each main role."""
    load_reference(PORTAL)
    world = World()
    world.organisation("hillside", OrganisationKind.PROVIDER)
    world.organisation("riverbank", OrganisationKind.PROVIDER)
    world.organisation("summit", OrganisationKind.SUPPLIER)
    world.organisation("other-supplier", OrganisationKind.SUPPLIER)
    world.organisation("icb", OrganisationKind.COMMISSIONER)
    world.organisation("operator", OrganisationKind.OPERATOR)
    world.person("ada", Role.ADMINISTRATOR, "operator")
    world.person("leo", Role.LEAD_MANAGER, "summit")
    world.person("esi", Role.EISM, "summit")
    world.person("mo", Role.PROVIDER_MANAGER, "hillside")
    world.person("sam", Role.PROVIDER_STAFF, "hillside")
    world.person("rita", Role.PROVIDER_MANAGER, "riverbank")
    world.person("cora", Role.COMMISSIONER, "icb")
    return world
