"""The only door to blind ratings.

Until both reviewers have locked, a sheet is read by its author and by nobody else: no other reviewer,
no moderator, no manager, no administrator. Every function here takes whoever asks, or refuses until
the review is unblinded. An observer's sheet stays the observer's own: it enters nothing.
"""

from __future__ import annotations

from collections.abc import Mapping
from uuid import UUID

from sqlalchemy import bindparam, select

from portal.accounts.rules.actors import Actor
from portal.core.db import db
from portal.core.errors import NotFound
from portal.reviews.external.loading import LoadedReview
from portal.reviews.external.models.scoring import BlindRating

Sheet = Mapping[str, BlindRating]

_SHEET = select(BlindRating).where(
    BlindRating.assessment_id == bindparam("assessment_id"), BlindRating.person_id == bindparam("person_id")
)


def own_sheet(actor: Actor, found: LoadedReview) -> dict[str, BlindRating]:
    """The actor's own ratings, by item key. One statement."""
    return _sheet(found, actor.person_id)


def both_sheets(found: LoadedReview) -> tuple[dict[str, BlindRating], dict[str, BlindRating]]:
    """The ratings of the lead and of the second reviewer. Two statements.

    Raises NotFound until both have locked: nobody is told more than that there is nothing.
    """
    if not found.unblinded or found.lead is None or found.second is None:
        raise NotFound("The ratings are shown when both reviewers have locked theirs.")
    return _sheet(found, found.lead.person_id), _sheet(found, found.second.person_id)


def _sheet(found: LoadedReview, person_id: UUID | None) -> dict[str, BlindRating]:
    rows = db.session.execute(_SHEET, {"assessment_id": found.id, "person_id": person_id}).scalars()
    return {row.item_key: row for row in rows}
