"""The work-streams of a contract, and an activity of one: what the progress report is evidence of.

Source: OHID specification 2.2 (the four elements), 3.2 to 3.14 (what each includes), 11.2.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from enum import StrEnum


class Stream(StrEnum):
    """The work-streams, in the order of the specification."""

    OPERATIONS = "operations"
    REVIEWS = "reviews"
    WORKFORCE = "workforce"
    REPORTING = "reporting"

    @property
    def words(self) -> str:
        return _WORDS[self]


_WORDS = {
    Stream.OPERATIONS: "Operational support: mobilisation and quality improvement",
    Stream.REVIEWS: "Fidelity reviews",
    Stream.WORKFORCE: "Workforce development",
    Stream.REPORTING: "Reporting and monitoring",
}
BY_HAND = "entered"  # the source of an activity that somebody typed


@dataclass(frozen=True)
class Activity:
    """Something planned for a quarter, done in it, or both. `on`: the day, where it has one.

    `source`: what kind of record it is, or BY_HAND. `note`: what became of something planned and not done.
    """

    stream: str
    text: str
    planned: bool
    done: bool
    on: date | None = None
    source: str = BY_HAND
    note: str = ""


def in_order(activities: Iterable[Activity]) -> tuple[Activity, ...]:
    """By work-stream, then what was done by its day, then what was planned and not done."""
    place = {stream.value: number for number, stream in enumerate(Stream)}
    return tuple(
        sorted(
            activities,
            key=lambda one: (place[one.stream], not one.done, one.on or date.max, one.source, one.text),
        )
    )
