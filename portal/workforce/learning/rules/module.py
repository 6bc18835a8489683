"""A module of learning: pages to read and a quiz. The format: docs/learning.md."""

from __future__ import annotations

from dataclasses import dataclass

from portal.core.rules.blocks import Block, word_count


@dataclass(frozen=True)
class Source:
    """Where the facts of a module come from."""

    document: str
    section: str


@dataclass(frozen=True)
class Page:
    """A page to read."""

    title: str
    blocks: tuple[Block, ...]

    @property
    def words(self) -> int:
        return word_count(self.blocks)


@dataclass(frozen=True)
class Answer:
    """An answer that may be chosen; `why` is shown to whoever chose it."""

    text: str
    why: str
    right: bool


@dataclass(frozen=True)
class Question:
    """A question of the quiz, with one right answer."""

    text: str
    answers: tuple[Answer, ...]

    @property
    def right(self) -> int:
        """The place of the right answer, from 0."""
        return next(place for place, answer in enumerate(self.answers) if answer.right)


@dataclass(frozen=True)
class Module:
    """A module in one version. `audiences`: keys of the required sets it is written for.

    pass_right of pass_of answers pass the quiz. expires_months: None where it never expires.
    """

    key: str
    version: int
    title: str
    summary: str
    audiences: tuple[str, ...]
    minutes: int
    aims: tuple[str, ...]
    pages: tuple[Page, ...]
    questions: tuple[Question, ...]
    pass_right: int
    pass_of: int
    expires_months: int | None
    sources: tuple[Source, ...]

    @property
    def words(self) -> int:
        """How many words its pages have."""
        return sum(page.words for page in self.pages)

    def mentions(self, words: str) -> bool:
        """Whether title, summary or aims hold every one of these words, in either case."""
        there = " ".join((self.title, self.summary, *self.aims)).casefold()
        return all(word in there for word in words.casefold().split())


@dataclass(frozen=True)
class ExternalCourse:
    """A course held elsewhere, whose completion somebody records. `link` is empty where there is none."""

    key: str
    title: str
    about: str
    provider: str
    link: str
    expires_months: int | None


@dataclass(frozen=True)
class ClinicalCourse:
    """A course for the clinical staff of host teams (OHID specification 3.7), as whoever holds it needs it.

    `points`: what it goes through; `after`: what the team does differently afterwards.
    """

    key: str
    title: str
    audience: str
    minutes: int
    about: str
    points: tuple[str, ...]
    after: str
    sources: tuple[Source, ...]


@dataclass(frozen=True)
class Requirement:
    """A course that a role must complete within so many weeks of its start.

    `before_clients`: also before the first work with a client.
    """

    course: str
    weeks: int
    before_clients: bool
    sources: tuple[Source, ...]


@dataclass(frozen=True)
class RequiredSet:
    """What a role must complete.

    `roles`: the portal's roles whose holders it may be set for; `default_for`: those who have it unless
    another is set for them.
    """

    key: str
    title: str
    about: str
    roles: tuple[str, ...]
    default_for: tuple[str, ...]
    requirements: tuple[Requirement, ...]
