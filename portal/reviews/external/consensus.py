"""The two sheets side by side, and what the team still has to agree."""

from __future__ import annotations

from dataclasses import dataclass
from uuid import UUID

from sqlalchemy import bindparam, select

from portal.core.db import db
from portal.reviews.external import blind
from portal.reviews.external.loading import LoadedReview
from portal.reviews.external.models.scoring import ConsensusRating

_RATINGS = select(ConsensusRating).where(ConsensusRating.assessment_id == bindparam("assessment_id"))


def agreed_ratings(assessment_id: UUID) -> dict[str, ConsensusRating]:
    """The team's ratings as they stand, by item key. One statement."""
    rows = db.session.execute(_RATINGS, {"assessment_id": assessment_id}).scalars()
    return {row.item_key: row for row in rows}


@dataclass(frozen=True)
class StillOpen:
    """Item numbers that keep the team from handing in."""

    not_agreed: tuple[int, ...]
    without_reason: tuple[int, ...]


def still_open(found: LoadedReview) -> StillOpen:
    """What is left to agree. Three statements."""
    first, second = blind.both_sheets(found)
    agreed = agreed_ratings(found.id)
    missing, bare = [], []
    for item in found.scale.items:
        row = agreed.get(item.key)
        if row is None:
            missing.append(item.number)
        elif row.rating not in (first[item.key].rating, second[item.key].rating) and not row.reason.strip():
            bare.append(item.number)
    return StillOpen(tuple(missing), tuple(bare))
