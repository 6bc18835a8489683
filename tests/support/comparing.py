"""Kept pairs of blind sheets, written straight to the table: a hundred reviews in no time."""

from __future__ import annotations

import random
import uuid
from datetime import date, timedelta
from uuid import UUID

from portal.core import clock
from portal.core.act import operational
from portal.reviews.assessment.definitions import keep
from portal.reviews.assessment.models import Assessment
from portal.reviews.assessment.rules.workflow import Kind, State
from portal.reviews.external.models.pairs import AgreementRecord
from portal.reviews.external.models.review import ExternalReview
from portal.reviews.external.rules.workflow import Stage
from portal.scales.registry import registry
from tests.support.assessing import SERVICE, id_of
from tests.support.reviewing import SCALE

REVIEWERS = ("lead-reviewer", "second-reviewer", "spare-reviewer", "moderator", "other-moderator")


def kept_pair(
    lead: list[int],
    second: list[int],
    *,
    on: date | None = None,
    service_id: UUID = SERVICE,
    people: tuple[UUID, UUID] = (id_of("lead-reviewer"), id_of("second-reviewer")),
    supplier: str = "support",
) -> UUID:
    """A cancelled review whose two sheets were kept."""
    scale = registry().get(SCALE)
    on = on or clock.today()
    review_id = uuid.uuid4()
    pairs = list(zip(lead, second, strict=True))
    with operational() as session:
        keep(scale)
        session.add(
            Assessment(
                id=review_id,
                service_id=service_id,
                kind=Kind.EXTERNAL,
                state=State.WITHDRAWN,
                scale_key=scale.key,
                scale_version=scale.version,
                scale_digest=scale.digest,
                period_from=on,
                period_to=on,
                started_at=clock.now(),
            )
        )
        session.flush()
        session.add(
            ExternalReview(assessment_id=review_id, stage=Stage.CANCELLED, fieldwork_from=on, fieldwork_to=on)
        )
        session.flush()
        session.add(
            AgreementRecord(
                assessment_id=review_id,
                service_id=service_id,
                supplier_id=id_of(supplier),
                scale_key=scale.key,
                scale_digest=scale.digest,
                on=on,
                lead_id=people[0],
                second_id=people[1],
                lead_ratings=lead,
                second_ratings=second,
                items=len(pairs),
                exact=sum(one == other for one, other in pairs),
                within_one=sum(abs(one - other) <= 1 for one, other in pairs),
                sum_difference=sum(one - other for one, other in pairs),
            )
        )
    return review_id


def many_pairs(number: int, seed: int = 5) -> None:
    """So many reviews over two years, by five reviewers who mostly agree; the first one rates high."""
    chance = random.Random(seed)
    items = len(registry().get(SCALE).items)
    for count in range(number):
        one, other = chance.sample(range(len(REVIEWERS)), 2)
        true = [chance.choice((2, 3, 3, 4, 4, 5)) for _ in range(items)]
        sheets = [
            [min(5, max(1, rating + chance.choice((-1, 0, 0, 0, 1 if person else 2)))) for rating in true]
            for person in (one, other)
        ]
        kept_pair(
            *sheets,
            on=clock.today() - timedelta(days=count * 730 // number),
            people=(id_of(REVIEWERS[one]), id_of(REVIEWERS[other])),
        )
