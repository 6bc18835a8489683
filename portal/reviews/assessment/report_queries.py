"""Named reads about published reports. Each says how many statements it takes."""

from __future__ import annotations

import json
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cached_property
from uuid import UUID

from sqlalchemy import ColumnElement, select

from portal.core import clock
from portal.core.db import db
from portal.core.storage.models import Attachment
from portal.plans.models import Plan
from portal.reviews.assessment.models import Assessment, EvidenceFile, PublishedReport
from portal.reviews.assessment.rules.report import Report, read_report
from portal.reviews.assessment.rules.workflow import Kind, State

PATIENCE = timedelta(minutes=10)  # a PDF that was asked for longer ago may be asked for again


@dataclass(frozen=True)
class Newer:
    """The newest later result of the same service on the same scale."""

    assessment_id: UUID
    final_on: date


@dataclass(frozen=True)
class Published:
    """A published report with what has become of it since."""

    row: PublishedReport
    newer: Newer | None
    external: bool

    @cached_property
    def report(self) -> Report:
        """The report as it was frozen."""
        return read_report(json.loads(self.row.content))

    @property
    def has_pdf(self) -> bool:
        return self.row.pdf_attachment_id is not None

    @property
    def pdf_coming(self) -> bool:
        """Whether the PDF was asked for and may still come."""
        return not self.has_pdf and pdf_is_coming(self.row)


def pdf_is_coming(row: PublishedReport) -> bool:
    """Whether a PDF was asked for less than ten minutes ago."""
    return row.pdf_asked_at is not None and clock.now() - row.pdf_asked_at < PATIENCE


def published(assessment_id: UUID) -> Published | None:
    """The report of an assessment, or None. Two statements."""
    return _with_newer(PublishedReport.assessment_id == assessment_id)


def by_code(code: str) -> Published | None:
    """The report with this code, or None. Two statements."""
    return _with_newer(PublishedReport.code == code)


def _with_newer(wanted: ColumnElement[bool]) -> Published | None:
    query = select(PublishedReport, Assessment).join(Assessment).where(wanted)
    found = db.session.execute(query).first()
    if found is None:
        return None
    row, assessment = found
    external = assessment.kind is Kind.EXTERNAL
    by_the_same = Assessment.kind == Kind.EXTERNAL if external else Assessment.kind != Kind.EXTERNAL
    later = (
        select(Assessment.id, Assessment.final_at)
        .where(
            Assessment.service_id == assessment.service_id,
            Assessment.scale_key == assessment.scale_key,
            Assessment.state == State.FINAL,
            Assessment.final_at > assessment.final_at,
            by_the_same,  # a self-assessment does not replace an external review, nor the other way
        )
        .order_by(Assessment.final_at.desc())
        .limit(1)
    )
    newest = db.session.execute(later).first()
    newer = Newer(newest.id, clock.uk(newest.final_at).date()) if newest else None
    return Published(row, newer, external)


def pdf_of(row: PublishedReport) -> Attachment | None:
    """The stored PDF, or None. One statement."""
    return db.session.get(Attachment, row.pdf_attachment_id) if row.pdf_attachment_id else None


def plan_of(assessment_id: UUID) -> UUID | None:
    """The action plan drafted from an assessment, or None. One statement."""
    query = select(Plan.id).where(Plan.origin_kind == "assessment", Plan.origin_id == assessment_id)
    return db.session.execute(query).scalar_one_or_none()


def evidence_names(assessment_id: UUID) -> dict[str, tuple[str, ...]]:
    """Names of the evidence files by item key, in the order they were attached. One statement."""
    query = (
        select(EvidenceFile.item_key, Attachment.original_name)
        .join(Attachment, Attachment.id == EvidenceFile.attachment_id)
        .where(EvidenceFile.assessment_id == assessment_id, EvidenceFile.removed_at.is_(None))
        .order_by(Attachment.created_at, Attachment.id)
    )
    found: dict[str, tuple[str, ...]] = {}
    for item_key, name in db.session.execute(query):
        found[item_key] = (*found.get(item_key, ()), name)
    return found
