"""Named reads about published reports. Each says how many statements it takes."""

from __future__ import annotations

import json
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from enum import StrEnum
from functools import cached_property
from uuid import UUID

from sqlalchemy import ColumnElement, and_, func, select
from sqlalchemy.orm import aliased

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


class Paper(StrEnum):
    """What is drawn from a report and kept: its PDF, and the certificate of an accredited service."""

    PDF = "pdf"
    CERTIFICATE = "certificate"


@dataclass(frozen=True)
class Published:
    """A version of a published report with what has become of it since."""

    row: PublishedReport
    newest: int  # the number of the newest version
    newer: Newer | None
    external: bool

    @cached_property
    def report(self) -> Report:
        """The report as it was frozen."""
        return read_report(json.loads(self.row.content))

    @property
    def replaced(self) -> bool:
        """Whether a correction has issued a later version."""
        return self.row.number < self.newest

    @property
    def certifies(self) -> bool:
        """Whether there is a certificate: the band accredits the service."""
        review = self.report.review
        return review is not None and review.valid_until is not None

    def has(self, paper: str) -> bool:
        """Whether this paper has been drawn."""
        return attachment_id(self.row, Paper(paper)) is not None

    def coming(self, paper: str) -> bool:
        """Whether this paper was asked for and may still come."""
        return not self.has(paper) and is_coming(self.row, Paper(paper))


def attachment_id(row: PublishedReport, paper: Paper) -> UUID | None:
    """The stored file of a paper, or None while it has not been drawn."""
    return row.pdf_attachment_id if paper is Paper.PDF else row.certificate_attachment_id


def is_coming(row: PublishedReport, paper: Paper) -> bool:
    """Whether a paper was asked for less than ten minutes ago."""
    asked_at = row.pdf_asked_at if paper is Paper.PDF else row.certificate_asked_at
    return asked_at is not None and clock.now() - asked_at < PATIENCE


def published(assessment_id: UUID, number: int | None = None) -> Published | None:
    """A version of the report of an assessment, the newest unless one is named; or None. Two statements."""
    this = PublishedReport.assessment_id == assessment_id
    return _with_newer(this if number is None else and_(this, PublishedReport.number == number))


@dataclass(frozen=True)
class Version:
    """A line of the list of versions."""

    number: int
    issued_at: datetime
    reason: str
    code: str
    digest: str


def versions(assessment_id: UUID) -> list[Version]:
    """Every version of a report, newest first. One statement."""
    query = (
        select(
            PublishedReport.number,
            PublishedReport.issued_at,
            PublishedReport.reason,
            PublishedReport.code,
            PublishedReport.digest,
        )
        .where(PublishedReport.assessment_id == assessment_id)
        .order_by(PublishedReport.number.desc())
    )
    return [Version(*row) for row in db.session.execute(query)]


def by_code(code: str) -> Published | None:
    """The report with this code, or None. Two statements."""
    return _with_newer(PublishedReport.code == code)


def _with_newer(wanted: ColumnElement[bool]) -> Published | None:
    versions_of = aliased(PublishedReport)
    newest_number = (
        select(func.max(versions_of.number))
        .where(versions_of.assessment_id == PublishedReport.assessment_id)
        .scalar_subquery()
    )
    query = select(PublishedReport, Assessment, newest_number).join(Assessment).where(wanted)
    found = db.session.execute(query.order_by(PublishedReport.number.desc()).limit(1)).first()
    if found is None:
        return None
    row, assessment, number = found
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
    return Published(row, number, newer, external)


def drawn(row: PublishedReport, paper: Paper) -> Attachment | None:
    """A stored paper, or None. One statement."""
    stored = attachment_id(row, paper)
    return db.session.get(Attachment, stored) if stored else None


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
