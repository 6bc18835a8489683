"""A reviewer's own sheet: item by item, all on one page, and locking it for ever."""

from __future__ import annotations

from dataclasses import replace
from typing import Any
from uuid import UUID

from flask import abort, flash, g, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from portal.accounts.current import current_actor
from portal.core.access import access
from portal.core.errors import Invalid, Refused, Stale
from portal.core.filters import plural
from portal.reviews.assessment import queries, record
from portal.reviews.assessment import sheet as sheets
from portal.reviews.assessment.item_definition import item_definition
from portal.reviews.assessment.item_page import (
    ROLE_TITLES,
    Typed,
    calculate,
    item_at,
    neighbours,
    read_form,
    typed_from,
)
from portal.reviews.assessment.item_saving import Way, respond, saved_at, summary, told
from portal.reviews.assessment.task_list import TaskList, task_list
from portal.reviews.external import blind, measures
from portal.reviews.external.fieldwork_notes import notes_on
from portal.reviews.external.loading import LoadedReview
from portal.reviews.external.rules.workflow import Action
from portal.reviews.external.scoring_page import locks, open_tasks, standing
from portal.reviews.external.service.scoring import lock, save_own_item, save_own_sheet
from portal.reviews.external.subjects import MaySeeOwnSheet
from portal.reviews.external.views.blueprint import ADDRESS, Desk, blueprint, desk
from portal.scales.rules.definition import Item

SHEET = ADDRESS + "/scoring"
ITEM = SHEET + "/<int:number>"


@blueprint.get(SHEET)
@access(MaySeeOwnSheet())
def scoring(assessment_id: UUID) -> ResponseReturnValue:
    here = desk()
    return render_template("external/scoring.html", tasks=_tasks(here), **_own(here))


@blueprint.get(ITEM)
@access(MaySeeOwnSheet())
def scoring_item(assessment_id: UUID, number: int) -> ResponseReturnValue:
    here = desk()
    item = _item(here.found, number)
    return _item_page(here, item, typed_from(blind.own_sheet(here.actor, here.found).get(item.key)))


@blueprint.post(ITEM)
@access(MaySeeOwnSheet())
def save_scoring_item(assessment_id: UUID, number: int) -> ResponseReturnValue:
    found: LoadedReview = g.subject
    item = _item(found, number)
    draft, version = read_form(item, request.form)
    offered: dict[str, Any] = {}
    if request.form.get("button") == "fill":
        offered = dict(record.offer(item, found.assessment.service_id).entries)
    elif request.form.get("button") == "fill-team":
        offered = dict(measures.offer(found, item.key).entries)
    draft = replace(draft, entries={**draft.entries, **offered})
    return respond(found.scale, item, draft, version, _way(assessment_id, item))


@blueprint.get(SHEET + "/sheet")
@access(MaySeeOwnSheet())
def scoring_sheet(assessment_id: UUID) -> ResponseReturnValue:
    return _sheet_page(desk())


@blueprint.post(SHEET + "/sheet")
@access(MaySeeOwnSheet())
def save_scoring_sheet(assessment_id: UUID) -> ResponseReturnValue:
    found: LoadedReview = g.subject
    values, versions = sheets.read_form(found.scale, request.form)
    drafts = sheets.drafts(values, blind.own_sheet(current_actor(), found))
    try:
        count = save_own_sheet(current_actor(), assessment_id, drafts, versions)
    except Stale as error:
        newest = {key: current["version"] for key, current in error.current.items()}  # type: ignore[index]  # save_own_sheet says a mapping each
        return _sheet_page(desk(), values, versions | newest, stale=error.current), 409
    except Invalid as error:
        return _sheet_page(desk(), values, versions, problems=error.problems), 400
    flash(f"Saved: {plural(count, 'item')} changed." if count else "Nothing had changed.", "success")
    return redirect(url_for(".scoring_sheet", assessment_id=assessment_id), 303)


@blueprint.get(SHEET + "/lock")
@access(MaySeeOwnSheet())
def check_lock(assessment_id: UUID) -> ResponseReturnValue:
    """What locking means and what is still missing, before it is done."""
    here = desk()
    if not here.may(Action.LOCK) or here.facts.own_locked:
        return redirect(url_for(".scoring", assessment_id=assessment_id), 303)
    return _lock_page(here)


