"""The timetable of the visit: page, CSV, one meeting, another meeting."""

from __future__ import annotations

from dataclasses import asdict
from datetime import date, time
from functools import partial
from typing import Any
from uuid import UUID

from flask import Response, flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue

from portal.core.access import access
from portal.core.errors import Forbidden, Invalid, NotFound, Refused, Stale
from portal.core.filters import day
from portal.core.form_pages import Differing, FormPage, form_page, version
from portal.core.forms import summary
from portal.core.spreadsheets import CSV_TYPE
from portal.reviews.external.forms.meetings import MeetingForm, NewMeetingForm, time_text, values_of
from portal.reviews.external.portfolio_data import request_list
from portal.reviews.external.portfolio_timetable import MeetingLine, timetable_csv, timetable_of
from portal.reviews.external.rules.meetings import MeetingDraft, MeetingState
from portal.reviews.external.rules.portfolio import MeetingKind
from portal.reviews.external.service import portfolio_meetings as verbs
from portal.reviews.external.subjects import MaySeeReview
from portal.reviews.external.views.blueprint import ADDRESS, Desk, blueprint, desk

MEETINGS = ADDRESS + "/meetings"
LABELS = {
    "title": "What it is",
    "on": "Day",
    "starts": "Start",
    "minutes": "Minutes",
    "people": "How many people",
    "place": "Place or link",
    "state": "What became of it",
    "why": "Why it was not possible",
}
NOT_YOURS = "The team and the service change the timetable until fieldwork is closed."


@blueprint.get(MEETINGS)
@access(MaySeeReview())
def meetings(assessment_id: UUID) -> ResponseReturnValue:
    """Interviews, observations and other sessions by day."""
    here = desk()
    return render_template(
        "external/portfolio_meetings.html",
        desk=here,
        timetable=timetable_of(here.found),
        plans=verbs.may_plan(here.actor, here.found),
    )


@blueprint.get(ADDRESS + "/meetings.csv")
@access(MaySeeReview())
def meetings_csv(assessment_id: UUID) -> ResponseReturnValue:
    here = desk()
    name = f"visit-plan-{here.found.service.key}.csv"
    response = Response(timetable_csv(timetable_of(here.found)), content_type=CSV_TYPE)
    response.headers["Content-Disposition"] = f'attachment; filename="{name}"'
    return response


@blueprint.route(MEETINGS + "/new", methods=["GET", "POST"])
@access(MaySeeReview())
def new_meeting(assessment_id: UUID) -> ResponseReturnValue:
    """Plan another interview, observation or session."""
    here = planning_desk()
    form = NewMeetingForm().offer(request_list().meetings)
    del form.state
    del form.why
    if form.validate_on_submit():
        try:
            _add(here, form)
        except Invalid as error:
            form.take(error)
        except Refused as error:
            form.form_errors.append(error.reason)
        else:
            flash("Added to the timetable.", "success")
            return redirect(url_for(".meetings", assessment_id=assessment_id), 303)
    page = render_template(
        "external/portfolio_meeting.html", desk=here, form=form, line=None, errors=summary(form)
    )
    return page, form.status


@blueprint.route(MEETINGS + "/<uuid:meeting_id>", methods=["GET", "POST"])
@access(MaySeeReview())
def meeting(assessment_id: UUID, meeting_id: UUID) -> ResponseReturnValue:
    """Change a meeting, or say what became of it."""
    here = planning_desk()
    line = _line(here, meeting_id)
    form = MeetingForm(data=values_of(line))

    def save() -> str:
        verbs.edit_meeting(here.actor, assessment_id, meeting_id, form.draft, version())
        return f"Saved: {form.title.data}."

    page = FormPage(
        back=url_for(".meetings", assessment_id=assessment_id),
        template="external/portfolio_meeting.html",
        context={"desk": here, "line": line},
        stands=partial(_both, form),
    )
    return form_page(form, page, save)


@blueprint.post(MEETINGS + "/<uuid:meeting_id>/<any(remove, restore):change>")
@access(MaySeeReview())
def change_meeting(assessment_id: UUID, meeting_id: UUID, change: str) -> ResponseReturnValue:
    title = verbs.remove_meeting(desk().actor, assessment_id, meeting_id, back=change == "restore")
    said = "is back" if change == "restore" else "is out of the timetable. You can put it back below"
    flash(f"{title} {said}.", "success")
    return redirect(url_for(".meetings", assessment_id=assessment_id), 303)


def planning_desk() -> Desk:
    """The desk of somebody who may change the timetable now. Raises Forbidden."""
    here = desk()
    if not verbs.may_plan(here.actor, here.found):
        raise Forbidden(NOT_YOURS)
    return here


def shown(name: str, value: Any) -> str:
    """A field's value as both versions show it."""
    if isinstance(value, date):
        return day(value)
    if isinstance(value, time):
        return time_text(value)
    if name == "state":
        return MeetingState(str(value)).title
    return "" if value is None else str(value)


def _add(here: Desk, form: NewMeetingForm) -> None:
    kind_text, _, role = (form.what.data or "").partition(":")
    kind = MeetingKind(kind_text)
    known = request_list().meeting(kind, role)
    typed = asdict(form.draft)
    if known is not None:
        usual = {"title": known.title, "minutes": known.minutes, "people": known.people}
        typed |= {name: value for name, value in usual.items() if not getattr(form, name).data}
    verbs.add_meeting(here.actor, here.found.id, kind, role, MeetingDraft(**typed))


def _line(here: Desk, meeting_id: UUID) -> MeetingLine:
    line = timetable_of(here.found).line(meeting_id)
    if line is None or line.removed:
        raise NotFound("There is no such meeting in this timetable.")
    return line


def _both(form: MeetingForm, stale: Stale) -> Differing:
    """(label, typed, as it stands) of each field that differs."""
    typed = asdict(form.draft)
    return [
        (label, shown(name, typed[name]), shown(name, stale.current[name]))
        for name, label in LABELS.items()
        if typed[name] != stale.current[name]
    ]
