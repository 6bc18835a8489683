"""Calibration exercises: the list, setting one, opening and closing it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from uuid import UUID

from flask import abort, flash, g, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from portal.accounts.access import May
from portal.accounts.current import current_actor
from portal.accounts.rules.actors import Actor
from portal.accounts.rules.permissions import Permission, allowed
from portal.core import clock
from portal.core.access import access
from portal.core.errors import Invalid, Refused, Stale
from portal.core.forms import sent_version, summary
from portal.reviews.agreement.exercise_queries import exercises_of, supplier_names
from portal.reviews.agreement.forms import ExerciseForm, form_of, new_form
from portal.reviews.agreement.loading import LoadedExercise, MaySeeExercise
from portal.reviews.agreement.rules.calibration import ExerciseDraft, ExerciseState, why_not_rated
from portal.reviews.agreement.service.exercises import (
    close_exercise,
    create_exercise,
    edit_exercise,
    open_exercise,
)
from portal.reviews.agreement.sheets import invited_to, own_sheet
from portal.reviews.agreement.views.blueprint import blueprint
from portal.reviews.assessment.service.starting import scale_to_assess
from portal.scales.registry import registry
from portal.scales.rules.definition import Scale, ScaleUse

ADDRESS = "/agreement/calibration/<uuid:exercise_id>"
_MOVES: dict[str, tuple[Callable[[Actor, UUID, int], None], str]] = {
    "open": (open_exercise, "The exercise is open. Everybody invited has been told."),
    "close": (close_exercise, "The exercise is closed. Everybody who handed in has been told."),
}


@blueprint.get("/agreement/calibration")
@access(May(Permission.AGREEMENT_READ))
def exercises() -> ResponseReturnValue:
    """The exercises that the person may see."""
    rows = exercises_of(current_actor())
    titles = {scale.key: scale.short_title for scale in registry().all()}
    return render_template("agreement/exercises.html", rows=rows, titles=titles, today=clock.today())


@blueprint.route("/agreement/calibration/new", methods=["GET", "POST"])
@access(May(Permission.CALIBRATION_MANAGE))
def new_exercise() -> ResponseReturnValue:
    """Choose the scale, then write the case."""
    scale = _chosen_scale()
    if scale is None:
        scales = [one for one in registry().all() if one.use is ScaleUse.ASSESS]
        return render_template("agreement/choose_scale.html", scales=scales)
    suppliers = supplier_names(current_actor())
    form = new_form(scale, suppliers)
    if form.validate_on_submit():
        supplier = UUID(form.supplier.data) if form.supplier else suppliers[0][0]
        try:
            exercise_id = create_exercise(current_actor(), supplier, form.draft())
        except Invalid as error:
            form.take(error)
        else:
            flash("Saved as a draft. Read it once more, then open it.", "success")
            return redirect(url_for(".exercise", exercise_id=exercise_id), 303)
    return _form_page(form, scale), form.status


@blueprint.get(ADDRESS)
@access(MaySeeExercise())
def exercise(exercise_id: UUID) -> ResponseReturnValue:
    """The case, who is invited, and what can be done."""
    return exercise_page(g.subject)


@blueprint.route(ADDRESS + "/edit", methods=["GET", "POST"])
@access(MaySeeExercise(managing=True))
def change_exercise(exercise_id: UUID) -> ResponseReturnValue:
    """Change a draft; of an open exercise its name and days."""
    found: LoadedExercise = g.subject
    if found.state is ExerciseState.CLOSED:
        return redirect(url_for(".exercise", exercise_id=exercise_id), 303)
    form = form_of(found.exercise, found.scale)
    if found.state is ExerciseState.OPEN:
        form.keep_days_only()
    if form.validate_on_submit():
        try:
            edit_exercise(current_actor(), exercise_id, _draft_of(form, found), sent_version() or 0)
        except Invalid as error:
            form.take(error)
        except (Stale, Refused) as error:
            return _form_page(form, found.scale, found, error), 409
        else:
            flash("Saved.", "success")
            return redirect(url_for(".exercise", exercise_id=exercise_id), 303)
    return _form_page(form, found.scale, found), form.status


@blueprint.post(ADDRESS + "/<any(open, close):move>")
@access(MaySeeExercise(managing=True))
def move_exercise(exercise_id: UUID, move: str) -> ResponseReturnValue:
    """Open or close the exercise."""
    verb, said = _MOVES[move]
    try:
        verb(current_actor(), exercise_id, sent_version() or 0)
    except (Refused, Stale) as error:
        return exercise_page(g.subject, error.reason)
    flash(said, "success")
    return redirect(url_for(".exercise", exercise_id=exercise_id), 303)


def exercise_page(found: LoadedExercise, problem: str = "") -> ResponseReturnValue:
    """The exercise's page, under what went wrong."""
    actor, row = current_actor(), found.exercise
    page = render_template(
        "agreement/exercise.html",
        found=found,
        people=invited_to(found),
        own=own_sheet(actor, found),
        may_manage=allowed(actor, Permission.CALIBRATION_MANAGE, found.links),
        why_not=why_not_rated(found.state, clock.today(), row.opens_on, row.closes_on),
        errors=[{"text": problem, "href": "#main-content"}] if problem else [],
    )
    return page, (409 if problem else 200)


def _chosen_scale() -> Scale | None:
    key = request.args.get("scale", "")
    if not key:
        return None
    try:
        return scale_to_assess(key)
    except Invalid:
        abort(404)


def _draft_of(form: ExerciseForm, found: LoadedExercise) -> ExerciseDraft:
    """What was typed; what the form leaves out stays as it is."""
    if found.state is ExerciseState.DRAFT:
        return form.draft()
    row = found.exercise
    kept = ExerciseDraft(row.title, row.scale_key, row.case_text, tuple(row.item_keys))
    return replace(
        kept, title=form.title.data or "", opens_on=form.opens_on.data, closes_on=form.closes_on.data
    )


def _form_page(
    form: ExerciseForm,
    scale: Scale,
    found: LoadedExercise | None = None,
    error: Refused | Stale | None = None,
) -> str:
    """The form; after a conflict with what was typed, to be saved over what is there now."""
    problems = [{"text": error.reason, "href": "#main-content"}] if error else []
    if isinstance(error, Stale):
        form.version.data = str(error.version)
    return render_template(
        "agreement/edit_exercise.html",
        form=form,
        scale=scale,
        found=found,
        stale=isinstance(error, Stale),
        errors=[*problems, *summary(form)],
    )
