"""Setting a calibration exercise: create, change, open, close."""

from __future__ import annotations

import uuid
from uuid import UUID

from sqlalchemy import select

from portal.accounts.models import Organisation, Person
from portal.accounts.rules.actors import PORTAL, Actor
from portal.accounts.rules.permissions import Links, Permission, demand
from portal.core import clock
from portal.core.act import act
from portal.core.db import db
from portal.core.errors import Invalid, NotFound, Refused
from portal.core.mail import send_mail
from portal.core.urls import public_url
from portal.reviews.agreement.loading import LoadedExercise, exercise_for
from portal.reviews.agreement.models import CalibrationExercise, CalibrationSheet
from portal.reviews.agreement.rules.calibration import (
    ExerciseDraft,
    ExerciseState,
    exercise_problems,
    items_of,
)
from portal.reviews.assessment.definitions import keep
from portal.reviews.assessment.service.starting import scale_to_assess
from portal.workforce.accreditation.queries import reviewers_of
from portal.workforce.accreditation.rules.path import Experience, near_middle
from portal.workforce.accreditation.service.experience import note_done


def create_exercise(actor: Actor, supplier_id: UUID, draft: ExerciseDraft, id_: UUID | None = None) -> UUID:
    """Create a draft. Returns its id. Raises NotFound, Forbidden or Invalid."""
    exercise_id = id_ or uuid.uuid4()
    with act(actor, "calibration.create", ("calibration", exercise_id)) as work:
        demand(actor, Permission.CALIBRATION_MANAGE, Links(supplier=supplier_id))
        if db.session.get(Organisation, supplier_id) is None:
            raise NotFound("There is no such supplier.")
        values = _checked(draft)
        db.session.add(
            CalibrationExercise(
                id=exercise_id,
                supplier_id=supplier_id,
                created_at=clock.now(),
                created_by=actor.person_id,
                **values,
            )
        )
        work.note(supplier=supplier_id, title=draft.title, scale=draft.scale_key)
    return exercise_id


def edit_exercise(actor: Actor, exercise_id: UUID, draft: ExerciseDraft, expected_version: int) -> None:
    """Change an exercise. Once open, only its name and its days: what is rated stays what it was.

    Raises NotFound, Forbidden, Stale, Invalid, or Refused where it is closed or the case would change.
    """
    with act(actor, "calibration.edit", ("calibration", exercise_id)) as work:
        found = exercise_for(actor, exercise_id, Permission.CALIBRATION_MANAGE, expected_version)
        if found.state is ExerciseState.CLOSED:
            raise Refused("This exercise is closed, so it cannot be changed.")
        values = _checked(draft)
        row = found.exercise
        before = {name: getattr(row, name) for name in values}
        changed = {name for name, value in values.items() if before[name] != value}
        if not changed:
            work.unchanged()
            return
        if found.state is ExerciseState.OPEN and not changed <= {"title", "opens_on", "closes_on"}:
            raise Refused("The exercise is open: its case, scale and items can no longer change.")
        for name in changed:
            setattr(row, name, values[name])
        row.version += 1
        work.note(**{name: [before[name], values[name]] for name in sorted(changed)})


def open_exercise(actor: Actor, exercise_id: UUID, expected_version: int) -> None:
    """Open a draft and invite the supplier's reviewers; whoever wrote the case is not waited for.

    Raises NotFound, Forbidden, Stale, or Refused where it is not a draft or there is nobody to invite.
    """
    with act(actor, "calibration.open", ("calibration", exercise_id)) as work:
        found = exercise_for(actor, exercise_id, Permission.CALIBRATION_MANAGE, expected_version)
        if found.state is not ExerciseState.DRAFT:
            raise Refused(f"The exercise is “{found.state.words}”, so it cannot be opened.")
        row = found.exercise
        people = [one.id for one in reviewers_of(row.supplier_id, clock.today()) if one.id != row.created_by]
        if not people:
            raise Refused("There is nobody to invite: the supplier has no other reviewer.")
        row.state, row.opened_at = ExerciseState.OPEN, clock.now()
        row.version += 1
        db.session.add_all(
            CalibrationSheet(exercise_id=row.id, person_id=person, ratings={}, rationales={})
            for person in people
        )
        _tell(found, people, "A case to rate", "is open: rate the case alone, then hand in your ratings")
        work.note(invited=sorted(str(person) for person in people))


