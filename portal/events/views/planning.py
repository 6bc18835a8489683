"""The plan of a quarter, its baseline, and what became of it."""

from __future__ import annotations

from datetime import date
from uuid import UUID

from flask import flash, g, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from wtforms import SelectChoice

from portal.accounts.access import May
from portal.accounts.current import current_actor
from portal.accounts.rules.permissions import Links, allowed
from portal.core import clock
from portal.core.access import access
from portal.core.errors import Invalid, PortalError
from portal.core.forms import PressForm, summary
from portal.core.rules.months import months_after
from portal.core.rules.quarters import Quarter, last_quarters, quarter_from, quarter_of
from portal.events.export import plan_csv
from portal.events.forms.around import LineForm
from portal.events.queries.plans import plan_view
from portal.events.rules.kinds import EventKind
from portal.events.rules.planning import baseline_problem, change_problem
from portal.events.service.planning import add_line, fix_plan, remove_line
from portal.events.subjects import plan_line_subject, supplier_asked
from portal.events.views.blueprint import MANAGE, READ_PLAN, blueprint, csv_file, pressed

BACK, AHEAD = 6, 4  # quarters to choose from


@blueprint.get("/events/plan")
@access(May(READ_PLAN))
def plan() -> ResponseReturnValue:
    """A quarter's plan against what was held."""
    return _page(LineForm(formdata=None))


@blueprint.get("/events/plan.csv")
@access(May(READ_PLAN))
def plan_file() -> ResponseReturnValue:
    supplier, _ = supplier_asked(READ_PLAN, request.args.get("supplier"))
    quarter = _quarter()
    return csv_file(plan_csv(plan_view(supplier.id, quarter).records), f"events-{quarter.key}.csv")


@blueprint.post("/events/plan")
@access(May(MANAGE))
def plan_line() -> ResponseReturnValue:
    """Add a planned event."""
    supplier, _ = supplier_asked(MANAGE, request.args.get("supplier"))
    quarter, form = _quarter(), LineForm()
    _months(form, quarter)
    if not form.validate_on_submit():
        return _page(form)
    try:
        kind, month = EventKind(form.kind.data), date.fromisoformat(form.month.data)
        add_line(current_actor(), supplier.id, quarter, kind, form.title.data or "", month)
    except Invalid as error:
        form.take(error)
        return _page(form)
    except PortalError as error:
        return _page(form, error)
    return _done("The event is in the plan.", supplier.id, quarter)


@blueprint.post("/events/plan/lines/<uuid:line_id>/remove")
@access(May(MANAGE, plan_line_subject))
def unplan_line(line_id: UUID) -> ResponseReturnValue:
    """Take an event out of the plan."""
    pressed()
    supplier_id, quarter = g.subject.supplier_id, quarter_from(g.subject.quarter)
    assert quarter is not None  # plans are made for quarters
    try:
        remove_line(current_actor(), supplier_id, line_id)
    except PortalError as error:
        return _page(LineForm(formdata=None), error)
    return _done("The event is out of the plan.", supplier_id, quarter)


@blueprint.post("/events/plan/fix")
@access(May(MANAGE))
def fix() -> ResponseReturnValue:
    """Take the baseline by hand: for a plan that was made after its quarter opened."""
    pressed()
    supplier, _ = supplier_asked(MANAGE, request.args.get("supplier"))
    try:
        planned = fix_plan(current_actor(), supplier.id, _quarter())
    except PortalError as error:
        return _page(LineForm(formdata=None), error)
    return _done(f"The plan is fixed: {planned} planned.", supplier.id, _quarter())


def _page(form: LineForm, problem: PortalError | None = None) -> ResponseReturnValue:
    supplier, own = supplier_asked(READ_PLAN, request.args.get("supplier"))
    quarter, today = _quarter(), clock.today()
    view = plan_view(supplier.id, quarter)
    _months(form, quarter)
    manages = allowed(current_actor(), MANAGE, Links(supplier=supplier.id))
    baselined = view.planned is not None
    page = render_template(
        "events/plan.html",
        supplier=supplier,
        own=own,
        quarter=quarter,
        quarters=list(last_quarters(quarter_of(today).plus(AHEAD), BACK + AHEAD)),
        view=view,
        manages=manages,
        may_change=manages and change_problem(quarter, baselined, today) is None,
        may_fix=manages and baseline_problem(quarter, baselined, len(view.lines), today) is None,
        over=quarter.last < today,
        form=form,
        press=PressForm(formdata=None),
        errors=[{"text": problem.reason, "href": "#main-content"}] if problem else summary(form),
    )
    return page, 409 if problem else form.status


def _quarter() -> Quarter:
    return quarter_from(request.args.get("quarter")) or quarter_of(clock.today())


def _months(form: LineForm, quarter: Quarter) -> None:
    months = [months_after(quarter.first, step) for step in range(3)]
    form.month.choices = [SelectChoice(one.isoformat(), f"{one:%B %Y}") for one in months]


def _done(said: str, supplier_id: UUID, quarter: Quarter) -> ResponseReturnValue:
    flash(said, "success")
    return redirect(url_for(".plan", supplier=supplier_id, quarter=quarter.key), 303)
