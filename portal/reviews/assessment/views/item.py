"""The item page: guidance, calculator, anchors, rationale and evidence; saved as one goes."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import Any
from uuid import UUID

from flask import abort, g, jsonify, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from portal.accounts.current import current_actor
from portal.core.access import access
from portal.core.error_pages import wants_json
from portal.core.errors import Invalid, Stale
from portal.core.filters import clock_time
from portal.reviews.assessment import evidence, queries, record
from portal.reviews.assessment.evidence import FileLine
from portal.reviews.assessment.item_page import (
    ROLE_TITLES,
    SOURCE_TITLES,
    Typed,
    calculate,
    item_at,
    neighbours,
    read_form,
    typed_from,
)
from portal.reviews.assessment.loading import Loaded
from portal.reviews.assessment.rules.workflow import Action
from portal.reviews.assessment.service.drafting import ItemDraft, Saved
from portal.reviews.assessment.service.rating import save_item
from portal.reviews.assessment.subjects import MayRead
from portal.reviews.assessment.views.blueprint import Desk, blueprint, desk
from portal.scales.rules.definition import Item, Scale
from portal.scales.rules.words import describe
from portal.scales.rules.writing import rule_to_json

ADDRESS = "/assessments/<uuid:assessment_id>/items/<int:number>"


@blueprint.get(ADDRESS)
@access(MayRead())
def item(assessment_id: UUID, number: int) -> ResponseReturnValue:
    here = desk()
    wanted = _item(here.found, number)
    return _page(here, wanted, typed_from(here.ratings.get(wanted.key)))


@blueprint.post(ADDRESS)
@access(MayRead())
def save(assessment_id: UUID, number: int) -> ResponseReturnValue:
    found: Loaded = g.subject
    wanted = _item(found, number)
    draft, version = read_form(wanted, request.form)
    if request.form.get("button") == "fill":
        filled = record.offer(wanted, found.assessment.service_id).entries
        draft = replace(draft, entries={**draft.entries, **filled})
    try:
        saved = save_item(current_actor(), assessment_id, wanted.key, draft, version)
    except Stale as error:
        return _conflict(wanted, draft, error)
    except Invalid as error:
        return _refused(wanted, draft, version, error)
    if wants_json():
        return jsonify(_receipt(wanted, draft, saved))
    return _after(assessment_id, found.scale, wanted, draft, saved)


def save_typed(here: Desk, item: Item) -> ResponseReturnValue | None:
    """Save the item's form beside another button's work. Returns the page to show where that failed."""
    draft, version = read_form(item, request.form)
    try:
        save_item(current_actor(), here.found.assessment.id, item.key, draft, version)
    except Stale as error:
        return _conflict(item, draft, error)
    except Invalid as error:
        return _refused(item, draft, version, error)
    return None


def page_with_problems(here: Desk, item: Item, problems: dict[str, str]) -> ResponseReturnValue:
    """The item's page with problems, and with what was typed in its form where that was sent."""
    typed = typed_from(here.ratings.get(item.key))
    if "version" in request.form:
        draft, version = read_form(item, request.form)
        typed = Typed(draft.rating, draft.rationale, draft.evidence, draft.entries, version)
    return _page(here, item, typed, problems=problems), 400


def _item(found: Loaded, number: int) -> Item:
    item = item_at(found.scale, number)
    if item is None:
        abort(404)
    return item


def _after(
    assessment_id: UUID, scale: Scale, item: Item, draft: ItemDraft, saved: Saved
) -> ResponseReturnValue:
    """Where the button that was pressed leads. Problems keep the person on the page, saved as it is."""
    button, number = request.form.get("button", "save"), item.number
    problems = calculate(item, draft.entries).problems
    if button in ("suggest", "fill") or problems or (saved.needs_reason and button == "next"):
        arguments: dict[str, Any] = {"told": "reason"} if saved.needs_reason and button == "next" else {}
        anchor = "rationale-box" if arguments else "calculator"
        return redirect(
            url_for(".item", assessment_id=assessment_id, number=number, **arguments, _anchor=anchor), 303
        )
    after = neighbours(scale, number).after
    if button == "next" and after is not None:
        return redirect(url_for(".item", assessment_id=assessment_id, number=after), 303)
    if button == "next":
        return redirect(url_for(".show", assessment_id=assessment_id), 303)
    return redirect(
        url_for(".item", assessment_id=assessment_id, number=number, saved=clock_time(saved.at)), 303
    )


