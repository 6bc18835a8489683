"""The timetable of a visit: interviews, observations and other sessions, with their times."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from enum import StrEnum

from portal.reviews.external.rules.plain_sight import identifying
from portal.reviews.external.rules.portfolio_file import LONGEST_MINUTES, MOST_PEOPLE

LEAST_MINUTES = 5
LONGEST_TITLE, LONGEST_PLACE, LONGEST_WHY = 120, 500, 2_000
MOST_DAYS_APART = 92  # a call may be weeks before or after the visit; further off is a slip of the pen
_TIME = re.compile(r"(\d{1,2})(?:[.:h ]?(\d{2}))? ?(am|pm)?", re.IGNORECASE | re.ASCII)


class MeetingState(StrEnum):
    """What became of a planned meeting."""

    PLANNED = "planned"
    DONE = "done"
    NOT_POSSIBLE = "not-possible"

    @property
    def title(self) -> str:  # type: ignore[override]  # str's own title() is of no use here
        return _STATES[self]


_STATES = {
    MeetingState.PLANNED: "Planned",
    MeetingState.DONE: "Done",
    MeetingState.NOT_POSSIBLE: "Not possible",
}


@dataclass(frozen=True)
class MeetingDraft:
    """What somebody enters for a meeting."""

    title: str
    on: date | None = None
    starts: time | None = None
    minutes: int | None = 30
    people: int | None = 1
    place: str = ""
    state: MeetingState = MeetingState.PLANNED
    why: str = ""


def problems(draft: MeetingDraft, first: date, last: date) -> dict[str, str]:
    """What is wrong with a draft, by field. `first` and `last`: the days of fieldwork."""
    found: dict[str, str] = {}
    if not draft.title.strip():
        found["title"] = "Enter what the meeting is"
    apart = timedelta(days=MOST_DAYS_APART)
    if draft.on is not None and not first - apart <= draft.on <= last + apart:
        found["on"] = "Enter a day within three months of the visit"
    if draft.starts is not None and draft.on is None:
        found["on"] = "Choose the day too"
    if draft.minutes is None or not LEAST_MINUTES <= draft.minutes <= LONGEST_MINUTES:
        found["minutes"] = f"Enter how many minutes, from {LEAST_MINUTES} to {LONGEST_MINUTES}"
    if draft.people is None or not 1 <= draft.people <= MOST_PEOPLE:
        found["people"] = f"Enter how many people, from 1 to {MOST_PEOPLE}"
    if draft.state is MeetingState.NOT_POSSIBLE and not draft.why.strip():
        found["why"] = "Say why it was not possible"
    for name, longest in (("title", LONGEST_TITLE), ("place", LONGEST_PLACE), ("why", LONGEST_WHY)):
        text = getattr(draft, name)
        if len(text) > longest:
            found[name] = f"Use {longest:,} characters or fewer"
        elif why_not := identifying(text):
            found[name] = why_not
    return found


def read_time(text: str) -> time | None:
    """A time as people type it: 9:30, 09.30, 9, 2pm, 1430. None for nothing.

    Raises ValueError with a message for the person.
    """
    text = text.strip()
    if not text:
        return None
    wrong = ValueError("Enter a time like 9:30 or 14:00")
    match = _TIME.fullmatch(text)
    if match is None:
        raise wrong
    hour, minute, half = int(match[1]), int(match[2] or 0), (match[3] or "").lower()
    if half:
        if not 1 <= hour <= 12:
            raise wrong
        hour = hour % 12 + (12 if half == "pm" else 0)
    if hour > 23 or minute > 59:
        raise wrong
    return time(hour, minute)


def ends(on: date, starts: time, minutes: int) -> time:
    """When a meeting ends. Wall-clock arithmetic: no visit crosses the night the clocks change."""
    return (datetime.combine(on, starts) + timedelta(minutes=minutes)).time()


@dataclass(frozen=True)
class Slot:
    """A meeting that has its time."""

    title: str
    on: date
    starts: time
    minutes: int

    @property
    def span(self) -> tuple[datetime, datetime]:
        begins = datetime.combine(self.on, self.starts)
        return begins, begins + timedelta(minutes=self.minutes)


def too_many_at_once(slots: Iterable[Slot], reviewers: int) -> tuple[tuple[Slot, ...], ...]:
    """Groups of meetings that go on at one moment and are more than there are reviewers to go.

    Each group is named at the start of its last meeting; the end of one may be the start of the next.
    """
    known = sorted(slots, key=lambda slot: (slot.span, slot.title))
    found: list[tuple[Slot, ...]] = []
    for place, slot in enumerate(known):
        begins = slot.span[0]
        going_on = (*(one for one in known[:place] if one.span[1] > begins), slot)
        if len(going_on) > reviewers:
            found.append(going_on)
    return tuple(found)


def changed(before: Mapping[str, object], after: Mapping[str, object]) -> list[str]:
    """The names of the fields that differ, in order. Their values stay out of the audit: it is for ever."""
    return sorted(name for name, value in after.items() if before[name] != value)
