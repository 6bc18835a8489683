"""The PDF of a submitted report: a job draws it once from what was frozen, and it is kept for ever."""

from __future__ import annotations

from datetime import timedelta
from uuid import UUID

from portal.accounts.rules.actors import PORTAL
from portal.contracts.cycle.models import FrozenReport
from portal.core import clock
from portal.core.act import act, operational
from portal.core.db import db
from portal.core.errors import NotFound
from portal.core.jobs.queue import enqueue
from portal.core.storage.service import Saved, record

JOB = "contracts.report-pdf"
PATIENCE = timedelta(minutes=10)  # one that was asked for longer ago may be asked for again


def request_pdf(row: FrozenReport) -> None:
    """Write the job. Called inside a verb."""
    row.pdf_asked_at = clock.now()
    enqueue(JOB, {"report_id": str(row.report_id)})


def ask_again(report_id: UUID) -> None:
    """Have the PDF drawn, unless it is there or was asked for a moment ago. Raises NotFound."""
    if not _is_wanted(_known(db.session.get(FrozenReport, report_id))):
        return
    with operational():
        row = _fresh(report_id)
        if _is_wanted(row):
            request_pdf(row)


def _is_wanted(row: FrozenReport) -> bool:
    asked = row.pdf_asked_at
    return row.pdf_attachment_id is None and (asked is None or clock.now() - asked >= PATIENCE)


def keep_pdf(report_id: UUID, saved: Saved) -> None:
    """Keep a drawn PDF, unless another worker was first: then its bytes stay. Raises NotFound."""
    with act(PORTAL, "contract.draw", ("contract-report", report_id)) as work:
        row = _fresh(report_id)
        if row.pdf_attachment_id is not None:
            work.unchanged()
            return
        row.pdf_attachment_id, row.pdf_digest = record(PORTAL, saved).id, saved.sha256
        work.note(sha256=saved.sha256, size=saved.size)


def _fresh(report_id: UUID) -> FrozenReport:
    return _known(db.session.get(FrozenReport, report_id, with_for_update=True, populate_existing=True))


def _known(row: FrozenReport | None) -> FrozenReport:
    if row is None:
        raise NotFound("No report with this number has been submitted.")
    return row
