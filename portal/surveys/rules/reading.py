"""From the text of a file to a questionnaire; strict, as scales are read.

Every refusal is one line: file, field and reason (`DefinitionError`).
"""

from __future__ import annotations

import tomllib

from portal.core.rules.satisfaction import Satisfaction
from portal.scales.rules.errors import DefinitionError
from portal.scales.rules.fields import Fields
from portal.surveys.rules.questionnaire import Kind, Option, Question, Questionnaire, Section

KINDS = tuple(kind.value for kind in Kind)
CHOSEN = frozenset({Kind.CHOICE, Kind.SEVERAL})
MOST_OPTIONS, MOST_QUESTIONS = 15, 40
RATINGS = tuple(Option(one.value, one.words) for one in Satisfaction)


def load_questionnaire(text: str, file: str) -> Questionnaire:
    """The questionnaire in a file. Raises DefinitionError."""
    try:
        raw = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        raise DefinitionError(file, "", f"not readable as TOML: {error}") from None
    return read_questionnaire(raw, file)


def read_questionnaire(raw: object, file: str) -> Questionnaire:
    """A questionnaire from its table: of a file, or as a survey keeps it. Raises DefinitionError."""
    fields = Fields(raw, file)
    made = Questionnaire(
        key=fields.slug("key"),
        version=fields.whole("version"),
        title=fields.text("title"),
        about=fields.text("about"),
        sections=tuple(_section(one) for one in fields.tables("sections")),
        sources=tuple(_source(one) for one in fields.tables("sources")),
    )
    fields.finish()
    keys = [question.key for question in made.questions]
    twice = next((key for key in keys if keys.count(key) > 1), None)
    if twice is not None:
        raise fields.error(f"“sections” has the question “{twice}” twice")
    if len(keys) > MOST_QUESTIONS:
        raise fields.error(f"“sections” has {len(keys)} questions; the most is {MOST_QUESTIONS}")
    if sum(question.indicator for question in made.questions) > 1:
        raise fields.error("“sections” has more than one question for the indicator")
    return made


def _section(fields: Fields) -> Section:
    made = Section(
        fields.text("title"),
        fields.text("about", ""),
        tuple(_question(one) for one in fields.tables("questions")),
    )
    fields.finish()
    return made


def _question(fields: Fields) -> Question:
    kind = Kind(fields.choice("kind", KINDS))
    made = Question(
        key=fields.slug("key"),
        kind=kind,
        text=fields.text("text"),
        hint=fields.text("hint", ""),
        needed=fields.flag("needed"),
        options=_options(fields, kind),
        group=fields.flag("group"),
        indicator=fields.flag("indicator"),
    )
    if made.group and kind is not Kind.CHOICE:
        raise fields.error(f"{fields.name('group')} needs a question of the kind choice")
    if made.indicator and kind is not Kind.SATISFACTION:
        raise fields.error(f"{fields.name('indicator')} needs a question of the kind satisfaction")
    fields.finish()
    return made


def _options(fields: Fields, kind: Kind) -> tuple[Option, ...]:
    if kind is Kind.SATISFACTION:
        return RATINGS
    if kind not in CHOSEN:
        return ()
    found = []
    for one in fields.tables("options"):
        found.append(Option(one.slug("key"), one.text("text")))
        one.finish()
    keys = [option.key for option in found]
    if not 2 <= len(found) <= MOST_OPTIONS or len(set(keys)) < len(keys):
        raise fields.error(f"{fields.name('options')} must be 2 to {MOST_OPTIONS}, each with its own key")
    return tuple(found)


def _source(fields: Fields) -> tuple[str, str]:
    made = (fields.text("document"), fields.text("section"))
    fields.finish()
    return made
