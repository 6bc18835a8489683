"""Keeping the two blind sheets of a review for the agreement figures, when it is unblinded."""

from __future__ import annotations

from collections.abc import Mapping
from uuid import UUID

from portal.core import clock
from portal.core.db import db
from portal.core.errors import Refused
from portal.reviews.external.loading import LoadedReview
from portal.reviews.external.models.pairs import AgreementRecord


def note_pair(
    found: LoadedReview,
    lead_id: UUID,
    second_id: UUID,
    lead_ratings: Mapping[str, int],
    second_ratings: Mapping[str, int],
) -> None:
    """Keep both sheets, by item key. Called inside the verb that unblinds; once kept they stay.

    Raises Refused before both have locked, and for anybody who is not the lead or second reviewer.
    """
    named = [one for one in (found.lead, found.second) if one is not None]
    if [one.person_id for one in named] != [lead_id, second_id]:
        raise Refused("Only the two reviewers’ ratings are compared.")
    if not all(one.locked for one in named):
        raise Refused("The ratings are compared when both reviewers have locked theirs.")
    if db.session.get(AgreementRecord, found.id) is not None:
        return
    keys = [item.key for item in found.scale.items]
    lead, second = ([sheet.get(key) for key in keys] for sheet in (lead_ratings, second_ratings))
    pairs = [(a, b) for a, b in zip(lead, second, strict=True) if a is not None and b is not None]
    db.session.add(
        AgreementRecord(
            assessment_id=found.id,
            service_id=found.assessment.service_id,
            supplier_id=found.links.supplier,
            scale_key=found.scale.key,
            scale_digest=found.scale.digest,
            on=clock.today(),
            lead_id=lead_id,
            second_id=second_id,
            lead_ratings=lead,
            second_ratings=second,
            items=len(pairs),
            exact=sum(a == b for a, b in pairs),
            within_one=sum(abs(a - b) <= 1 for a, b in pairs),
            sum_difference=sum(a - b for a, b in pairs),
        )
    )
