"""The files of a portfolio: supplying them, taking them away and putting them back."""

from __future__ import annotations

import uuid
from collections.abc import Sequence
from uuid import UUID

from sqlalchemy import select

from portal.accounts.rules.actors import Actor
from portal.core import clock
from portal.core.act import act
from portal.core.db import db
from portal.core.errors import Forbidden, Invalid, NotFound, Refused
from portal.core.storage.service import FIELD, Saved, record, save
from portal.reviews.external.loading import load_for, load_review, may_do, may_see
from portal.reviews.external.models.portfolio import PortfolioFile, RequestedDocument
from portal.reviews.external.rules.portfolio import settled
from portal.reviews.external.rules.workflow import Action
from portal.reviews.external.service.portfolio import count_files, document_row, touch

MOST_FILES = 20  # of one document
Upload = tuple[str, bytes]  # its name, as sent, and its content


def add_files(actor: Actor, assessment_id: UUID, document_id: UUID, uploads: Sequence[Upload]) -> list[UUID]:
    """Supply files for a document, all or none. One that was not supplied is supplied now.

    Raises NotFound, Refused, Forbidden, or Invalid (field `file`) where one cannot be taken.
    """
    _judge(actor, assessment_id)  # who may not do this must not make the server write
    if len(uploads) > MOST_FILES:
        raise Invalid({FIELD: f"Choose {MOST_FILES} files at most"})
    saved = [_save(name, data, alone=len(uploads) == 1) for name, data in uploads]
    with act(actor, "portfolio.add-files", ("review", assessment_id)) as work:
        load_for(actor, assessment_id, Action.PREPARE)
        row = document_row(assessment_id, document_id)
        before = count_files(document_id)
        if before + len(saved) > MOST_FILES:
            raise Refused(f"A document takes {MOST_FILES} files at most. Remove one first.")
        rows = [
            PortfolioFile(id=uuid.uuid4(), document_id=document_id, attachment_id=record(actor, one).id)
            for one in saved
        ]
        db.session.add_all(rows)
        _settle(row, before + len(saved))
        touch(actor, row)
        work.note(
            document=document_id,
            title=row.title,
            files=[{"name": one.original_name, "size": one.size, "sha256": one.sha256} for one in saved],
        )
    return [one.id for one in rows]


def remove_file(actor: Actor, assessment_id: UUID, file_id: UUID, *, back: bool = False) -> RequestedDocument:
    """Take a file away, or put it back (`back`). It is kept all the while. Returns its document."""
    with act(actor, f"portfolio.{'restore' if back else 'remove'}-file", ("review", assessment_id)) as work:
        load_for(actor, assessment_id, Action.PREPARE)
        file = db.session.execute(
            select(PortfolioFile).where(PortfolioFile.id == file_id).execution_options(populate_existing=True)
        ).scalar_one_or_none()
        if file is None:
            raise NotFound("There is no such file.")
        row = document_row(assessment_id, file.document_id)
        if (file.removed_at is None) is back:
            work.unchanged()
            return row
        count = count_files(row.id)
        if back and count >= MOST_FILES:
            raise Refused(f"A document takes {MOST_FILES} files at most. Remove one first.")
        file.removed_at = None if back else clock.now()
        _settle(row, count + (1 if back else -1))
        touch(actor, row)
        work.note(document=row.id, title=row.title, file=file_id)
        return row


def _settle(row: RequestedDocument, files: int) -> None:
    row.state = settled(row.state, files, row.note)


def _save(name: str, data: bytes, *, alone: bool) -> Saved:
    try:
        return save(name, data)
    except Invalid as error:
        if alone:
            raise
        raise Invalid({FIELD: f"{name}: {error.problems[FIELD]}. None of the files was added"}) from error


def _judge(actor: Actor, assessment_id: UUID) -> None:
    found = load_review(assessment_id)
    if found is None or not (actor.is_portal or may_see(actor, found)):
        raise NotFound("There is no such review that you may see.")
    if not may_do(actor, Action.PREPARE, found):
        raise Forbidden("You may not do this.")
