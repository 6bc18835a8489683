"""Moving an assessment: check and submit, return, and every other button of the workflow."""

from __future__ import annotations

from uuid import UUID

from flask import flash, render_template, request
from flask.typing import ResponseReturnValue

from portal.accounts.current import current_actor
from portal.core.access import access
from portal.core.errors import NotFound, Refused, Stale
from portal.core.forms import sent_version
from portal.reviews.assessment import queries
from portal.reviews.assessment.rules.workflow import GUIDED_KINDS, Action
from portal.reviews.assessment.service.moving import advance
from portal.reviews.assessment.subjects import MayRead
from portal.reviews.assessment.task_list import task_list
from portal.reviews.assessment.views.blueprint import blueprint, desk, to_assessment

DONE = {
    Action.SUBMIT: "Submitted. The guide has been told.",
    Action.CONFIRM: "Submitted as final. The report and a draft action plan are ready.",
    Action.WITHDRAW: "Withdrawn. Nothing is lost: you can restore it.",
    Action.RESTORE: "Restored to draft.",
    Action.RECALL: "Taken back to draft.",
    Action.RETURN: "Returned to the provider, with your reason.",
    Action.HAND_OVER: "Handed over. The provider has been told.",
    Action.REPLY: "Sent. The guide has been told.",
    Action.HAND_TO_MODERATOR: "Handed to a moderator, who looks at it before it is final.",
    Action.AGREE: "Final. The report and a draft action plan are ready.",
}


@blueprint.get("/assessments/<uuid:assessment_id>/check")
@access(MayRead())
def check(assessment_id: UUID) -> ResponseReturnValue:
    here = desk()
    if not (here.may(Action.SUBMIT) or here.may(Action.CONFIRM)):
        return to_assessment(assessment_id)
    tasks = task_list(here.found.scale, here.ratings, queries.last_times(here.found.assessment))
    action = Action.SUBMIT if here.facts.kind in GUIDED_KINDS else Action.CONFIRM
    return render_template(
        "assessment/check.html", desk=here, tasks=tasks, action=action, blocked=here.actions[action]
    )


@blueprint.get("/assessments/<uuid:assessment_id>/return")
@access(MayRead())
def return_page(assessment_id: UUID) -> ResponseReturnValue:
    if not desk().may(Action.RETURN):
        return to_assessment(assessment_id)
    return _return_page()


@blueprint.post("/assessments/<uuid:assessment_id>/do/<string:action>")
@access(MayRead())
def do(assessment_id: UUID, action: str) -> ResponseReturnValue:
    wanted = next((one for one in DONE if one.value == action), None)
    if wanted is None:
        raise NotFound("There is no such action.")
    reason = request.form.get("reason", "").strip()
    if wanted is Action.RETURN and not reason and desk().may(Action.RETURN):
        return _return_page(reason, "Say why you return it"), 400
    try:
        advance(current_actor(), assessment_id, wanted, sent_version(), reason)
    except (Refused, Stale) as error:
        if wanted is Action.RETURN and desk().may(Action.RETURN):
            return _return_page(reason, error.reason), 409
        flash(error.reason, "info")
        return to_assessment(assessment_id)
    flash(DONE[wanted], "success")
    return to_assessment(assessment_id)


def _return_page(reason: str = "", problem: str = "") -> str:
    """The page for a return. It keeps the reason that was typed."""
    errors = [{"text": problem, "href": "#reason"}] if problem else []
    return render_template("assessment/return.html", desk=desk(), reason=reason, errors=errors)
