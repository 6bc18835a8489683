"""What a worksheet is: rows of questions, what is measured over the rows, and the items this informs.

The record review of a fidelity review samples about ten client records (fidelity.md, section 2.4); the
tallies of contacts, caseloads, hours and jobs are worksheets of the same kind. Read from
data/worksheets.toml by `worksheet_loader`; `worksheet_sums` does the arithmetic and
portal/static/js/worksheet_sums.js the same in the browser.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from fractions import Fraction


class AnswerKind(StrEnum):
    """What an answer is."""

    DATE = "date"  # stored as 2026-03-27
    YES_NO = "yes-no"  # yes, no, na (not applicable)
    NUMBER = "number"
    WHOLE = "whole"
    CHOICE = "choice"
    TEXT = "text"


class MeasureKind(StrEnum):
    """What is made of the answers of all rows: always a number above and one below the line."""

    DAYS = "days"  # days from the first date to the second, added up / rows with both
    WITHIN = "within"  # rows where that is at most so many days / rows with both
    SHARE = "share"  # rows with yes / rows with yes or no
    CHOSEN = "chosen"  # rows with one of these choices / rows with any
    REACH = "reach"  # rows whose number is at least so much / rows with a number
    NUMBER = "number"  # the numbers added up / rows with a number
    PAIR = "pair"  # the first numbers added up / the second, over rows with both
    CELLS = "cells"  # the numbers of several questions added up / how many are filled in
    DISTINCT = "distinct"  # different texts / rows with a text
    TALLY = "tally"  # how often each choice was made; no figure


NEEDED_KINDS: Mapping[MeasureKind, tuple[AnswerKind, ...]] = {
    MeasureKind.DAYS: (AnswerKind.DATE,),
    MeasureKind.WITHIN: (AnswerKind.DATE,),
    MeasureKind.SHARE: (AnswerKind.YES_NO,),
    MeasureKind.CHOSEN: (AnswerKind.CHOICE,),
    MeasureKind.REACH: (AnswerKind.NUMBER, AnswerKind.WHOLE),
    MeasureKind.NUMBER: (AnswerKind.NUMBER, AnswerKind.WHOLE),
    MeasureKind.PAIR: (AnswerKind.NUMBER, AnswerKind.WHOLE),
    MeasureKind.CELLS: (AnswerKind.NUMBER, AnswerKind.WHOLE),
    MeasureKind.DISTINCT: (AnswerKind.TEXT,),
    MeasureKind.TALLY: (AnswerKind.CHOICE,),
}
TWO_QUESTIONS = frozenset({MeasureKind.DAYS, MeasureKind.WITHIN, MeasureKind.PAIR})


class Take(StrEnum):
    """Which number of a measure fills a calculator's input."""

    NUMERATOR = "numerator"
    DENOMINATOR = "denominator"
    VALUE = "value"
    ROWS = "rows"  # of cells or a pair: the rows that entered
    PER_ROW = "per-row"  # of cells or a pair: what is below the line, for each such row


@dataclass(frozen=True)
class Question:
    """One question asked of every row. `at_most` names a question whose number this one cannot exceed."""

    key: str
    kind: AnswerKind
    label: str
    help: str = ""
    group: str = ""
    choices: Mapping[str, str] = field(default_factory=dict)  # key -> words
    at_most: str = ""


@dataclass(frozen=True)
class Threshold:
    """The share of rows from which a fact counts as true; `strict` excludes the share itself."""

    share: Fraction
    strict: bool = False

    def met(self, value: Fraction) -> bool:
        """Whether this share is enough."""
        return value > self.share if self.strict else value >= self.share

    @property
    def words(self) -> str:
        """from 75% on; above 50%; at 100%."""
        if self.share == 1 and not self.strict:
            return "at 100%"
        return f"above {self.share * 100}%" if self.strict else f"from {self.share * 100}% on"


@dataclass(frozen=True)
class Output:
    """What a measure fills in the calculator of an item: inputs, and facts from a share of rows on."""

    item: str
    scales: tuple[str, ...]
    inputs: Mapping[str, Take]
    facts: Mapping[str, Threshold]


@dataclass(frozen=True)
class Measure:
    """One figure over the rows. `says` puts it into words; see `worksheet_words`."""

    key: str
    title: str
    kind: MeasureKind
    of: tuple[str, ...]
    says: str
    outputs: tuple[Output, ...]
    at_most: int = 0  # days, of WITHIN
    at_least: Fraction = Fraction(0)  # of REACH
    values: tuple[str, ...] = ()  # of CHOSEN

    @property
    def edges(self) -> tuple[Fraction, ...]:
        """Percentages on whose own side the figure must be shown."""
        return tuple(one.share * 100 for output in self.outputs for one in output.facts.values())


@dataclass(frozen=True)
class Worksheet:
    """A worksheet. `start` rows stand from the beginning; 0 means the programme's sample of records."""

    key: str
    title: str
    short: str
    summary: str
    noun: str  # what a row is: “record”
    nouns: str
    start: int
    cards: bool  # every row a card of its own, for worksheets with many questions
    scales: tuple[str, ...]
    sources: tuple[str, ...]  # the sources that its figures count as
    questions: tuple[Question, ...]
    measures: tuple[Measure, ...]

    def question(self, key: str) -> Question:
        """The question with this key. Raises KeyError."""
        return self.by_key[key]

    @property
    def by_key(self) -> Mapping[str, Question]:
        """The questions by key."""
        return {question.key: question for question in self.questions}

    @property
    def groups(self) -> Mapping[str, tuple[Question, ...]]:
        """The questions by group, in order."""
        found: dict[str, list[Question]] = {}
        for question in self.questions:
            found.setdefault(question.group, []).append(question)
        return {group: tuple(questions) for group, questions in found.items()}

    def items(self, scale_key: str) -> tuple[str, ...]:
        """The items of a scale that this worksheet informs, each once."""
        keys = (o.item for m in self.measures for o in m.outputs if scale_key in o.scales)
        return tuple(dict.fromkeys(keys))

    def row_name(self, position: int) -> str:
        """Record 3."""
        return f"{self.noun[0].upper()}{self.noun[1:]} {position}"
