"""What a questionnaire is: sections of questions, some of which sort the answers into groups."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

Given = str | tuple[str, ...]
Answers = Mapping[str, Given]


class Kind(StrEnum):
    """How a question is answered."""

    SATISFACTION = "satisfaction"  # very poor, poor, fair, good, excellent
    CHOICE = "choice"  # one of several
    SEVERAL = "several"  # any of several
    TEXT = "text"


@dataclass(frozen=True)
class Option:
    """An answer to choose."""

    key: str
    text: str


@dataclass(frozen=True)
class Question:
    """`group`: results are also shown by its answers. `indicator`: it counts for indicator 5."""

    key: str
    kind: Kind
    text: str
    hint: str
    needed: bool
    options: tuple[Option, ...]
    group: bool = False
    indicator: bool = False

    @property
    def keys(self) -> frozenset[str]:
        return frozenset(option.key for option in self.options)


@dataclass(frozen=True)
class Section:
    """Questions that stand on one page."""

    title: str
    about: str
    questions: tuple[Question, ...]


@dataclass(frozen=True)
class Questionnaire:
    """A questionnaire, as a file has it. `sources`: (document, section) each."""

    key: str
    version: int
    title: str
    about: str
    sections: tuple[Section, ...]
    sources: tuple[tuple[str, str], ...]

    @property
    def questions(self) -> tuple[Question, ...]:
        return tuple(question for section in self.sections for question in section.questions)

    @property
    def groupings(self) -> tuple[Question, ...]:
        """The questions by whose answers results are shown."""
        return tuple(question for question in self.questions if question.group)

    @property
    def indicator(self) -> Question | None:
        """The question that counts for indicator 5, where it has one."""
        return next((question for question in self.questions if question.indicator), None)

    def question(self, key: str) -> Question | None:
        return next((question for question in self.questions if question.key == key), None)
