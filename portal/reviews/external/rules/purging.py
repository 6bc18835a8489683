"""When the personal data of a review's fieldwork is purged, and how that stands."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, fields
from datetime import date
from enum import StrEnum

from portal.programmes.rules.review import ReviewProcess
from portal.reviews.external.rules.timeline import shift


class PurgeState(StrEnum):
    """How the purge of a published review stands."""

    WAITING = "waiting"
    DUE = "due"
    HELD = "held"
    PURGED = "purged"

    @property
    def title(self) -> str:  # type: ignore[override]  # str's own title() is of no use here
        return _STATES[self]


_STATES = {
    PurgeState.WAITING: "Not due yet",
    PurgeState.DUE: "Due",
    PurgeState.HELD: "On legal hold",
    PurgeState.PURGED: "Purged",
}


@dataclass(frozen=True)
class Counts:
    """How much a purge emptied."""

    notes: int = 0
    meetings: int = 0
    answers: int = 0
    remarks: int = 0

    @property
    def words(self) -> str:
        """12 notes, 3 places of meetings, 4 answers in words, 2 remarks on documents."""
        parts = (
            (self.notes, "note", "notes"),
            (self.meetings, "place of a meeting", "places of meetings"),
            (self.answers, "answer in words", "answers in words"),
            (self.remarks, "remark on documents", "remarks on documents"),
        )
        said = [f"{count:,} {one if count == 1 else many}" for count, one, many in parts if count]
        return ", ".join(said) or "nothing to empty"

    def __add__(self, other: Counts) -> Counts:
        return Counts(*(getattr(self, one.name) + getattr(other, one.name) for one in fields(Counts)))


def lettered(texts: Iterable[str]) -> dict[str, str]:
    """A letter for each different text (A, B, … Z, AA), so that what counts them counts the same.

    Texts that differ in case or blanks only are the same, as the worksheets' sums have it.
    """
    letters: dict[str, str] = {}
    found = {}
    for text in texts:
        same = " ".join(text.split()).casefold()
        letters.setdefault(same, _letter(len(letters)))
        found[text] = letters[same]
    return found


def _letter(index: int) -> str:
    """A for 0, Z for 25, AA for 26: the columns of a spreadsheet."""
    above, place = divmod(index, 26)
    return (_letter(above - 1) if above else "") + chr(ord("A") + place)


def due_on(process: ReviewProcess, published_on: date) -> date:
    """The day of the purge: the programme's step, counted from publication."""
    step = process.by_key[process.purge_step]
    return shift(published_on, step.offset, step.unit)


def state_of(due: date, today: date, *, held: bool, purged: bool) -> PurgeState:
    """How it stands today. What was purged is purged, whatever came after."""
    if purged:
        return PurgeState.PURGED
    if held:
        return PurgeState.HELD
    return PurgeState.DUE if today >= due else PurgeState.WAITING
