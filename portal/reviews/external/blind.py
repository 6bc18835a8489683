"""The only door to blind ratings.

Until both reviewers have locked, a sheet is read by its author and by nobody else: no other reviewer,
no moderator, no manager, no administrator. Every function here takes whoever asks, or refuses until
the review is unblinded. An observer's sheet stays the observer's own: it enters nothing.
"""

from __future__ import annotations

from dataclasses import dataclass
from uuid import UUID

from sqlalchemy import bindparam, select

from portal.accounts.rules.actors import Actor
from portal.core.db import db
from portal.core.errors import NotFound
from portal.reviews.external.loading import LoadedReview
from portal.reviews.external.models.scoring import BlindRating


@dataclass(frozen=True)
class Rated:
    """What a reviewer gave for an item, read only. `suggested`: what their own figures come to."""

    rating: int | None
    rationale: str
    evidence: str
    suggested: int | None


_BOTH = select(
    BlindRating.person_id,
    BlindRating.item_key,
    BlindRating.rating,
    BlindRating.rationale,
    BlindRating.evidence,
    BlindRating.suggested,
).where(
    BlindRating.assessment_id == bindparam("assessment_id"),
    BlindRating.person_id.in_(bindparam("pair", expanding=True)),
)
_SHEET = select(BlindRating).where(
    BlindRating.assessment_id == bindparam("assessment_id"), BlindRating.person_id == bindparam("person_id")
)


_ITEM = _SHEET.where(BlindRating.item_key == bindparam("item_key")).execution_options(populate_existing=True)


def own_item(actor: Actor, found: LoadedReview, item_key: str) -> BlindRating | None:
    """The actor's own rating of one item. One statement."""
    given = {"assessment_id": found.id, "person_id": actor.person_id, "item_key": item_key}
    return db.session.execute(_ITEM, given).scalar_one_or_none()


def own_sheet(actor: Actor, found: LoadedReview) -> dict[str, BlindRating]:
    """The actor's own ratings, by item key. One statement."""
    given = {"assessment_id": found.id, "person_id": actor.person_id}
    return {row.item_key: row for row in db.session.execute(_SHEET, given).scalars()}


def both_sheets(found: LoadedReview) -> tuple[dict[str, Rated], dict[str, Rated]]:
    """The ratings of the lead and of the second reviewer, by item key. One statement.

    Raises NotFound until both have locked: nobody is told more than that there is nothing.
    """
    if not found.unblinded or found.lead is None or found.second is None:
        raise NotFound("The ratings are shown when both reviewers have locked theirs.")
    pair = (found.lead.person_id, found.second.person_id)
    sheets: dict[UUID, dict[str, Rated]] = {person_id: {} for person_id in pair}
    for row in db.session.execute(_BOTH, {"assessment_id": found.id, "pair": pair}):
        sheets[row.person_id][row.item_key] = Rated(row.rating, row.rationale, row.evidence, row.suggested)
    return sheets[pair[0]], sheets[pair[1]]
