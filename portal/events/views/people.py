"""For organisers: who is booked, who was there, the code for the room, materials, notes and feedback."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from flask import g, render_template, request
from flask.typing import ResponseReturnValue
from sqlalchemy import select

from portal.accounts.current import current_actor
from portal.accounts.models import Person
from portal.core import clock
from portal.core.access import access
from portal.core.db import db
from portal.core.errors import Invalid, NotFound, PortalError, Refused
from portal.core.forms import ButtonForm, PressForm, summary
from portal.core.rules.paging import Paging
from portal.core.storage import service as storage
from portal.events.forms.around import BookForForm, MaterialForm, NoteForm
from portal.events.queries.people import (
    feedback_of,
    materials,
    notes,
    participants,
    participants_csv,
)
from portal.events.rules.booking import BookingState
from portal.events.rules.feedback import FEWEST, Satisfaction
from portal.events.service.afterwards import add_material, add_note, remove_material
from portal.events.service.attending import mark_attendance, open_check_in
from portal.events.service.booking import book, give_back
from portal.events.subjects import EventSubject
from portal.events.views.blueprint import AT, ORGANISER, blueprint, csv_file, done, pressed

_BOOKED = {
    BookingState.BOOKED: "They have a place, and were told by mail.",
    BookingState.WAITING: "The event is full: they are on the waiting list, and were told by mail.",
}


@blueprint.route(AT + "/people", methods=["GET", "POST"])
@access(ORGANISER)
def people(event_id: UUID) -> ResponseReturnValue:
    """Who is booked and who was there; booking for somebody who has an account."""
    form = BookForForm()
    if form.validate_on_submit():
        try:
            state = _book_for(event_id, form.email.data or "")
        except Invalid as error:
            form.take(error)
        except Refused as error:
            return people_page(form, error)
        else:
            return done(_BOOKED[state], event_id, ".people")
    return people_page(form)


@blueprint.get(AT + "/people.csv")
@access(ORGANISER)
def people_file(event_id: UUID) -> ResponseReturnValue:
    return csv_file(participants_csv(participants(event_id)), "event-people.csv")


@blueprint.post(AT + "/attendance")
@access(ORGANISER)
def attendance(event_id: UUID) -> ResponseReturnValue:
    """Tick off who was there, of the people the page showed."""
    pressed()
    shown, present = _ids("shown"), _ids("present")
    try:
        mark_attendance(current_actor(), event_id, shown, present)
    except Refused as error:
        return people_page(BookForForm(formdata=None), error)
    return done("The attendance is saved.", event_id, ".people")


@blueprint.route(AT + "/people/<uuid:person_id>/give-back", methods=["GET", "POST"])
@access(ORGANISER)
def give_back_for(event_id: UUID, person_id: UUID) -> ResponseReturnValue:
    """Ask before somebody's booking is cancelled: they are told, and who waits first gets the place."""
    if request.method == "GET":
        return _give_back_page(event_id, person_id)
    pressed()
    try:
        give_back(current_actor(), event_id, person_id)
    except PortalError as error:
        return people_page(BookForForm(formdata=None), error)
    return done("The booking is cancelled, and they were told by mail.", event_id, ".people")


@blueprint.get(AT + "/room")
@access(ORGANISER)
def room(event_id: UUID) -> ResponseReturnValue:
    """The code for the screen in the room."""
    event = g.subject.event
    code = event.code if event.code_on == clock.today() else None
    return render_template("events/room.html", event=event, code=code, form=PressForm())


@blueprint.post(AT + "/room")
@access(ORGANISER)
def open_room(event_id: UUID) -> ResponseReturnValue:
    """Make the code of the day."""
    pressed()
    try:
        open_check_in(current_actor(), event_id)
    except Refused as error:
        page = render_template(
            "events/room.html",
            event=g.subject.event,
            code=None,
            form=PressForm(),
            errors=[{"text": error.reason, "href": "#main-content"}],
        )
        return page, 409
    return done("Check-in is open.", event_id, ".room")


