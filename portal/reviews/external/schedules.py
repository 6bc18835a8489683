"""How the steps of reviews stand today: for one review or for many, in the same two statements."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from sqlalchemy import select

from portal.core import clock
from portal.core.db import db
from portal.plans.models import Plan
from portal.programmes.registry import review_of
from portal.programmes.rules.review import Fact
from portal.reviews.external.models.review import ExternalReview
from portal.reviews.external.models.timeline import ReviewStepDone
from portal.reviews.external.rules.timeline import Dates, Line, by_fact, lines
from portal.reviews.external.rules.workflow import Stage

_ON_SITE = (Stage.PLANNED, Stage.PREPARING, Stage.FIELDWORK)
_PLAN_ORIGIN = "assessment"


@dataclass(frozen=True)
class Schedule:
    """The timeline of one review, with what was ticked off by key."""

    lines: list[Line]
    done: Mapping[str, ReviewStepDone]

    def line(self, key: str) -> Line | None:
        """The line of a step, or None where this review has no such step."""
        return next((line for line in self.lines if line.step.key == key), None)


def schedules(reviews: Sequence[ExternalReview]) -> dict[UUID, Schedule]:
    """The timeline of each review, by its id. Two statements."""
    ids = [review.assessment_id for review in reviews]
    done = _done(ids)
    agreed = _plans_agreed(ids)
    return {
        review.assessment_id: Schedule(
            _lines(review, done.get(review.assessment_id, {}), agreed.get(review.assessment_id)),
            done.get(review.assessment_id, {}),
        )
        for review in reviews
    }


def facts_known(review: ExternalReview, plan_agreed_at: datetime | None) -> dict[Fact, date]:
    """What the review's own record says has happened, and when.

    What was presented had been written and moderated, and what is published had been read, at the latest.
    """
    moments = {
        Fact.FIELDWORK: review.left_site_at if review.stage not in _ON_SITE else None,
        Fact.PURGED: review.purged_at,
        Fact.PLAN_AGREED: plan_agreed_at,
    }
    facts = {fact: clock.uk(at).date() for fact, at in moments.items() if at is not None}
    if review.presented_on is not None:
        facts |= dict.fromkeys((Fact.SUBMITTED, Fact.MODERATED, Fact.PRESENTED), review.presented_on)
    if review.published_on is not None:
        facts[Fact.FEEDBACK] = review.published_on
    return facts


def _lines(
    review: ExternalReview, done: Mapping[str, ReviewStepDone], plan_agreed_at: datetime | None
) -> list[Line]:
    process = review_of(review.programme_key)
    dates = Dates(
        review.fieldwork_from, review.fieldwork_to, review.presented_on, review.published_on, review.virtual
    )
    ticked = {key: row.done_on for key, row in done.items()}
    known = by_fact(process, facts_known(review, plan_agreed_at))
    stopped = review.stage is Stage.CANCELLED
    return lines(process, dates, known | ticked, clock.today(), stopped=stopped)


def _done(ids: Iterable[UUID]) -> dict[UUID, dict[str, ReviewStepDone]]:
    query = select(ReviewStepDone).where(ReviewStepDone.assessment_id.in_(ids))
    found: dict[UUID, dict[str, ReviewStepDone]] = {}
    for row in db.session.execute(query.execution_options(populate_existing=True)).scalars():
        found.setdefault(row.assessment_id, {})[row.step_key] = row
    return found


def _plans_agreed(ids: Iterable[UUID]) -> dict[UUID, datetime]:
    query = select(Plan.origin_id, Plan.agreed_at).where(
        Plan.origin_kind == _PLAN_ORIGIN, Plan.origin_id.in_(ids), Plan.agreed_at.is_not(None)
    )
    return {origin: at for origin, at in db.session.execute(query) if origin and at}
