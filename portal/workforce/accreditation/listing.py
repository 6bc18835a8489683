"""The reviewers of a supplier as their page lists them."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from sqlalchemy import select

from portal.core import clock
from portal.core.db import db
from portal.core.spreadsheets import write_csv
from portal.workforce.accreditation.models import ReviewerAccreditation
from portal.workforce.accreditation.queries import reviewers_of
from portal.workforce.accreditation.rules.standing import (
    Standing,
    covered_until,
    left_words,
    pressing,
    standing,
)

COLUMNS = ("Name", "Region", "Accreditation", "Until", "From")


@dataclass(frozen=True)
class ReviewerLine:
    """A reviewer with how their accreditation stands today. `begins`: of one that is still to come."""

    id: UUID
    name: str
    region: str | None
    until: date | None
    begins: date | None
    standing: Standing
    words: str


def reviewer_lines(supplier_id: UUID) -> list[ReviewerLine]:
    """The reviewers of a supplier, those whose accreditation ends soon first. Three statements."""
    today = clock.today()
    people = reviewers_of(supplier_id, today)
    spans = _spans(one.id for one in people)
    lines = []
    for one in people:
        own = spans.get(one.id, [])
        until = covered_until(own, today)
        begins = min((first for first, _ in own if first > today and first > (until or today)), default=None)
        lines.append(
            ReviewerLine(
                one.id, one.name, one.region, until, begins, standing(until, today), left_words(until, today)
            )
        )
    return sorted(lines, key=lambda line: pressing(line.until, today, line.name))


def chosen(lines: Sequence[ReviewerLine], words: str, state: str) -> list[ReviewerLine]:
    """Those whose name or region holds these words, in this standing (empty: any)."""
    wanted = words.casefold().split()
    return [
        line
        for line in lines
        if all(word in f"{line.name} {line.region or ''}".casefold() for word in wanted)
        and state in ("", line.standing.value)
    ]


def reviewers_csv(lines: Iterable[ReviewerLine]) -> bytes:
    """The list for a spreadsheet."""
    return write_csv(
        COLUMNS,
        [(line.name, line.region, line.standing.title, line.until, line.begins) for line in lines],
    )


def _spans(person_ids: Iterable[UUID]) -> dict[UUID, list[tuple[date, date]]]:
    query = select(
        ReviewerAccreditation.person_id, ReviewerAccreditation.starts, ReviewerAccreditation.ends
    ).where(ReviewerAccreditation.person_id.in_(set(person_ids)))
    found: dict[UUID, list[tuple[date, date]]] = {}
    for person_id, starts, ends in db.session.execute(query):
        found.setdefault(person_id, []).append((starts, ends))
    return found
