"""A plan's page, and what moves a plan."""

from __future__ import annotations

from collections.abc import Callable
from uuid import UUID

from flask import abort, flash, g, redirect, render_template, url_for
from flask.typing import ResponseReturnValue

from portal.accounts.access import May
from portal.accounts.current import current_actor
from portal.accounts.rules.actors import Actor
from portal.accounts.rules.permissions import Permission, allowed
from portal.core.access import access
from portal.core.errors import Invalid, PortalError, Refused, Stale
from portal.core.forms import PortalForm, PressForm, summary
from portal.core.rules.whole import whole
from portal.directory.subjects import service_subject
from portal.plans import service as verbs
from portal.plans.forms import StartForm
from portal.plans.loading import values_of
from portal.plans.queries import PlanView
from portal.plans.rules.checking import gaps
from portal.plans.rules.workflow import PlanMove, moves
from portal.plans.subjects import plan_subject
from portal.plans.views.blueprint import blueprint

_MOVES: dict[PlanMove, tuple[Callable[[Actor, UUID, int], None], str]] = {
    PlanMove.AGREE: (verbs.agree_plan, "The plan is agreed."),
    PlanMove.REOPEN: (verbs.reopen_plan, "The plan is a draft again. Agree it once it is right."),
    PlanMove.CLOSE: (verbs.close_plan, "The plan is closed."),
}


@blueprint.get("/plans/<uuid:plan_id>")
@access(May(Permission.PLAN_READ, plan_subject))
def show(plan_id: UUID) -> ResponseReturnValue:
    """The plan with its actions."""
    return plan_page(g.subject)


@blueprint.post("/plans/<uuid:plan_id>/<any(agree, reopen, close):move>")
@access(May(Permission.PLAN_AGREE, plan_subject, seen_by=Permission.PLAN_READ))
def do(plan_id: UUID, move: str) -> ResponseReturnValue:
    """Agree, reopen or close the plan."""
    verb, said = _MOVES[PlanMove(move)]
    form = PressForm()
    if not form.validate_on_submit():
        abort(400)
    try:
        verb(current_actor(), plan_id, version_of(form))
    except (Refused, Stale) as error:
        return _again(plan_id, error)
    flash(said, "success")
    return redirect(url_for("plans.show", plan_id=plan_id))


@blueprint.route("/services/<key>/plans/new", methods=["GET", "POST"])
@access(May(Permission.PLAN_EDIT, service_subject, seen_by=Permission.SERVICE_READ))
def new(key: str) -> ResponseReturnValue:
    """Start a plan that comes from no assessment."""
    form = StartForm()
    if form.validate_on_submit():
        try:
            plan_id = verbs.start_plan(current_actor(), g.subject.id, form.title.data)
        except Invalid as error:
            form.take(error)
        else:
            flash("The plan has been started. Add its first action.", "success")
            return redirect(url_for("plans.new_action", plan_id=plan_id))
    page = render_template("plans/new.html", form=form, errors=summary(form), service=g.subject)
    return page, form.status


def version_of(form: PortalForm) -> int:
    """The version that the person saw; 0, which nothing has, where it was tampered with."""
    return whole(form.version.data) or 0


def plan_page(
    view: PlanView, errors: list[dict[str, str]] | None = None, status: int = 200
) -> ResponseReturnValue:
    """The page of a plan, with what the person may do to it."""
    actor = current_actor()
    may_agree = allowed(actor, Permission.PLAN_AGREE, g.links)
    lacking = [(line.row, missing) for line in view.actions if (missing := gaps(values_of(line.row)))]
    page = render_template(
        "plans/show.html",
        view=view,
        errors=errors,
        may_edit=allowed(actor, Permission.PLAN_EDIT, g.links),
        moves=[move.value for move in moves(view.plan.state)] if may_agree else [],
        lacking=lacking,
    )
    return page, status


def _again(plan_id: UUID, error: PortalError) -> ResponseReturnValue:
    """The plan as it stands now, under what went wrong."""
    found = plan_subject(plan_id)
    if found is None:
        abort(404)
    return plan_page(found[0], [{"text": error.reason, "href": "#actions"}], 409)
