"""The tasks of a remedial plan: the verbs are those of the plans' engine."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from uuid import UUID

from flask import abort, flash, g, redirect, url_for
from flask.typing import ResponseReturnValue

from portal.accounts.access import May
from portal.accounts.current import current_actor
from portal.accounts.rules.permissions import Permission
from portal.contracts.definition.blueprint import contracts
from portal.contracts.remedy.forms import task_form
from portal.contracts.remedy.subjects import (
    PlanPlace,
    TaskPlace,
    begun_subject,
    remedial_subject,
    task_subject,
)
from portal.contracts.remedy.views.deciding import address
from portal.contracts.remedy.views.reading import plan_page
from portal.core.access import access
from portal.core.errors import Refused, Stale
from portal.core.form_pages import Differing, FormPage, form_page, version
from portal.core.forms import PressForm
from portal.plans import service as plans
from portal.plans.rules.workflow import ActionStatus, PlanState
from portal.plans.views.actions import differing

READ, REPORT = Permission.CONTRACT_READ, Permission.CONTRACT_REPORT
STATUS = {"drop": ActionStatus.DROPPED, "restore": ActionStatus.OPEN}
SAID = {"drop": "The task is dropped. You can restore it below.", "restore": "The task is back in the plan."}


@contracts.route("/<key>/plans/<quarter>/<number>/tasks/new", methods=["GET", "POST"])
@access(May(REPORT, begun_subject, seen_by=READ))
def new_task(key: str, quarter: str, number: str) -> ResponseReturnValue:
    """Add a task to a draft."""
    place: PlanPlace = g.subject
    assert place.tasks is not None, "a begun plan has its plan of tasks"
    plan_id = place.tasks.plan.id
    form = task_form(None, PlanState.DRAFT)

    def save() -> str:
        plans.add_action(current_actor(), plan_id, form.values())
        return "The task is added."

    return form_page(form, _page(place, "Add a task"), save)


@contracts.route("/<key>/plans/<quarter>/<number>/tasks/<uuid:task_id>", methods=["GET", "POST"])
@access(May(REPORT, task_subject, seen_by=READ))
def task(key: str, quarter: str, number: str, task_id: UUID) -> ResponseReturnValue:
    """Edit a task, or keep its progress up to date."""
    place: TaskPlace = g.subject
    assert place.tasks is not None, "a begun plan has its plan of tasks"
    form = task_form(place.task, place.tasks.plan.state)

    def save() -> str:
        plans.edit_action(current_actor(), task_id, form.values(), version())
        return "The task is saved."

    return form_page(form, _page(place, place.task.item_title, partial(differing, form)), save)


@contracts.post("/<key>/plans/<quarter>/<number>/tasks/<uuid:task_id>/<any(drop,restore):change>")
@access(May(REPORT, task_subject, seen_by=READ))
def change_task(key: str, quarter: str, number: str, task_id: UUID, change: str) -> ResponseReturnValue:
    """Drop or restore a task of a draft."""
    place: TaskPlace = g.subject
    if not PressForm().validate_on_submit():
        abort(400)
    try:
        plans.set_status(current_actor(), task_id, STATUS[change], version())
    except (Refused, Stale) as error:
        found = remedial_subject(**address(place))
        return plan_page(found[0] if found else place, [{"text": error.reason, "href": "#tasks"}], 409)
    flash(SAID[change], "success")
    return redirect(url_for(".plan", **address(place), _anchor="tasks"), 303)


def _page(place: PlanPlace, title: str, stands: Callable[[Stale], Differing] | None = None) -> FormPage:
    return FormPage(
        title=title,
        back=url_for(".plan", **address(place)),
        back_text=f"Plan for indicator {place.standing.number}",
        intro=place.quarter.title,
        stands=stands,
    )
