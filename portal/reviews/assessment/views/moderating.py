"""The moderation of a guided self-assessment: threads in place, naming, sending back, approving."""

from __future__ import annotations

from functools import partial
from uuid import UUID

from flask import flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue

from portal.accounts.current import current_actor
from portal.accounts.rules.permissions import Permission, allowed
from portal.core.access import access
from portal.core.errors import NotFound, Refused, Stale
from portal.core.forms import sent_version
from portal.reviews.assessment.item_page import item_at
from portal.reviews.assessment.moderation_page import page_of
from portal.reviews.assessment.rules.workflow import Action, State
from portal.reviews.assessment.service import moderating as verbs
from portal.reviews.assessment.subjects import MaySeeModeration
from portal.reviews.assessment.views.blueprint import Desk, blueprint, desk
from portal.reviews.moderation.page import NOTHING_TYPED, Typed
from portal.reviews.moderation.queries import latest_case
from portal.reviews.moderation.views.forms import read
from portal.reviews.moderation.views.threads import Sent, return_page, sent_back

HERE = "/assessments/<uuid:assessment_id>/moderation"
ITEM = HERE + "/items/<int:number>"


@blueprint.get(HERE)
@access(MaySeeModeration())
def moderation(assessment_id: UUID) -> ResponseReturnValue:
    return _page(desk())


@blueprint.post(ITEM + "/query")
@access(MaySeeModeration())
def moderation_query(assessment_id: UUID, number: int) -> ResponseReturnValue:
    return _sent(number, "query").to(verbs.query)


@blueprint.post(ITEM + "/answer")
@access(MaySeeModeration())
def moderation_answer(assessment_id: UUID, number: int) -> ResponseReturnValue:
    return _sent(number, "answer").answer_to(verbs.answer)


@blueprint.post(ITEM + "/resolve")
@access(MaySeeModeration())
def moderation_resolve(assessment_id: UUID, number: int) -> ResponseReturnValue:
    return _sent(number, "resolve").to(verbs.resolve)


@blueprint.get(HERE + "/return")
@access(MaySeeModeration())
def moderation_return(assessment_id: UUID) -> ResponseReturnValue:
    here = desk()
    return _return_page() if here.may(Action.SEND_BACK) else _to_page(assessment_id)


@blueprint.post(HERE + "/return")
@access(MaySeeModeration())
def moderation_return_do(assessment_id: UUID) -> ResponseReturnValue:
    wrong = sent_back(verbs.send_back, assessment_id, _return_page)
    if wrong is not None:
        return wrong
    flash("Sent back to the guide, with your reason.", "success")
    return redirect(url_for("moderation.queue"), 303)


@blueprint.get(HERE + "/approve")
@access(MaySeeModeration())
def moderation_approve(assessment_id: UUID) -> ResponseReturnValue:
    """What one approves, before doing so."""
    here = desk()
    case = latest_case(assessment_id)
    if case is None or not here.may(Action.APPROVE):
        return _to_page(assessment_id)
    return render_template(
        "assessment/moderation_approve.html",
        desk=here,
        page=page_of(here.found, case, here.ratings),
        blocked=here.actions[Action.APPROVE],
    )


@blueprint.post(HERE + "/approve")
@access(MaySeeModeration())
def moderation_approve_do(assessment_id: UUID) -> ResponseReturnValue:
    try:
        state = verbs.approve(current_actor(), assessment_id, sent_version())
    except (Refused, Stale) as error:
        flash(f"Not approved. {error.reason}", "info")
        return _to_page(assessment_id)
    if state is State.FINAL:
        flash("Approved. The assessment is final, and the provider has been told.", "success")
        return redirect(url_for("moderation.queue"), 303)
    flash("Your approval is kept. It is final when the other moderators have approved.", "success")
    return _to_page(assessment_id)


def _sent(number: int, form: str) -> Sent:
    here = desk()
    item = item_at(here.found.scale, number)
    if item is None:
        raise NotFound("There is no such item.")
    return Sent(here.found.assessment.id, item.key, read(number, form), partial(_page, here))


def _to_page(assessment_id: UUID) -> ResponseReturnValue:
    return redirect(url_for(".moderation", assessment_id=assessment_id), 303)


def _page(here: Desk, typed: Typed = NOTHING_TYPED) -> str:
    case = latest_case(here.found.assessment.id)
    if case is None:
        raise NotFound("This assessment has not been with a moderator.")
    return render_template(
        "assessment/moderation.html",
        desk=here,
        page=page_of(here.found, case, here.ratings),
        typed=typed,
        errors=typed.errors(),
        may_name=case.is_open and allowed(current_actor(), Permission.MODERATION_NAME, here.found.links),
        moderates=current_actor().person_id in here.found.moderators,
    )


def _return_page(reason: str = "", problem: str = "") -> str:
    return return_page("assessment/moderation_return.html", desk(), reason, problem)
