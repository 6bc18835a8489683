"""The moderation case of a review: opened at hand-in, flagged anew when a cause changes, closed.

Called inside the verbs of the review; see portal.reviews.moderation.service.cases.
"""

from __future__ import annotations

from collections.abc import Collection
from uuid import UUID

from sqlalchemy import select

from portal.accounts.rules.actors import PORTAL
from portal.core.db import db
from portal.reviews.external.loading import LoadedReview, load_review
from portal.reviews.external.models.review import ReviewMember
from portal.reviews.external.moderating import due_on, flags_of
from portal.reviews.external.rules.independence import REVIEWERS, Capacity
from portal.reviews.moderation.models import ModerationCase
from portal.reviews.moderation.rules.cases import CaseKind, CaseState
from portal.reviews.moderation.service import cases


def open_for(found: LoadedReview) -> None:
    """Open the case, with the review's moderators."""
    wanted = cases.Opening(
        assessment_id=found.id,
        service_id=found.assessment.service_id,
        scale_key=found.scale.key,
        kind=CaseKind.EXTERNAL,
        quorum=found.review.quorum,
        due_on=due_on(found),
        moderators=tuple(one.person_id for one in found.of(Capacity.MODERATOR)),
    )
    cases.open_case(PORTAL, wanted, flags_of(found))


def returned(found: LoadedReview, reason: str) -> None:
    """Close the case: it goes back to the reviewers."""
    cases.close(cases.demand_open(found.id), CaseState.RETURNED, reason)


def approved(found: LoadedReview) -> None:
    """Close the case: the quorum has approved."""
    cases.close(cases.demand_open(found.id), CaseState.APPROVED)


def flag_anew(found: LoadedReview) -> None:
    """Work the flags out again and keep them, if a case is open."""
    case = cases.open_case_of(found.id)
    if case is not None:
        db.session.flush()
        cases.store_flags(case, flags_of(found))


def flag_reviewers_anew(person_ids: Collection[UUID]) -> None:
    """A pair of ratings has come in: these reviewers may lean now, or no longer. Only open cases."""
    query = (
        select(ModerationCase.assessment_id)
        .join(ReviewMember, ReviewMember.assessment_id == ModerationCase.assessment_id)
        .where(
            ModerationCase.state == CaseState.OPEN,
            ReviewMember.person_id.in_(list(person_ids)),
            ReviewMember.capacity.in_(list(REVIEWERS)),
        )
        .order_by(ModerationCase.assessment_id)
        .distinct()
    )
    for assessment_id in db.session.execute(query).scalars().all():
        found = load_review(assessment_id)
        if found is not None:
            flag_anew(found)
