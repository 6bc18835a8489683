"""The list and the single service give one answer: `within` in SQL, `allowed` over `links_of`."""

from __future__ import annotations

import random
from datetime import timedelta

from sqlalchemy import select

from portal.accounts.rules.actors import PORTAL, Actor, Held
from portal.accounts.rules.permissions import Permission, Reach, allowed, grants
from portal.accounts.rules.roles import ROLES, OrganisationKind, Role
from portal.core import clock
from portal.core.act import act
from portal.core.db import db
from portal.directory.models import Service, ServiceLink
from portal.directory.rules.settings import LinkKind
from portal.directory.scope import links_of, within

REGIONS = ("London", "North West", "West Midlands")
KINDS = (LinkKind.PROVIDER, LinkKind.SUPPLIER, LinkKind.COMMISSIONER)


def _populate(world, rng: random.Random) -> dict[OrganisationKind, list]:
    """Services with links that are past, in force, planned, or end or start this very day."""
    organisations = {
        kind: [world.organisation(f"{kind.value}-{number}", kind) for number in range(3)]
        for kind in {kind for info in ROLES.values() for kind in info.held_in}
    }
    today, eisms = clock.today(), [world.people["esi"], world.people["leo"]]
    spans = [(-90, None), (-90, -1), (-90, 0), (0, None), (1, None), (0, 0)]
    with act(PORTAL, "tests.populate", ("population", "mixed")):
        for number in range(40):
            service = Service(
                key=f"s{number}", name=f"S{number}", setting="other", region=rng.choice(REGIONS)
            )
            for kind in (*KINDS, LinkKind.EISM):
                if rng.random() < 0.15:
                    continue
                first, last = rng.choice(spans)
                dates = {
                    "starts": today + timedelta(days=first),
                    "ends": None if last is None else today + timedelta(days=last),
                }
                if kind is LinkKind.EISM:
                    link = ServiceLink(kind=kind, person_id=rng.choice(eisms), **dates)
                else:
                    target = rng.choice(organisations[OrganisationKind(kind.value)])
                    link = ServiceLink(kind=kind, organisation_id=target, **dates)
                service.links.append(link)
            db.session.add(service)
    return organisations


def _actors(world, organisations) -> list[Actor]:
    """Every role in every organisation it may be held in, EISMs by region too, and a pair of roles."""
    actors = []
    for role, info in ROLES.items():
        for kind in sorted(info.held_in):
            for organisation in organisations[kind]:
                regions = (None, *REGIONS) if role is Role.EISM else (None,)
                actors += [Actor(world.people["esi"], "x", (Held(role, organisation, r),)) for r in regions]
    both = (
        Held(Role.PROVIDER_STAFF, organisations[OrganisationKind.PROVIDER][0]),
        Held(Role.COMMISSIONER, organisations[OrganisationKind.COMMISSIONER][1]),
    )
    return [*actors, Actor(world.people["mo"], "both", both), Actor(world.people["mo"], "nobody")]


def test_lists_and_single_services_agree_for_every_role_and_permission(world) -> None:
    organisations = _populate(world, random.Random(20261122))
    services = db.session.scalars(select(Service.id)).all()
    links = {service_id: links_of(service_id) for service_id in services}
    seen: set[bool] = set()
    for actor in _actors(world, organisations):
        for permission in Permission:
            listed = set(db.session.scalars(select(Service.id).where(within(actor, permission))))
            single = {service_id for service_id in services if allowed(actor, permission, links[service_id])}
            assert listed == single, (actor.roles, permission)
            seen |= {0 < len(listed) < len(services)}
    assert seen == {True, False}, "the population never tells a role that sees some from one that sees none"


def test_every_reach_but_the_named_one_is_granted_to_some_role() -> None:
    used = {reach for permission in Permission for reach in grants(permission).values()}
    assert used >= set(Reach) - {Reach.NAMED}


def test_a_service_without_links_has_links_and_one_that_is_not_there_has_none(world) -> None:
    with act(PORTAL, "tests.bare", ("service", "bare")):
        bare = Service(key="bare", name="Bare", setting="other", region="London")
        db.session.add(bare)
    found = links_of(bare.id)
    assert found is not None
    assert (found.provider, found.region) == (None, "London")
    assert links_of(world.people["mo"]) is None