def close_exercise(actor: Actor, exercise_id: UUID, expected_version: int) -> None:
    """Close an open exercise: nobody rates any more, and everybody sees the results.

    Raises NotFound, Forbidden, Stale, or Refused where it is not open.
    """
    with act(actor, "calibration.close", ("calibration", exercise_id)) as work:
        found = exercise_for(actor, exercise_id, Permission.CALIBRATION_MANAGE, expected_version)
        work.note(handed_in=_close(found))


def close_when_all_in(found: LoadedExercise) -> bool:
    """Inside the verb that hands in a sheet: close where nobody invited is still to hand in."""
    query = select(CalibrationSheet.id).where(
        CalibrationSheet.exercise_id == found.id,
        CalibrationSheet.invited,
        CalibrationSheet.submitted_at.is_(None),
    )
    if db.session.execute(query.limit(1)).first() is not None:
        return False
    with act(PORTAL, "calibration.close", ("calibration", found.id)) as work:
        work.note(handed_in=_close(found))
    return True


def _close(found: LoadedExercise) -> int:
    if found.state is not ExerciseState.OPEN:
        raise Refused(f"The exercise is “{found.state.words}”, so it cannot be closed.")
    row = found.exercise
    row.state, row.closed_at = ExerciseState.CLOSED, clock.now()
    row.version += 1
    db.session.flush()
    query = select(CalibrationSheet.person_id, CalibrationSheet.ratings).where(
        CalibrationSheet.exercise_id == row.id, CalibrationSheet.submitted_at.is_not(None)
    )
    sheets = {sheet.person_id: sheet.ratings for sheet in db.session.execute(query)}
    people = list(sheets)
    near = near_middle(sheets)
    note_done(row.id, clock.today(), dict.fromkeys(near, Experience.CALIBRATION), near)
    _tell(found, people, "The results of a case", "is closed: see how the ratings compare")
    return len(people)


def _tell(found: LoadedExercise, people: list[UUID], subject: str, sentence: str) -> None:
    title = found.exercise.title
    body = f"The calibration exercise “{title}” {sentence}.\n"
    if found.exercise.closes_on and found.state is ExerciseState.OPEN:
        day = found.exercise.closes_on
        body += f"\nThe last day is {day.day} {day:%B %Y}.\n"
    body += f"\nOpen it: {public_url()}/agreement/calibration/{found.id}\n"
    query = select(Person.email).where(Person.id.in_(people), Person.disabled_at.is_(None))
    for email in sorted(db.session.execute(query).scalars()):
        send_mail(email, f"{subject}: {title}", body)


def _checked(draft: ExerciseDraft) -> dict[str, object]:
    """The columns of a draft. Raises Invalid. Keeps the scale's definition."""
    problems = exercise_problems(draft)
    try:
        scale = scale_to_assess(draft.scale_key)
    except Invalid as error:
        raise Invalid({**problems, "scale": next(iter(error.problems.values()))}) from error
    chosen = items_of(scale, draft.item_keys)
    if draft.item_keys and len(chosen) != len(set(draft.item_keys)):
        problems["item_keys"] = f"Choose items of {scale.short_title}"
    if problems:
        raise Invalid(problems)
    keep(scale)
    return {
        "title": draft.title,
        "scale_key": scale.key,
        "scale_version": scale.version,
        "scale_digest": scale.digest,
        "item_keys": [item.key for item in chosen],
        "case_text": draft.case_text,
        "opens_on": draft.opens_on,
        "closes_on": draft.closes_on,
    }
