"""How far the tasks of remedial plans are, by the quarter in which they fall due.

A dropped task counts on neither side. Source: OHID specification 12.4; contract.md, “Readings”.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date

from portal.core.rules.quarters import Quarter, quarter_of


@dataclass(frozen=True)
class Task:
    """A live task: when it is due, and whether it is done."""

    due: date | None
    done: bool


@dataclass(frozen=True)
class Progress:
    """So many done of so many."""

    done: int
    tasks: int


def by_quarter(tasks: Iterable[Task]) -> Mapping[Quarter, Progress]:
    """The tasks due in each quarter that has any, the earliest quarter first."""
    found: dict[Quarter, Progress] = {}
    for task in tasks:
        if task.due is not None:
            quarter = quarter_of(task.due)
            before = found.get(quarter, Progress(0, 0))
            found[quarter] = Progress(before.done + task.done, before.tasks + 1)
    return dict(sorted(found.items()))
