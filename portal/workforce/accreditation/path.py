"""A reviewer's way to accreditation as their page shows it."""

from __future__ import annotations

from uuid import UUID

from sqlalchemy import select

from portal.core import clock
from portal.core.db import db
from portal.core.rules.rate import rate
from portal.workforce.accreditation.models import ReviewerExperience
from portal.workforce.accreditation.rules.path import Course, Entry, Step, steps
from portal.workforce.learning.queries import completed
from portal.workforce.learning.registry import catalogue

REQUIRED = "reviewer"  # the required set of learning


def path_of(person_id: UUID) -> tuple[Step, ...]:
    """Every step as it stands today. Two statements."""
    today = clock.today()
    known = catalogue()
    wanted = [one.course for one in known.sets[REQUIRED].requirements]
    holds = completed(person_id, wanted, today)
    courses = [Course(known.title(key), holds[key] is not None) for key in wanted]
    query = select(ReviewerExperience).where(ReviewerExperience.person_id == person_id)
    entries = [_entry(row) for row in db.session.scalars(query.order_by(ReviewerExperience.on))]
    return steps(courses, entries, today)


def _entry(row: ReviewerExperience) -> Entry:
    near = None if row.near is None or row.rated is None else rate(row.near, row.rated)
    return Entry(row.kind, row.on, near)
