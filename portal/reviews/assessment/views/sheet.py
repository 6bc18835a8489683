"""The rating sheet, and bringing in a spreadsheet of ratings through it."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from flask import Response, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from portal.accounts.current import current_actor
from portal.core.access import access
from portal.core.errors import Invalid, Stale
from portal.core.filters import plural
from portal.reviews.assessment import queries, sheet_file
from portal.reviews.assessment import sheet as sheets
from portal.reviews.assessment.rules.workflow import Action
from portal.reviews.assessment.service.rating import save_sheet
from portal.reviews.assessment.subjects import MayRead
from portal.reviews.assessment.task_list import task_list
from portal.reviews.assessment.views.blueprint import Desk, blueprint, desk, to_assessment

ADDRESS = "/assessments/<uuid:assessment_id>/sheet"


@blueprint.get(ADDRESS)
@access(MayRead())
def sheet(assessment_id: UUID) -> ResponseReturnValue:
    return _page(desk())


@blueprint.post(ADDRESS)
@access(MayRead())
def save_all(assessment_id: UUID) -> ResponseReturnValue:
    here = desk()
    values, versions = sheets.read_form(here.found.scale, request.form)
    try:
        count = save_sheet(current_actor(), assessment_id, sheets.drafts(values, here.ratings), versions)
    except Stale as error:
        newest = {key: current["version"] for key, current in error.current.items()}  # type: ignore[index]  # save_sheet says a mapping each
        return _page(here, values, versions | newest, stale=error.current), 409
    except Invalid as error:
        return _page(here, values, versions, problems=error.problems), 400
    flash(f"Saved: {plural(count, 'item')} changed." if count else "Nothing had changed.", "success")
    return redirect(url_for(".sheet", assessment_id=assessment_id), 303)


@blueprint.get("/assessments/<uuid:assessment_id>/import")
@access(MayRead())
def import_ratings(assessment_id: UUID) -> ResponseReturnValue:
    here = desk()
    if not here.may(Action.EDIT):
        return to_assessment(assessment_id)
    return render_template("assessment/import.html", desk=here, problems=[], errors=[])


@blueprint.post("/assessments/<uuid:assessment_id>/import")
@access(MayRead())
def read_import(assessment_id: UUID) -> ResponseReturnValue:
    """Read the file; without a problem its values stand in the sheet, marked, for saving."""
    here = desk()
    if not here.may(Action.EDIT):
        return to_assessment(assessment_id)
    upload = request.files.get("upload")
    file = sheet_file.read(upload, here.found.scale)
    if file.problems:
        errors = [{"text": "Nothing was brought in. Mend the file and send it again.", "href": "#upload"}]
        page = render_template(
            "assessment/import.html",
            desk=here,
            problems=file.problems,
            errors=errors,
            filename=upload.filename if upload else "",
        )
        return page, 400
    values = sheets.from_file(file, here.ratings)
    return _page(here, values, {}, from_file=(upload.filename or "") if upload else "")


@blueprint.get("/assessments/<uuid:assessment_id>/template.<string:suffix>")
@access(MayRead())
def template(assessment_id: UUID, suffix: str) -> ResponseReturnValue:
    here = desk()
    content, kind = sheet_file.template(here.found.scale, here.ratings, suffix)
    name = f"{here.service_key}-{here.found.scale.key}.{suffix}"
    return Response(content, mimetype=kind, headers={"Content-Disposition": f'attachment; filename="{name}"'})


def _page(
    here: Desk,
    values: dict[str, sheets.Value] | None = None,
    versions: dict[str, int] | None = None,
    *,
    stale: Any = None,
    problems: dict[str, str] | None = None,
    from_file: str = "",
) -> str:
    last = queries.last_times(here.found.assessment)
    rows = sheets.rows_from(here.found.scale, here.ratings, last)
    if values:
        rows = sheets.with_values(rows, values, versions or {})
    return render_template(
        "assessment/sheet.html",
        desk=here,
        rows=rows,
        last=last,
        tasks=task_list(here.found.scale, here.ratings, last),
        stale=stale or {},
        editable=here.may(Action.EDIT),
        errors=sheets.summary(here.found.scale, problems or {}),
        from_file=from_file,
    )
