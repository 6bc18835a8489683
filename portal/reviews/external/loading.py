"""Finding an external review and what is needed to judge a right or a move on it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from uuid import UUID

from sqlalchemy import bindparam, select

from portal.accounts.models import Person
from portal.accounts.rules.actors import Actor
from portal.accounts.rules.permissions import Links, Permission, allowed
from portal.core import clock
from portal.core.db import db
from portal.core.errors import Forbidden, NotFound, Stale
from portal.directory.scope import LinkedService, linked_service
from portal.programmes.registry import review_of
from portal.programmes.rules.review import ReviewProcess
from portal.reviews.assessment.definitions import scale_of
from portal.reviews.assessment.models import Assessment
from portal.reviews.external.models.review import ExternalReview, ReviewMember
from portal.reviews.external.rules.independence import REVIEWERS, TEAM, Capacity
from portal.reviews.external.rules.workflow import (
    BEFORE_UNBLINDING,
    LEAD_AFTER_DEADLINE,
    Action,
    Part,
    Stage,
    cell,
)
from portal.scales.rules.definition import Scale


@dataclass(frozen=True)
class Member:
    """Somebody named for the review, with their name."""

    person_id: UUID
    name: str
    capacity: Capacity
    override_reason: str
    row: ReviewMember

    @property
    def locked(self) -> bool:
        return self.row.locked_at is not None


@dataclass(frozen=True)
class LoadedReview:
    """A review with its assessment and scale, its service with its links, and the people named."""

    review: ExternalReview
    assessment: Assessment
    scale: Scale
    members: tuple[Member, ...]

    @cached_property
    def service(self) -> LinkedService:
        """Loaded when first asked for: most of what the team does needs to know the team only."""
        found = linked_service(self.assessment.service_id)
        assert found is not None  # the foreign key says there is a service
        return found

    @property
    def id(self) -> UUID:
        return self.review.assessment_id

    @property
    def stage(self) -> Stage:
        return self.review.stage

    @property
    def links(self) -> Links:
        return self.service.links

    @cached_property
    def process(self) -> ReviewProcess:
        """How the programme runs reviews."""
        return review_of(self.review.programme_key)

    @property
    def unblinded(self) -> bool:
        """Whether both reviewers have locked, so that the ratings may be seen."""
        return self.review.unblinded_at is not None

    def of(self, *capacities: Capacity) -> tuple[Member, ...]:
        """The members in these capacities."""
        return tuple(one for one in self.members if one.capacity in capacities)

    def member(self, person_id: UUID | None) -> Member | None:
        """The member who is this person."""
        return next((one for one in self.members if one.person_id == person_id), None)

    @property
    def lead(self) -> Member | None:
        return next(iter(self.of(Capacity.LEAD)), None)

    @property
    def second(self) -> Member | None:
        return next(iter(self.of(Capacity.SECOND)), None)


# What every page and verb of a review asks, built once.
_REVIEW = (
    select(ExternalReview, Assessment)
    .join(Assessment, Assessment.id == ExternalReview.assessment_id)
    .where(ExternalReview.assessment_id == bindparam("assessment_id"))
)
_FRESH = _REVIEW.with_for_update().execution_options(populate_existing=True)
_MEMBERS = (
    select(ReviewMember, Person.name)
    .join(Person, Person.id == ReviewMember.person_id)
    .where(ReviewMember.assessment_id == bindparam("assessment_id"))
    .order_by(Person.name, Person.id)
    .execution_options(populate_existing=True)
)
_ORDER = {capacity: place for place, capacity in enumerate(Capacity)}


def load_review(assessment_id: UUID, *, fresh: bool = False) -> LoadedReview | None:
    """The review, or None. `fresh` reads and locks its row inside a verb's transaction. Two statements."""
    query = _FRESH if fresh else _REVIEW
    row = db.session.execute(query, {"assessment_id": assessment_id}).one_or_none()
    if row is None:
        return None
    review, assessment = row
    return LoadedReview(review, assessment, scale_of(assessment), members_of(assessment_id))


