"""A service with people in every role, and assessments made on it through the verbs."""

from __future__ import annotations

import uuid
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta

from portal.accounts.current import held_by
from portal.accounts.models import Membership, Organisation, Person
from portal.accounts.rules.actors import PORTAL, Actor
from portal.accounts.rules.roles import OrganisationKind, Role
from portal.core import clock
from portal.core.act import operational
from portal.core.db import db
from portal.directory.models import Service, ServiceLink
from portal.directory.rules.settings import LinkKind, Setting
from portal.reviews.assessment.loading import facts_of, item_ratings, load, proposals_of
from portal.reviews.assessment.rules.settlement import Response
from portal.reviews.assessment.rules.workflow import Action, Kind
from portal.reviews.assessment.service.drafting import ItemDraft
from portal.reviews.assessment.service.guiding import answer_proposal, propose, settle_proposal
from portal.reviews.assessment.service.moderating import approve, take
from portal.reviews.assessment.service.moving import advance
from portal.reviews.assessment.service.past import PastAssessment, import_past
from portal.reviews.assessment.service.rating import save_sheet
from portal.reviews.assessment.service.starting import Start, start
from portal.scales.registry import registry
from tests.support.assessing import undrawn

FROM = date(2020, 1, 1)
PEOPLE = {
    "manager": (Role.PROVIDER_MANAGER, "Bridge Trust", OrganisationKind.PROVIDER, "Ann Archer"),
    "staff": (Role.PROVIDER_STAFF, "Bridge Trust", OrganisationKind.PROVIDER, "Ben Bright"),
    "other-manager": (Role.PROVIDER_MANAGER, "Other Trust", OrganisationKind.PROVIDER, "Cal Cox"),
    "eism": (Role.EISM, "Supplier", OrganisationKind.SUPPLIER, "Dee Drake"),
    "lead": (Role.LEAD_MANAGER, "Supplier", OrganisationKind.SUPPLIER, "Ivy Irwin"),
    "commissioner": (Role.COMMISSIONER, "Barnsley Council", OrganisationKind.COMMISSIONER, "Eve Ellis"),
    "other-commissioner": (Role.COMMISSIONER, "Hull Council", OrganisationKind.COMMISSIONER, "Fay Ford"),
    "buyer": (Role.BUYER, "Buyer", OrganisationKind.BUYER, "Gus Gray"),
    "administrator": (Role.ADMINISTRATOR, "Operator", OrganisationKind.OPERATOR, "Hal Hunt"),
}


@dataclass(frozen=True)
class Proposing:
    """What a guide proposes for an item, and how the provider answers."""

    rating: int
    reason: str = "The log shows something else."
    response: Response = Response.KEPT
    answer: str = "We see it differently."
    came_round: bool = False


@dataclass(frozen=True)
class World:
    """Who and what is there."""

    service_id: uuid.UUID
    people: Mapping[str, uuid.UUID]

    def actor(self, name: str) -> Actor:
        """The person as verbs see them."""
        person = db.session.get_one(Person, self.people[name])
        return Actor(person.id, person.name, held_by(list(person.memberships), clock.today()))

    def email(self, name: str) -> str:
        """What they sign in with."""
        return f"{name}@example.org"

    def past(self, on: date, ratings: Mapping[str, int], **more: object) -> uuid.UUID:
        """Bring in a past assessment."""
        given = {"kind": Kind.GUIDED, "scale_key": "ips-25", "reviewers": "", **more}
        return import_past(PORTAL, PastAssessment(self.service_id, on=on, ratings=ratings, **given))  # type: ignore[arg-type]  # tests name the fields

    def final(
        self,
        drafts: Mapping[str, ItemDraft],
        proposing: Mapping[str, Proposing] | None = None,
        *,
        kind: Kind = Kind.GUIDED,
        scale: str = "ips-25",
    ) -> uuid.UUID:
        """An assessment taken through the workflow to its end."""
        manager, today = self.actor("manager"), clock.today()
        wanted = Start(self.service_id, scale, kind, today - timedelta(days=90), today)
        made = start(manager, wanted, undrawn())
        save_sheet(manager, made, drafts, {})
        if kind is Kind.SELF:
            advance(manager, made, Action.CONFIRM, None)
            return made
        advance(manager, made, Action.SUBMIT, None)
        self._guide(made, proposing or {})
        return made

    def _guide(self, made: uuid.UUID, proposing: Mapping[str, Proposing]) -> None:
        eism, manager = self.actor("eism"), self.actor("manager")
        for key, wanted in proposing.items():
            propose(eism, made, key, wanted.rating, wanted.reason, 0)
        if proposing:
            advance(eism, made, Action.HAND_OVER, None)
            for key, wanted in proposing.items():
                version = proposals_of(made)[key].version
                answer_proposal(manager, made, key, wanted.response, wanted.answer, version)
            advance(manager, made, Action.REPLY, None)
            for key in [key for key, wanted in proposing.items() if wanted.came_round]:
                settle_proposal(eism, made, key, True, proposals_of(made)[key].version)
        self._agree(made)

    def _agree(self, made: uuid.UUID) -> None:
        """Make it final; one that is flagged goes through a moderator, who approves it."""
        found = load(made)
        assert found is not None
        if not facts_of(found, item_ratings(made)).moderation:
            advance(self.actor("eism"), made, Action.AGREE, None)
            return
        advance(self.actor("eism"), made, Action.HAND_TO_MODERATOR, None)
        take(self.actor("lead"), made)
        approve(self.actor("lead"), made, None)


def keys(scale: str = "ips-25") -> list[str]:
    """The keys of a scale's items in order."""
    return [item.key for item in registry().get(scale).items]


def all_rated(rating: int, scale: str = "ips-25", **others: int) -> dict[str, int]:
    """Every item rated alike, but for those named by number (`n12=3`)."""
    rated = dict.fromkeys(keys(scale), rating)
    return rated | {keys(scale)[int(name[1:]) - 1]: value for name, value in others.items()}


def drafts(ratings: Mapping[str, int]) -> dict[str, ItemDraft]:
    """A sheet with these ratings, each with its evidence."""
    return {key: ItemDraft(rating, evidence=f"Seen: {key}") for key, rating in ratings.items()}


def build() -> World:
    """Set it up."""
    with operational() as session:
        organisations: dict[str, Organisation] = {}
        people = {}
        for name, (role, where, kind, full_name) in PEOPLE.items():
            place = organisations.setdefault(
                where,
                Organisation(id=uuid.uuid4(), key=where.lower().replace(" ", "-"), name=where, kind=kind),
            )
            session.add(place)
            person = Person(
                id=uuid.uuid4(),
                email=f"{name}@example.org",
                name=full_name,
                created_at=datetime(2020, 1, 1, tzinfo=UTC),
            )
            person.memberships.append(Membership(organisation=place, role=role, starts=FROM))
            session.add(person)
            people[name] = person.id
        service = Service(
            id=uuid.uuid4(),
            key="bridge-ips",
            name="Bridge IPS",
            setting=Setting.SECONDARY_MENTAL_HEALTH,
            region="Yorkshire and The Humber",
        )
        for link, where in (
            (LinkKind.PROVIDER, "Bridge Trust"),
            (LinkKind.SUPPLIER, "Supplier"),
            (LinkKind.COMMISSIONER, "Barnsley Council"),
        ):
            service.links.append(ServiceLink(kind=link, organisation_id=organisations[where].id, starts=FROM))
        service.links.append(ServiceLink(kind=LinkKind.EISM, person_id=people["eism"], starts=FROM))
        session.add(service)
    return World(service.id, people)
