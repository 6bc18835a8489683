"""The calendar of communications: its list, and planning, editing and moving an entry."""

from __future__ import annotations

from datetime import date
from typing import Any
from uuid import UUID

from flask import Response, flash, g, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from portal.accounts.access import May
from portal.accounts.current import current_actor
from portal.comms import queries, service
from portal.comms.export import calendar_csv
from portal.comms.forms import ButtonForm, EntryForm, of_entry
from portal.comms.models import CalendarEntry
from portal.comms.queries import Asked
from portal.comms.rules.planning import WORDS, EntryKind, EntryMove, moves, overdue
from portal.comms.views.blueprint import AT_ENTRY, ENTRY, MANAGE, blueprint
from portal.core import clock
from portal.core.access import access
from portal.core.db import db
from portal.core.errors import Invalid, NotFound, Refused, Stale
from portal.core.filters import day
from portal.core.forms import sent_version, summary
from portal.core.rules.months import months_after
from portal.core.rules.whole import whole
from portal.core.spreadsheets import CSV_TYPE
from portal.events.subjects import supplier_asked
from portal.library.queries import keepers, name_of


@blueprint.get("/communications")
@access(May(MANAGE))
def index() -> ResponseReturnValue:
    """What is planned: the overdue first, then month by month."""
    supplier, own = supplier_asked(MANAGE, request.args.get("supplier"))
    asked = _asked()
    lines = queries.entries(supplier.id, asked)
    return render_template(
        "comms/calendar.html",
        supplier=supplier,
        own=own,
        asked=asked,
        late=[line for line in lines if line.overdue],
        months=queries.by_month(lines),
        kinds=EntryKind,
        pickable=_months(asked.month),
        owners=queries.owners(supplier.id),
    )


@blueprint.get("/communications.csv")
@access(May(MANAGE))
def calendar_file() -> ResponseReturnValue:
    supplier, _ = supplier_asked(MANAGE, request.args.get("supplier"))
    response = Response(calendar_csv(queries.entries(supplier.id, _asked())), content_type=CSV_TYPE)
    response.headers["Content-Disposition"] = 'attachment; filename="communications.csv"'
    return response


@blueprint.route("/communications/new", methods=["GET", "POST"])
@access(May(MANAGE))
def new_entry() -> ResponseReturnValue:
    """Plan something."""
    supplier, _ = supplier_asked(MANAGE, request.args.get("supplier"))
    form = EntryForm(keepers(supplier.id), data={"owner": str(current_actor().person_id)})
    if form.validate_on_submit():
        try:
            made = service.plan_entry(current_actor(), supplier.id, UUID(form.owner.data), form.details())
        except Invalid as error:
            form.take(error)
        else:
            flash("The entry is in the calendar.", "success")
            return redirect(url_for(".entry", entry_id=made), 303)
    page = render_template("comms/entry_form.html", form=form, entry=None, errors=summary(form))
    return page, form.status


@blueprint.get(AT_ENTRY)
@access(ENTRY)
def entry(entry_id: UUID) -> ResponseReturnValue:
    """An entry as it stands, and what can be done to it."""
    return entry_page(g.subject)


@blueprint.route(AT_ENTRY + "/edit", methods=["GET", "POST"])
@access(ENTRY)
def edit_entry(entry_id: UUID) -> ResponseReturnValue:
    """Change an entry. A save over a newer one shows both."""
    found: CalendarEntry = g.subject
    people = keepers(found.supplier_id)
    if found.owner_id not in {id_ for id_, _ in people}:
        people.append((found.owner_id, name_of(found.owner_id)))  # stays until another is chosen
    form = EntryForm(people, data=of_entry(found))
    stale: Stale | None = None
    if form.validate_on_submit():
        try:
            version = whole(form.version.data) or 0
            service.edit_entry(current_actor(), entry_id, UUID(form.owner.data), form.details(), version)
        except Invalid as error:
            form.take(error)
        except Stale as error:
            stale = error
        else:
            flash("The entry has been saved.", "success")
            return redirect(url_for(".entry", entry_id=entry_id), 303)
    return _edit_page(found, form, stale)


@blueprint.post(AT_ENTRY + "/do/<string:action>")
@access(ENTRY)
def move_entry(entry_id: UUID, action: str) -> ResponseReturnValue:
    """Do one move of the table; where it cannot be done now, the page says why."""
    if action not in {one.value for one in EntryMove}:
        raise NotFound("There is nothing of this name to do to an entry.")
    title = g.subject.title
    try:
        service.move_entry(current_actor(), entry_id, EntryMove(action), sent_version() or 0)
    except (Refused, Stale) as error:
        return entry_page(db.session.get_one(CalendarEntry, entry_id, populate_existing=True), error.reason)
    flash(f"“{title}” {WORDS[EntryMove(action)].done}", "success")
    return redirect(url_for(".entry", entry_id=entry_id), 303)


def entry_page(found: CalendarEntry, refused: str = "") -> ResponseReturnValue:
    """The page of an entry, with why a move could not be made."""
    page = render_template(
        "comms/entry.html",
        entry=found,
        owner=name_of(found.owner_id),
        form=ButtonForm(formdata=None),
        moves=moves(found.state),
        words=WORDS,
        overdue=overdue(found.state, found.due, clock.today()),
        errors=[{"text": refused, "href": "#moves"}] if refused else [],
    )
    return page, 409 if refused else 200


def _edit_page(found: CalendarEntry, form: EntryForm, stale: Stale | None) -> ResponseReturnValue:
    errors, stands = summary(form), []
    if stale is not None:
        stands = _both(form, stale)
        form.version.process_data(str(stale.version))  # saving again is then a choice made knowingly
        errors = [{"text": stale.reason, "href": "#stale"}]
    page = render_template(
        "comms/entry_form.html", form=form, entry=found, stale=stale, stands=stands, errors=errors
    )
    return page, 409 if stale else form.status


def _both(form: EntryForm, stale: Stale) -> list[tuple[str, str, str]]:
    """(label, typed, as it stands) of each field that differs."""
    details, names = form.details(), {choice.value: choice.label for choice in form.owner.choices}
    typed: dict[str, Any] = {
        "kind": details.kind.words,
        "title": details.title,
        "owner": names.get(form.owner.data, ""),
        "due": details.due,
        "channel": details.channel,
        "note": details.note,
    }
    return [
        (form[name].label.text, _plain(value), _plain(stale.current[name]))
        for name, value in typed.items()
        if value != stale.current[name]
    ]


def _plain(value: Any) -> str:
    return day(value) if isinstance(value, date) else str(value)


def _asked() -> Asked:
    kind, owner = request.args.get("kind", ""), request.args.get("owner", "")
    year, _, month = request.args.get("month", "").partition("-")
    return Asked(
        EntryKind(kind) if kind in {one.value for one in EntryKind} else None,
        _uuid(owner),
        _month(whole(year), whole(month)),
    )


def _months(chosen: date | None) -> list[date]:
    """The months to choose from: a year back, a year ahead, and the one that is shown."""
    first = clock.today().replace(day=1)
    return sorted(
        {months_after(first, number) for number in range(-12, 13)} | ({chosen} if chosen else set())
    )


def _month(year: int | None, month: int | None) -> date | None:
    real = year is not None and month is not None and 2000 <= year <= 2200 and 1 <= month <= 12
    return date(year or 1, month or 1, 1) if real else None


def _uuid(text: str) -> UUID | None:
    try:
        return UUID(text)
    except ValueError:
        return None
