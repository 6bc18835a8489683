"""A small world for tests of assessments: two providers, one supplier, and people in every role needed.

`fill` writes it into a template database once per run; the ids are the same in every copy.
"""

from __future__ import annotations

import uuid
from datetime import date, timedelta
from uuid import UUID

from flask import Flask
from sqlalchemy import func, select

from portal.accounts.current import held_by
from portal.accounts.models import Membership, Organisation, Person
from portal.accounts.rules.actors import Actor
from portal.accounts.rules.roles import OrganisationKind, Role
from portal.core import clock
from portal.core.act import operational
from portal.core.audit.models import AuditRow
from portal.core.db import db
from portal.directory.models import Service, ServiceLink
from portal.directory.rules.settings import LinkKind, Setting
from portal.programmes.registry import default_review
from portal.reviews.assessment.loading import item_ratings
from portal.reviews.assessment.models import Assessment
from portal.reviews.assessment.rules.workflow import Action, Kind
from portal.reviews.assessment.service.drafting import ItemDraft
from portal.reviews.assessment.service.moderating import take
from portal.reviews.assessment.service.moving import advance
from portal.reviews.assessment.service.rating import save_sheet
from portal.reviews.assessment.service.starting import Start, start
from portal.reviews.moderation.rules.sampling import sampled
from portal.scales.registry import registry

REGION, ELSEWHERE = "North East", "London"
_SPACE = uuid.UUID("00000000-0000-5000-8000-000000000001")
# short name -> (organisation, role, region)
PEOPLE: dict[str, tuple[str, Role, str | None]] = {
    "manager": ("alder", Role.PROVIDER_MANAGER, None),
    "staff": ("alder", Role.PROVIDER_STAFF, None),
    "own-peer": ("alder", Role.PEER_REVIEWER, None),
    "other-manager": ("birch", Role.PROVIDER_MANAGER, None),
    "peer": ("birch", Role.PEER_REVIEWER, None),
    "other-peer": ("birch", Role.PEER_REVIEWER, None),
    "eism": ("support", Role.EISM, REGION),
    "stand-in": ("support", Role.EISM, REGION),
    "far-eism": ("support", Role.EISM, ELSEWHERE),
    "lead": ("support", Role.LEAD_MANAGER, None),
    "buyer": ("buyer", Role.BUYER, None),
    "commissioner": ("council", Role.COMMISSIONER, None),
    "administrator": ("operator", Role.ADMINISTRATOR, None),
}
ORGANISATIONS = {
    "alder": OrganisationKind.PROVIDER,
    "birch": OrganisationKind.PROVIDER,
    "support": OrganisationKind.SUPPLIER,
    "buyer": OrganisationKind.BUYER,
    "council": OrganisationKind.COMMISSIONER,
    "operator": OrganisationKind.OPERATOR,
}


def id_of(name: str) -> UUID:
    """The id of a person, organisation or service of this world."""
    return uuid.uuid5(_SPACE, name)


SERVICE, OTHER_SERVICE = id_of("alder-ips"), id_of("birch-ips")


def email(name: str) -> str:
    """With what a person of this world signs in."""
    return f"{name}@example.org"


def fill(_app: Flask) -> None:
    """Write the world."""
    since = clock.today() - timedelta(days=400)
    with operational() as session:
        for name, kind in ORGANISATIONS.items():
            session.add(Organisation(id=id_of(name), key=name, name=name.title(), kind=kind))
        for name, (organisation, role, region) in PEOPLE.items():
            session.add(_person(name))
            session.flush()
            session.add(
                Membership(
                    person_id=id_of(name),
                    organisation_id=id_of(organisation),
                    role=role,
                    region=region,
                    starts=since,
                )
            )
        for service_id, key, provider in (
            (SERVICE, "alder-ips", "alder"),
            (OTHER_SERVICE, "birch-ips", "birch"),
        ):
            session.add(_service(service_id, key))
            session.flush()
            session.add_all(_links(service_id, provider, since))


def _person(name: str) -> Person:
    words = name.replace("-", " ").capitalize()
    return Person(id=id_of(name), email=email(name), name=f"{words} Person", created_at=clock.now())


