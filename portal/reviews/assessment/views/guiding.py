"""The guide's pages: the overview, one page per item, settling, and what is agreed to."""

from __future__ import annotations

from dataclasses import replace
from typing import Any
from uuid import UUID

from flask import abort, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from portal.accounts.current import current_actor
from portal.core.access import access
from portal.core.errors import Invalid, Stale
from portal.reviews.assessment import evidence, queries
from portal.reviews.assessment.guide_page import GuideForm, form_from, outcome, overview, read_form
from portal.reviews.assessment.item_definition import item_definition
from portal.reviews.assessment.item_page import (
    calculate,
    item_at,
    neighbours,
    typed_from,
)
from portal.reviews.assessment.loading import open_questions, proposals_of
from portal.reviews.assessment.rules.workflow import Action
from portal.reviews.assessment.service.guiding import ask, propose, settle_proposal, withdraw_proposal
from portal.reviews.assessment.subjects import MayRead
from portal.reviews.assessment.views.blueprint import Desk, blueprint, desk, to_assessment
from portal.reviews.moderation.queries import latest_case
from portal.scales.rules.definition import Item

ADDRESS = "/assessments/<uuid:assessment_id>"
ONE_ITEM = ADDRESS + "/guide/<int:number>"
ASKED_ONLY = "Your question was added. The proposal is not made yet."
PROPOSED_ONLY = "Proposed. Your question is not asked yet."


@blueprint.get(ADDRESS + "/guidance")
@access(MayRead())
def guidance(assessment_id: UUID) -> ResponseReturnValue:
    here = desk()
    if not here.guide_view:
        return to_assessment(assessment_id)
    proposals = proposals_of(assessment_id)
    last = queries.last_times(here.found.assessment)
    case = latest_case(assessment_id)
    page = overview(here.found.scale, here.ratings, proposals, open_questions(assessment_id), last)
    return render_template(
        "assessment/guidance.html",
        desk=here,
        page=page,
        outcome=outcome(here.found.scale, here.ratings, proposals),
        blocked={action.value: reason for action, reason in here.actions.items()},
        sent_back=case.return_reason if case else "",
    )


@blueprint.get(ADDRESS + "/agreement")
@access(MayRead())
def agreement(assessment_id: UUID) -> ResponseReturnValue:
    """What the guide agrees to, before doing so."""
    here = desk()
    if not here.may(Action.AGREE):
        return to_assessment(assessment_id)
    return render_template(
        "assessment/guide_agree.html",
        desk=here,
        outcome=outcome(here.found.scale, here.ratings, proposals_of(assessment_id)),
        blocked=here.actions[Action.HAND_TO_MODERATOR if here.facts.moderation else Action.AGREE],
    )


@blueprint.get(ONE_ITEM)
@access(MayRead())
def guide(assessment_id: UUID, number: int) -> ResponseReturnValue:
    here = desk()
    item = _item(here, number)
    if not here.guide_view:
        return redirect(url_for(".item", assessment_id=assessment_id, number=number), 303)
    return _page(here, item)


@blueprint.post(ONE_ITEM + "/question")
@access(MayRead())
def ask_question(assessment_id: UUID, number: int) -> ResponseReturnValue:
    """Ask; a proposal typed beside the question and not yet made stays in its fields."""
    here = desk()
    item, form = _item(here, number), read_form(request.form)
    try:
        ask(current_actor(), assessment_id, item.key, form.question)
    except Invalid as error:
        return _page(here, item, form, problems=error.problems), 400
    standing = proposals_of(assessment_id).get(item.key)
    if (form.rating, form.reason) != (form_from(standing).rating, form_from(standing).reason):
        return _page(here, item, replace(form, question=""), note=ASKED_ONLY)
    flash("Your question was added. The provider sees it when you hand over.", "success")
    return _to_item(assessment_id, number)


