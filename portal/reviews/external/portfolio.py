"""The evidence portfolio as its pages show it."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import aliased

from portal.accounts.models import Person
from portal.accounts.rules.actors import Actor
from portal.core.db import db
from portal.core.storage.models import Attachment
from portal.reviews.assessment.evidence import FileLine, size_words
from portal.reviews.external.loading import LoadedReview, holds, sees_inside
from portal.reviews.external.models.portfolio import PortfolioAudit, PortfolioFile, RequestedDocument
from portal.reviews.external.rules.portfolio import (
    MISSING,
    Counted,
    DocumentState,
    counted,
    items_without_evidence,
)
from portal.reviews.external.rules.workflow import Part
from portal.scales.rules.definition import Item


@dataclass(frozen=True)
class DocumentLine:
    """One document asked for, with its files where the person may see them."""

    id: UUID
    number: int
    title: str
    send: str
    leave_out: str
    required: bool
    items: tuple[Item, ...]
    state: DocumentState
    note: str
    asked_by: str | None  # the reviewer's name; None: the usual list
    withdrawn: bool
    version: int
    changed_at: datetime
    changed_by: str | None
    files: tuple[FileLine, ...] = ()
    removed_files: tuple[FileLine, ...] = ()

    @property
    def missing(self) -> bool:
        """Whether something is still to come."""
        return self.required and not self.withdrawn and self.state in MISSING


@dataclass(frozen=True)
class AuditLine:
    """The last self-audit."""

    at: datetime
    by: str | None
    supplied: int
    asked: int
    gaps: Sequence[str]
    comment: str


@dataclass(frozen=True)
class Portfolio:
    """Everything asked for, and how far it is there."""

    documents: tuple[DocumentLine, ...]
    withdrawn: tuple[DocumentLine, ...]
    count: Counted
    bare_items: tuple[int, ...]  # numbers of items for which nothing is supplied
    audit: AuditLine | None

    @property
    def missing(self) -> tuple[DocumentLine, ...]:
        return tuple(line for line in self.documents if line.missing)

    @property
    def files(self) -> int:
        return sum(len(line.files) for line in self.documents)

    def line(self, document_id: UUID) -> DocumentLine | None:
        """The document with this id, withdrawn ones too."""
        return next((one for one in (*self.documents, *self.withdrawn) if one.id == document_id), None)

    def matching(self, words: str, *, missing_only: bool = False) -> tuple[DocumentLine, ...]:
        """The documents whose title, text or items hold these words."""
        wanted = words.casefold().split()
        shown = self.missing if missing_only else self.documents
        return tuple(line for line in shown if all(word in _words_of(line) for word in wanted))


def _words_of(line: DocumentLine) -> str:
    items = " ".join(f"item {item.number} {item.title}" for item in line.items)
    return f"{line.title} {line.send} {items}".casefold()


def may_open_files(actor: Actor, found: LoadedReview) -> bool:
    """The service's own people, the team, the contract's lead manager; moderators when it is theirs."""
    return holds(actor, Part.PROVIDER_STAFF, found) or sees_inside(actor, found)


def portfolio_of(found: LoadedReview, *, files: bool) -> Portfolio:
    """The portfolio of a review, with its files where asked for. Three statements, or two."""
    attached = _files(found.id) if files else {}
    lines = [_line(found, row, asker, changer, attached) for row, asker, changer in _rows(found.id)]
    current = tuple(line for line in lines if not line.withdrawn)
    return Portfolio(
        documents=current,
        withdrawn=tuple(line for line in lines if line.withdrawn),
        count=counted((line.state, line.required) for line in current),
        bare_items=items_without_evidence(
            found.scale, [(line.state, [item.key for item in line.items]) for line in current]
        ),
        audit=_last_audit(found.id),
    )


def attachment_of(assessment_id: UUID, file_id: UUID) -> Attachment | None:
    """The stored file behind a line; None where it was removed or belongs elsewhere. One statement."""
    query = (
        select(Attachment)
        .join(PortfolioFile, PortfolioFile.attachment_id == Attachment.id)
        .join(RequestedDocument, RequestedDocument.id == PortfolioFile.document_id)
        .where(
            PortfolioFile.id == file_id,
            PortfolioFile.removed_at.is_(None),
            RequestedDocument.assessment_id == assessment_id,
        )
    )
    return db.session.execute(query).scalar_one_or_none()


@dataclass
class _Attached:
    present: list[FileLine] = field(default_factory=list)
    removed: list[FileLine] = field(default_factory=list)


def _rows(assessment_id: UUID) -> Iterable[tuple[RequestedDocument, str | None, str | None]]:
    asker, changer = aliased(Person), aliased(Person)
    query = (
        select(RequestedDocument, asker.name, changer.name)
        .outerjoin(asker, asker.id == RequestedDocument.asked_by)
        .outerjoin(changer, changer.id == RequestedDocument.changed_by)
        .where(RequestedDocument.assessment_id == assessment_id)
        .order_by(RequestedDocument.position, RequestedDocument.id)
        .execution_options(populate_existing=True)
    )
    return [(row, asked, by) for row, asked, by in db.session.execute(query)]


def _files(assessment_id: UUID) -> dict[UUID, _Attached]:
    query = (
        select(PortfolioFile.document_id, PortfolioFile.id, PortfolioFile.removed_at, Attachment)
        .join(RequestedDocument, RequestedDocument.id == PortfolioFile.document_id)
        .join(Attachment, Attachment.id == PortfolioFile.attachment_id)
        .where(RequestedDocument.assessment_id == assessment_id)
        .order_by(Attachment.created_at, Attachment.original_name, PortfolioFile.id)
    )
    found: dict[UUID, _Attached] = {}
    for document_id, file_id, removed_at, stored in db.session.execute(query):
        line = FileLine(
            file_id, stored.original_name, size_words(stored.size), stored.created_at, removed_at is not None
        )
        attached = found.setdefault(document_id, _Attached())
        (attached.removed if line.removed else attached.present).append(line)
    return found


def _line(
    found: LoadedReview,
    row: RequestedDocument,
    asker: str | None,
    changer: str | None,
    attached: dict[UUID, _Attached],
) -> DocumentLine:
    own = attached.get(row.id, _Attached())
    keys = set(row.item_keys)
    return DocumentLine(
        id=row.id,
        number=row.position,
        title=row.title,
        send=row.send,
        leave_out=row.leave_out,
        required=row.required,
        items=tuple(item for item in found.scale.items if item.key in keys),
        state=row.state,
        note=row.note,
        asked_by=asker,
        withdrawn=row.withdrawn_at is not None,
        version=row.version,
        changed_at=row.changed_at,
        changed_by=changer,
        files=tuple(own.present),
        removed_files=tuple(own.removed),
    )


def _last_audit(assessment_id: UUID) -> AuditLine | None:
    query = (
        select(PortfolioAudit, Person.name)
        .outerjoin(Person, Person.id == PortfolioAudit.by)
        .where(PortfolioAudit.assessment_id == assessment_id)
        .order_by(PortfolioAudit.at.desc(), PortfolioAudit.id)
        .limit(1)
    )
    row = db.session.execute(query).one_or_none()
    if row is None:
        return None
    audit, name = row
    return AuditLine(audit.at, name, audit.supplied, audit.asked, audit.gaps, audit.comment)