@blueprint.route(AT + "/materials", methods=["GET", "POST"])
@access(ORGANISER)
def add_materials(event_id: UUID) -> ResponseReturnValue:
    """Materials for those who are booked, and the organisers' notes."""
    form = MaterialForm()
    if form.validate_on_submit():
        file = form.file.data
        try:
            saved = storage.save(file.filename, file.read()) if file else None
            add_material(current_actor(), event_id, form.title.data or "", form.link.data or "", saved)
        except Invalid as error:
            form.take(error)
        else:
            return done("The material is added.", event_id, ".add_materials")
    return _materials_page(form, NoteForm(formdata=None))


@blueprint.post(AT + "/materials/<uuid:material_id>/remove")
@access(ORGANISER)
def take_material(event_id: UUID, material_id: UUID) -> ResponseReturnValue:
    """Take a material away."""
    pressed()
    remove_material(current_actor(), event_id, material_id)
    return done("The material is taken away.", event_id, ".add_materials")


@blueprint.post(AT + "/notes")
@access(ORGANISER)
def write_note(event_id: UUID) -> ResponseReturnValue:
    """Write a note for the organisers."""
    form = NoteForm()
    if form.validate_on_submit():
        add_note(current_actor(), event_id, form.text.data or "")
        return done("The note is kept.", event_id, ".add_materials")
    return _materials_page(MaterialForm(formdata=None), form)


@blueprint.get(AT + "/results")
@access(ORGANISER)
def results(event_id: UUID) -> ResponseReturnValue:
    """What people thought of the event."""
    found, words = feedback_of(event_id)
    return render_template(
        "events/results.html",
        event=g.subject.event,
        results=found,
        words=words,
        answers=list(reversed(Satisfaction)),
        fewest=FEWEST,
    )


def people_page(form: BookForForm, problem: PortalError | None = None) -> ResponseReturnValue:
    """The list, with what went wrong."""
    subject: EventSubject = g.subject
    found = participants(subject.event.id)
    paging = Paging.of(request.args.get("page"), len(found))
    errors = [{"text": problem.reason, "href": "#main-content"}] if problem else summary(form)
    page = render_template(
        "events/people.html",
        event=subject.event,
        everybody=found,
        people=found[paging.offset : paging.offset + paging.size],
        paging=paging,
        begun=subject.event.starts_at <= clock.now(),
        form=form,
        press=PressForm(formdata=None),
        errors=errors,
    )
    return page, 409 if problem else form.status


def _give_back_page(event_id: UUID, person_id: UUID) -> ResponseReturnValue:
    booked = [one for one in participants(event_id) if one.state is not None]
    person = next((one for one in booked if one.person_id == person_id), None)
    if person is None:
        raise NotFound("There is no booking to cancel.")
    return render_template(
        "events/give_back_for.html",
        event=g.subject.event,
        person=person,
        has_place=person.state is BookingState.BOOKED,
        waiting=sum(one.state is BookingState.WAITING for one in booked),
        form=ButtonForm(),
    )


def _book_for(event_id: UUID, address: str) -> BookingState:
    query = select(Person.id).where(Person.email == address.strip().lower(), Person.disabled_at.is_(None))
    person_id = db.session.execute(query).scalar_one_or_none()
    if person_id is None:
        raise Invalid({"email": "Nobody has an account with this address. Ask them to book by themselves"})
    return book(current_actor(), event_id, person_id)


def _ids(field: str) -> set[UUID]:
    found = set()
    for text in request.form.getlist(field):
        try:
            found.add(UUID(text))
        except ValueError:
            continue
    return found


def _materials_page(form: MaterialForm, note: NoteForm) -> ResponseReturnValue:
    event = g.subject.event
    context: dict[str, Any] = {"materials": materials(event.id), "notes": notes(event.id)}
    page = render_template(
        "events/materials.html",
        event=event,
        form=form,
        note=note,
        press=PressForm(formdata=None),
        errors=[*summary(form), *summary(note)],
        **context,
    )
    return page, max(form.status, note.status)
