"""What the fieldwork pages show besides the notes: the visit's meetings and the state of the worksheets."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, time

from sqlalchemy import bindparam, select

from portal.core.db import db
from portal.reviews.assessment.item_page import ROLE_TITLES
from portal.reviews.external.fieldwork_notes import NoteLine, roles_asked
from portal.reviews.external.fieldwork_rows import filled_sheets
from portal.reviews.external.loading import LoadedReview
from portal.reviews.external.models.portfolio import PlannedMeeting
from portal.reviews.external.rules.meetings import MeetingState
from portal.reviews.external.rules.notes import NoteKind
from portal.reviews.external.rules.portfolio import MeetingKind
from portal.reviews.external.rules.worksheet import Worksheet

_MEETINGS = (
    select(
        PlannedMeeting.kind,
        PlannedMeeting.role,
        PlannedMeeting.title,
        PlannedMeeting.on,
        PlannedMeeting.starts,
        PlannedMeeting.people,
        PlannedMeeting.state,
    )
    .where(PlannedMeeting.assessment_id == bindparam("assessment_id"), PlannedMeeting.removed_at.is_(None))
    .order_by(PlannedMeeting.on, PlannedMeeting.starts, PlannedMeeting.position)
)
_NOTE_KINDS = {
    MeetingKind.INTERVIEW: NoteKind.INTERVIEW,
    MeetingKind.OBSERVATION: NoteKind.OBSERVATION,
}


@dataclass(frozen=True)
class VisitLine:
    """A conversation or an observation of the visit, with how many notes there are of it.

    `notes` is None for observations, which have no role to count by.
    """

    title: str
    kind: NoteKind
    role: str
    on: date | None = None
    starts: time | None = None
    people: int = 0
    state: MeetingState | None = None
    notes: int | None = None


def visit(found: LoadedReview, notes: Iterable[NoteLine]) -> list[VisitLine]:
    """What the team does on site, planned meetings first. One statement."""
    counts = Counter(note.role for note in notes)
    lines, planned = [], set()
    for row in db.session.execute(_MEETINGS, {"assessment_id": found.id}):
        if row.kind not in _NOTE_KINDS:
            continue
        kind = _NOTE_KINDS[row.kind]
        interview = kind is NoteKind.INTERVIEW
        planned |= {row.role} if interview else set()
        lines.append(
            VisitLine(
                row.title,
                kind,
                row.role if interview else "",
                row.on,
                row.starts,
                row.people,
                row.state,
                counts[row.role] if interview else None,
            )
        )
    lines += [
        VisitLine(title, NoteKind.INTERVIEW, role, notes=counts[role])
        for role, title in roles_asked(found.scale, ROLE_TITLES).items()
        if role not in planned
    ]
    return lines


@dataclass(frozen=True)
class SheetLine:
    """A worksheet with how many rows have been begun."""

    sheet: Worksheet
    begun: int


def sheet_lines(found: LoadedReview) -> list[SheetLine]:
    """The worksheets of the review's scale. One statement."""
    return [SheetLine(sheet, len(rows)) for sheet, rows in filled_sheets(found)]
