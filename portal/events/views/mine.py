"""Booking, giving a place back, checking in, feedback, and one's own events."""

from __future__ import annotations

from uuid import UUID

from flask import g, render_template
from flask.typing import ResponseReturnValue

from portal.accounts.access import SignedIn
from portal.accounts.current import current_actor
from portal.accounts.rules.permissions import Permission, allowed, reaches
from portal.accounts.service.throttling import TooManyTries
from portal.core.access import access
from portal.core.errors import Forbidden, Invalid, NotFound, Refused
from portal.core.forms import summary
from portal.core.storage import service as storage
from portal.events.export import of_bookings
from portal.events.forms.around import CodeForm, FeedbackForm
from portal.events.queries.mine import bookings_of_staff, next_bookings, past_events
from portal.events.queries.people import materials, standing_of
from portal.events.rules.booking import BookingState
from portal.events.rules.feedback import Satisfaction
from portal.events.rules.state import EventState
from portal.events.service.afterwards import give_feedback
from portal.events.service.attending import check_in
from portal.events.service.booking import book, give_back
from portal.events.subjects import EventSubject, MaySeeEvent, event_subject
from portal.events.views.blueprint import (
    AT,
    MANAGE,
    blueprint,
    calendar_answer,
    done,
    event_page,
    pressed,
    tried,
)

SEES = MaySeeEvent(signed_in=True)
_SAID = {
    BookingState.BOOKED: "You have a place. How to join is below and in your mail.",
    BookingState.WAITING: "You are on the waiting list. We write to you as soon as a place is yours.",
}


@blueprint.get("/events/mine")
@access(SignedIn())
def mine() -> ResponseReturnValue:
    """One's places and waits, past events, and for a provider's manager those of their people."""
    actor = current_actor()
    assert actor.person_id is not None  # the rule asks for a sign-in
    held = reaches(actor, Permission.ACCOUNTS_INVITE_STAFF)
    own = {membership.organisation_id for membership, _ in held}
    return render_template(
        "events/mine.html",
        bookings=next_bookings(actor.person_id),
        past=past_events(actor.person_id),
        manages_people=bool(own),
        others=bookings_of_staff(own) if own else (),
    )


@blueprint.get("/events/mine.ics")
@access(SignedIn())
def mine_file() -> ResponseReturnValue:
    """One's own events for a calendar."""
    person_id = current_actor().person_id
    assert person_id is not None  # the rule asks for a sign-in
    return calendar_answer(of_bookings(person_id), "my-events.ics")


@blueprint.post(AT + "/book")
@access(SEES)
def ask(event_id: UUID) -> ResponseReturnValue:
    """Ask for a place."""
    pressed()
    try:
        state = book(current_actor(), event_id)
    except Refused as error:
        found = event_subject(event_id)
        return event_page(found[0] if found else g.subject, error, 409)
    return done(_SAID[state], event_id)


@blueprint.post(AT + "/give-back")
@access(SEES)
def leave(event_id: UUID) -> ResponseReturnValue:
    """Cancel one's booking or wait."""
    pressed()
    said = "Your booking is cancelled. You can book again while there are places."
    return tried(event_id, lambda: give_back(current_actor(), event_id), said)


@blueprint.route(AT + "/check-in", methods=["GET", "POST"])
@access(SEES)
def enter(event_id: UUID) -> ResponseReturnValue:
    """Say with the code in the room that one is there."""
    subject: EventSubject = g.subject
    form, problem = CodeForm(), ""
    if form.validate_on_submit():
        try:
            check_in(current_actor(), event_id, form.code.data or "")
        except Invalid as error:
            form.take(error)
        except TooManyTries as error:
            problem = error.reason
        else:
            return done("You are on the list of those who are here.", event_id)
    errors = [{"text": problem, "href": "#code"}] if problem else summary(form)
    page = render_template("events/check_in.html", event=subject.event, form=form, errors=errors)
    return page, 429 if problem else form.status


@blueprint.route(AT + "/feedback", methods=["GET", "POST"])
@access(SEES)
def feedback(event_id: UUID) -> ResponseReturnValue:
    """Say what one thought of an event, without a name."""
    subject: EventSubject = g.subject
    standing = standing_of(event_id, current_actor().person_id)
    if subject.event.state not in (EventState.PUBLISHED, EventState.HELD):
        raise NotFound("There is no feedback on this event.")
    if not standing.was_there:
        raise Forbidden("Only people who were at the event can give feedback on it.")
    form = FeedbackForm()
    if form.validate_on_submit():
        try:
            give_feedback(current_actor(), event_id, Satisfaction(form.rating.data), form.words.data or "")
        except Invalid as error:
            form.take(error)
        else:
            return done("Thank you. Your feedback is with the organiser, without your name.", event_id)
    page = render_template(
        "events/feedback.html",
        event=subject.event,
        form=form,
        given=standing.gave_feedback,
        errors=summary(form),
    )
    return page, form.status


@blueprint.get(AT + "/materials/<uuid:material_id>")
@access(SEES)
def material_file(event_id: UUID, material_id: UUID) -> ResponseReturnValue:
    """A file for those who have a place, were there, or organise."""
    actor = current_actor()
    inside = standing_of(event_id, actor.person_id).inside or allowed(actor, MANAGE, g.links)
    row = next((one for one in materials(event_id) if one.id == material_id), None)
    if not inside or row is None or row.attachment is None:
        raise NotFound("There is no file at this address that you may see.")
    return storage.download(row.attachment)
