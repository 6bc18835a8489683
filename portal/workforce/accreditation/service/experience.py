"""Noting what reviewers did, as part of the verb that finished it."""

from __future__ import annotations

import uuid
from collections.abc import Mapping
from datetime import date
from uuid import UUID

from sqlalchemy import select

from portal.accounts.rules.actors import PORTAL
from portal.core.act import act
from portal.core.db import db
from portal.core.rules.rate import Rate
from portal.workforce.accreditation.models import ReviewerExperience
from portal.workforce.accreditation.rules.path import Experience


def note_done(
    subject_id: UUID, on: date, done: Mapping[UUID, Experience], near: Mapping[UUID, Rate] | None = None
) -> int:
    """Note what these people did in a review or exercise. Returns how many notes are new: others stay.

    `near`: of a calibration exercise, how near each was to the middle.
    """
    with act(PORTAL, "workforce.note-experience", ("experience", subject_id)) as work:
        there = select(ReviewerExperience.person_id, ReviewerExperience.kind).where(
            ReviewerExperience.subject_id == subject_id
        )
        known = {(person, kind) for person, kind in db.session.execute(there)}
        new = [(person, kind) for person, kind in done.items() if (person, kind) not in known]
        db.session.add_all(
            _row(person, kind, subject_id, on, (near or {}).get(person)) for person, kind in new
        )
        if new:
            work.note(people={str(person): kind for person, kind in new})
        else:
            work.unchanged()
    return len(new)


def _row(person: UUID, kind: Experience, subject_id: UUID, on: date, near: Rate | None) -> ReviewerExperience:
    row = ReviewerExperience(id=uuid.uuid4(), person_id=person, kind=kind, subject_id=subject_id, on=on)
    if near is not None:
        row.near, row.rated = int(near.numerator), int(near.denominator)
    return row
