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
from portal.core.errors import NotFound
from portal.core.form_pages import FormPage, form_page, version
from portal.core.forms import ButtonForm
from portal.core.storage.service import Saved, download, save
from portal.workforce.learning.forms import RecordForm, SetForm
from portal.workforce.learning.models import How
from portal.workforce.learning.queries import chosen_set, completions_of, required_lines, sets_of
from portal.workforce.learning.registry import catalogue
from portal.workforce.learning.service.recording import ExternalDone, choose_set, record_external, withdraw
from portal.workforce.learning.subjects import PersonSubject, external_of, own_person_subject, person_subject
from portal.workforce.learning.views.blueprint import blueprint

READ, RECORD = Permission.LEARNING_READ, Permission.LEARNING_RECORD
PERSON = "/learning/people/<uuid:person_id>"
UNKNOWN = "The portal does not know who is a senior or a team leader. Choose it here: their courses follow."


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
        form=ButtonForm(),
    )


@blueprint.route(PERSON + "/record", methods=["GET", "POST"])
@access(May(RECORD, own_person_subject))
def record(person_id: UUID) -> ResponseReturnValue:
    """Record an external course that somebody completed."""
    subject: PersonSubject = g.subject
    courses = sorted((one.title, one.key) for one in catalogue().external.values())
    form = RecordForm(data={"course": request.args.get("course", "")})
    form.offer([(key, title) for title, key in courses])
    back = url_for(".person", person_id=person_id)
    page = FormPage(back=back, template="workforce/learning/record.html", context={"subject": subject})

    def save_record() -> str:
        assert form.completed_on.data is not None  # the form asks for it
        done = ExternalDone(form.course.data, form.completed_on.data, form.note.data or "", _sent())
        record_external(current_actor(), person_id, done)
        return f"{catalogue().title(done.course)} is recorded for {subject.name}."

    return form_page(form, page, save_record)


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
    form = SetForm(data=stands).offer(sets)
    back = url_for(".person", person_id=person_id)
    page = FormPage(f"What is required of {subject.name}", back, subject.name, UNKNOWN)

    def save_set() -> str:
        choose_set(current_actor(), person_id, form.set_key.data or "", form.since.data, version())
        return f"Saved: what is required of {subject.name}."

    return form_page(form, page, save_set)


def _sent() -> Saved | None:
    """The file that was sent, kept; None where there is none. Raises Invalid (file)."""
    file = request.files.get("file")
    if file is None or not file.filename:
        return None
    return save(file.filename, file.read())
