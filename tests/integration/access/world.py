"""A world for attacks: two providers, two suppliers, two commissioners, one person in every role.

Everything in the matrix is about Alder's things. `manager` is Alder's own, `other-manager` is Birch's;
`disabled` and `ended` were Alder's managers. Each person has a sign-in whose token is known.
"""

from __future__ import annotations

import uuid
from dataclasses import dataclass
from datetime import date, timedelta
from uuid import UUID

from flask import Flask
from sqlalchemy import select

from portal.accounts import sign_in
from portal.accounts.current import held_by
from portal.accounts.models import Membership, Organisation, Person, SignIn
from portal.accounts.rules.actors import Actor
from portal.accounts.rules.roles import OrganisationKind, Role
from portal.core import clock
from portal.core.act import operational
from portal.core.db import db
from portal.directory.models import Service, ServiceLink
from portal.directory.rules.settings import LinkKind, Setting

NORTH, SOUTH = "North East", "London"
_SPACE = uuid.UUID("00000000-0000-5000-8000-0000000acced")  # none of its guided ones is drawn as a sample
ORGANISATIONS = {
    "alder": OrganisationKind.PROVIDER,
    "birch": OrganisationKind.PROVIDER,
    "north": OrganisationKind.SUPPLIER,
    "south": OrganisationKind.SUPPLIER,
    "ash": OrganisationKind.COMMISSIONER,
    "oak": OrganisationKind.COMMISSIONER,
    "ohid": OrganisationKind.BUYER,
    "institute": OrganisationKind.EVALUATOR,
    "operator": OrganisationKind.OPERATOR,
}


@dataclass(frozen=True)
class Post:
    """What a person is, and where."""

    organisation: str
    role: Role
    region: str | None = None


# In the order of the matrix's columns, after `anonymous`.
PEOPLE = {
    "disabled": Post("alder", Role.PROVIDER_MANAGER),
    "ended": Post("alder", Role.PROVIDER_MANAGER),
    "manager": Post("alder", Role.PROVIDER_MANAGER),
    "staff": Post("alder", Role.PROVIDER_STAFF),
    "peer": Post("birch", Role.PEER_REVIEWER),  # named for Alder's peer assessment
    "eism": Post("north", Role.EISM, NORTH),
    "far-eism": Post("north", Role.EISM, SOUTH),  # of the contract, but of another region
    "lead": Post("north", Role.LEAD_MANAGER),
    "commissioner": Post("ash", Role.COMMISSIONER),
    "programme-team": Post("ash", Role.PROGRAMME_TEAM),
    "buyer": Post("ohid", Role.BUYER),
    "governance": Post("ohid", Role.GOVERNANCE_READER),
    "evaluator": Post("institute", Role.EVALUATOR),
    "administrator": Post("operator", Role.ADMINISTRATOR),
    "other-manager": Post("birch", Role.PROVIDER_MANAGER),
    "other-staff": Post("birch", Role.PROVIDER_STAFF),
    "other-peer": Post("birch", Role.PEER_REVIEWER),  # named for nothing
    "other-eism": Post("south", Role.EISM, NORTH),  # same region, other contract
    "other-lead": Post("south", Role.LEAD_MANAGER),
    "other-commissioner": Post("oak", Role.COMMISSIONER),
    "other-programme-team": Post("oak", Role.PROGRAMME_TEAM),
    "lead-reviewer": Post("north", Role.EISM, SOUTH),  # these four are named for every review of Alder
    "second-reviewer": Post("north", Role.EISM, SOUTH),
    "observer": Post("north", Role.EISM, SOUTH),
    "moderator": Post("north", Role.EISM, SOUTH),
}
ANONYMOUS = "anonymous"
COLUMNS = (ANONYMOUS, *PEOPLE)
# Alder's services, one for each state of an assessment, and Birch's.
SERVICES = {
    "draft": "alder",
    "with-guide": "alder",
    "with-provider": "alder",
    "settling": "alder",
    "final": "alder",
    "peer": "alder",
    "withdrawn": "alder",
    "moderated": "alder",
    "birch": "birch",
}
# Alder's services with an external review, one for each stage.
REVIEWED = (
    "review-planned",
    "review-preparing",
    "review-fieldwork",
    "review-scoring",
    "review-consensus",
    "review-moderation",
    "review-accuracy",
    "review-responding",
    "review-published",
)


def id_of(name: str) -> UUID:
    """The id of anything of this world."""
    return uuid.uuid5(_SPACE, name)


def email(name: str) -> str:
    """With what a person of this world signs in."""
    return f"{name}@example.org"


def token(name: str) -> str:
    """The token of a person's sign-in."""
    return f"token-of-{name}"


def actor(name: str) -> Actor:
    """A person of this world as the verbs take them."""
    person = db.session.scalars(select(Person).where(Person.id == id_of(name))).one()
    return Actor(person.id, person.name, held_by(list(person.memberships), clock.today()))


def fill_people(_app: Flask) -> None:
    """Write organisations, people, sign-ins, services and their links."""
    since = clock.today() - timedelta(days=400)
    with operational() as session:
        for name, kind in ORGANISATIONS.items():
            session.add(Organisation(id=id_of(name), key=name, name=name.title(), kind=kind))
        session.flush()
        for name, post in PEOPLE.items():
            session.add(_person(name))
            session.flush()
            session.add_all([_membership(name, post, since), _sign_in(name)])
        for name, provider in {**SERVICES, **dict.fromkeys(REVIEWED, "alder")}.items():
            session.add(_service(name, provider))
            session.flush()
            session.add_all(_links(name, provider, since))


def _person(name: str) -> Person:
    gone = clock.now() if name == "disabled" else None
    words = f"{name.replace('-', ' ').title()} Person"
    return Person(id=id_of(name), email=email(name), name=words, created_at=clock.now(), disabled_at=gone)


def _membership(name: str, post: Post, since: date) -> Membership:
    return Membership(
        id=id_of(f"{name}-role"),
        person_id=id_of(name),
        organisation_id=id_of(post.organisation),
        role=post.role,
        region=post.region,
        starts=since,
        ends=clock.today() - timedelta(days=1) if name == "ended" else None,
    )


def _sign_in(name: str) -> SignIn:
    now = clock.now()
    return SignIn(
        person_id=id_of(name), token_digest=sign_in.digest(token(name)), started_at=now, seen_at=now
    )


def _service(name: str, provider: str) -> Service:
    return Service(
        id=id_of(f"service-{name}"),
        key=f"{provider}-{name}",
        name=f"{provider.title()} {name}",
        setting=Setting.OTHER,
        region=NORTH if provider == "alder" else SOUTH,
    )


def _links(name: str, provider: str, since: date) -> list[ServiceLink]:
    own = provider == "alder"
    links = [
        ServiceLink(kind=LinkKind.PROVIDER, organisation_id=id_of(provider)),
        ServiceLink(kind=LinkKind.SUPPLIER, organisation_id=id_of("north" if own else "south")),
        ServiceLink(kind=LinkKind.COMMISSIONER, organisation_id=id_of("ash" if own else "oak")),
        ServiceLink(kind=LinkKind.EISM, person_id=id_of("eism" if own else "other-eism")),
    ]
    for link in links:
        link.id = id_of(f"link-{name}-{link.kind}")
        link.service_id, link.starts = id_of(f"service-{name}"), since
    return links
