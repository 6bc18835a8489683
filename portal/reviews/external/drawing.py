"""Drawing the PDF of a presented draft: the same document as the report, marked on every page."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from portal.core.db import db
from portal.core.errors import NotFound
from portal.core.pdf import render_pdf
from portal.core.storage.service import save
from portal.reviews.assessment.report import file_name, pdf_html, title_of
from portal.reviews.external.accuracy import draft_row, read_draft
from portal.reviews.external.service.presenting import keep_draft


def draw_draft(payload: dict[str, Any]) -> None:
    """The job: draw the draft once and keep it. Raises NotFound, or PdfFailed where none could be made."""
    assessment_id = UUID(payload["assessment_id"])
    row = draft_row(assessment_id)
    if row is None:
        raise NotFound("No draft of this review was presented.")
    if row.pdf_attachment_id is not None:
        return
    report = read_draft(row)
    html, title = pdf_html(report, row.digest), f"Draft: {title_of(report)}"
    db.session.rollback()  # a second of drawing must hold no transaction
    keep_draft(assessment_id, save(file_name(report, "pdf", "-draft"), render_pdf(html, title=title)))
