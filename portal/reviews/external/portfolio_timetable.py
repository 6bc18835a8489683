"""The timetable of the visit as its pages, its CSV and its print show it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, time
from itertools import groupby
from uuid import UUID

from sqlalchemy import select

from portal.core.db import db
from portal.core.rules.cells import Cell
from portal.core.spreadsheets import write_csv
from portal.reviews.external.loading import LoadedReview
from portal.reviews.external.models.portfolio import PlannedMeeting
from portal.reviews.external.portfolio_data import request_list
from portal.reviews.external.rules.independence import REVIEWERS
from portal.reviews.external.rules.meetings import MeetingDraft, MeetingState, Slot, ends, too_many_at_once
from portal.reviews.external.rules.portfolio import MeetingKind, items_of_meeting
from portal.scales.rules.definition import Item

COLUMNS = ("Day", "Starts", "Ends", "Kind", "Meeting", "How many people", "Where", "State", "Why not")


@dataclass(frozen=True)
class MeetingLine:
    """One interview, observation or session. `detail` and `items` come from the data file and the scale."""

    id: UUID
    kind: MeetingKind
    role: str
    draft: MeetingDraft
    detail: str
    items: tuple[Item, ...]
    version: int
    removed: bool

    @property
    def ends(self) -> time | None:
        on, starts = self.draft.on, self.draft.starts
        if on is None or starts is None:
            return None
        return ends(on, starts, self.draft.minutes or 0)

    @property
    def clock(self) -> str:
        """9:30 to 10:15, or 9:30; empty without a time."""
        if self.draft.starts is None or self.ends is None:
            return ""
        return f"{short_time(self.draft.starts)} to {short_time(self.ends)}"

    @property
    def link(self) -> str:
        """The place where it is an address of a web page, else empty."""
        place = self.draft.place
        return place if place.startswith("https://") and not any(sign.isspace() for sign in place) else ""


@dataclass(frozen=True)
class Timetable:
    """Every meeting: those with a day by day and hour, those without, and those taken out."""

    lines: tuple[MeetingLine, ...]
    removed: tuple[MeetingLine, ...]
    clashes: tuple[tuple[Slot, ...], ...]

    @property
    def days(self) -> list[tuple[date, list[MeetingLine]]]:
        dated = [line for line in self.lines if line.draft.on is not None]
        dated.sort(key=lambda line: (line.draft.on or date.max, line.draft.starts or time.max))
        return [(on, list(lines)) for on, lines in groupby(dated, key=lambda line: line.draft.on or date.max)]

    @property
    def undated(self) -> list[MeetingLine]:
        return [line for line in self.lines if line.draft.on is None]

    @property
    def timed(self) -> int:
        return sum(line.draft.starts is not None for line in self.lines)

    @property
    def done(self) -> int:
        return sum(line.draft.state is MeetingState.DONE for line in self.lines)

    @property
    def not_possible(self) -> int:
        return sum(line.draft.state is MeetingState.NOT_POSSIBLE for line in self.lines)

    def line(self, meeting_id: UUID) -> MeetingLine | None:
        """The meeting with this id, removed ones too."""
        return next((one for one in (*self.lines, *self.removed) if one.id == meeting_id), None)


def short_time(value: time) -> str:
    """9:30."""
    return f"{value.hour}:{value.minute:02}"


def timetable_of(found: LoadedReview) -> Timetable:
    """The timetable of a review. One statement."""
    query = (
        select(PlannedMeeting)
        .where(PlannedMeeting.assessment_id == found.id)
        .order_by(PlannedMeeting.position, PlannedMeeting.id)
        .execution_options(populate_existing=True)
    )
    every = [_line(found, row) for row in db.session.execute(query).scalars()]
    lines = tuple(line for line in every if not line.removed)
    return Timetable(
        lines=lines,
        removed=tuple(line for line in every if line.removed),
        clashes=too_many_at_once(_slots(lines), max(1, len(found.of(*REVIEWERS)))),
    )


def timetable_csv(timetable: Timetable) -> bytes:
    """The timetable for a spreadsheet: in order of day and hour, those without a day at the end."""
    lines = [line for _, day in timetable.days for line in day] + timetable.undated
    return write_csv(COLUMNS, [_cells(line) for line in lines])


def _cells(line: MeetingLine) -> Sequence[Cell]:
    draft = line.draft
    return (
        draft.on.isoformat() if draft.on else "",
        f"{draft.starts:%H:%M}" if draft.starts else "",
        f"{line.ends:%H:%M}" if line.ends else "",
        line.kind.title,
        draft.title,
        draft.people or 0,
        draft.place,
        draft.state.title,
        draft.why,
    )


def _slots(lines: Sequence[MeetingLine]) -> list[Slot]:
    return [
        Slot(line.draft.title, line.draft.on, line.draft.starts, line.draft.minutes or 0)
        for line in lines
        if line.draft.on is not None
        and line.draft.starts is not None
        and line.draft.state is not MeetingState.NOT_POSSIBLE
    ]


def _line(found: LoadedReview, row: PlannedMeeting) -> MeetingLine:
    known = request_list().meeting(row.kind, row.role)
    keys = set(items_of_meeting(known, found.scale)) if known else set()
    return MeetingLine(
        id=row.id,
        kind=row.kind,
        role=row.role,
        draft=MeetingDraft(
            row.title, row.on, row.starts, row.minutes, row.people, row.place, row.state, row.why
        ),
        detail=known.detail if known else "",
        items=tuple(item for item in found.scale.items if item.key in keys),
        version=row.version,
        removed=row.removed_at is not None,
    )
