"""One person's learning: what is required of them, and recording what they completed elsewhere."""

from __future__ import annotations

from uuid import UUID

from flask import flash, g, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from portal.accounts.access import May
from portal.accounts.current import current_actor
from portal.accounts.rules.permissions import Permission
from portal.core import clock
from portal.core.access import access
from portal.core.errors import Invalid, NotFound, Stale
from portal.core.filters import day
from portal.core.forms import sent_version, summary
from portal.core.storage.service import Saved, download, save
from portal.workforce.learning.forms import BareForm, RecordForm, SetForm
from portal.workforce.learning.models import How
from portal.workforce.learning.queries import chosen_set, completions_of, required_lines, sets_of
from portal.workforce.learning.registry import catalogue
from portal.workforce.learning.service.recording import ExternalDone, choose_set, record_external, withdraw
from portal.workforce.learning.subjects import PersonSubject, external_of, own_person_subject, person_subject
from portal.workforce.learning.views.blueprint import blueprint

READ, RECORD = Permission.LEARNING_READ, Permission.LEARNING_RECORD
PERSON = "/learning/people/<uuid:person_id>"


@blueprint.get(PERSON)
@access(May(READ, person_subject))
def person(person_id: UUID) -> ResponseReturnValue:
    """What is required of a person as it stands, and everything they completed."""
    completions = completions_of([person_id])
    return render_template(
        "workforce/learning/person.html",
        subject=g.subject,
        sets=sets_of([person_id])[person_id],
        lines=required_lines([person_id], completions)[person_id],
        completions=completions[person_id],
        known=catalogue(),
        how=How,
        today=clock.today(),
        form=BareForm(),
    )


@blueprint.route(PERSON + "/record", methods=["GET", "POST"])
@access(May(RECORD, own_person_subject))
def record(person_id: UUID) -> ResponseReturnValue:
    """Record an external course that somebody completed."""
    subject: PersonSubject = g.subject
    courses = sorted((one.title, one.key) for one in catalogue().external.values())
    form = RecordForm(data={"course": request.args.get("course", "")})
    form.offer([(key, title) for title, key in courses])
    if form.validate_on_submit():
        assert form.completed_on.data is not None  # the form asks for it
        try:
            done = ExternalDone(form.course.data, form.completed_on.data, form.note.data or "", _sent())
            record_external(current_actor(), person_id, done)
        except Invalid as error:
            form.take(error)
        else:
            flash(f"{catalogue().title(done.course)} is recorded for {subject.name}.", "success")
            return redirect(url_for(".person", person_id=person_id), 303)
    page = render_template("workforce/learning/record.html", subject=subject, form=form, errors=summary(form))
    return page, form.status


@blueprint.post(PERSON + "/completions/<uuid:completion_id>/withdraw")
@access(May(RECORD, own_person_subject))
def take_back(person_id: UUID, completion_id: UUID) -> ResponseReturnValue:
    """Take back what was recorded by mistake."""
    withdraw(current_actor(), person_id, completion_id)
    flash("The record is withdrawn. Record the course again if that was a slip.", "success")
    return redirect(url_for(".person", person_id=person_id), 303)


@blueprint.get(PERSON + "/completions/<uuid:completion_id>/file")
@access(May(READ, person_subject))
def evidence(person_id: UUID, completion_id: UUID) -> ResponseReturnValue:
    """The file that shows an external course."""
    found = external_of(person_id, completion_id)
    if found is None or found[1] is None:
        raise NotFound("There is no such file.")
    return download(found[1])


@blueprint.route(PERSON + "/required", methods=["GET", "POST"])
@access(May(RECORD, own_person_subject))
def required(person_id: UUID) -> ResponseReturnValue:
    """Choose what is required of a person."""
    subject: PersonSubject = g.subject
    row = chosen_set(person_id)
    sets = [(one.key, one.title) for one in catalogue().offered(subject.roles)]
    stands = {"set_key": row.set_key, "since": row.since, "version": row.version} if row else {"version": 0}
    form, stale = SetForm(data=stands).offer(sets), None
    if form.validate_on_submit():
        try:
            choose_set(current_actor(), person_id, form.set_key.data, form.since.data, sent_version() or 0)
        except Invalid as error:
            form.take(error)
        except Stale as error:
            stale = error
            form.version.process_data(str(error.version))  # saving again is then a choice made knowingly
        else:
            flash(f"Saved: what is required of {subject.name}.", "success")
            return redirect(url_for(".person", person_id=person_id), 303)
    return _required_page(subject, form, stale)


def _required_page(subject: PersonSubject, form: SetForm, stale: Stale | None) -> ResponseReturnValue:
    errors, both = summary(form), []
    if stale is not None:
        titles = dict(form.set_key.choices or ())
        now, since = str(stale.current["set_key"]), stale.current["since"]
        both = [
            ("Required courses", titles.get(form.set_key.data, ""), titles.get(now, "")),
            ("In this role since", day(form.since.data), day(since)),  # type: ignore[arg-type]  # a date
        ]
        errors = [{"text": stale.reason, "href": "#stale"}]
    page = render_template(
        "workforce/learning/required.html",
        subject=subject,
        form=form,
        errors=errors,
        stale=stale,
        stands=both,
    )
    return page, 409 if stale else form.status


def _sent() -> Saved | None:
    """The file that was sent, kept; None where there is none. Raises Invalid (file)."""
    file = request.files.get("file")
    if file is None or not file.filename:
        return None
    return save(file.filename, file.read())
