"""The moderation case of a guided self-assessment. Called inside the verbs that move it."""

from __future__ import annotations

from collections.abc import Mapping

from portal.accounts.rules.actors import Actor
from portal.core import clock
from portal.core.rules.months import months_before
from portal.reviews.assessment.loading import Loaded
from portal.reviews.assessment.models import ItemRating, Proposal
from portal.reviews.assessment.moderating import barred, flags_of, process_of
from portal.reviews.moderation.rules.cases import CaseKind, CaseState
from portal.reviews.moderation.rules.sampling import sampled
from portal.reviews.moderation.service import cases


def open_for(
    actor: Actor, found: Loaded, ratings: Mapping[str, ItemRating], proposals: Mapping[str, Proposal]
) -> None:
    """Open the case with its flags. Who moderates it is named afterwards."""
    assessment = found.assessment
    process = process_of(assessment.service_id)
    since = months_before(clock.today(), process.independence_months)
    wanted = cases.Opening(
        assessment_id=assessment.id,
        service_id=assessment.service_id,
        scale_key=assessment.scale_key,
        kind=CaseKind.GUIDED,
        quorum=process.quorum,
        barred=tuple(barred(assessment, since)),
        sampled=sampled(assessment.id, process.guided_sample_percent),
    )
    cases.open_case(actor, wanted, flags_of(assessment, found.scale, ratings, proposals, process))


def sent_back(found: Loaded, reason: str) -> None:
    """Close the case: it goes back to the guide."""
    cases.close(cases.demand_open(found.assessment.id), CaseState.RETURNED, reason)
