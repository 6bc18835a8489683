"""Every button that moves a review, and the page that asks for a reason where one is needed."""

from __future__ import annotations

from uuid import UUID

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from portal.accounts.current import current_actor
from portal.core.access import access
from portal.core.errors import NotFound, Refused, Stale
from portal.core.forms import sent_version
from portal.reviews.external.rules.workflow import Action, cell
from portal.reviews.external.service.moving import advance
from portal.reviews.external.subjects import MaySeeReview
from portal.reviews.external.views.blueprint import ADDRESS, Desk, blueprint, desk, to_review

DONE = {
    Action.OPEN: "Opened. The service and the team have been told.",
    Action.CANCEL: "Cancelled. Nothing is lost: you can restore it.",
    Action.RESTORE: "Restored as planned.",
    Action.BEGIN_FIELDWORK: "Fieldwork has begun.",
    Action.LEAVE_SITE: "Fieldwork is closed. Rate what is still open, then lock your ratings.",
    Action.BACK_TO_SITE: "Fieldwork is open again.",
    Action.SUBMIT: "Handed in. The moderators have been told.",
    Action.CLOSE_COMMENTS: "Sent. The reviewers have been told.",
    Action.RESUBMIT: "Sent to the moderators again.",
}
ASKS = {
    Action.CANCEL: ("Cancel this review", "Why is it cancelled? The service and the team are told."),
    Action.LEAVE_SITE: ("Leave the site", "Why is it right to leave without these sources?"),
}


@blueprint.get(ADDRESS + "/do/<string:action>")
@access(MaySeeReview())
def ask(assessment_id: UUID, action: str) -> ResponseReturnValue:
    """The page before a move that needs thought: what follows from it, and the reason."""
    wanted, here = _wanted(action), desk()
    if wanted not in ASKS or not here.may(wanted):
        return to_review(assessment_id)
    return _ask(here, wanted)


@blueprint.post(ADDRESS + "/do/<string:action>")
@access(MaySeeReview())
def do(assessment_id: UUID, action: str) -> ResponseReturnValue:
    wanted = _wanted(action)
    reason = request.form.get("reason", "").strip()
    here = desk()
    if (
        wanted in ASKS
        and here.may(wanted)
        and not reason
        and cell(here.found.stage, wanted).needs_reason(here.facts)
    ):
        return _ask(here, wanted, reason, "Give a reason"), 400
    try:
        advance(current_actor(), assessment_id, wanted, sent_version(), reason)
    except (Refused, Stale) as error:
        if wanted in ASKS and here.may(wanted):
            return _ask(desk(), wanted, reason, error.reason), 409
        flash(error.reason, "info")
    else:
        flash(DONE[wanted], "success")
    return redirect(url_for(".show", assessment_id=assessment_id), 303)


def _wanted(action: str) -> Action:
    found = next((one for one in DONE if one.value == action), None)
    if found is None:
        raise NotFound("There is no such action.")
    return found


def _ask(here: Desk, action: Action, reason: str = "", problem: str = "") -> str:
    title, question = ASKS[action]
    return render_template(
        "external/ask.html",
        desk=here,
        action=action,
        title=title,
        question=question,
        reason=reason,
        needed=cell(here.found.stage, action).needs_reason(here.facts),
        errors=[{"text": problem, "href": "#reason"}] if problem else [],
        problem=problem,
    )
