"""The item page: guidance, calculator, anchors, rationale and evidence; saved as one goes."""

from __future__ import annotations

from dataclasses import replace
from typing import Any
from uuid import UUID

from flask import abort, g, render_template, request, url_for
from flask.typing import ResponseReturnValue

from portal.accounts.current import current_actor
from portal.core.access import access
from portal.reviews.assessment import evidence, queries, record
from portal.reviews.assessment.evidence import FileLine
from portal.reviews.assessment.item_definition import item_definition
from portal.reviews.assessment.item_page import (
    Typed,
    calculate,
    item_at,
    neighbours,
    read_form,
    typed_from,
)
from portal.reviews.assessment.item_saving import NotSaved, Way, attempt, respond, saved_at, summary, told
from portal.reviews.assessment.loading import Loaded
from portal.reviews.assessment.rules.workflow import Action
from portal.reviews.assessment.service.rating import save_item
from portal.reviews.assessment.subjects import MayRead
from portal.reviews.assessment.views.blueprint import Desk, blueprint, desk
from portal.scales.rules.definition import Item

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
    return respond(found.scale, wanted, draft, version, _way(assessment_id, wanted))


def save_typed(here: Desk, item: Item) -> ResponseReturnValue | None:
    """Save the item's form beside another button's work. Returns the page to show where that failed."""
    draft, version = read_form(item, request.form)
    saved = attempt(draft, version, _way(here.found.assessment.id, item))
    return saved.answer if isinstance(saved, NotSaved) else None


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


def _way(assessment_id: UUID, item: Item) -> Way:
    def address(number: int | None, **more: Any) -> str:
        if number is None:
            return url_for(".show", assessment_id=assessment_id)
        return url_for(".item", assessment_id=assessment_id, number=number, **more)

    return Way(
        save=lambda draft, version: save_item(current_actor(), assessment_id, item.key, draft, version),
        page=lambda typed, **more: _page(desk(), item, typed, **more),
        address=address,
    )


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
    problems = told(problems, typed)
    return render_template(
        "assessment/item.html",
        desk=here,
        item=item_definition(found.scale, item),
        typed=typed,
        calculator=calculator,
        offer=record.offer(item, found.assessment.service_id) if here.may(Action.EDIT) else record.NOTHING,
        last=last,
        theirs=theirs,
        neighbours=neighbours(found.scale, item.number),
        files=_files(here, item),
        talk=queries.talk(found.assessment.id, item.key).get(item.key, ())
        if found.assessment.round > 1 or not here.may(Action.EDIT)
        else (),
        editable=here.may(Action.EDIT),
        problems=problems,
        errors=summary(problems, calculator.problems),
        saved_at=saved_at(),
    )


def _files(here: Desk, item: Item) -> list[FileLine] | None:
    """The item's files, for editors the removed ones too; None for those who may not see them."""
    if not evidence.may_see_files(current_actor(), here.found):
        return None
    return evidence.files_of(here.found.assessment.id, item.key, with_removed=here.may(Action.EDIT))
