"""Adding, editing, ordering, dropping and restoring an action."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import Any
from uuid import UUID

from flask import abort, flash, g, redirect, url_for
from flask.typing import ResponseReturnValue

from portal.accounts.access import May
from portal.accounts.current import current_actor
from portal.accounts.rules.permissions import Permission
from portal.core.access import access
from portal.core.errors import Refused, Stale
from portal.core.filters import day
from portal.core.form_pages import Differing, FormPage, form_page
from portal.core.forms import PressForm
from portal.plans import service as verbs
from portal.plans.forms import ActionForm, field_of, form_of, new_form
from portal.plans.models import Action
from portal.plans.queries import PlanView
from portal.plans.rules.workflow import ActionStatus
from portal.plans.subjects import ActionInPlan, action_subject, plan_subject
from portal.plans.views.blueprint import blueprint
from portal.plans.views.plans import plan_page, version_of

_EDIT = May(Permission.PLAN_EDIT, action_subject, seen_by=Permission.PLAN_READ)
_STATUS = {"drop": ActionStatus.DROPPED, "restore": ActionStatus.OPEN}
_SAID = {
    "drop": "The action is dropped. You can restore it below.",
    "restore": "The action is back in the plan.",
}
_PLACES = {"up": -1, "down": 1}


@blueprint.route("/plans/<uuid:plan_id>/actions/new", methods=["GET", "POST"])
@access(May(Permission.PLAN_EDIT, plan_subject, seen_by=Permission.PLAN_READ))
def new_action(plan_id: UUID) -> ResponseReturnValue:
    """Add an action to a draft."""
    form = new_form()

    def save() -> str:
        verbs.add_action(current_actor(), plan_id, form.values())
        return "The action has been added."

    return form_page(form, _page(g.subject), save)


@blueprint.route("/plans/<uuid:plan_id>/actions/<uuid:action_id>", methods=["GET", "POST"])
@access(_EDIT)
def edit_action(plan_id: UUID, action_id: UUID) -> ResponseReturnValue:
    """Edit an action. A save over a newer one shows both, field by field."""
    subject: ActionInPlan = g.subject
    form = form_of(subject.action, subject.view.plan.state)

    def save() -> str:
        verbs.edit_action(current_actor(), action_id, form.values(), version_of(form))
        return "The action has been saved."

    return form_page(form, _page(subject.view, subject.action, partial(differing, form)), save)


@blueprint.post("/plans/<uuid:plan_id>/actions/<uuid:action_id>/<any(drop, restore, up, down):change>")
@access(_EDIT)
def change_action(plan_id: UUID, action_id: UUID, change: str) -> ResponseReturnValue:
    """Drop, restore or move an action."""
    form = PressForm()
    if not form.validate_on_submit():
        abort(400)
    try:
        if change in _PLACES:
            verbs.move_action(current_actor(), action_id, _PLACES[change])
        else:
            verbs.set_status(current_actor(), action_id, _STATUS[change], version_of(form))
            flash(_SAID[change], "success")
    except (Refused, Stale) as error:
        found = plan_subject(plan_id)
        view: PlanView = found[0] if found else g.subject.view
        return plan_page(view, [{"text": error.reason, "href": "#actions"}], 409)
    return redirect(url_for("plans.show", plan_id=plan_id, _anchor="actions"))


def _page(
    view: PlanView, action: Action | None = None, stands: Callable[[Stale], Differing] | None = None
) -> FormPage:
    return FormPage(
        back=url_for("plans.show", plan_id=view.plan.id),
        template="plans/action.html",
        context={"view": view, "action": action},
        stands=stands,
    )


def differing(form: ActionForm, stale: Stale) -> Differing:
    """(label, typed, as it stands) of each field that differs."""
    rows = []
    for name, typed in form.values().items():
        now = stale.current[name]
        if typed != now:
            rows.append(
                (form[field_of(name)].label.text.removesuffix(" (optional)"), _shown(typed), _shown(now))
            )
    return rows


def _shown(value: Any) -> str:
    if isinstance(value, ActionStatus):
        return value.words
    if hasattr(value, "isoformat"):
        return day(value)
    return "" if value is None else str(value)