def _receipt(item: Item, draft: ItemDraft, saved: Saved) -> dict[str, Any]:
    return {
        "version": saved.version,
        "saved_at": clock_time(saved.at),
        "suggested": saved.suggested,
        "needs_reason": saved.needs_reason,
        "problems": dict(calculate(item, draft.entries).problems),
    }


def _conflict(item: Item, draft: ItemDraft, error: Stale) -> ResponseReturnValue:
    """Somebody saved first: what was typed stays in the form, what stands is shown beside it."""
    if wants_json():
        return jsonify(error="stale", current=error.current, version=error.version), 409
    typed = Typed(draft.rating, draft.rationale, draft.evidence, draft.entries, error.version)
    return _page(desk(), item, typed, theirs=error.current), 409


def _refused(item: Item, draft: ItemDraft, version: int, error: Invalid) -> ResponseReturnValue:
    if wants_json():
        return jsonify(error="invalid", problems=error.problems), 400
    typed = Typed(draft.rating, draft.rationale, draft.evidence, draft.entries, version)
    return _page(desk(), item, typed, problems=error.problems), 400


def _page(
    here: Desk,
    item: Item,
    typed: Typed,
    *,
    theirs: dict[str, Any] | None = None,
    problems: dict[str, str] | None = None,
) -> str:
    found = here.found
    last = queries.last_times(found.assessment)
    calculator = calculate(item, typed.entries)
    problems = dict(problems or {})
    if request.args.get("told") == "reason" and not typed.rationale:
        problems["rationale"] = "Say why you chose a rating other than the suggested one"
    return render_template(
        "assessment/item.html",
        desk=here,
        item=item,
        typed=typed,
        calculator=calculator,
        offer=record.offer(item, found.assessment.service_id) if here.may(Action.EDIT) else record.NOTHING,
        thresholds=describe(item.rule),
        rule=rule_to_json(item.rule),
        last=last,
        theirs=theirs,
        neighbours=neighbours(found.scale, item.number),
        files=_files(here, item),
        talk=queries.talk(found.assessment.id, item.key).get(item.key, ())
        if found.assessment.round > 1 or not here.may(Action.EDIT)
        else (),
        editable=here.may(Action.EDIT),
        problems=problems,
        errors=_summary(problems, calculator.problems),
        saved_at=_clock(request.args.get("saved", "")),
        role_titles=ROLE_TITLES,
        source_titles=SOURCE_TITLES,
    )


def _clock(text: str) -> str:
    """A time of day from the address, and nothing else that somebody may have put there."""
    return text if re.fullmatch(r"[0-2]\d:[0-5]\d", text, re.ASCII) else ""


def _files(here: Desk, item: Item) -> list[FileLine] | None:
    """The item's files, for editors the removed ones too; None for those who may not see them."""
    if not evidence.may_see_files(current_actor(), here.found):
        return None
    return evidence.files_of(here.found.assessment.id, item.key, with_removed=here.may(Action.EDIT))


FIELD_IDS = {"rating": "rating-1", "rationale": "rationale", "evidence": "evidence", "upload": "upload"}


def _summary(problems: dict[str, str], entries: Any) -> list[dict[str, str]]:
    own = [{"text": text, "href": f"#{FIELD_IDS.get(name, name)}"} for name, text in problems.items()]
    return own + [{"text": text, "href": f"#in-{key}"} for key, text in entries.items()]
