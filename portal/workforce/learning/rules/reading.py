"""From the text of a file to a module, the external courses or a required set; strict, as scales are read.

Every refusal is one line: file, field and reason (`DefinitionError`).
"""

from __future__ import annotations

import tomllib
from collections.abc import Collection

from portal.core.rules.blocks import Block, read_blocks
from portal.scales.rules.errors import DefinitionError
from portal.scales.rules.fields import Fields
from portal.workforce.learning.rules.module import (
    Answer,
    ClinicalCourse,
    ExternalCourse,
    Module,
    Page,
    Question,
    RequiredSet,
    Requirement,
    Source,
)

AUDIENCES = ("employment-specialist", "senior", "team-leader", "reviewer", "eism")
RESERVED = ("certificates", "gate", "host-teams", "people", "uptake")  # pages of learning that are no module
PAGES, QUESTIONS, ANSWERS = (3, 6), (4, 8), (3, 4)  # the fewest and the most
MOST_MINUTES, MOST_MONTHS, MOST_WEEKS = 180, 60, 104


def load_module(text: str, file: str) -> Module:
    """The module in a file. Raises DefinitionError."""
    fields = _fields(text, file)
    questions = tuple(_question(one) for one in _counted(fields, "questions", QUESTIONS))
    passing = fields.table("pass")
    right, of = passing.whole("right"), passing.whole("of")
    passing.finish()
    if of != len(questions):
        raise fields.error(f"“pass.of” is {of}, but there are {len(questions)} questions")
    if not 1 <= right <= of:
        raise fields.error(f"“pass.right” is {right}, which is not from 1 to {of}")
    module = Module(
        key=_key(fields),
        version=_between(fields, "version", 1, 999),
        title=fields.text("title"),
        summary=fields.text("summary"),
        audiences=_among(fields, "audiences", AUDIENCES),
        minutes=_between(fields, "minutes", 1, MOST_MINUTES),
        aims=fields.texts("aims"),
        pages=tuple(_page(one) for one in _counted(fields, "pages", PAGES)),
        questions=questions,
        pass_right=right,
        pass_of=of,
        expires_months=_months(fields),
        sources=_sources(fields),
    )
    fields.finish()
    return module


def load_external(text: str, file: str) -> tuple[ExternalCourse, ...]:
    """The external courses in a file. Raises DefinitionError."""
    fields = _fields(text, file)
    courses = []
    for one in fields.tables("courses"):
        link = one.text("link", "")
        if link and not link.startswith("https://"):
            raise one.error(f"{one.name('link')} must begin with https://")
        courses.append(
            ExternalCourse(
                key=one.slug("key"),
                title=one.text("title"),
                about=one.text("about"),
                provider=one.text("provider"),
                link=link,
                expires_months=_months(one),
            )
        )
        one.finish()
    fields.finish()
    _once(fields, "courses", [course.key for course in courses])
    return tuple(courses)


def load_clinical(text: str, file: str) -> tuple[ClinicalCourse, ...]:
    """The courses for clinical staff in a file. Raises DefinitionError."""
    fields = _fields(text, file)
    courses = []
    for one in fields.tables("courses"):
        courses.append(
            ClinicalCourse(
                key=one.slug("key"),
                title=one.text("title"),
                audience=one.text("audience"),
                minutes=_between(one, "minutes", 1, MOST_MINUTES),
                about=one.text("about"),
                points=one.texts("points"),
                after=one.text("after"),
                sources=_sources(one),
            )
        )
        one.finish()
    fields.finish()
    _once(fields, "courses", [course.key for course in courses])
    return tuple(courses)


def load_required(text: str, file: str, roles: Collection[str], courses: Collection[str]) -> RequiredSet:
    """The required set in a file. `roles` and `courses` are those that there are. Raises DefinitionError."""
    fields = _fields(text, file)
    key = fields.choice("key", AUDIENCES)
    held = _among(fields, "roles", roles)
    default = _among(fields, "default_for", held, needed=False)
    found = tuple(_requirement(one, courses) for one in fields.tables("courses"))
    made = RequiredSet(key, fields.text("title"), fields.text("about"), held, default, found)
    fields.finish()
    _once(fields, "courses", [one.course for one in found])
    return made


def _requirement(fields: Fields, courses: Collection[str]) -> Requirement:
    course = fields.slug("course")
    if course not in courses:
        raise fields.error(f"{fields.name('course')} is “{course}”, which is no module or external course")
    weeks = _between(fields, "weeks", 1, MOST_WEEKS)
    made = Requirement(course, weeks, fields.flag("before_clients"), _sources(fields))
    fields.finish()
    return made


def _fields(text: str, file: str) -> Fields:
    try:
        return Fields(tomllib.loads(text), file)
    except tomllib.TOMLDecodeError as error:
        raise DefinitionError(file, "", f"not readable as TOML: {error}") from None


def _key(fields: Fields) -> str:
    key = fields.slug("key")
    if key in RESERVED:
        raise fields.error(f"“key” is “{key}”, which is the address of another page")
    return key


def _page(fields: Fields) -> Page:
    page = Page(fields.text("title"), _blocks(fields))
    fields.finish()
    return page


def _blocks(fields: Fields) -> tuple[Block, ...]:
    try:
        return read_blocks(fields.text("text"))
    except ValueError as error:
        if isinstance(error, DefinitionError):
            raise
        raise fields.error(f"{fields.name('text')}: {error}") from None


def _question(fields: Fields) -> Question:
    text = fields.text("text")
    answers = []
    for one in _counted(fields, "answers", ANSWERS):
        answers.append(Answer(one.text("text"), one.text("why"), one.flag("right")))
        one.finish()
    right = sum(answer.right for answer in answers)
    if right != 1:
        raise fields.error(f"{fields.name('answers')} has {right} right answers; it must have one")
    _once(fields, "answers", [answer.text for answer in answers])
    fields.finish()
    return Question(text, tuple(answers))


def _sources(fields: Fields) -> tuple[Source, ...]:
    found = []
    for one in fields.tables("sources"):
        found.append(Source(one.text("document"), one.text("section")))
        one.finish()
    return tuple(found)


def _counted(fields: Fields, field: str, bounds: tuple[int, int]) -> tuple[Fields, ...]:
    found = fields.tables(field)
    least, most = bounds
    if not least <= len(found) <= most:
        raise fields.error(f"{fields.name(field)} has {len(found)}; it must have {least} to {most}")
    return found


def _between(fields: Fields, field: str, least: int, most: int) -> int:
    value = fields.whole(field)
    if not least <= value <= most:
        raise fields.error(f"{fields.name(field)} is {value}; it must be from {least} to {most}")
    return value


def _months(fields: Fields) -> int | None:
    return _between(fields, "expires_months", 1, MOST_MONTHS) if fields.has("expires_months") else None


def _among(fields: Fields, field: str, allowed: Collection[str], needed: bool = True) -> tuple[str, ...]:
    values = fields.texts(field, needed)
    for value in values:
        if value not in allowed:
            raise fields.error(f"{fields.name(field)} has “{value}”, not one of {', '.join(allowed)}")
    return values


def _once(fields: Fields, field: str, values: list[str]) -> None:
    twice = next((value for value in values if values.count(value) > 1), None)
    if twice is not None:
        raise fields.error(f"{fields.name(field)} has “{twice}” twice")
