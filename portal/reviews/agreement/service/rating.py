"""Rating the case of a calibration exercise: alone, and handed in for good.

The verbs start with `blind.`, so that the audit page seals what they noted.
"""

from __future__ import annotations

from uuid import UUID

from portal.accounts.rules.actors import Actor
from portal.accounts.rules.permissions import Permission
from portal.core import clock
from portal.core.act import act
from portal.core.db import db
from portal.core.errors import Invalid, Refused, Stale
from portal.reviews.agreement.loading import LoadedExercise, exercise_for
from portal.reviews.agreement.models import CalibrationSheet
from portal.reviews.agreement.rules.calibration import SheetDraft, sheet_problems, why_not_rated
from portal.reviews.agreement.service.exercises import close_when_all_in
from portal.reviews.agreement.sheets import own_sheet


def save_sheet(actor: Actor, exercise_id: UUID, draft: SheetDraft, expected_version: int) -> int:
    """Keep what somebody has rated so far. Returns the sheet's version (0: there is none yet).

    Raises NotFound, Forbidden, Refused (not open, or handed in), Invalid, or Stale with what is saved.
    """
    with act(actor, "blind.calibration-save", ("calibration", exercise_id)) as work:
        found = exercise_for(actor, exercise_id, Permission.AGREEMENT_READ)
        sheet = _rate(actor, found, draft, expected_version, complete=False)
        if sheet is None:
            work.unchanged()
            return expected_version
        work.note(ratings=sheet.ratings)
        return sheet.version


def submit_sheet(actor: Actor, exercise_id: UUID, draft: SheetDraft, expected_version: int) -> bool:
    """Hand a sheet in: it never changes again. Returns whether that closed the exercise.

    Raises NotFound, Forbidden, Refused (not open, or handed in), Invalid (an item without a rating), Stale.
    """
    with act(actor, "blind.calibration-submit", ("calibration", exercise_id)) as work:
        found = exercise_for(actor, exercise_id, Permission.AGREEMENT_READ)
        sheet = _rate(actor, found, draft, expected_version, complete=True)
        sheet = sheet or own_sheet(actor, found)
        assert sheet is not None  # complete, so it holds ratings and was kept
        sheet.submitted_at = clock.now()
        sheet.version += 1
        work.note(ratings=sheet.ratings)
        db.session.flush()
        return close_when_all_in(found)


def _rate(
    actor: Actor, found: LoadedExercise, draft: SheetDraft, expected_version: int, *, complete: bool
) -> CalibrationSheet | None:
    """Put a draft on the actor's sheet. None where it holds that already."""
    exercise = found.exercise
    why_not = why_not_rated(found.state, clock.today(), exercise.opens_on, exercise.closes_on)
    if why_not:
        raise Refused(why_not)
    sheet = own_sheet(actor, found)
    if sheet is not None and sheet.submitted_at is not None:
        raise Refused("You have handed in your ratings of this case. They cannot change any more.")
    if (sheet.version if sheet else 0) != expected_version:
        saved = {**sheet.ratings} if sheet else {}
        raise Stale(
            "You saved other ratings meanwhile, on another page or device.",
            saved,
            sheet.version if sheet else 0,
        )
    problems = sheet_problems(draft, found.items, complete=complete)
    if problems:
        raise Invalid(problems)
    keys = [item.key for item in found.items]
    ratings = {key: draft.ratings[key] for key in keys if draft.ratings.get(key) is not None}
    rationales = {key: draft.rationales[key] for key in keys if draft.rationales.get(key)}
    if (sheet.ratings, sheet.rationales) == (ratings, rationales) if sheet else not (ratings or rationales):
        return None
    if sheet is None:  # somebody who joined later, or who wrote the case
        sheet = CalibrationSheet(exercise_id=found.id, person_id=actor.person_id, invited=False, version=0)
        db.session.add(sheet)
    sheet.ratings, sheet.rationales = ratings, rationales
    sheet.version += 1
    return sheet