def members_of(assessment_id: UUID) -> tuple[Member, ...]:
    """The people named, lead reviewer first. One statement."""
    found = [
        Member(row.person_id, name, Capacity(row.capacity), row.override_reason, row)
        for row, name in db.session.execute(_MEMBERS, {"assessment_id": assessment_id})
    ]
    return tuple(sorted(found, key=lambda one: _ORDER[one.capacity]))


def load_for(
    actor: Actor, assessment_id: UUID, action: Action, expected_version: int | None = None
) -> LoadedReview:
    """For verbs: load inside the transaction and check stage, right and version, in that order.

    Raises NotFound, Refused (stage), Forbidden or Stale (somebody moved it first).
    """
    found = load_review(assessment_id, fresh=True)
    if found is None or not (actor.is_portal or may_see(actor, found)):
        raise NotFound("There is no such review that you may see.")
    cell(found.stage, action)
    if not may_do(actor, action, found):
        raise Forbidden("You may not do this.")
    if expected_version is not None and found.review.version != expected_version:
        raise Stale(
            f"Somebody else changed this review first: it is now at “{found.stage.title}”.",
            {"stage": found.stage.title},
            found.review.version,
        )
    return found


def may_do(actor: Actor, action: Action, found: LoadedReview) -> bool:
    """Whether the actor's part includes this action in the present stage (it may still be blocked)."""
    if holds(actor, cell(found.stage, action).who, found):
        return True
    passed = found.review.accuracy_until is not None and clock.today() > found.review.accuracy_until
    late = passed and (found.stage, action) in LEAD_AFTER_DEADLINE
    return late and holds(actor, Part.LEAD, found)


_NAMED: Mapping[Part, frozenset[Capacity]] = {
    Part.LEAD: frozenset({Capacity.LEAD}),
    Part.REVIEWER: REVIEWERS,
    Part.SCORER: TEAM,
    Part.MODERATOR: frozenset({Capacity.MODERATOR}),
}
_RIGHTS: Mapping[Part, Permission] = {
    Part.PLANNER: Permission.REVIEW_PLAN,
    Part.PROVIDER_MANAGER: Permission.ASSESSMENT_AGREE,
    Part.PROVIDER_STAFF: Permission.ASSESSMENT_EDIT,
}


def holds(actor: Actor, part: Part, found: LoadedReview) -> bool:
    """Whether the actor is this part of the review. The portal is every part, people never are the portal."""
    if actor.is_portal:
        return True
    if part is Part.PORTAL:
        return False
    if part is Part.INSIDER:
        return sees_inside(actor, found)
    if part in _RIGHTS:
        return allowed(actor, _RIGHTS[part], found.links)
    moderates = part is Part.MODERATOR
    permission = Permission.REVIEW_MODERATE if moderates else Permission.REVIEW_TAKE_PART
    named = frozenset(one.person_id for one in found.of(*_NAMED[part]))
    return allowed(actor, permission, Links(named=named))  # both are granted to whoever is named, nobody else


def may_see(actor: Actor, found: LoadedReview) -> bool:
    """The review's own page, timeline and portfolio: who works on it, and the service's own people."""
    return (
        holds(actor, Part.SCORER, found)
        or holds(actor, Part.MODERATOR, found)
        or allowed(actor, Permission.REVIEW_READ, found.links)
    )


def sees_inside(actor: Actor, found: LoadedReview) -> bool:
    """Notes, tallies, consensus and moderation: the team and the contract's lead manager.

    Moderators from moderation on. Never a blind sheet: see `external.blind`.
    """
    if holds(actor, Part.SCORER, found) or allowed(actor, Permission.REVIEW_INSIDE, found.links):
        return True
    early = found.stage in BEFORE_UNBLINDING or found.stage in (Stage.CONSENSUS, Stage.CANCELLED)
    begun = not early or found.review.round > 1
    return begun and holds(actor, Part.MODERATOR, found)
