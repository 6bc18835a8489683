"""A worksheet: saved row by row, its figures under it, its downloads."""

from __future__ import annotations

from uuid import UUID

from flask import Response, flash, g, jsonify, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from portal.accounts.current import current_actor
from portal.core.access import access
from portal.core.error_pages import wants_json
from portal.core.errors import Invalid, NotFound, Refused, Stale
from portal.core.filters import clock_time
from portal.core.forms import sent_version
from portal.core.rules.whole import whole
from portal.core.spreadsheets import CSV_TYPE, XLSX_TYPE
from portal.reviews.external import fieldwork_sheet as page
from portal.reviews.external.fieldwork_file import as_csv, as_xlsx
from portal.reviews.external.fieldwork_rows import rows_of
from portal.reviews.external.fieldwork_worksheets import worksheets_for
from portal.reviews.external.rules.workflow import Action
from portal.reviews.external.rules.worksheet import Worksheet
from portal.reviews.external.rules.worksheet_writing import to_json
from portal.reviews.external.service.fieldwork_rows import add_row, remove_row, save_row
from portal.reviews.external.subjects import MaySeeInside
from portal.reviews.external.views.blueprint import ADDRESS, blueprint, desk

SHEET = ADDRESS + "/worksheets/<string:sheet_key>"
ROW = SHEET + "/rows/<int:position>"
FIELD = "q-"


@blueprint.get(SHEET)
@access(MaySeeInside())
def worksheet(assessment_id: UUID, sheet_key: str) -> ResponseReturnValue:
    return _show(_sheet(sheet_key))


@blueprint.get(SHEET + ".csv")
@access(MaySeeInside())
def worksheet_csv(assessment_id: UUID, sheet_key: str) -> ResponseReturnValue:
    sheet = _sheet(sheet_key)
    return _download(as_csv(sheet, rows_of(g.subject, sheet)), CSV_TYPE, f"{sheet.key}.csv")


@blueprint.get(SHEET + ".xlsx")
@access(MaySeeInside())
def worksheet_xlsx(assessment_id: UUID, sheet_key: str) -> ResponseReturnValue:
    sheet = _sheet(sheet_key)
    rows = rows_of(g.subject, sheet)
    made = as_xlsx(sheet, rows, page.figures(sheet, rows, g.subject.scale))
    return _download(made, XLSX_TYPE, f"{sheet.key}.xlsx")


@blueprint.post(ROW)
@access(MaySeeInside())
def save_worksheet_row(assessment_id: UUID, sheet_key: str, position: int) -> ResponseReturnValue:
    sheet = _sheet(sheet_key)
    typed = {question.key: request.form.get(FIELD + question.key, "").strip() for question in sheet.questions}
    version = sent_version() or 0
    try:
        saved = save_row(current_actor(), assessment_id, sheet_key, position, typed, version)
    except (Stale, Invalid, Refused) as error:
        return _kept(sheet, page.typed_view(sheet, position, typed, version), error)
    if wants_json():
        return jsonify(version=saved.version, saved_at=clock_time(saved.at))
    flash(f"{sheet.row_name(position)} saved.", "success")
    wanted = position
    if request.form.get("button") == "next":
        wanted = page.after(page.row_views(sheet, rows_of(g.subject, sheet)), position) or position
    return _to_row(sheet, wanted)


@blueprint.post(SHEET + "/rows")
@access(MaySeeInside())
def add_worksheet_row(assessment_id: UUID, sheet_key: str) -> ResponseReturnValue:
    try:
        position = add_row(current_actor(), assessment_id, sheet_key)
    except Refused as error:
        flash(error.reason, "info")
        return _to_row(_sheet(sheet_key))
    return _to_row(_sheet(sheet_key), position)


@blueprint.post(ROW + "/remove")
@access(MaySeeInside())
def remove_worksheet_row(assessment_id: UUID, sheet_key: str, position: int) -> ResponseReturnValue:
    name = remove_row(current_actor(), assessment_id, sheet_key, position)
    flash(f"{name} is removed and leaves the figures. You can put it back below.", "success")
    return _to_row(_sheet(sheet_key))


@blueprint.post(ROW + "/restore")
@access(MaySeeInside())
def restore_worksheet_row(assessment_id: UUID, sheet_key: str, position: int) -> ResponseReturnValue:
    name = remove_row(current_actor(), assessment_id, sheet_key, position, back=True)
    flash(f"{name} is back.", "success")
    return _to_row(_sheet(sheet_key), position)


def _sheet(key: str) -> Worksheet:
    found = next((one for one in worksheets_for(g.subject.scale.key) if one.key == key), None)
    if found is None:
        raise NotFound("This review has no such worksheet.")
    return found


def _kept(sheet: Worksheet, typed: page.RowView, error: Stale | Invalid | Refused) -> ResponseReturnValue:
    """Why the row could not be saved, with what was typed; where somebody saved first, both versions."""
    if isinstance(error, Stale):
        if wants_json():
            return jsonify(error="stale", version=error.version), 409
        return _show(sheet, page.stale_view(typed, sheet, error.current, error.version)), 409
    problems = error.problems if isinstance(error, Invalid) else {"row": error.reason}
    if wants_json():
        return jsonify(error="invalid", problems=problems), 400
    typed = page.typed_view(sheet, typed.position, typed.answers, typed.version, problems)
    return _show(sheet, typed), 400 if isinstance(error, Invalid) else 409


def _show(sheet: Worksheet, typed: page.RowView | None = None) -> str:
    here = desk()
    rows = rows_of(here.found, sheet)
    views = page.row_views(sheet, rows)
    if typed is not None:
        views = page.with_typed(views, typed)
    wanted = typed.position if typed else whole(request.args.get("row"))
    opened = page.open_row(views, wanted, len(sheet.questions)) if sheet.cards else None
    shown = [opened] if opened else ([] if sheet.cards else views)
    inside = {view.position for view in shown}
    return render_template(
        "external/fieldwork_worksheet.html",
        desk=here,
        sheet=sheet,
        sheets=worksheets_for(here.found.scale.key),
        views=views,
        shown=shown,
        opened=opened,
        after=page.after(views, opened.position) if opened else None,
        removed=[row for row in rows if row.removed],
        figures=page.figures(sheet, rows, here.found.scale),
        in_words=page.shown,
        definition=to_json(sheet),
        others=[dict(view.answers) for view in views if view.position not in inside],
        writes=here.may(Action.TALLY),
        errors=_errors(typed),
    )


def _errors(typed: page.RowView | None) -> list[dict[str, str]]:
    if typed is None:
        return []
    if typed.theirs is not None:
        return [{"text": f"Somebody else saved {typed.name.lower()} first", "href": "#stale"}]
    return [
        {"text": text, "href": f"#row-{typed.position}-{key}" if key != "row" else "#main-content"}
        for key, text in typed.problems.items()
    ]


def _to_row(sheet: Worksheet, position: int | None = None) -> ResponseReturnValue:
    row = position if sheet.cards else None
    anchor = f"row-{position}" if position else "rows"
    address = url_for(".worksheet", assessment_id=g.subject.id, sheet_key=sheet.key, row=row, _anchor=anchor)
    return redirect(address, 303)


def _download(data: bytes, kind: str, name: str) -> Response:
    headers = {"Content-Disposition": f'attachment; filename="{name}"'}
    return Response(data, content_type=kind, headers=headers)
