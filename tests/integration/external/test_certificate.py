"""The papers of a review as they are really drawn: report, draft and certificate."""

from __future__ import annotations

from io import BytesIO
from uuid import UUID

import pytest
from flask import Flask
from pypdf import PdfReader

from portal.core.db import db
from portal.core.jobs import worker
from portal.core.storage.models import Attachment
from portal.core.storage.service import folder
from portal.reviews.assessment.models import PublishedReport
from portal.reviews.external.accuracy import draft_row
from portal.reviews.external.rules.accuracy import Decision
from portal.reviews.external.rules.workflow import Action
from portal.reviews.external.service.presenting import ask_for_draft
from tests.support.publishing import FIRST, commented, decided
from tests.support.reviewing import fresh, move


@pytest.fixture(params=["sqlite"])
def engine_name(request: pytest.FixtureRequest) -> str:
    """Drawing takes seconds and does not depend on the engine."""
    name: str = request.param
    return name


def read(attachment_id: UUID | None) -> PdfReader:
    attachment = db.session.get_one(Attachment, attachment_id)
    return PdfReader(BytesIO((folder() / attachment.stored_name).read_bytes()))


def text_of(reader: PdfReader) -> str:
    return " ".join(" ".join(page.extract_text() for page in reader.pages).split())


def test_report_draft_and_certificate_are_tagged_and_say_what_they_must(app: Flask) -> None:
    assessment_id = commented({FIRST: "The list shows 19 clients."})
    ask_for_draft(assessment_id)
    decided(assessment_id, FIRST, Decision(accepted=False, reason="It is of another team."))
    move(assessment_id, Action.PUBLISH, "lead-reviewer")
    worker.run_all()
    db.session.rollback()
    row = db.session.get_one(PublishedReport, (assessment_id, 1))
    draft = draft_row(assessment_id)
    assert draft is not None

    report = read(row.pdf_attachment_id)
    said = text_of(report)
    for words in (
        "Lead reviewer Lead reviewer Person",
        "Annex: the service’s comments on the draft",
        "The list shows 19 clients.",
        "It is of another team.",
        "accredits the service until",
        row.code,
    ):
        assert words in said, words

    sketch = read(draft.pdf_attachment_id)
    assert "not published" in sketch.pages[1].extract_text()
    assert row.code not in text_of(sketch)
    assert "How to check this report" not in text_of(sketch)
    assert all(
        "/Pattern" in str(page["/Resources"]) or "/XObject" in page["/Resources"] for page in sketch.pages
    )

    certificate = read(row.certificate_attachment_id)
    assert len(certificate.pages) == 1
    box = certificate.pages[0].mediabox
    assert box.width > box.height
    said = text_of(certificate)
    valid = fresh(assessment_id).review.valid_until
    assert valid is not None
    for words in ("Alder Ips", "Good fidelity", "100 of 125", str(valid.year), row.code, "/verify/"):
        assert words in said, words
    for paper in (report, sketch, certificate):
        assert paper.trailer["/Root"]["/MarkInfo"]["/Marked"]
        assert paper.trailer["/Root"]["/Lang"] == "en-GB"
