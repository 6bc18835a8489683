"""Planning events, changing, publishing, moving, cancelling and confirming them."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import Any
from uuid import UUID

from flask import flash, g, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from wtforms import SelectChoice

from portal.accounts.access import May
from portal.accounts.current import current_actor
from portal.core import clock
from portal.core.access import access
from portal.core.errors import Invalid, Stale
from portal.core.filters import day
from portal.core.form_pages import Differing, FormPage, form_page, version
from portal.core.forms import summary
from portal.core.rules.quarters import quarter_from, quarter_of
from portal.core.rules.whole import whole
from portal.events.forms.event import (
    CancelForm,
    DetailsForm,
    MoveForm,
    NewEventForm,
    details_of,
    times_of,
)
from portal.events.models import Event
from portal.events.queries.people import counts
from portal.events.queries.plans import arranged, line_choices, plan_view
from portal.events.service import arranging as verbs
from portal.events.subjects import EventSubject, supplier_asked
from portal.events.views.blueprint import AT, MANAGE, ORGANISER, SCALE, blueprint, done, pressed, tried
from portal.scales.registry import registry

_SAID = {
    "publish": "The event is published. People can book.",
    "hold": "The event is marked as held, and counts in its quarter.",
    "reopen": "The event is no longer marked as held.",
}
_VERBS = {"publish": verbs.publish_event, "hold": verbs.hold_event, "reopen": verbs.reopen_event}


@blueprint.get("/events/manage")
@access(May(MANAGE))
def manage() -> ResponseReturnValue:
    """A quarter's events of the supplier, with its plan against what was held."""
    supplier, own = supplier_asked(MANAGE, request.args.get("supplier"))
    quarter = quarter_from(request.args.get("quarter")) or quarter_of(clock.today())
    return render_template(
        "events/manage.html",
        supplier=supplier,
        own=own,
        quarter=quarter,
        events=arranged(supplier.id, quarter),
        plan=plan_view(supplier.id, quarter),
        now=clock.now(),
    )


@blueprint.route("/events/new", methods=["GET", "POST"])
@access(May(MANAGE))
def new() -> ResponseReturnValue:
    """Plan an event or a series."""
    supplier, own = supplier_asked(MANAGE, request.args.get("supplier"))
    form = NewEventForm(data={"where": "online", "public": "yes"})
    _choices(form, supplier.id)
    if form.validate_on_submit():
        try:
            return _planned(form, supplier.id)
        except Invalid as error:
            form.take(error)
    page = render_template(
        "events/form.html", form=form, event=None, supplier=supplier, own=own, errors=summary(form)
    )
    return page, form.status


@blueprint.route(AT + "/edit", methods=["GET", "POST"])
@access(ORGANISER)
def edit(event_id: UUID) -> ResponseReturnValue:
    """Change an event. A save over a newer one shows what stands."""
    subject: EventSubject = g.subject
    form = DetailsForm(data=details_of(subject.event))
    _choices(form, subject.event.organiser_id)

    def save() -> str:
        verbs.edit_event(current_actor(), event_id, form.draft, version())
        return "The event is saved."

    page = _page(subject, "events/form.html", partial(_both, form, subject.event))
    return form_page(form, page, save)


@blueprint.post(AT + "/<any(publish, hold, reopen):action>")
@access(ORGANISER)
def act_on(event_id: UUID, action: str) -> ResponseReturnValue:
    """Publish an event, confirm that it was held, or take that back."""
    seen = pressed()
    return tried(event_id, lambda: _VERBS[action](current_actor(), event_id, seen), _SAID[action])


@blueprint.route(AT + "/move", methods=["GET", "POST"])
@access(ORGANISER)
def move(event_id: UUID) -> ResponseReturnValue:
    """Give an event new dates."""
    subject: EventSubject = g.subject
    form = MoveForm(data=times_of(subject.event))

    def save() -> str:
        told = verbs.move_event(current_actor(), event_id, form.times, form.because.data or "", version())
        return f"The event is moved to {day(form.on.data)}. {_told(told)}"

    return form_page(form, _page(subject, "events/move.html"), save)


@blueprint.route(AT + "/cancel", methods=["GET", "POST"])
@access(ORGANISER)
def cancel(event_id: UUID) -> ResponseReturnValue:
    """Cancel an event, with the reason."""
    subject: EventSubject = g.subject
    form = CancelForm(data={"version": subject.event.version})

    def save() -> str:
        told = verbs.cancel_event(current_actor(), event_id, form.because.data or "", version())
        return f"The event is cancelled. {_told(told)}"

    return form_page(form, _page(subject, "events/cancel.html", counts=counts(event_id)), save)


def _planned(form: NewEventForm, supplier_id: UUID) -> ResponseReturnValue:
    actor, repeat = current_actor(), form.repeats
    if repeat is None:
        made = verbs.create_event(actor, supplier_id, form.draft, form.times)
        return done("The event is planned. Publish it once it is right.", made)
    count = whole(form.count.data)
    several = verbs.create_series(actor, supplier_id, form.draft, form.times, repeat, count)
    flash(f"{len(several)} events are planned. Publish each once it is right.", "success")
    quarter = quarter_of(form.times.on).key
    return redirect(url_for(".manage", quarter=quarter, supplier=supplier_id), 303)


def _choices(form: DetailsForm, supplier_id: UUID) -> None:
    items = registry().get(SCALE).items
    form.item_keys.choices = [SelectChoice(item.key, f"{item.number}. {item.title}") for item in items]
    now = quarter_of(clock.today())
    lines = line_choices(supplier_id, [now.plus(step) for step in range(-1, 5)])
    known = {str(line.id) for _, line in lines}
    chosen = form.plan_line_id.data or ""
    kept = [SelectChoice(chosen, "The planned event chosen before")] if chosen and chosen not in known else []
    form.plan_line_id.choices = [
        SelectChoice("", "None: it is held beyond the plan"),
        *kept,
        *(SelectChoice(str(line.id), f"{line.title} ({line.month:%B %Y})") for _, line in lines),
    ]


def _page(
    subject: EventSubject,
    template: str,
    stands: Callable[[Stale], Differing] | None = None,
    **more: Any,
) -> FormPage:
    back = url_for(".show", event_id=subject.event.id)
    return FormPage(back=back, template=template, context={"event": subject.event, **more}, stands=stands)


def _both(form: DetailsForm, event: Event, stale: Stale) -> Differing:
    """(label, typed, as it stands) of each field that differs."""
    rows = []
    for name, stands in details_of(event).items():
        typed = form[name].data
        if name != "version" and (typed or "") != (stands or ""):
            rows.append((form[name].label.text.removesuffix(" (optional)"), _text(typed), _text(stands)))
    return rows


def _text(value: Any) -> str:
    return ", ".join(value) if isinstance(value, list) else str(value or "")


def _told(count: int) -> str:
    if count == 0:
        return "Nobody had booked."
    return "1 person was told by mail." if count == 1 else f"{count:,} people were told by mail."
