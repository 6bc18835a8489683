"""Making an assessment final: ratings settled, total and band, standing, plan and report."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from portal.accounts.rules.actors import PORTAL, Actor
from portal.core import clock
from portal.core.db import db
from portal.directory import standing
from portal.plans.service import Origin, WeakItem, draft_plan
from portal.reviews.assessment.loading import Loaded, proposed
from portal.reviews.assessment.models import Assessment, FinalRating, ItemRating, Proposal
from portal.reviews.assessment.rules.settlement import Settled, settle
from portal.reviews.assessment.rules.workflow import Kind
from portal.reviews.assessment.service.reporting import issue, request_paper, told_by
from portal.scales.rules.definition import Scale
from portal.scales.rules.scoring import Score, score

WEAK_BELOW = 4  # items rated below this get an action (issue 2, item 9)


def finish(
    actor: Actor,
    found: Loaded,
    ratings: Mapping[str, ItemRating],
    proposals: Mapping[str, Proposal],
) -> dict[str, Any]:
    """Settle every item and store what follows from it. Returns what the audit row says.

    Called inside the verb that makes the assessment final, with every item rated.
    """
    own = {key: row.rating for key, row in ratings.items() if row.rating is not None}
    settled = settle(own, {key: proposed(row) for key, row in proposals.items()})
    assessment = found.assessment
    assessment.final_at, assessment.final_by = clock.now(), actor.person_id
    result = store_final(assessment, found.scale, settled)
    draft_from(assessment, found.scale, settled)
    report = issue(actor, found, settled, told_by(assessment.id, ratings, proposals))
    request_paper(report)
    not_agreed = [key for key, item in settled.items() if not item.agreed]
    return {
        "total": result.total,
        "band": assessment.band,
        "not_agreed": not_agreed,
        "report": [report.code, report.digest],
    }


def store_final(assessment: Assessment, scale: Scale, settled: Mapping[str, Settled]) -> Score:
    """The final ratings, the total and the band, and the service's standing."""
    result = score(scale, {key: item.rating for key, item in settled.items()})
    assessment.total = result.total
    assessment.band = result.band.key if result.band else None
    db.session.add_all(
        FinalRating(
            assessment_id=assessment.id,
            item_key=key,
            rating=item.rating,
            self_rating=item.self_rating if assessment.kind is not Kind.EXTERNAL else None,
            guide_rating=item.guide_rating,
            agreed=item.agreed,
        )
        for key, item in settled.items()
    )
    standing.note(assessment.service_id, standing_of_final(assessment, scale, result))
    return result


def standing_of_final(assessment: Assessment, scale: Scale, result: Score) -> standing.Standing:
    """What lists say of the service after this result."""
    assert assessment.final_at is not None
    return standing.Standing(
        assessment_id=assessment.id,
        kind_title=assessment.kind.title,
        scale_title=scale.short_title,
        total=result.total,
        maximum=result.maximum,
        band_key=assessment.band,
        band_title=result.band.title if result.band else None,
        final_on=clock.uk(assessment.final_at).date(),
    )


def draft_from(assessment: Assessment, scale: Scale, settled: Mapping[str, Settled]) -> None:
    """An action plan drafted from the items below 4, by the portal itself."""
    weak = [
        WeakItem(item.key, f"{item.number}. {item.title}", settled[item.key].rating, step)
        for item in scale.items
        if settled[item.key].rating < WEAK_BELOW and (step := item.next_steps.get(settled[item.key].rating))
    ]
    if weak:
        label = f"{assessment.kind.title}, {scale.short_title}"
        draft_plan(PORTAL, assessment.service_id, Origin("assessment", assessment.id, label), weak)
