"""Keeping anonymous answers so that nothing in the database tells which came when.

A row has no column that tells it, but the database itself remembers: PostgreSQL which transaction wrote
a row and where it lies, a file of SQLite in which order the rows of one page were written. The row that
marks somebody's invitation carries the same marks. So no row is written alone: with every answer
`OTHERS` rows that were there before, drawn by chance, are written anew among the new ones, with new keys
and in a new order. Whoever reads the marks then finds that an answer is one of `OTHERS` + 1, each as
likely as the next, at a cost that does not grow with the survey. Until there are so many rows all of
them are written anew, and so they are once more when the survey closes: from then on the marks say
nothing but when it was closed.

See docs/decisions/surveys-beside-events.md, which also says what is left.
"""

from __future__ import annotations

import secrets
import uuid
from collections.abc import Iterable, Mapping, Sequence
from typing import Any, cast
from uuid import UUID

from sqlalchemy import Row, Select, Table, delete, insert, select

from portal.core.db import db
from portal.surveys.models import AnonymousSheet, SurveyText

OTHERS = 31
_SHEETS, _TEXTS = cast(Table, AnonymousSheet.__table__), cast(Table, SurveyText.__table__)


def mix_in(survey_id: UUID, chosen: Mapping[str, Any], written: Mapping[str, str]) -> None:
    """Keep an anonymous answer. Both tables are stirred, so that neither tells who left it blank."""
    sheets = [{"chosen": dict(chosen)}] if chosen else []
    texts = [{"question": question, "text": words} for question, words in written.items()]
    _write(_SHEETS, survey_id, _drawn(_SHEETS, survey_id), sheets)
    _write(_TEXTS, survey_id, _drawn(_TEXTS, survey_id), texts)


def mix_all(survey_id: UUID) -> None:
    """Write every row of an anonymous survey anew: when it closes, once."""
    for table in (_SHEETS, _TEXTS):
        _write(table, survey_id, db.session.execute(_rows_of(table, survey_id)).all(), [])


def _rows_of(table: Table, survey_id: UUID) -> Select[Any]:
    return select(table).where(table.c.survey_id == survey_id)


def _drawn(table: Table, survey_id: UUID) -> Sequence[Row[Any]]:
    """Rows that follow one another by key, from a place drawn by chance, the last followed by the first.

    Keys are drawn anew whenever a row is written, so neighbours are as good as drawn one by one.
    """
    start, rows = uuid.uuid4(), _rows_of(table, survey_id).order_by(table.c.id)
    found = db.session.execute(rows.where(table.c.id >= start).limit(OTHERS)).all()
    if len(found) == OTHERS:
        return found
    return [*found, *db.session.execute(rows.where(table.c.id < start).limit(OTHERS - len(found)))]


def _write(table: Table, survey_id: UUID, there: Sequence[Row[Any]], new: Iterable[dict[str, Any]]) -> None:
    """Delete the rows that are there, and write them and the new ones with new keys in a new order."""
    rows = [dict(row._mapping) for row in there] + [{"survey_id": survey_id, **one} for one in new]
    if not rows:
        return
    if there:
        db.session.execute(delete(table).where(table.c.id.in_([row.id for row in there])))
    secrets.SystemRandom().shuffle(rows)
    db.session.execute(insert(table), [row | {"id": uuid.uuid4()} for row in rows])
