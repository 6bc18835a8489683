"""Drawing a report: its charts for page and paper alike, and the papers that are kept."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any
from uuid import UUID

from flask import current_app

from portal.core.charts import (
    BandMark,
    Figure,
    ItemBar,
    SectionShare,
    Total,
    band_bar,
    item_chart,
    section_profile,
)
from portal.core.db import db
from portal.core.errors import NotFound
from portal.core.pdf import render_pdf
from portal.core.storage.service import save
from portal.core.urls import public_url
from portal.reviews.assessment.certificate import certificate_html
from portal.reviews.assessment.report_queries import Paper, Published, published
from portal.reviews.assessment.rules.report import Report
from portal.reviews.assessment.rules.telling import OUTCOMES
from portal.reviews.assessment.service.reporting import keep_paper


@dataclass(frozen=True)
class Figures:
    """The charts of a report."""

    band: Figure
    sections: Figure
    items: Figure


def figures(report: Report) -> Figures:
    """Draw them. The same markup stands on the page and in the PDF."""
    marks = [BandMark(band.title, band.lowest, band.highest) for band in report.bands]
    titles = {section.key: section.title for section in report.sections}
    compared = report.compared_with is not None
    bars = [
        ItemBar(
            f"{item.number}. {item.title}",
            titles[item.section],
            item.rating,
            item.rating - item.change if compared and item.change is not None else None,
        )
        for item in report.items
    ]
    return Figures(
        band=band_bar(
            Total(report.lowest, report.maximum, report.total),
            marks,
            caption="The total and the bands" if marks else "The total on the scale",
        ),
        sections=section_profile(
            [SectionShare(section.title, section.total, section.maximum) for section in report.sections]
        ),
        items=item_chart(bars, rating_max=report.scale.rating_max),
    )


def file_name(report: Report, ending: str, what: str = "") -> str:
    """What a download is called: barnsley-ips-2026-11-22-ips-25.pdf; a correction has its number (-v2)."""
    later = f"-v{report.version}" if report.version > 1 else ""
    return f"{report.service_key}-{report.final_on.isoformat()}-{report.scale.key}{later}{what}.{ending}"


def pdf_html(report: Report, digest: str) -> str:
    """The report as the document that the PDF is made of; a draft says so on every page."""
    template = current_app.jinja_env.get_template("report/pdf.html")  # plain data only: no request, no person
    return template.render(
        report=report,
        figures=figures(report),
        digest=digest,
        outcomes=OUTCOMES,
        contents=_contents(report),
        verify_at=verify_address(report),
    )


def verify_address(report: Report) -> str:
    """Where anybody can check the report by its code."""
    return f"{public_url()}/verify/{report.code}"


def draw_paper(payload: dict[str, Any]) -> None:
    """The job: draw a paper of a version of a report and keep it. One that is there is left alone.

    Raises NotFound, or PdfFailed where none could be made.
    """
    assessment_id, number = UUID(payload["assessment_id"]), int(payload.get("number", 1))
    paper = Paper(payload.get("paper", Paper.PDF))
    found = published(assessment_id, number)
    if found is None or (paper is Paper.CERTIFICATE and not found.certifies):
        raise NotFound("There is no such paper of this assessment.")
    if found.has(paper):
        return
    html, title, name = _paper(found, paper)
    db.session.rollback()  # a second of drawing must hold no transaction
    pdf = render_pdf(html, title=title)
    keep_paper(assessment_id, number, paper, save(name, pdf))


def _paper(found: Published, paper: Paper) -> tuple[str, str, str]:
    """Document, title and file name."""
    report = found.report
    if paper is Paper.CERTIFICATE:
        html = certificate_html(report, verify_address(report))
        return html, f"Certificate of {report.service}", file_name(report, "pdf", "-certificate")
    return pdf_html(report, found.row.digest), title_of(report), file_name(report, "pdf")


def title_of(report: Report) -> str:
    """The report's name."""
    return f"{report.kind_title} of {report.service}"


def _contents(report: Report) -> list[dict[str, Any]]:
    """The contents page: the parts, and under the sections their items."""
    sections = [
        {
            "href": f"#section-{section.key}",
            "text": section.title,
            "parts": [
                {"href": f"#item-{item.number}", "text": f"{item.number}. {item.title}"}
                for item in report.items_of(section.key)
            ],
        }
        for section in report.sections
    ]
    return [
        {"href": "#summary", "text": "Summary"},
        {"href": "#profile", "text": "Profile"},
        *([{"href": "#review", "text": "The review"}] if report.review else []),
        *sections,
        {"href": "#ratings", "text": "All ratings"},
        {"href": "#method", "text": "Method and definition"},
        *([{"href": "#annex", "text": "Annex: the service’s comments"}] if _has_annex(report) else []),
        *([] if report.is_draft else [{"href": "#proof", "text": "How to check this report"}]),
    ]


def _has_annex(report: Report) -> bool:
    return report.review is not None and bool(report.review.comments)
