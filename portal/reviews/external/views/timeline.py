"""The timeline of a review: dated steps, ticking them off, and the picture along time."""

from __future__ import annotations

from uuid import UUID

from flask import flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue

from portal.accounts.current import current_actor
from portal.core import clock
from portal.core.access import access
from portal.core.charts import Figure, GanttStep, Mark, gantt
from portal.core.errors import Forbidden, Invalid, NotFound, Refused, Stale
from portal.core.filters import day, short_day
from portal.core.forms import sent_version, summary
from portal.reviews.external.forms.timeline import StepForm
from portal.reviews.external.rules.timeline import Line, Status
from portal.reviews.external.schedules import Schedule
from portal.reviews.external.service.timeline import board, may_tick, tick, untick
from portal.reviews.external.subjects import MaySeeReview
from portal.reviews.external.views.blueprint import ADDRESS, Desk, blueprint, desk

STEP = ADDRESS + "/timeline/<string:step_key>"
_MARKS = {
    Status.OVERDUE: Mark.LATE,
    Status.EXPECTED: Mark.EXPECTED,
    Status.DONE: Mark.DONE,
    Status.LAPSED: Mark.OFF,
    Status.STOPPED: Mark.OFF,
}


@blueprint.get(ADDRESS + "/timeline")
@access(MaySeeReview())
def timeline(assessment_id: UUID) -> ResponseReturnValue:
    here = desk()
    schedule = board(here.found)
    overdue = [line for line in schedule.lines if line.status is Status.OVERDUE]
    coming = [line for line in schedule.lines if line.is_open and line.status is not Status.OVERDUE]
    return render_template(
        "external/timeline.html",
        desk=here,
        done=schedule.done,
        overdue=overdue,
        coming=coming,
        settled=[line for line in schedule.lines if not line.is_open],
        mine={line.step.key for line in schedule.lines if may_tick(here.actor, line.step, here.found)},
        figure=picture(schedule.lines),
    )


@blueprint.post(STEP + "/tick")
@access(MaySeeReview())
def tick_step(assessment_id: UUID, step_key: str) -> ResponseReturnValue:
    try:
        step = tick(current_actor(), assessment_id, step_key)
    except Refused as error:
        flash(error.reason, "info")
    else:
        flash(f"Ticked off: {step.title}.", "success")
    return _back(assessment_id, step_key)


@blueprint.post(STEP + "/untick")
@access(MaySeeReview())
def untick_step(assessment_id: UUID, step_key: str) -> ResponseReturnValue:
    try:
        step = untick(current_actor(), assessment_id, step_key)
    except Refused as error:
        flash(error.reason, "info")
    else:
        flash(f"Open again: {step.title}.", "success")
    return _back(assessment_id, step_key)


@blueprint.route(STEP, methods=["GET", "POST"])
@access(MaySeeReview())
def step(assessment_id: UUID, step_key: str) -> ResponseReturnValue:
    """The day a step was done, and a note. GET and POST."""
    here = desk()
    schedule = board(here.found)
    line = _line_to_tick(here, schedule, step_key)
    row = schedule.done.get(step_key)
    form = StepForm(
        done_on=row.done_on if row else clock.today(),
        note=row.note if row else "",
        version=row.version if row else 0,
    )
    stale: Stale | None = None
    if form.validate_on_submit():
        try:
            tick(current_actor(), assessment_id, step_key, form.done_on.data, form.note.data, sent_version())
        except Invalid as error:
            form.take(error)
        except Stale as error:
            stale = error
            form.version.data = str(error.version)
        else:
            flash(f"Ticked off: {line.step.title}.", "success")
            return _back(assessment_id, step_key)
    page = render_template(
        "external/timeline_step.html",
        desk=here,
        line=line,
        form=form,
        stale=stale,
        errors=_errors(form, stale),
    )
    return page, 409 if stale else form.status


def picture(lines: list[Line]) -> Figure:
    """The steps along time."""
    steps = [
        GanttStep(
            line.step.title, line.step.who.title, line.starts, line.due, when(line), line.status.title, mark
        )
        for line in lines
        for mark in [_MARKS.get(line.status, Mark.OPEN)]
    ]
    return gantt(steps, clock.today(), key="timeline", caption="The steps of this review along time")


def when(line: Line) -> str:
    """The date of a step as the table of the picture has it."""
    dates = day(line.due) if line.starts == line.due else f"{short_day(line.starts)} to {short_day(line.due)}"
    return f"{dates} (expected)" if line.expected and line.is_open else dates


def _line_to_tick(here: Desk, schedule: Schedule, step_key: str) -> Line:
    line = schedule.line(step_key)
    if line is None:
        raise NotFound("This review has no such step.")
    if not may_tick(here.actor, line.step, here.found):
        raise Forbidden("This step is ticked off by others, or the portal notes it itself.")
    return line


def _errors(form: StepForm, stale: Stale | None) -> list[dict[str, str]]:
    found = summary(form)
    return [{"text": stale.reason, "href": "#main-content"}, *found] if stale else found


def _back(assessment_id: UUID, step_key: str) -> ResponseReturnValue:
    address = url_for(".timeline", assessment_id=assessment_id, _anchor=f"step-{step_key}")
    return redirect(address, 303)
