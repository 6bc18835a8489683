"""Rows of worksheets: saved one at a time, added, removed and put back."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from uuid import UUID

from sqlalchemy import func, select

from portal.accounts.rules.actors import Actor
from portal.core import clock
from portal.core.act import act
from portal.core.db import db
from portal.core.errors import Invalid, NotFound, Refused, Stale
from portal.reviews.external.fieldwork_records import row_now
from portal.reviews.external.fieldwork_worksheets import worksheets_for
from portal.reviews.external.loading import LoadedReview, load_for
from portal.reviews.external.models.fieldwork import WorksheetRow
from portal.reviews.external.rules.plain_sight import identifying
from portal.reviews.external.rules.workflow import Action
from portal.reviews.external.rules.worksheet import AnswerKind, Worksheet
from portal.reviews.external.rules.worksheet_answers import read_row
from portal.reviews.external.rules.worksheet_rows import MOST_ROWS
from portal.reviews.external.service.fieldwork import Saved


def save_row(
    actor: Actor,
    assessment_id: UUID,
    sheet_key: str,
    position: int,
    typed: Mapping[str, str],
    expected_version: int,
) -> Saved:
    """Save one row of a worksheet. Saving what stands changes nothing.

    Raises NotFound, Refused, Forbidden, Invalid by question, or Stale with the answers that stand.
    """
    return _save(actor, assessment_id, sheet_key, position, lambda _sheet, _stands: typed, expected_version)


def change_row(
    actor: Actor,
    assessment_id: UUID,
    sheet_key: str,
    position: int,
    fields: Mapping[str, str],
    expected_version: int,
) -> Saved:
    """Save some answers of a row and leave the others as they stand. Raises as `save_row`.

    A row beyond those that stand is made: a device numbers the rows that it adds without a network.
    """

    def typed_of(sheet: Worksheet, stands: Mapping[str, str]) -> Mapping[str, str]:
        if unknown := sorted(fields.keys() - sheet.by_key.keys()):
            raise Invalid({unknown[0]: f"This worksheet has no question “{unknown[0]}”"})
        return {**stands, **fields}

    return _save(actor, assessment_id, sheet_key, position, typed_of, expected_version, adds=True)


def _save(
    actor: Actor,
    assessment_id: UUID,
    sheet_key: str,
    position: int,
    typed_of: Callable[[Worksheet, Mapping[str, str]], Mapping[str, str]],
    expected_version: int,
    *,
    adds: bool = False,
) -> Saved:
    with act(actor, "reviews.tally", ("review", assessment_id)) as work:
        found, sheet, row = _open(actor, assessment_id, sheet_key, position, adds=adds)
        stands = dict(row.answers) if row else {}
        answers = _answers(sheet, typed_of(sheet, stands))
        if stands == answers and (row is None or row.removed_at is None):
            work.unchanged()
            return Saved(row.version if row else 0, row.changed_at if row else clock.now())
        if row is not None and row.removed_at is not None:
            raise Refused(f"Somebody removed {sheet.row_name(position).lower()}. Put it back first.")
        if (row.version if row else 0) != expected_version:
            version = row.version if row else 0
            raise Stale(f"Somebody else saved {sheet.row_name(position).lower()} first.", stands, version)
        row = row or _new(found, sheet, position)
        _touch(actor, row)
        row.answers = answers
        row.version += 1
        changed = sorted(key for key in {*stands, *answers} if stands.get(key) != answers.get(key))
        work.note(worksheet=sheet.key, row=position, version=row.version, changed=changed)
        return Saved(row.version, row.changed_at)


def add_row(actor: Actor, assessment_id: UUID, sheet_key: str) -> int:
    """Add an empty row at the end. Returns its number. Raises NotFound, Refused or Forbidden."""
    with act(actor, "reviews.add-row", ("review", assessment_id)) as work:
        found, sheet, _ = _open(actor, assessment_id, sheet_key, 1)
        last = db.session.execute(
            select(func.max(WorksheetRow.position)).where(
                WorksheetRow.assessment_id == assessment_id, WorksheetRow.worksheet == sheet.key
            )
        ).scalar_one()
        position = max(sheet.start or found.process.record_sample, last or 0) + 1
        if position > MOST_ROWS:
            raise Refused(f"A worksheet has {MOST_ROWS} rows at most.")
        _touch(actor, _new(found, sheet, position, version=1))
        work.note(worksheet=sheet.key, row=position)
    return position


def remove_row(
    actor: Actor, assessment_id: UUID, sheet_key: str, position: int, *, back: bool = False
) -> str:
    """Take a row out of the figures, or put it back with its answers. Returns its name.

    Raises NotFound, Refused or Forbidden.
    """
    with act(actor, f"reviews.{'restore' if back else 'remove'}-row", ("review", assessment_id)) as work:
        found, sheet, row = _open(actor, assessment_id, sheet_key, position)
        name = sheet.row_name(position)
        if (row is None or row.removed_at is None) is back:
            work.unchanged()
            return name
        row = row or _new(found, sheet, position, version=1)
        row.removed_at = None if back else clock.now()
        _touch(actor, row)
        work.note(worksheet=sheet.key, row=position)
    return name


def _open(
    actor: Actor, assessment_id: UUID, sheet_key: str, position: int, *, adds: bool = False
) -> tuple[LoadedReview, Worksheet, WorksheetRow | None]:
    found = load_for(actor, assessment_id, Action.TALLY)
    sheet = next((one for one in worksheets_for(found.scale.key) if one.key == sheet_key), None)
    if sheet is None or not 1 <= position <= MOST_ROWS:
        raise NotFound("This review has no such worksheet or row.")
    row = row_now(assessment_id, sheet_key, position)
    if row is None and not adds and position > (sheet.start or found.process.record_sample):
        raise NotFound("This worksheet has no such row.")  # a row beyond the first ones is added first
    return found, sheet, row


def _answers(sheet: Worksheet, typed: Mapping[str, str]) -> dict[str, str]:
    answers, problems = read_row(sheet, typed)
    for question in sheet.questions:
        why_not = identifying(answers.get(question.key, "")) if question.kind is AnswerKind.TEXT else None
        if why_not:
            problems[question.key] = f"{question.label}: {why_not[0].lower()}{why_not[1:]}"
    if problems:
        raise Invalid(problems)
    return answers


def _new(found: LoadedReview, sheet: Worksheet, position: int, version: int = 0) -> WorksheetRow:
    row = WorksheetRow(
        assessment_id=found.id, worksheet=sheet.key, position=position, answers={}, version=version
    )
    db.session.add(row)
    return row


def _touch(actor: Actor, row: WorksheetRow) -> None:
    row.changed_at, row.changed_by = clock.now(), actor.person_id
