"""A worksheet as JSON: for the arithmetic in the browser, and whole for the pages on a device."""

from __future__ import annotations

from typing import Any

from portal.reviews.external.rules.worksheet import Measure, Output, Question, Worksheet
from portal.scales.rules.numbers import exact


def to_json(sheet: Worksheet) -> dict[str, Any]:
    """What worksheet_sums.js needs of the worksheet. Fractions are texts."""
    return {
        "noun": sheet.noun,
        "nouns": sheet.nouns,
        "choices": {question.key: dict(question.choices) for question in sheet.questions if question.choices},
        "measures": [_measure(measure) for measure in sheet.measures],
    }


def _measure(measure: Measure) -> dict[str, Any]:
    return {
        "key": measure.key,
        "kind": measure.kind.value,
        "of": list(measure.of),
        "says": measure.says,
        "at_most": measure.at_most,
        "at_least": exact(measure.at_least),
        "values": list(measure.values),
        "edges": [exact(edge) for edge in measure.edges],
    }


def page_json(sheet: Worksheet, scale_key: str) -> dict[str, Any]:
    """Everything a page of the worksheet shows, for one scale: `to_json` with its words, its questions, and
    what each measure fills in the calculators of the scale's items (on-site/offers.js reads that).

    What has an order is a list: keys may be sorted on the way.
    """
    found = to_json(sheet)
    for measure, written in zip(sheet.measures, found["measures"], strict=True):
        written["title"] = measure.title
        written["outputs"] = [_output(one) for one in measure.outputs if scale_key in one.scales]
    return found | {
        "key": sheet.key,
        "title": sheet.title,
        "short": sheet.short,
        "summary": sheet.summary,
        "cards": sheet.cards,
        "sources": list(sheet.sources),
        "questions": [_question(question) for question in sheet.questions],
        "items": list(sheet.items(scale_key)),
    }


def _question(question: Question) -> dict[str, Any]:
    return {
        "key": question.key,
        "kind": question.kind.value,
        "label": question.label,
        "help": question.help,
        "group": question.group,
        "choices": [{"key": key, "words": words} for key, words in question.choices.items()],
        "at_most": question.at_most,
    }


def _output(output: Output) -> dict[str, Any]:
    return {
        "item": output.item,
        "inputs": {key: take.value for key, take in output.inputs.items()},
        "facts": [
            {"key": key, "share": exact(one.share), "strict": one.strict, "words": one.words}
            for key, one in output.facts.items()
        ],
    }
