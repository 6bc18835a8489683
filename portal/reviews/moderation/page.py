"""What a page of moderation shows, as plain data, whatever is moderated."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime

from portal.reviews.moderation.queries import NO_THREAD, Case, Thread
from portal.reviews.moderation.rules.flags import Flag, FlagKind


@dataclass(frozen=True)
class Side:
    """What somebody rated, and what they wrote. `text` and `evidence` may be empty."""

    label: str
    rating: int | None
    text: str = ""
    evidence: str = ""


@dataclass(frozen=True)
class Change:
    """A rating that became another. Both sides stay visible."""

    before: int
    after: int
    when: str  # at which stage, as people read it
    reason: str
    name: str
    at: datetime


@dataclass(frozen=True)
class ItemRow:
    """One item. `rating` is what would stand; `version` guards a change of it."""

    number: int
    key: str
    title: str
    rating: int
    version: int = 0
    reason: str = ""
    comment: str = ""
    sides: tuple[Side, ...] = ()
    suggested: str = ""
    measures: tuple[str, ...] = ()  # the figures behind the suggestion, in words
    last: int | None = None
    last_words: str = ""  # which one that was
    flags: tuple[Flag, ...] = ()
    thread: Thread = NO_THREAD
    changes: tuple[Change, ...] = ()

    @property
    def needs_a_look(self) -> bool:
        """Whether it stands among the first: flagged, asked about, or changed."""
        return bool(self.flags or self.thread.messages or self.changes)

    @property
    def only_sources(self) -> bool:
        """Whether nothing but missing evidence speaks for a look."""
        quiet = all(flag.kind is FlagKind.SOURCE for flag in self.flags)
        return quiet and not self.thread.messages and not self.changes

    @property
    def weight(self) -> int:
        return sum(flag.weight for flag in self.flags)


@dataclass(frozen=True)
class Page:
    """The case with its items and what they come to."""

    case: Case
    rows: tuple[ItemRow, ...]
    total: int
    maximum: int
    band_key: str | None = None
    band_title: str = ""
    sources: Mapping[str, str] = field(default_factory=dict)  # kinds of evidence that an answer may name

    @property
    def first(self) -> list[ItemRow]:
        """What needs a look: open queries, then by weight, then by number."""
        found = [row for row in self.rows if row.needs_a_look]
        return sorted(found, key=lambda row: (not row.thread.is_open, -row.weight, row.number))

    @property
    def rest(self) -> list[ItemRow]:
        return [row for row in self.rows if not row.needs_a_look]

    @property
    def open_queries(self) -> int:
        return sum(row.thread.is_open for row in self.rows)

    @property
    def changed(self) -> list[ItemRow]:
        return [row for row in self.rows if row.changes]


@dataclass(frozen=True)
class Typed:
    """A form of one item as somebody typed it and it could not be saved. `theirs`: what stands instead."""

    number: int
    form: str  # query, answer, resolve or amend
    values: Mapping[str, str]
    problems: Mapping[str, str] = field(default_factory=dict)
    theirs: Mapping[str, object] = field(default_factory=dict)
    chosen: tuple[str, ...] = ()  # the sources ticked in an answer

    def with_problems(self, problems: Mapping[str, str]) -> Typed:
        """The same, with what is wrong with it."""
        return replace(self, problems=problems)

    def with_theirs(self, reason: str, theirs: Mapping[str, object]) -> Typed:
        """The same, beside what somebody saved first."""
        return replace(self, problems={"theirs": reason}, theirs=theirs)

    def errors(self) -> list[dict[str, str]]:
        """For the summary at the top of the page."""
        return [
            {"text": f"Item {self.number}: {text}", "href": f"#{name}-{self.number}"}
            for name, text in self.problems.items()
        ]

    def of(self, number: int, form: str) -> Mapping[str, str]:
        """The values of this form of this item; none for every other."""
        return self.values if self.is_for(number, form) else {}

    def is_for(self, number: int, form: str) -> bool:
        return (self.number, self.form) == (number, form)


NOTHING_TYPED = Typed(0, "", {})
