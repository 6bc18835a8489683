"""Drawing the PDF of a submitted report from what was frozen: the job, and the document it is made of."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from flask import current_app

from portal.contracts.cycle import queries
from portal.contracts.cycle.rules.report import Report, read_report
from portal.contracts.cycle.rules.streams import Stream
from portal.contracts.cycle.service.drawing import keep_pdf
from portal.core.db import db
from portal.core.errors import NotFound
from portal.core.pdf import render_pdf
from portal.core.storage.service import save


def file_name(report: Report, ending: str) -> str:
    """What a download is called: ohid-ips-ad-2023-2024-Q3-report.pdf; a later version has its number."""
    later = f"-v{report.number}" if report.number > 1 else ""
    return f"{report.contract}-{report.quarter}-report{later}.{ending}"


def title_of(report: Report) -> str:
    """The report's name."""
    return f"Quarterly progress report, {report.period}"


def pdf_html(report: Report, digest: str) -> str:
    """The report as the document that the PDF is made of."""
    template = current_app.jinja_env.get_template("contracts/cycle/pdf.html")  # plain data only
    return template.render(
        report=report, digest=digest, title=title_of(report), streams=list(Stream), contents=_contents(report)
    )


def draw_pdf(payload: dict[str, Any]) -> None:
    """The job: draw the PDF of a submitted report and keep it. One that is there is left alone.

    Raises NotFound, or PdfFailed where none could be made.
    """
    report_id = UUID(payload["report_id"])
    kept = queries.frozen(report_id)
    if kept is None:
        raise NotFound("No report with this number has been submitted.")
    if kept.pdf_attachment_id is not None:
        return
    report = read_report(kept.content)
    html = pdf_html(report, kept.digest)
    db.session.rollback()  # a second of drawing must hold no transaction
    keep_pdf(report_id, save(file_name(report, "pdf"), render_pdf(html, title=title_of(report))))


def _contents(report: Report) -> list[dict[str, str]]:
    parts = [
        ("activities", "Activities by work-stream", True),
        ("indicators", "Indicators", True),
        ("milestones", "Milestones", True),
        ("risks", "Risks and issues", True),
        ("social-value", "Social value", bool(report.commitments)),
        ("plans", "Remedial plans", report.plans is not None),
        ("payments", "Payments", report.money is not None),
        ("cases", "Complaints, queries and actions of meetings", True),
    ]
    return [{"href": f"#{anchor}", "text": text} for anchor, text, there in parts if there]