@blueprint.post(SHEET + "/lock")
@access(MaySeeOwnSheet())
def lock_sheet(assessment_id: UUID) -> ResponseReturnValue:
    if request.form.get("sure") != "yes":
        return _lock_page(desk(), "Confirm that you want to lock your ratings for ever"), 400
    try:
        unblinded = lock(current_actor(), assessment_id)
    except Refused as error:
        flash(error.reason, "info")
        return redirect(url_for(".scoring", assessment_id=assessment_id), 303)
    if unblinded:
        flash("Locked. Both reviewers have locked, so consensus is open.", "success")
        return redirect(url_for(".consensus", assessment_id=assessment_id), 303)
    flash("Locked. Your ratings stay as they are.", "success")
    return redirect(url_for(".scoring", assessment_id=assessment_id), 303)


def _item(found: LoadedReview, number: int) -> Item:
    item = item_at(found.scale, number)
    if item is None:
        abort(404)
    return item


def _editable(here: Desk) -> bool:
    return here.actions.get(Action.RATE, "no such action") is None


def _way(assessment_id: UUID, item: Item) -> Way:
    def address(number: int | None, **more: Any) -> str:
        if number is None:
            return url_for(".scoring", assessment_id=assessment_id)
        return url_for(".scoring_item", assessment_id=assessment_id, number=number, **more)

    return Way(
        save=lambda draft, version: save_own_item(current_actor(), assessment_id, item.key, draft, version),
        page=lambda typed, **more: _item_page(desk(), item, typed, **more),
        address=address,
    )


def _tasks(here: Desk) -> TaskList:
    sheet = blind.own_sheet(here.actor, here.found)
    return task_list(here.found.scale, sheet, queries.last_times(here.found.assessment))


def _own(here: Desk) -> dict[str, Any]:
    """What every page of the own sheet says of where it stands."""
    member = here.found.member(here.actor.person_id)
    locked = member is not None and member.locked
    return {
        "desk": here,
        "locks": locks(here.found, here.actor.person_id),
        "capacity": member.capacity if member else None,
        "standing": standing(here.found, locked),
        "editable": _editable(here),
    }


def _item_page(
    here: Desk,
    item: Item,
    typed: Typed,
    *,
    theirs: dict[str, Any] | None = None,
    problems: dict[str, str] | None = None,
) -> str:
    found, own = here.found, _own(here)
    calculator = calculate(item, typed.entries)
    problems = told(problems, typed)
    return render_template(
        "external/scoring_item.html",
        item=item_definition(found.scale, item),
        typed=typed,
        calculator=calculator,
        offer=record.offer(item, found.assessment.service_id) if own["editable"] else record.NOTHING,
        team_offer=measures.offer(found, item.key),
        last=queries.last_times(found.assessment),
        theirs=theirs,
        notes=notes_on(found, item.key),
        neighbours=neighbours(found.scale, item.number),
        problems=problems,
        errors=summary(problems, calculator.problems),
        saved_at=saved_at(),
        role_titles=ROLE_TITLES,
        **own,
    )


def _sheet_page(
    here: Desk,
    values: dict[str, sheets.Value] | None = None,
    versions: dict[str, int] | None = None,
    *,
    stale: Any = None,
    problems: dict[str, str] | None = None,
) -> str:
    scale, sheet = here.found.scale, blind.own_sheet(here.actor, here.found)
    last = queries.last_times(here.found.assessment)
    rows = sheets.rows_from(scale, sheet, last)
    if values:
        rows = sheets.with_values(rows, values, versions or {})
    return render_template(
        "external/scoring_sheet.html",
        rows=rows,
        tasks=task_list(scale, sheet, last),
        stale=stale or {},
        errors=sheets.summary(scale, problems or {}),
        **_own(here),
    )


def _lock_page(here: Desk, problem: str = "") -> str:
    tasks = _tasks(here)
    return render_template(
        "external/scoring_lock.html",
        tasks=tasks,
        still=open_tasks(tasks),
        problem=problem,
        errors=[{"text": problem, "href": "#sure"}] if problem else [],
        **_own(here),
    )
