"""All that a page shows of an item, as JSON: the one definition behind the server's and the offline pages.

Both draw it and neither adds a text of the scale's own. tests/browser/test_on_site_item_definition.py
compares the two pages for every item.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from portal.reviews.assessment.item_page import ROLE_TITLES, SOURCE_TITLES
from portal.scales.rules.definition import Basis, Fact, Item, Rule, RuleKind, Scale
from portal.scales.rules.entries import FIGURE
from portal.scales.rules.words import describe
from portal.scales.rules.writing import rule_to_json

DERIVED = "The source gives a guideline only; these anchors are ours."
UNCHECKED = "Anchors not yet compared with the printed scale."
COMPONENTS, FACTS = "Tick what is in place", "Tick what is true now"

_made: dict[tuple[str, str], dict[str, Any]] = {}


def item_definition(scale: Scale, item: Item) -> dict[str, Any]:
    """The item for a page. Made once for each scale's content: nobody may change what is returned."""
    place = (scale.digest, item.key)
    found = _made.get(place)
    if found is None:
        found = _definition(scale, item)
        if scale.digest:  # a scale without one was made by hand and may share its item keys with others
            _made[place] = found
    return found


def _definition(scale: Scale, item: Item) -> dict[str, Any]:
    return {
        "key": item.key,
        "number": item.number,
        "section": item.section,
        "title": item.title,
        "definition": item.definition,
        "remark": " ".join(filter(None, (_basis(item), item.note))),
        "anchors": [{"rating": rating, "text": item.anchors[rating]} for rating in _best_first(item.anchors)],
        "calculator": calculator(item.rule),
        "rule": rule_to_json(item.rule),
        "why": item.why,
        "look_for": list(item.look_for),
        "sources": [{"code": code, "title": SOURCE_TITLES.get(code, code)} for code in item.sources],
        "questions": [
            {"role": role, "title": ROLE_TITLES.get(role, role), "questions": list(questions)}
            for role, questions in item.questions.items()
        ],
    }


def _basis(item: Item) -> str:
    if item.basis is Basis.DERIVED:
        return DERIVED
    return "" if item.checked else UNCHECKED


def _best_first(anchors: Mapping[int, str]) -> list[int]:
    return sorted(anchors, reverse=True)


def calculator(rule: Rule) -> dict[str, Any] | None:
    """The calculator's fields in their order, and what earns which rating; None where there is none."""
    if rule.kind is RuleKind.DESCRIBED:
        return None
    groups = ((COMPONENTS, rule.components), (FACTS, rule.facts))
    return {
        "fields": list(_fields(rule)) if rule.kind is RuleKind.RATIO else [],
        "ticks": [{"legend": legend, "facts": _ticks(facts)} for legend, facts in groups if facts],
        "thresholds": [str(threshold) for threshold in describe(rule)],
        "note": rule.note,
    }


def _fields(rule: Rule) -> Iterable[dict[str, str]]:
    for entry in rule.inputs:
        yield _field(entry.key, entry.label, entry.unit, entry.hint)
    if rule.direct:
        label = f"Or the figure itself: {rule.figure_label.lower()}"
        yield _field(FIGURE, label, rule.figure_unit, "")


def _field(key: str, label: str, unit: str, hint: str) -> dict[str, str]:
    """A number's field. A unit that only says the label again is left out."""
    return {"key": key, "label": label, "unit": "" if unit == label.lower() else unit, "hint": hint}


def _ticks(facts: Iterable[Fact]) -> list[dict[str, str]]:
    return [{"key": fact.key, "label": fact.label} for fact in facts]
