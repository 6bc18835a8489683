"""Reading the team's worksheets: their rows as they stand."""

from __future__ import annotations

from uuid import UUID

from sqlalchemy import bindparam, select

from portal.core.db import db
from portal.reviews.external.fieldwork_worksheets import worksheets_for
from portal.reviews.external.loading import LoadedReview
from portal.reviews.external.models.fieldwork import WorksheetRow
from portal.reviews.external.rules.worksheet import Worksheet
from portal.reviews.external.rules.worksheet_rows import Row, laid_out
from portal.reviews.external.rules.worksheet_sums import Rows

_COLUMNS = (
    WorksheetRow.worksheet,
    WorksheetRow.position,
    WorksheetRow.answers,
    WorksheetRow.version,
    WorksheetRow.removed_at,
)
_ALL = select(*_COLUMNS).where(WorksheetRow.assessment_id == bindparam("assessment_id"))
_ONE = _ALL.where(WorksheetRow.worksheet == bindparam("worksheet"))


def stored_rows(assessment_id: UUID) -> dict[str, dict[int, Row]]:
    """Every stored row by worksheet and position, removed ones among them. One statement."""
    found: dict[str, dict[int, Row]] = {}
    for key, position, answers, version, removed_at in db.session.execute(
        _ALL, {"assessment_id": assessment_id}
    ):
        found.setdefault(key, {})[position] = Row(position, answers, version, removed_at is not None)
    return found


def rows_of(found: LoadedReview, sheet: Worksheet) -> list[Row]:
    """The rows of one worksheet from 1 on, removed ones among them. One statement."""
    given = {"assessment_id": found.id, "worksheet": sheet.key}
    stored = {
        position: Row(position, answers, version, removed_at is not None)
        for _, position, answers, version, removed_at in db.session.execute(_ONE, given)
    }
    return laid_out(sheet, stored, found.process.record_sample)


def filled_sheets(found: LoadedReview) -> list[tuple[Worksheet, Rows]]:
    """Every worksheet of the review's scale with the answers of its rows. One statement."""
    stored = stored_rows(found.id)
    return [
        (
            sheet,
            [
                row.answers
                for _, row in sorted(stored.get(sheet.key, {}).items())
                if not row.removed and row.answers
            ],
        )
        for sheet in worksheets_for(found.scale.key)
    ]
