"""The blueprint of events, and what its views share."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any
from uuid import UUID

from flask import Blueprint, Response, abort, flash, g, redirect, render_template, url_for
from flask.typing import ResponseReturnValue

from portal.accounts.access import May
from portal.accounts.current import current_actor
from portal.accounts.rules.permissions import Permission, allowed
from portal.core import clock
from portal.core.calendars import CALENDAR_TYPE
from portal.core.errors import PortalError
from portal.core.forms import PressForm, sent_version
from portal.core.public_pages import publicly_cached
from portal.core.spreadsheets import CSV_TYPE
from portal.events.queries.calendar import others_of_series
from portal.events.queries.people import counts, materials, moves, standing_of
from portal.events.rules.state import EventAction, may
from portal.events.subjects import EventSubject, event_subject
from portal.scales.registry import registry

blueprint = Blueprint("events", __name__)
AT = "/events/<uuid:event_id>"
MANAGE = Permission.EVENTS_MANAGE
READ_PLAN = Permission.EVENTS_READ_PLAN
SCALE = "ips-25"  # the items an event can be about
ORGANISER = May(MANAGE, event_subject)


def event_page(
    subject: EventSubject, problem: PortalError | None = None, status: int = 200
) -> ResponseReturnValue:
    """The page of an event, for whoever looks at it."""
    actor, event = current_actor(), subject.event
    manages = allowed(actor, MANAGE, g.links)
    standing = standing_of(event.id, actor.person_id)
    inside = standing.inside or manages
    page = render_template(
        "events/event.html",
        event=event,
        organiser=subject.organiser,
        manages=manages,
        standing=standing,
        inside=inside,
        materials=materials(event.id) if inside else (),
        moves=moves(event.id),
        items=[item for item in registry().get(SCALE).items if item.key in event.item_keys],
        others=others_of_series(event, planned=manages),
        counts=counts(event.id) if manages else {},
        actions={action.value for action in EventAction if may(event.state, action)},
        now=clock.now(),
        form=PressForm(data={"version": event.version}) if actor.person_id else None,
        errors=[{"text": problem.reason, "href": "#main-content"}] if problem else [],
    )
    return publicly_cached((page, status))


def pressed() -> int:
    """The version that somebody saw who pressed a button. 400 without a sound form token."""
    if not PressForm().validate_on_submit():
        abort(400)
    return sent_version() or 0


def done(said: str, event_id: UUID, endpoint: str = ".show", **values: Any) -> ResponseReturnValue:
    """Say what was done, and go on to the event."""
    flash(said, "success")
    return redirect(url_for(endpoint, event_id=event_id, **values), 303)


def tried(event_id: UUID, verb: Callable[[], object], said: str, status: int = 409) -> ResponseReturnValue:
    """Do a verb from a button of the event's page; what refuses it is said there."""
    try:
        verb()
    except PortalError as error:
        found = event_subject(event_id)
        if found is None or not hasattr(error, "reason"):
            raise
        return event_page(found[0], error, status)
    return done(said, event_id)


def attached(data: bytes, kind: str, name: str) -> Response:
    """A file to be kept."""
    response = Response(data, content_type=kind)
    response.headers["Content-Disposition"] = f'attachment; filename="{name}"'
    return response


def csv_file(data: bytes, name: str) -> Response:
    return attached(data, CSV_TYPE, name)


def calendar_answer(data: bytes, name: str) -> Response:
    return attached(data, CALENDAR_TYPE, name)
