"""The report of a final assessment: the page, and what can be downloaded of it."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from flask import Blueprint, Response, abort, g, jsonify, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from portal.accounts.current import current_actor
from portal.accounts.rules.permissions import Permission, allowed
from portal.core.access import access
from portal.core.errors import NotFound
from portal.core.rules.whole import whole
from portal.core.spreadsheets import CSV_TYPE, XLSX_TYPE, write_csv, write_xlsx
from portal.core.storage.service import download
from portal.reviews.assessment.export import ratings_sheet, sheets
from portal.reviews.assessment.loading import Loaded
from portal.reviews.assessment.report import figures, file_name
from portal.reviews.assessment.report_queries import Paper, Published, drawn, plan_of, published
from portal.reviews.assessment.report_queries import versions as versions_of
from portal.reviews.assessment.rules.telling import OUTCOMES
from portal.reviews.assessment.rules.workflow import State
from portal.reviews.assessment.service.reporting import ask_for
from portal.reviews.assessment.subjects import MayRead

blueprint = Blueprint("reports", __name__)


ADDRESS = "/assessments/<uuid:assessment_id>"


@blueprint.get(ADDRESS + "/report")
@access(MayRead())
def show(assessment_id: UUID) -> ResponseReturnValue:
    """The newest version, or the one that `?version=` names."""
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


@blueprint.get(ADDRESS + "/report/versions")
@access(MayRead())
def versions(assessment_id: UUID) -> ResponseReturnValue:
    """Every version, newest first, with what changed and why."""
    found = _found(assessment_id)
    return render_template(
        "report/versions.html", found=found, report=found.report, versions=versions_of(assessment_id)
    )


@blueprint.get(ADDRESS + "/<any(report,certificate):name>.pdf")
@access(MayRead())
def pdf(assessment_id: UUID, name: str) -> ResponseReturnValue:
    """The stored paper; while there is none, a page that says so."""
    found, paper = _paper(assessment_id, name)
    attachment = drawn(found.row, paper)
    if attachment is None:
        page = render_template(
            "report/waiting.html", found=found, report=found.report, name=name, paper=paper.value
        )
        return page, 202
    response = download(attachment)
    return _kept(response, attachment.sha256)


@blueprint.get(ADDRESS + "/<any(report,certificate):name>/pdf-state")
@access(MayRead())
def pdf_state(assessment_id: UUID, name: str) -> Response:
    """For the waiting page's script: whether the paper is there."""
    found, paper = _paper(assessment_id, name)
    return jsonify(ready=found.has(paper))


@blueprint.post(ADDRESS + "/<any(report,certificate):name>/pdf")
@access(MayRead())
def make_pdf(assessment_id: UUID, name: str) -> ResponseReturnValue:
    """Have the paper drawn, for a past result that has none yet."""
    found, paper = _paper(assessment_id, name)
    ask_for(assessment_id, found.row.number, paper)
    return redirect(url_for(".pdf", assessment_id=assessment_id, name=name, **asked(found)), code=303)


@blueprint.get(ADDRESS + "/report.<any(csv,xlsx,json):ending>")
@access(MayRead())
def data(assessment_id: UUID, ending: str) -> Response:
    """The ratings as a sheet, or the whole report as canonical JSON: the bytes that its hash is of."""
    found = _found(assessment_id)
    if ending == "json":
        response = Response(found.row.content, mimetype="application/json")
    else:
        sheet = ratings_sheet(found.report)
        as_csv = ending == "csv"
        body = write_csv(sheet.columns, sheet.rows) if as_csv else write_xlsx(sheets(found.report))
        response = Response(body, content_type=CSV_TYPE if as_csv else XLSX_TYPE)
    response.headers.set("Content-Disposition", "attachment", filename=file_name(found.report, ending))
    return _kept(response, found.row.digest) if ending == "json" else response


def asked(found: Published) -> dict[str, Any]:
    """The argument of addresses that keeps somebody at the version they look at; none at the newest."""
    return {"version": found.row.number} if found.replaced else {}


def _paper(assessment_id: UUID, name: str) -> tuple[Published, Paper]:
    """The report and the paper. Raises NotFound where the band earns no certificate."""
    found, paper = _found(assessment_id), _PAPERS[name]
    if paper is Paper.CERTIFICATE and not found.certifies:
        raise NotFound("This result comes with no certificate.")
    return found, paper


_PAPERS = {"report": Paper.PDF, "certificate": Paper.CERTIFICATE}


def _found(assessment_id: UUID) -> Published:
    """The version that is asked for. Before the assessment is final, the way leads to its own page."""
    subject: Loaded = g.subject
    if subject.assessment.state is not State.FINAL:
        abort(redirect(url_for("assessments.show", assessment_id=assessment_id)))
    named = request.args.get("version")
    number = whole(named)
    found = None if named is not None and number is None else published(assessment_id, number)
    if found is None:
        raise NotFound("No such report has been issued of this assessment.")
    return found


def _kept(response: Response, digest: str) -> Response:
    """A response whose bytes never change: the browser asks whether it still has them."""
    response.headers["Cache-Control"] = "private, no-cache"
    response.set_etag(digest)
    response.make_conditional(request)
    return response