def _service(service_id: UUID, key: str) -> Service:
    return Service(
        id=service_id, key=key, name=key.replace("-", " ").title(), setting=Setting.OTHER, region=REGION
    )


def _links(service_id: UUID, provider: str, since: date) -> list[ServiceLink]:
    links = [
        ServiceLink(kind=LinkKind.PROVIDER, organisation_id=id_of(provider)),
        ServiceLink(kind=LinkKind.SUPPLIER, organisation_id=id_of("support")),
        ServiceLink(kind=LinkKind.COMMISSIONER, organisation_id=id_of("council")),
        ServiceLink(kind=LinkKind.EISM, person_id=id_of("eism")),
    ]
    for link in links:
        link.service_id, link.starts = service_id, since
    return links


def actor(name: str) -> Actor:
    """A person of this world as the verbs take them."""
    person = db.session.scalars(select(Person).where(Person.id == id_of(name))).one()
    return Actor(person.id, person.name, held_by(person.memberships, clock.today()))


def begin(
    kind: Kind = Kind.GUIDED, scale: str = "ips-25", by: str = "staff", guide: str | None = None
) -> UUID:
    """Start a draft of the first service."""
    today = clock.today()
    guide_id = id_of(guide) if guide else (id_of("peer") if kind is Kind.PEER else None)
    wanted = Start(SERVICE, scale, kind, today - timedelta(days=90), today, guide_id)
    return start(actor(by), wanted, undrawn())


def undrawn() -> UUID:
    """An id that the sample of moderated self-assessments leaves out: no test may turn on chance."""
    made = uuid.uuid4()
    while sampled(made, default_review().guided_sample_percent):
        made = uuid.uuid4()
    return made


def ratings_for(total: int, scale: str = "ips-25") -> dict[str, int]:
    """Ratings that come to this total: as high as possible from the first item on."""
    items = registry().get(scale).items
    left = total - len(items)
    assert 0 <= left <= 4 * len(items)
    ratings = {}
    for item in items:
        more = min(4, left)
        ratings[item.key] = 1 + more
        left -= more
    return ratings


def rate(assessment_id: UUID, total: int, scale: str = "ips-25", by: str = "staff") -> dict[str, int]:
    """Rate every item of a draft so that it comes to this total."""
    ratings = ratings_for(total, scale)
    drafts = {key: ItemDraft(rating, f"Why {rating}", "Seen") for key, rating in ratings.items()}
    there = item_ratings(assessment_id)
    save_sheet(actor(by), assessment_id, drafts, {key: row.version for key, row in there.items()})
    return ratings


def with_guide(total: int = 105, kind: Kind = Kind.GUIDED) -> UUID:
    """A complete assessment that its guide has. Nothing flags it: its total is near no band’s edge."""
    assessment_id = begin(kind)
    rate(assessment_id, total)
    move(assessment_id, Action.SUBMIT, "manager")
    return assessment_id


def move(assessment_id: UUID, action: Action, by: str, reason: str = "") -> None:
    """Move an assessment as it stands now."""
    advance(actor(by), assessment_id, action, None, reason)


def with_moderator(total: int = 100, by: str = "lead") -> UUID:
    """A flagged assessment (its total is on a band's edge) that a moderator has taken."""
    assessment_id = with_guide(total)
    move(assessment_id, Action.HAND_TO_MODERATOR, "eism")
    take(actor(by), assessment_id)
    return assessment_id


def fresh(assessment_id: UUID) -> Assessment:
    """The assessment as the database has it."""
    db.session.rollback()
    return db.session.execute(
        select(Assessment).where(Assessment.id == assessment_id).execution_options(populate_existing=True)
    ).scalar_one()


def item_key(number: int, scale: str = "ips-25") -> str:
    """The key of the item with this number."""
    return registry().get(scale).items[number - 1].key


def audit_rows() -> int:
    """How many rows the audit has."""
    db.session.rollback()
    return db.session.execute(select(func.count()).select_from(AuditRow)).scalar_one()
