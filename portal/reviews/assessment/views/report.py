"""The report of a final assessment: the page, and what can be downloaded of it."""

from __future__ import annotations

from uuid import UUID

from flask import Blueprint, Response, abort, g, jsonify, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from portal.accounts.current import current_actor
from portal.accounts.rules.permissions import Permission, allowed
from portal.core.access import access
from portal.core.errors import NotFound
from portal.core.spreadsheets import CSV_TYPE, XLSX_TYPE, write_csv, write_xlsx
from portal.core.storage.service import download
from portal.reviews.assessment.export import ratings_sheet
from portal.reviews.assessment.loading import Loaded
from portal.reviews.assessment.report import figures, file_name
from portal.reviews.assessment.report_queries import Published, pdf_of, plan_of, published
from portal.reviews.assessment.rules.telling import OUTCOMES
from portal.reviews.assessment.rules.workflow import State
from portal.reviews.assessment.service.reporting import ask_for_pdf
from portal.reviews.assessment.subjects import MayRead

blueprint = Blueprint("reports", __name__)


@blueprint.get("/assessments/<uuid:assessment_id>/report")
@access(MayRead())
def show(assessment_id: UUID) -> ResponseReturnValue:
    found = _found(assessment_id)
    subject: Loaded = g.subject
    may_plan = allowed(current_actor(), Permission.PLAN_READ, subject.links)
    return render_template(
        "report/show.html",
        found=found,
        report=found.report,
        figures=figures(found.report),
        outcomes=OUTCOMES,
        plan_id=plan_of(assessment_id) if may_plan else None,
    )


@blueprint.get("/assessments/<uuid:assessment_id>/report.pdf")
@access(MayRead())
def pdf(assessment_id: UUID) -> ResponseReturnValue:
    """The stored PDF; while there is none, a page that says so."""
    found = _found(assessment_id)
    attachment = pdf_of(found.row)
    if attachment is None:
        return render_template("report/waiting.html", found=found, report=found.report), 202
    response = download(attachment)
    return _kept(response, attachment.sha256)


@blueprint.get("/assessments/<uuid:assessment_id>/report/pdf-state")
@access(MayRead())
def pdf_state(assessment_id: UUID) -> Response:
    """For the waiting page's script: whether the PDF is there."""
    return jsonify(ready=_found(assessment_id).has_pdf)


@blueprint.post("/assessments/<uuid:assessment_id>/report/pdf")
@access(MayRead())
def make_pdf(assessment_id: UUID) -> ResponseReturnValue:
    """Have the PDF drawn, for a past result that has none yet."""
    ask_for_pdf(assessment_id)
    return redirect(url_for(".pdf", assessment_id=assessment_id), code=303)


@blueprint.get("/assessments/<uuid:assessment_id>/report.<any(csv,xlsx,json):ending>")
@access(MayRead())
def data(assessment_id: UUID, ending: str) -> Response:
    """The ratings as a sheet, or the whole report as canonical JSON: the bytes that its hash is of."""
    found = _found(assessment_id)
    if ending == "json":
        response = Response(found.row.content, mimetype="application/json")
    else:
        sheet = ratings_sheet(found.report)
        as_csv = ending == "csv"
        body = write_csv(sheet.columns, sheet.rows) if as_csv else write_xlsx([sheet])
        response = Response(body, content_type=CSV_TYPE if as_csv else XLSX_TYPE)
    response.headers.set("Content-Disposition", "attachment", filename=file_name(found.report, ending))
    return _kept(response, found.row.digest) if ending == "json" else response


def _found(assessment_id: UUID) -> Published:
    """The report. Before the assessment is final, the way leads to its own page."""
    subject: Loaded = g.subject
    if subject.assessment.state is not State.FINAL:
        abort(redirect(url_for("assessments.show", assessment_id=assessment_id)))
    found = published(assessment_id)
    if found is None:
        raise NotFound("No report has been issued of this assessment.")
    return found


def _kept(response: Response, digest: str) -> Response:
    """A response whose bytes never change: the browser asks whether it still has them."""
    response.headers["Cache-Control"] = "private, no-cache"
    response.set_etag(digest)
    response.make_conditional(request)
    return response
