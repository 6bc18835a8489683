"""One note or one worksheet row as it stands in the database now, for whoever is about to change it."""

from __future__ import annotations

from uuid import UUID

from sqlalchemy import bindparam, select

from portal.core.db import db
from portal.reviews.external.models.fieldwork import FieldNote, WorksheetRow

# Asked for every edit of a tablet: built once.
_NOTE = (
    select(FieldNote).where(FieldNote.id == bindparam("note_id")).execution_options(populate_existing=True)
)
_ROW = (
    select(WorksheetRow)
    .where(
        WorksheetRow.assessment_id == bindparam("assessment_id"),
        WorksheetRow.worksheet == bindparam("worksheet"),
        WorksheetRow.position == bindparam("position"),
    )
    .execution_options(populate_existing=True)
)


def note_now(note_id: UUID) -> FieldNote | None:
    """The note, of whichever review. One statement."""
    return db.session.execute(_NOTE, {"note_id": note_id}).scalar_one_or_none()


def row_now(assessment_id: UUID, worksheet: str, position: int) -> WorksheetRow | None:
    """The row of a worksheet; None where nothing was entered in it. One statement."""
    given = {"assessment_id": assessment_id, "worksheet": worksheet, "position": position}
    return db.session.execute(_ROW, given).scalar_one_or_none()
