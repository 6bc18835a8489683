"""Presenting the moderated draft to the service: it is frozen, and the time for comments begins."""

from __future__ import annotations

from datetime import timedelta
from uuid import UUID

from portal.accounts.rules.actors import PORTAL
from portal.core import clock
from portal.core.act import act, operational
from portal.core.db import db
from portal.core.errors import NotFound
from portal.core.jobs.queue import enqueue
from portal.core.storage.service import Saved, record
from portal.reviews.assessment.report_queries import PATIENCE
from portal.reviews.assessment.rules.report import canonical_text, digest_of
from portal.reviews.assessment.service.reporting import assemble
from portal.reviews.external.loading import LoadedReview
from portal.reviews.external.models.accuracy import PresentedDraft
from portal.reviews.external.publication import material

DRAFT_JOB = "reviews.draft"


def present(found: LoadedReview) -> None:
    """Freeze the draft and set the deadline. Called inside the move that presents it."""
    review = found.review
    review.presented_on = clock.today()
    review.accuracy_until = review.presented_on + timedelta(days=found.process.accuracy_days)
    review.accuracy_done = True
    made = material(found)
    content = canonical_text(assemble(made.loaded, made.settled, made.told, made.issue))
    db.session.add(
        PresentedDraft(
            assessment_id=found.id,
            content=content,
            digest=digest_of(content),
            presented_at=clock.now(),
        )
    )


def draft_is_coming(row: PresentedDraft) -> bool:
    """Whether the draft's PDF was asked for and may still come."""
    waiting = row.pdf_attachment_id is None and row.pdf_asked_at is not None
    return waiting and clock.now() - row.pdf_asked_at < PATIENCE  # type: ignore[operator]  # `waiting` has looked


def ask_for_draft(assessment_id: UUID) -> None:
    """Have the draft's PDF drawn, unless that is done or was asked for a moment ago. Raises NotFound."""
    with operational():
        row = _fresh(assessment_id)
        if row.pdf_attachment_id is None and not draft_is_coming(row):
            row.pdf_asked_at = clock.now()
            enqueue(DRAFT_JOB, {"assessment_id": str(assessment_id)})


def keep_draft(assessment_id: UUID, saved: Saved) -> None:
    """Keep the drawn PDF of the draft, unless another worker was first. Raises NotFound."""
    with act(PORTAL, "reviews.draw-draft", ("review", assessment_id)) as work:
        row = _fresh(assessment_id)
        if row.pdf_attachment_id is not None:
            work.unchanged()
            return
        row.pdf_attachment_id, row.pdf_digest = record(PORTAL, saved).id, saved.sha256
        work.note(sha256=saved.sha256, size=saved.size)


def _fresh(assessment_id: UUID) -> PresentedDraft:
    row = db.session.get(PresentedDraft, assessment_id, with_for_update=True, populate_existing=True)
    if row is None:
        raise NotFound("No draft of this review was presented.")
    return row
