"""The moderation of a review: flagged items first, a thread for each item, amending, returning, approving."""

from __future__ import annotations

from functools import partial
from uuid import UUID

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from portal.accounts.current import current_actor
from portal.core.access import access
from portal.core.errors import Invalid, NotFound, Refused, Stale
from portal.core.forms import sent_version
from portal.reviews.assessment.item_page import item_at
from portal.reviews.external.moderation_page import page_of
from portal.reviews.external.rules.workflow import Action, Stage
from portal.reviews.external.service import moderating as verbs
from portal.reviews.external.subjects import MaySeeInside
from portal.reviews.external.views.blueprint import ADDRESS, Desk, blueprint, desk, to_review
from portal.reviews.moderation.page import NOTHING_TYPED, Typed
from portal.reviews.moderation.queries import Case, latest_case
from portal.reviews.moderation.views.forms import read, read_amendment
from portal.reviews.moderation.views.threads import Sent, return_page, sent_back

HERE = ADDRESS + "/moderation"
ITEM = HERE + "/items/<int:number>"


@blueprint.get(HERE)
@access(MaySeeInside())
def moderation(assessment_id: UUID) -> ResponseReturnValue:
    here, case = desk(), latest_case(assessment_id)
    return to_review(assessment_id) if case is None else _page(here, case=case)


@blueprint.post(ITEM + "/query")
@access(MaySeeInside())
def moderation_query(assessment_id: UUID, number: int) -> ResponseReturnValue:
    return _sent(number, "query").to(verbs.query)


@blueprint.post(ITEM + "/answer")
@access(MaySeeInside())
def moderation_answer(assessment_id: UUID, number: int) -> ResponseReturnValue:
    return _sent(number, "answer").answer_to(verbs.answer, tuple(request.form.getlist("source")))


@blueprint.post(ITEM + "/resolve")
@access(MaySeeInside())
def moderation_resolve(assessment_id: UUID, number: int) -> ResponseReturnValue:
    return _sent(number, "resolve").to(verbs.resolve)


@blueprint.post(ITEM + "/amend")
@access(MaySeeInside())
def moderation_amend(assessment_id: UUID, number: int) -> ResponseReturnValue:
    """Change rating or comment. A change over a newer one shows what stands."""
    sent = _sent(number, "amend")
    typed = sent.typed
    rating, version = read_amendment(typed)
    wanted = verbs.Amendment(rating, typed.values["comment"], typed.values["reason"])
    try:
        verbs.amend(current_actor(), assessment_id, sent.item_key, wanted, version)
    except Invalid as error:
        return sent.page(typed.with_problems(error.problems)), 400
    except Stale as error:
        return _page(desk(), typed.with_theirs(error.reason, error.current)), 409
    return sent.back()


@blueprint.get(HERE + "/return")
@access(MaySeeInside())
def moderation_return(assessment_id: UUID) -> ResponseReturnValue:
    here = desk()
    if not here.may(Action.RETURN):
        return redirect(url_for(".moderation", assessment_id=assessment_id), 303)
    return _return_page()


@blueprint.post(HERE + "/return")
@access(MaySeeInside())
def moderation_return_do(assessment_id: UUID) -> ResponseReturnValue:
    wrong = sent_back(verbs.send_back, assessment_id, _return_page)
    if wrong is not None:
        return wrong
    flash("Returned to the reviewers, with your reason.", "success")
    return to_review(assessment_id)


@blueprint.get(HERE + "/approve")
@access(MaySeeInside())
def moderation_approve(assessment_id: UUID) -> ResponseReturnValue:
    """What one approves, before doing so."""
    here = desk()
    case = latest_case(assessment_id)
    if case is None or not here.may(Action.APPROVE):
        return redirect(url_for(".moderation", assessment_id=assessment_id), 303)
    return render_template(
        "external/moderation_approve.html",
        desk=here,
        page=page_of(here.found, case),
        blocked=here.actions[Action.APPROVE],
    )


@blueprint.post(HERE + "/approve")
@access(MaySeeInside())
def moderation_approve_do(assessment_id: UUID) -> ResponseReturnValue:
    try:
        stage = verbs.approve(current_actor(), assessment_id, sent_version())
    except (Refused, Stale) as error:
        flash(f"Not approved. {error.reason}", "info")
        return redirect(url_for(".moderation", assessment_id=assessment_id), 303)
    if stage is Stage.MODERATION:
        flash("Your approval is kept. It goes on when the other moderators have approved.", "success")
        return redirect(url_for(".moderation", assessment_id=assessment_id), 303)
    flash("Approved. It has gone on, and the people concerned have been told.", "success")
    return to_review(assessment_id)


def _sent(number: int, form: str) -> Sent:
    here = desk()
    item = item_at(here.found.scale, number)
    if item is None:
        raise NotFound("There is no such item.")
    return Sent(here.found.id, item.key, read(number, form), partial(_page, here))


def _page(here: Desk, typed: Typed = NOTHING_TYPED, case: Case | None = None) -> str:
    case = case or latest_case(here.found.id)
    if case is None:
        raise NotFound("This review has not been handed in.")
    return render_template(
        "external/moderation.html",
        desk=here,
        page=page_of(here.found, case),
        typed=typed,
        errors=typed.errors(),
    )


def _return_page(reason: str = "", problem: str = "") -> str:
    return return_page("external/moderation_return.html", desk(), reason, problem)
