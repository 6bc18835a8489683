"""Consensus: both sheets side by side, and the one rating that the team agrees on each item."""

from __future__ import annotations

from uuid import UUID

from flask import abort, flash, g, jsonify, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from portal.accounts.current import current_actor
from portal.core import clock
from portal.core.access import access
from portal.core.error_pages import wants_json
from portal.core.errors import Invalid, Stale
from portal.core.filters import clock_time, plural
from portal.core.rules.whole import whole
from portal.reviews.assessment.item_page import item_at
from portal.reviews.external.consensus_page import (
    ConsensusPage,
    Form,
    consensus_page,
    read_form,
    with_line,
)
from portal.reviews.external.loading import LoadedReview
from portal.reviews.external.rules.independence import Capacity
from portal.reviews.external.rules.workflow import Action, Stage
from portal.reviews.external.service.consensus import AgreedDraft, agree, agree_identical
from portal.reviews.external.subjects import MaySeeInside
from portal.reviews.external.views.blueprint import ADDRESS, Desk, blueprint, desk
from portal.scales.rules.definition import Item

PAGE = ADDRESS + "/consensus"


@blueprint.get(PAGE)
@access(MaySeeInside())
def consensus(assessment_id: UUID) -> ResponseReturnValue:
    here = desk()
    page = consensus_page(here.found)
    number = whole(request.args.get("item"))
    item = item_at(here.found.scale, number) if number is not None else None
    return _show(here, with_line(page, item.key) if item is not None else page)


@blueprint.post(PAGE + "/<int:number>")
@access(MaySeeInside())
def agree_item(assessment_id: UUID, number: int) -> ResponseReturnValue:
    found: LoadedReview = g.subject
    item = item_at(found.scale, number)
    if item is None:
        abort(404)
    draft, version = read_form(request.form)
    try:
        saved = agree(current_actor(), assessment_id, item.key, draft, version)
    except Stale as error:
        return _conflict(item, draft, error)
    except Invalid as error:
        return _refused(item, draft, version, error)
    if wants_json():
        return jsonify(version=saved, saved_at=clock_time(clock.now()), rating=draft.rating)
    return redirect(
        url_for(".consensus", assessment_id=assessment_id, item=number, _anchor=f"item-{number}"), 303
    )


@blueprint.post(PAGE + "/identical")
@access(MaySeeInside())
def agree_all_identical(assessment_id: UUID) -> ResponseReturnValue:
    count = agree_identical(current_actor(), assessment_id)
    flash(
        f"Agreed {plural(count, 'item')} that both of you rated alike. You can still change each."
        if count
        else "Every item that both rated alike was agreed already.",
        "success" if count else "info",
    )
    return redirect(url_for(".consensus", assessment_id=assessment_id), 303)


@blueprint.get(PAGE + "/hand-in")
@access(MaySeeInside())
def hand_in(assessment_id: UUID) -> ResponseReturnValue:
    """What goes to the moderators, before it does."""
    here = desk()
    if here.found.stage is not Stage.CONSENSUS:
        return redirect(url_for(".consensus", assessment_id=assessment_id), 303)
    return render_template(
        "external/consensus_hand_in.html",
        desk=here,
        page=consensus_page(here.found),
        moderators=here.found.of(Capacity.MODERATOR),
    )


def _conflict(item: Item, draft: AgreedDraft, error: Stale) -> ResponseReturnValue:
    """The other reviewer saved first: what was typed stays in the form, what stands is beside it."""
    if wants_json():
        return jsonify(error="stale", current=error.current, version=error.version), 409
    here = desk()
    form = Form(draft.rating, draft.reason, draft.comment, error.version)
    page = with_line(consensus_page(here.found), item.key, form=form, theirs=error.current)
    problem = {"text": f"Item {item.number}: {error.reason}", "href": f"#item-{item.number}"}
    return _show(here, page, [problem]), 409


def _refused(item: Item, draft: AgreedDraft, version: int, error: Invalid) -> ResponseReturnValue:
    if wants_json():
        return jsonify(error="invalid", problems=error.problems), 400
    here = desk()
    form = Form(draft.rating, draft.reason, draft.comment, version)
    page = with_line(consensus_page(here.found), item.key, form=form, problems=error.problems)
    problems = [
        {"text": f"Item {item.number}: {text}", "href": f"#{_FIELD_IDS[name].format(item.number)}"}
        for name, text in error.problems.items()
    ]
    return _show(here, page, problems), 400


_FIELD_IDS = {"rating": "r-{}-1", "reason": "reason-{}", "comment": "comment-{}"}


def _show(here: Desk, page: ConsensusPage, errors: list[dict[str, str]] | None = None) -> str:
    return render_template(
        "external/consensus.html",
        desk=here,
        page=page,
        editable=here.may(Action.AGREE_ITEM),
        errors=errors or [],
    )
