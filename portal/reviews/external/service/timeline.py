"""The timeline of a review: how its steps stand, and ticking them off."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from sqlalchemy import select

from portal.accounts.rules.actors import Actor
from portal.core import clock
from portal.core.act import act
from portal.core.db import db
from portal.core.errors import Forbidden, Invalid, NotFound, Refused, Stale
from portal.core.filters import day
from portal.programmes.rules.review import Fact, Step, Unit, Who
from portal.reviews.external.loading import LoadedReview, holds, load_review, may_see
from portal.reviews.external.models.timeline import ReviewStepDone
from portal.reviews.external.rules.timeline import Line, pressing, shift
from portal.reviews.external.rules.workflow import Action, Part, Stage
from portal.reviews.external.schedules import Schedule, schedules

LONGEST_NOTE = 1_000
EARLIEST_MONTHS = 12  # before the visit: a step ticked off for an earlier day is a slip of the pen
# Who may tick a step off, besides whoever plans the review.
PARTS: Mapping[Who, tuple[Part, ...]] = {
    Who.SERVICE: (Part.PROVIDER_STAFF,),
    Who.REVIEWERS: (Part.REVIEWER,),
    Who.LEAD_REVIEWER: (Part.LEAD,),
    Who.MODERATOR: (Part.MODERATOR,),
    Who.SERVICE_AND_REVIEWERS: (Part.PROVIDER_STAFF, Part.REVIEWER),
    Who.SUPPLIER: (),
}
# What a move of the workflow says about the timeline: the fact, and whether it holds from now on.
_HAPPENED: Mapping[Action, tuple[Fact, bool]] = {
    Action.SUBMIT: (Fact.SUBMITTED, True),
    Action.RETURN: (Fact.SUBMITTED, False),
    Action.PASS: (Fact.MODERATED, True),
    Action.CLOSE_COMMENTS: (Fact.FEEDBACK, True),
}


@dataclass(frozen=True)
class Panel:
    """The few lines for the review's own page."""

    overdue: list[Line]
    coming: list[Line]


def board(found: LoadedReview) -> Schedule:
    """Every step of the review as it stands today. Two statements."""
    return schedules([found.review])[found.id]


def panel(found: LoadedReview) -> Panel:
    """What is overdue, and the next three steps. Two statements."""
    return Panel(*pressing(board(found).lines))


def may_tick(actor: Actor, step: Step, found: LoadedReview) -> bool:
    """Whether this person ticks this step off: whose it is, or who plans the review."""
    if step.fact is not None or found.stage is Stage.CANCELLED:
        return False
    return any(holds(actor, part, found) for part in (*PARTS[step.who], Part.PLANNER))


def tick(
    actor: Actor,
    assessment_id: UUID,
    step_key: str,
    done_on: date | None = None,
    note: str | None = None,
    expected_version: int | None = None,
) -> Step:
    """Say that a step is done: today where no day is given. Ticked off already, only what is given changes.

    `expected_version`: of the entry the person saw; 0 where there was none. Raises NotFound, Forbidden,
    Refused, Stale (somebody changed the entry first) or Invalid.
    """
    with act(actor, "reviews.tick-step", ("review", assessment_id)) as work:
        found, step = _for_ticking(actor, assessment_id, step_key)
        _check(found, done_on, note or "")
        row = _row(assessment_id, step.key)
        if expected_version is not None and expected_version != (row.version if row else 0):
            raise _stale(row)
        if row is None:
            row = ReviewStepDone(assessment_id=assessment_id, step_key=step.key, version=0)
            row.done_on, row.note = done_on or clock.today(), note or ""
            db.session.add(row)
        else:
            wanted = (done_on or row.done_on, row.note if note is None else note)
            if wanted == (row.done_on, row.note):
                work.unchanged()
                return step
            row.done_on, row.note = wanted
        row.by = actor.person_id
        row.version += 1
        work.note(step=step.key, done_on=row.done_on, note=row.note)
    return step


def untick(actor: Actor, assessment_id: UUID, step_key: str) -> Step:
    """Take a tick back. Raises NotFound, Forbidden or Refused; does nothing where there is no tick."""
    with act(actor, "reviews.untick-step", ("review", assessment_id)) as work:
        _, step = _for_ticking(actor, assessment_id, step_key)
        row = _row(assessment_id, step.key)
        if row is None:
            work.unchanged()
            return step
        work.note(step=step.key, done_on=row.done_on, note=row.note)
        db.session.delete(row)
    return step


def happened(found: LoadedReview, action: Action) -> None:
    """Note what a move of the workflow completes. Called inside that move."""
    if action in _HAPPENED:
        fact, holds_now = _HAPPENED[action]
        note_fact(found, fact, holds_now=holds_now)


def note_fact(found: LoadedReview, fact: Fact, *, holds_now: bool = True) -> None:
    """Note today that something happened which completes a step, or that it no longer holds.

    Called inside the verb that made it so. Keeps the first day where it is noted already.
    """
    step = next((one for one in found.process.steps if one.fact is fact), None)
    if step is None:
        return
    row = _row(found.id, step.key)
    if holds_now and row is None:
        db.session.add(ReviewStepDone(assessment_id=found.id, step_key=step.key, done_on=clock.today()))
    elif not holds_now and row is not None:
        db.session.delete(row)


def _for_ticking(actor: Actor, assessment_id: UUID, step_key: str) -> tuple[LoadedReview, Step]:
    found = load_review(assessment_id, fresh=True)
    if found is None or not (actor.is_portal or may_see(actor, found)):
        raise NotFound("There is no such review that you may see.")
    step = found.process.by_key.get(step_key)
    if step is None or (step.virtual and not found.review.virtual):
        raise NotFound("This review has no such step.")
    if found.stage is Stage.CANCELLED:
        raise Refused("This review is cancelled, so nothing is due in it any more.")
    if step.fact is not None:
        raise Refused("The portal notes this step itself when it has happened.")
    if not may_tick(actor, step, found):
        raise Forbidden("You may not do this.")
    return found, step


def _check(found: LoadedReview, done_on: date | None, note: str) -> None:
    problems = {}
    earliest = shift(found.review.fieldwork_from, -EARLIEST_MONTHS, Unit.MONTHS)
    if done_on is not None and done_on > clock.today():
        problems["done_on"] = "The day it was done must be today or in the past"
    elif done_on is not None and done_on < earliest:
        problems["done_on"] = f"The day it was done must be {day(earliest)} or later"
    if len(note) > LONGEST_NOTE:
        problems["note"] = f"The note must be {LONGEST_NOTE:,} characters or fewer"
    if problems:
        raise Invalid(problems)


def _row(assessment_id: UUID, step_key: str) -> ReviewStepDone | None:
    query = select(ReviewStepDone).where(
        ReviewStepDone.assessment_id == assessment_id, ReviewStepDone.step_key == step_key
    )
    return db.session.execute(query.execution_options(populate_existing=True)).scalar_one_or_none()


def _stale(row: ReviewStepDone | None) -> Stale:
    if row is None:
        return Stale("Somebody took this tick back first.", {}, 0)
    current = {"done_on": row.done_on, "note": row.note}
    return Stale(f"Somebody else ticked this off first, for {day(row.done_on)}.", current, row.version)
