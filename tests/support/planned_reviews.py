"""Reviews of the world of `reviewing` at the points of time that a timeline is about.

Without more said the visit begins four weeks less a day from now: two months before are long past, three
weeks before are near, two weeks before are to come.
"""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta
from uuid import UUID

from portal.core import clock
from portal.core.act import operational
from portal.core.db import db
from portal.reviews.external.models.review import ExternalReview
from portal.reviews.external.rules.workflow import Action, Stage
from portal.reviews.external.service.planning import Plan, plan
from tests.support.assessing import SERVICE, actor
from tests.support.reviewing import SCALE, TEAM, move

AHEAD = 27  # days from today to the first day of fieldwork


def noon() -> datetime:
    """Noon of this UK day, at which these tests stop the clock."""
    return datetime.combine(clock.today(), time(12), UTC)


def day(ahead: int) -> date:
    """The day so many days from today."""
    return clock.today() + timedelta(days=ahead)


def planned(ahead: int = AHEAD, *, service: UUID = SERVICE, virtual: bool = False) -> UUID:
    """A review of two days with its whole team, not opened yet."""
    wanted = Plan(service, SCALE, day(ahead), day(ahead + 1), TEAM, virtual)
    return plan(actor("lead"), wanted)


def opened(ahead: int = AHEAD, *, service: UUID = SERVICE, virtual: bool = False) -> UUID:
    """A review that its service prepares for."""
    assessment_id = planned(ahead, service=service, virtual=virtual)
    move(assessment_id, Action.OPEN, "lead")
    return assessment_id


def put(assessment_id: UUID, **columns: object) -> None:
    """Set columns of a review as a later stage leaves them: those stages have tests of their own."""
    with operational():
        review = db.session.get_one(ExternalReview, assessment_id)
        for name, value in columns.items():
            setattr(review, name, value)


def published(assessment_id: UUID, presented_on: date, published_on: date) -> None:
    """Make a review one that was presented and published on these days."""
    put(assessment_id, stage=Stage.PUBLISHED, presented_on=presented_on, published_on=published_on)
