"""A worksheet as JSON, for the arithmetic in the browser."""

from __future__ import annotations

from typing import Any

from portal.reviews.external.rules.worksheet import Measure, Worksheet
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
