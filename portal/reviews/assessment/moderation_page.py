"""The moderation page of a guided self-assessment, as plain data."""

from __future__ import annotations

from collections.abc import Mapping

from portal.reviews.assessment import queries
from portal.reviews.assessment.loading import Loaded, proposals_of, proposed
from portal.reviews.assessment.models import ItemRating, Proposal
from portal.reviews.assessment.moderating import last_words
from portal.reviews.assessment.rules.settlement import settle
from portal.reviews.moderation.page import ItemRow, Page, Side
from portal.reviews.moderation.queries import NO_THREAD, Case, threads
from portal.scales.rules.scoring import score


def page_of(found: Loaded, case: Case, ratings: Mapping[str, ItemRating]) -> Page:
    """The page of a case. Five statements."""
    assessment = found.assessment
    proposals = proposals_of(assessment.id)
    own = {key: row.rating for key, row in ratings.items() if row.rating is not None}
    settled = settle(own, {key: proposed(row) for key, row in proposals.items()})
    last = queries.last_times(assessment).newest
    talk = threads(assessment.id)
    rows = tuple(
        ItemRow(
            number=item.number,
            key=item.key,
            title=item.title,
            rating=settled[item.key].rating,
            sides=_sides(ratings[item.key], proposals.get(item.key)),
            suggested=str(ratings[item.key].suggested or ""),
            last=last.ratings.get(item.key) if last else None,
            last_words=last_words(last),
            flags=case.of(item.key),
            thread=talk.get(item.key, NO_THREAD),
        )
        for item in found.scale.items
        if item.key in settled
    )
    result = score(found.scale, {row.key: row.rating for row in rows})
    return Page(
        case=case,
        rows=rows,
        total=result.total,
        maximum=result.maximum,
        band_key=result.band.key if result.band else None,
        band_title=result.band.title if result.band else "",
    )


def _sides(rated: ItemRating, proposal: Proposal | None) -> tuple[Side, ...]:
    provider = Side("Provider", rated.rating, rated.rationale, rated.evidence)
    if proposal is None:
        return (provider, Side("Guide", None))
    text = proposal.reason
    if proposal.answer:
        text = f"{text}\n\nThe provider’s answer: {proposal.answer}"
    return (provider, Side("Guide", proposal.rating, text))
