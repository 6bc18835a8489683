"""Reviews with moderators, for tests of moderation."""

from __future__ import annotations

from uuid import UUID

from sqlalchemy import select

from portal.core.act import operational
from portal.core.db import db
from portal.reviews.external.models.review import ExternalReview, ReviewMember
from portal.reviews.external.models.scoring import ConsensusRating
from portal.reviews.external.rules.independence import Capacity
from portal.reviews.external.rules.workflow import Action
from portal.reviews.external.service import moderating
from portal.reviews.external.service.moderating import Amendment
from portal.reviews.moderation.queries import Case, latest_case
from tests.support.assessing import actor, id_of, item_key
from tests.support.reviewing import agreed, move

THREE, NINE = item_key(3), item_key(9)  # the items that the tests turn on


def case_of(assessment_id: UUID) -> Case:
    """The newest case as the database has it."""
    db.session.rollback()
    found = latest_case(assessment_id)
    assert found is not None
    return found


def rating_of(assessment_id: UUID, key: str) -> ConsensusRating:
    """The team's rating of an item as the database has it."""
    db.session.rollback()
    query = select(ConsensusRating).where(
        ConsensusRating.assessment_id == assessment_id, ConsensusRating.item_key == key
    )
    return db.session.execute(query.execution_options(populate_existing=True)).scalar_one()


def amend(assessment_id: UUID, key: str, rating: int, by: str = "moderator", reason: str = "The log.") -> int:
    """A moderator changes a rating as it stands now."""
    version = rating_of(assessment_id, key).version
    return moderating.amend(actor(by), assessment_id, key, Amendment(rating, "", reason), version)


def panel(quorum: int = 2) -> UUID:
    """A review with two moderators who must both approve."""
    assessment_id = agreed()
    with operational() as session:
        session.get_one(ExternalReview, assessment_id).quorum = quorum
        session.add(
            ReviewMember(
                assessment_id=assessment_id, person_id=id_of("other-moderator"), capacity=Capacity.MODERATOR
            )
        )
    move(assessment_id, Action.SUBMIT, "lead-reviewer")
    return assessment_id
