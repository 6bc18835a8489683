"""The calendar that anybody may read, and an event's own page."""

from __future__ import annotations

from datetime import date
from uuid import UUID

from flask import g, render_template, request
from flask.typing import ResponseReturnValue

from portal.accounts.current import current_actor
from portal.accounts.rules.permissions import allowed
from portal.accounts.rules.roles import REGIONS
from portal.core import clock
from portal.core.access import Public, access
from portal.core.errors import NotFound
from portal.core.public_pages import publicly_cached
from portal.core.rules.months import months_after
from portal.events.export import of_calendar, of_event
from portal.events.queries.calendar import Filters, calendar, coming_public, of_month
from portal.events.queries.people import standing_of
from portal.events.rules.kinds import EventKind
from portal.events.subjects import EventSubject, MaySeeEvent
from portal.events.views.blueprint import AT, MANAGE, blueprint, calendar_answer, event_page

ANYBODY = Public("the calendar of events is for people of any organisation, and for the public")
SHOWN_MONTHS = 12


@blueprint.get("/events")
@access(ANYBODY)
def index() -> ResponseReturnValue:
    """What is to come, or what is past, with filters."""
    filters = _filters()
    lines, paging = calendar(filters, _signed_in(), request.args.get("page"))
    page = render_template(
        "events/calendar.html",
        lines=lines,
        paging=paging,
        filters=filters,
        kinds=list(EventKind),
        regions=REGIONS,
        months=_months(filters.past),
        month=month_key(filters.month) if filters.month else "",
        asked={key: value for key, value in request.args.items() if key != "page" and value},
        this_month=month_key(clock.today()),
    )
    return publicly_cached(page)


@blueprint.get("/events/month/<string:month>")
@access(ANYBODY)
def month(month: str) -> ResponseReturnValue:
    """One month as a table of weeks."""
    first = month_from(month)
    if first is None:
        raise NotFound("There is no such month.")
    page = render_template(
        "events/month.html",
        weeks=of_month(first, _signed_in()),
        first=first,
        before=month_key(months_after(first, -1)),
        after=month_key(months_after(first, 1)),
        today=clock.today(),
    )
    return publicly_cached(page)


@blueprint.get("/events/calendar.ics")
@access(ANYBODY)
def calendar_file() -> ResponseReturnValue:
    """The public calendar for programs that follow it."""
    return publicly_cached(calendar_answer(of_calendar(coming_public()), "ips-events.ics"))


@blueprint.get(AT)
@access(MaySeeEvent())
def show(event_id: UUID) -> ResponseReturnValue:
    """An event: what it is, where one stands, and what its organisers can do."""
    return event_page(g.subject)


@blueprint.get(AT + "/event.ics")
@access(MaySeeEvent())
def event_file(event_id: UUID) -> ResponseReturnValue:
    """One event for a calendar; how to join only for those who have a place."""
    subject: EventSubject = g.subject
    actor = current_actor()
    inside = standing_of(event_id, actor.person_id).inside or allowed(actor, MANAGE, g.links)
    return publicly_cached(calendar_answer(of_event(subject.event, inside=inside), "event.ics"))


def month_from(key: str | None) -> date | None:
    """The first day of the month that 2026-05 names; None for anything else."""
    try:
        found = date.fromisoformat(f"{key}-01")
    except ValueError:
        return None
    return found if 1990 <= found.year <= 2200 and month_key(found) == key else None


def month_key(on: date) -> str:
    """2026-05."""
    return f"{on:%Y-%m}"


def _signed_in() -> bool:
    return current_actor().person_id is not None


def _filters() -> Filters:
    asked = request.args
    kind = asked.get("kind", "")
    where = asked.get("where", "")
    return Filters(
        EventKind(kind) if kind in set(EventKind) else None,
        where if where == "online" or where in REGIONS else "",
        month_from(asked.get("month")),
        asked.get("past") == "1",
    )


def _months(past: bool) -> list[tuple[str, date]]:
    first = clock.today().replace(day=1)
    steps = range(0, -SHOWN_MONTHS, -1) if past else range(SHOWN_MONTHS)
    return [(month_key(one), one) for one in (months_after(first, step) for step in steps)]
