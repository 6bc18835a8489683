"""From data/worksheets.toml to worksheets. Refuses what does not hold, in one line with file and reason."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Callable
from fractions import Fraction

from portal.reviews.external.rules.notes import SOURCES
from portal.reviews.external.rules.worksheet import (
    NEEDED_KINDS,
    TWO_QUESTIONS,
    AnswerKind,
    Measure,
    MeasureKind,
    Output,
    Question,
    Take,
    Threshold,
    Worksheet,
)
from portal.reviews.external.rules.worksheet_words import DEFAULT_SAYS, unknown_words
from portal.scales.rules.definition import Item, Scale
from portal.scales.rules.errors import DefinitionError
from portal.scales.rules.fields import Fields

FindScale = Callable[[str], Scale]  # raises KeyError
_THRESHOLD = re.compile(r"(at least|more than) ([0-9]+(?:/[1-9][0-9]*)?)\Z")
_ROW_TAKES = frozenset({Take.ROWS, Take.PER_ROW})
_COUNTED_BY_ROW = frozenset({MeasureKind.CELLS, MeasureKind.PAIR})


def load_worksheets(text: str, file: str, find_scale: FindScale) -> tuple[Worksheet, ...]:
    """The worksheets that the file describes. Raises DefinitionError naming the file and the reason."""
    try:
        raw = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        raise DefinitionError(file, "", str(error)) from None
    top = Fields(raw, file)
    if top.whole("format") != 1:
        raise top.error("“format” must be 1")
    sheets = tuple(_worksheet(fields, find_scale) for fields in top.tables("worksheets"))
    top.finish()
    _demand_once([sheet.key for sheet in sheets], top, "worksheets")
    _demand_one_filler(sheets, top)
    return sheets


def _worksheet(fields: Fields, find_scale: FindScale) -> Worksheet:
    key = fields.slug("key")
    scales = fields.texts("scales")
    for scale in scales:
        _scale(fields, scale, find_scale)
    questions = tuple(_question(one) for one in fields.tables("questions"))
    _demand_once([question.key for question in questions], fields, f"the questions of “{key}”")
    _demand_limits(questions, fields)
    by_key = {question.key: question for question in questions}
    measures = tuple(_measure(one, by_key, scales, find_scale) for one in fields.tables("measures"))
    _demand_once([measure.key for measure in measures], fields, f"the measures of “{key}”")
    sheet = Worksheet(
        key=key,
        title=fields.text("title"),
        short=fields.text("short"),
        summary=fields.text("summary"),
        noun=fields.text("noun"),
        nouns=fields.text("nouns"),
        start=0 if fields.flag("sample") else fields.whole("start"),
        cards=fields.flag("cards"),
        scales=scales,
        sources=_sources(fields),
        questions=questions,
        measures=measures,
    )
    fields.finish()
    return sheet


def _sources(fields: Fields) -> tuple[str, ...]:
    sources = fields.texts("sources")
    unknown = sorted(set(sources) - set(SOURCES))
    if unknown:
        raise fields.error(f"{fields.name('sources')} has “{unknown[0]}”, not one of {', '.join(SOURCES)}")
    return sources


def _question(fields: Fields) -> Question:
    kind = AnswerKind(fields.choice("kind", tuple(AnswerKind)))
    choices = fields.table("choices", needed=kind is AnswerKind.CHOICE)
    question = Question(
        key=fields.slug("key"),
        kind=kind,
        label=fields.text("label"),
        help=fields.text("help", ""),
        group=fields.text("group", ""),
        choices={name: choices.text(name) for name in choices.names()},
        at_most=fields.text("at_most", ""),
    )
    fields.finish()
    return question


def _demand_limits(questions: tuple[Question, ...], fields: Fields) -> None:
    numbers = {q.key for q in questions if q.kind in (AnswerKind.NUMBER, AnswerKind.WHOLE)}
    for question in questions:
        if question.at_most and not {question.key, question.at_most} <= numbers:
            raise fields.error(f"“at_most” of “{question.key}” needs two questions for a number")


def _measure(
    fields: Fields, questions: dict[str, Question], scales: tuple[str, ...], find_scale: FindScale
) -> Measure:
    kind = MeasureKind(fields.choice("kind", tuple(MeasureKind)))
    outputs = tuple(_output(one, kind, scales, find_scale) for one in fields.tables("outputs", needed=False))
    measure = Measure(
        key=fields.slug("key"),
        title=fields.text("title"),
        kind=kind,
        of=fields.texts("of"),
        says=fields.text("says", DEFAULT_SAYS.get(kind, "")),
        outputs=outputs,
        at_most=fields.whole("at_most") if kind is MeasureKind.WITHIN else 0,
        at_least=(fields.threshold("at_least") if kind is MeasureKind.REACH else None) or Fraction(0),
        values=fields.texts("values", needed=kind is MeasureKind.CHOSEN),
    )
    fields.finish()
    _demand_questions(measure, questions, fields)
    if kind is not MeasureKind.TALLY and (not measure.says or unknown_words(measure.says)):
        raise fields.error(f"“says” of “{measure.key}” must put the figure into words that are known")
    return measure


def _demand_questions(measure: Measure, questions: dict[str, Question], fields: Fields) -> None:
    for name in measure.of:
        if name not in questions:
            raise fields.error(f"“{measure.key}” asks for “{name}”, which is not a question here")
        if questions[name].kind not in NEEDED_KINDS[measure.kind]:
            raise fields.error(f"“{measure.key}” cannot use the answers to “{name}”")
    count = 2 if measure.kind in TWO_QUESTIONS else 1
    if len(measure.of) != count and not (measure.kind is MeasureKind.CELLS and measure.of):
        raise fields.error(f"“{measure.key}” needs {count} question{'s' if count > 1 else ''}")
    unknown = set(measure.values) - set(questions[measure.of[0]].choices)
    if unknown:
        raise fields.error(f"“{measure.key}” has “{min(unknown)}”, which is not a choice")


def _output(fields: Fields, kind: MeasureKind, scales: tuple[str, ...], find_scale: FindScale) -> Output:
    wanted = fields.texts("scales", needed=False) or scales
    inputs = fields.table("inputs", needed=False)
    facts = fields.table("facts", needed=False)
    output = Output(
        item=fields.slug("item"),
        scales=wanted,
        inputs={name: Take(inputs.choice(name, tuple(Take))) for name in inputs.names()},
        facts={name: _threshold(facts, name) for name in facts.names()},
    )
    fields.finish()
    for scale in wanted:
        _demand_known(output, _scale(fields, scale, find_scale), fields)
    if kind is MeasureKind.TALLY and (output.inputs or output.facts):
        raise fields.error("a tally has no figure for a calculator")
    if _ROW_TAKES & set(output.inputs.values()) and kind not in _COUNTED_BY_ROW:
        raise fields.error("“rows” and “per-row” belong to a measure of cells or of a pair")
    return output


def _threshold(fields: Fields, name: str) -> Threshold:
    found = _THRESHOLD.match(fields.text(name))
    if found is None or Fraction(found[2]) > 1:
        raise fields.error(f"{fields.name(name)} must be like “at least 1/2” or “more than 1/2”")
    return Threshold(Fraction(found[2]), strict=found[1] == "more than")


def _scale(fields: Fields, key: str, find_scale: FindScale) -> Scale:
    try:
        return find_scale(key)
    except KeyError:
        raise fields.error(f"there is no scale “{key}”") from None


def _demand_known(output: Output, scale: Scale, fields: Fields) -> None:
    try:
        item: Item = scale.item(output.item)
    except KeyError:
        raise fields.error(f"{scale.key} has no item “{output.item}”") from None
    rule = item.rule
    inputs = {entry.key for entry in rule.inputs}
    facts = {fact.key for fact in (*rule.facts, *rule.components)}
    for name in (*sorted(set(output.inputs) - inputs), *sorted(set(output.facts) - facts)):
        raise fields.error(f"“{output.item}” of {scale.key} does not ask for “{name}”")


def _demand_once(keys: list[str], fields: Fields, where: str) -> None:
    twice = next((key for place, key in enumerate(keys) if key in keys[:place]), None)
    if twice:
        raise fields.error(f"“{twice}” stands twice in {where}")


def _demand_one_filler(sheets: tuple[Worksheet, ...], fields: Fields) -> None:
    """Two measures may not fill the same entry of the same calculator."""
    seen: set[tuple[str, str, str]] = set()
    for output in (o for sheet in sheets for measure in sheet.measures for o in measure.outputs):
        for scale in output.scales:
            for name in (*output.inputs, *output.facts):
                place = (scale, output.item, name)
                if place in seen:
                    raise fields.error(f"two measures fill “{name}” of “{output.item}” ({scale})")
                seen.add(place)