@blueprint.post(ONE_ITEM + "/proposal")
@access(MayRead())
def make_proposal(assessment_id: UUID, number: int) -> ResponseReturnValue:
    here = desk()
    item, form = _item(here, number), read_form(request.form)
    if form.rating is None:
        problems = {"rating": "Select the rating you propose"}
        return _page(here, item, form, problems=problems), 400
    try:
        propose(current_actor(), assessment_id, item.key, form.rating, form.reason, form.version)
    except Invalid as error:
        return _page(here, item, form, problems=error.problems), 400
    except Stale as error:
        return _page(here, item, replace(form, version=error.version), theirs=error.current), 409
    if form.question.strip():
        return _page(here, item, _now(assessment_id, item, form), note=PROPOSED_ONLY)
    flash(f"Proposed {form.rating} for item {number}.", "success")
    return _to_item(assessment_id, number)


@blueprint.post(ONE_ITEM + "/proposal/withdraw")
@access(MayRead())
def take_back(assessment_id: UUID, number: int) -> ResponseReturnValue:
    here = desk()
    item, form = _item(here, number), read_form(request.form)
    try:
        withdraw_proposal(current_actor(), assessment_id, item.key, form.version)
    except Stale as error:
        return _page(here, item, replace(form, version=error.version), theirs=error.current), 409
    flash("The proposal is taken back. The provider’s rating stands for this item.", "success")
    return _to_item(assessment_id, number)


@blueprint.post(ONE_ITEM + "/settle")
@access(MayRead())
def settle_item(assessment_id: UUID, number: int) -> ResponseReturnValue:
    """Take the provider's rating, or let the proposal stand. Can be changed until it is final."""
    item = _item(desk(), number)
    take, version = request.form.get("take", ""), read_form(request.form).version
    if take not in {"provider", "guide"}:
        abort(400)
    try:
        settle_proposal(current_actor(), assessment_id, item.key, take == "provider", version)
    except Stale:
        flash("Somebody else settled this item first. This is how it stands now.", "info")
    else:
        kept = "You took the provider’s rating" if take == "provider" else "Your rating stands"
        flash(f"{kept} for item {number}.", "success")
    return redirect(url_for(".guidance", assessment_id=assessment_id, _anchor=f"item-{number}"), 303)


def _item(here: Desk, number: int) -> Item:
    found = item_at(here.found.scale, number)
    if found is None:
        abort(404)
    return found


def _to_item(assessment_id: UUID, number: int) -> ResponseReturnValue:
    return redirect(url_for(".guide", assessment_id=assessment_id, number=number), 303)


def _now(assessment_id: UUID, item: Item, form: GuideForm) -> GuideForm:
    """The proposal as it stands, with the question that was typed."""
    return replace(form_from(proposals_of(assessment_id).get(item.key)), question=form.question)


def _page(
    here: Desk,
    item: Item,
    form: GuideForm | None = None,
    *,
    problems: dict[str, str] | None = None,
    theirs: Any = None,
    note: str = "",
) -> str:
    assessment_id = here.found.assessment.id
    rated = typed_from(here.ratings.get(item.key))
    proposal = proposals_of(assessment_id).get(item.key)
    lines = queries.talk(assessment_id, item.key).get(item.key, [])
    return render_template(
        "assessment/guide_item.html",
        desk=here,
        item=item_definition(here.found.scale, item),
        rated=rated,
        calculator=calculate(item, rated.entries),
        proposal=proposal,
        form=form or form_from(proposal),
        theirs=theirs,
        note=note,
        last=queries.last_times(here.found.assessment),
        files=evidence.files_of(assessment_id, item.key),
        talk=lines,
        neighbours=neighbours(here.found.scale, item.number),
        problems=problems or {},
        errors=_summary(problems or {}),
    )


FIELD_IDS = {"rating": "rating-5", "reason": "reason", "question": "question"}


def _summary(problems: dict[str, str]) -> list[dict[str, str]]:
    return [
        {"text": text, "href": f"#{FIELD_IDS.get(name, 'main-content')}"} for name, text in problems.items()
    ]
