"""Moving a remedial plan on: asking, starting, submitting, agreeing, returning, closing."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import Any

from flask import abort, flash, g, redirect, url_for
from flask.typing import ResponseReturnValue

from portal.accounts.access import May
from portal.accounts.current import current_actor
from portal.accounts.rules.permissions import Permission
from portal.contracts.definition.blueprint import contracts
from portal.contracts.remedy import service
from portal.contracts.remedy.forms import AskForm, ClosingForm, ReasonForm
from portal.contracts.remedy.subjects import PlanPlace, begun_subject, remedial_subject
from portal.contracts.remedy.views.reading import plan_page
from portal.core.access import access
from portal.core.errors import PortalError, Refused, Stale
from portal.core.form_pages import Differing, FormPage, form_page, version
from portal.core.forms import PressForm

READ, REPORT, DECIDE = Permission.CONTRACT_READ, Permission.CONTRACT_REPORT, Permission.CONTRACT_DECIDE
SAID = {
    "start": "The plan is started. Add its tasks.",
    "submit": "The plan is submitted.",
    "agree": "The plan is agreed.",
    "ask": "The plan is asked for.",
    "leave": "It is recorded that no plan is asked for.",
    "return": "The plan is returned to the supplier.",
    "close": "The plan is closed.",
}
# Of each decision: title, what to say above the form, the button.
PAGES = {
    "ask": (
        "Ask for a remedial action plan",
        "The contract leaves it to the buyer. Who asked, when and why is recorded.",
        "Ask for the plan",
    ),
    "leave": (
        "Decide not to ask for a plan",
        "The reason is recorded. A plan may be asked for later.",
        "Record the decision",
    ),
    "return": (
        "Return the plan",
        "The supplier changes the plan and submits it again.",
        "Return the plan",
    ),
    "close": (
        "Close the plan",
        "Every task is done or dropped. Say how what must hold is met.",
        "Close the plan",
    ),
}


@contracts.post("/<key>/plans/<quarter>/<number>/<any(start,submit):move>")
@access(May(REPORT, remedial_subject, seen_by=READ))
def move_plan(key: str, quarter: str, number: str, move: str) -> ResponseReturnValue:
    """Start or submit the plan."""
    return _move({"start": service.start, "submit": service.submit}[move], move)


@contracts.post("/<key>/plans/<quarter>/<number>/agree")
@access(May(DECIDE, remedial_subject, seen_by=READ))
def agree_plan(key: str, quarter: str, number: str) -> ResponseReturnValue:
    """Agree the plan."""
    return _move(service.agree, "agree")


@contracts.route(
    "/<key>/plans/<quarter>/<number>/<any(ask,leave,return,close):move>", methods=["GET", "POST"]
)
@access(May(DECIDE, remedial_subject, seen_by=READ))
def decide_plan(key: str, quarter: str, number: str, move: str) -> ResponseReturnValue:
    """Ask for a plan, decide not to, return it or close it: each with a reason."""
    place: PlanPlace = g.subject
    form = (AskForm if move == "ask" else ReasonForm)(data={"version": str(place.version)})
    title, intro, button = PAGES[move]
    if move == "close" and place.tasks:
        intro = f"{intro} It was agreed: “{place.tasks.plan.closes_when}”"

    def save() -> str:
        _decide(move, place, form)
        return SAID[move]

    return form_page(form, _page(place, title, intro, button), save)


@contracts.route("/<key>/plans/<quarter>/<number>/closing", methods=["GET", "POST"])
@access(May(REPORT, begun_subject, seen_by=READ))
def plan_closing(key: str, quarter: str, number: str) -> ResponseReturnValue:
    """Say when the plan is looked at again and what must hold before it is closed."""
    place: PlanPlace = g.subject
    assert place.tasks is not None, "a begun plan has its plan of tasks"
    plan = place.tasks.plan
    data = {"closes_when": plan.closes_when, "review_on": plan.review_on, "version": str(plan.version)}
    form = ClosingForm(data=data)

    def save() -> str:
        words = form.closes_when.data or ""
        service.set_closing(current_actor(), place.target, version(), form.review_on.data, words)
        return "The review and the condition are saved."

    return form_page(form, _page(place, "Review and closing", "", "Save"), save)


def address(place: PlanPlace) -> dict[str, Any]:
    """The arguments of a plan's addresses."""
    return {"key": place.contract.key, "quarter": place.quarter.key, "number": place.standing.number}


def _page(place: PlanPlace, title: str, intro: str, button: str) -> FormPage:
    return FormPage(
        title=title,
        back=url_for(".plan", **address(place)),
        back_text=f"Plan for indicator {place.standing.number}",
        intro=f"{place.quarter.title}. {intro}",
        button=button,
        stands=partial(_stands, place),
    )


def _stands(place: PlanPlace, stale: Stale) -> Differing:
    now = str(stale.current.get("state", "decided by somebody else"))
    return [("The plan", place.standing.state.words, now)]


def _decide(move: str, place: PlanPlace, form: Any) -> None:
    actor, reason = current_actor(), form.reason.data or ""
    if move == "ask":
        service.ask(actor, place.target, version(), reason, form.wanted_by.data)
        return
    verbs = {"leave": service.leave, "return": service.send_back, "close": service.close}
    verbs[move](actor, place.target, version(), reason)


def _move(verb: Callable[..., None], move: str) -> ResponseReturnValue:
    place: PlanPlace = g.subject
    if not PressForm().validate_on_submit():
        abort(400)
    try:
        verb(current_actor(), place.target, version())
    except (Refused, Stale) as error:
        return _again(place, error)
    flash(SAID[move], "success")
    return redirect(url_for(".plan", **address(place)), 303)


def _again(place: PlanPlace, error: PortalError) -> ResponseReturnValue:
    """The plan as it stands now, under what went wrong."""
    found = remedial_subject(**address(place))
    if found is None:
        abort(404)
    return plan_page(found[0], [{"text": error.reason, "href": "#main-content"}], 409)
