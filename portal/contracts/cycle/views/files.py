"""A quarter's report as files: PDF, workbook, JSON."""

from __future__ import annotations

from flask import Response, g, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from portal.contracts.cycle import queries
from portal.contracts.cycle.export import report_xlsx
from portal.contracts.cycle.forms import ButtonForm
from portal.contracts.cycle.paper import file_name
from portal.contracts.cycle.rules.report import canonical_text
from portal.contracts.cycle.service.drawing import ask_again
from portal.contracts.cycle.views.reporting import ADDRESS, MAY_READ, Version, chosen
from portal.contracts.definition.blueprint import contracts
from portal.contracts.figures.subjects import InQuarter
from portal.core.access import access
from portal.core.db import db
from portal.core.errors import NotFound
from portal.core.spreadsheets import XLSX_TYPE
from portal.core.storage.models import Attachment
from portal.core.storage.service import download


@contracts.get(ADDRESS + ".<any(json,xlsx):ending>")
@access(MAY_READ)
def report_file(key: str, quarter: str, ending: str) -> ResponseReturnValue:
    """The workbook, or the JSON: of a submitted version the bytes that its SHA-256 is of."""
    found = _found()
    if ending == "json":
        text = found.kept.content if found.kept else canonical_text(found.report)
        response = Response(text, mimetype="application/json")
    else:
        response = Response(report_xlsx(found.report), content_type=XLSX_TYPE)
    response.headers.set("Content-Disposition", "attachment", filename=file_name(found.report, ending))
    return response


@contracts.get(ADDRESS + ".pdf")
@access(MAY_READ)
def report_pdf(key: str, quarter: str) -> ResponseReturnValue:
    """The PDF of a submitted version; while there is none, a page that says so."""
    found = _found()
    if found.kept is None:
        raise NotFound("The PDF is made when the report is submitted.")
    if found.kept.pdf_attachment_id is not None:
        response = download(db.session.get_one(Attachment, found.kept.pdf_attachment_id))
        response.headers["Cache-Control"] = "private, no-cache"
        return response
    page = render_template(
        "contracts/cycle/waiting.html", place=g.subject, found=found, form=ButtonForm(formdata=None)
    )
    return page, 202


@contracts.post(ADDRESS + ".pdf")
@access(MAY_READ)
def draw_report(key: str, quarter: str) -> ResponseReturnValue:
    """Have the PDF drawn, where the first time failed."""
    found = _found()
    if found.kept is None:
        raise NotFound("The PDF is made when the report is submitted.")
    ask_again(found.row.id)
    return redirect(
        url_for(".report_pdf", key=key, quarter=quarter, version=request.args.get("version")), 303
    )


def _found() -> Version:
    place: InQuarter = g.subject
    found = chosen(queries.versions(place.contract.key, place.quarter.key), place)
    if found is None:
        raise NotFound("No report of this quarter has been submitted.")
    return found
