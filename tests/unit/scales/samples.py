"""Small definitions for tests, as raw data that each test changes before it is read."""

from __future__ import annotations

import copy
from typing import Any

import pytest

from portal.scales.rules.definition import Rule, Scale
from portal.scales.rules.errors import DefinitionError
from portal.scales.rules.fields import Fields
from portal.scales.rules.loader import from_json
from portal.scales.rules.reading_rule import read_rule

FILE = "small.toml"
Raw = dict[str, Any]

COMPONENTS: Raw = {
    "kind": "components",
    "components": [{"key": key, "label": f"Part {key}"} for key in "abcd"],
    "ratings": [1, 2, 3, 4, 5],
}
RATIO: Raw = {
    "kind": "ratio",
    "numerator": ["clients"],
    "denominator": ["fte"],
    "better": "lower",
    "figure_label": "Clients per specialist",
    "figure_unit": "clients",
    "cutoffs": {"5": "20", "4": "25", "3": "30", "2": "40"},
    "otherwise": 1,
    "inputs": [
        {"key": "clients", "label": "Active clients", "unit": "clients", "whole": True},
        {"key": "fte", "label": "Specialists", "unit": "specialists"},
    ],
}


def raw_item(number: int, section: str, number_in_section: int, **changes: Any) -> Raw:
    """An item that is complete, with texts that differ from those of every other item."""
    key = changes.pop("key", f"item-{'abcdefghij'[number - 1]}")
    item: Raw = {
        "key": key,
        "number": number,
        "section": section,
        "number_in_section": number_in_section,
        "title": f"Title of {key}",
        "definition": f"What {key} is.",
        "why": f"Why {key} matters.",
        "look_for": [f"Evidence of {key}."],
        "sources": ["MIS", "INT"],
        "basis": "published",
        "questions": {
            "team-leader": ["How is it done?", "How often?"],
            "client": ["What happened?", "When was that?"],
        },
        "anchors": {str(r): f"Anchor {r} of {key}." for r in range(1, 6)},
        "next_steps": {str(r): f"From {r} with {key}." for r in range(1, 5)},
        "rule": copy.deepcopy(COMPONENTS),
    }
    return item | changes


def raw_scale(**changes: Any) -> Raw:
    """Four items in two sections, with bands from 4 to 20."""
    scale: Raw = {
        "format": 1,
        "key": "small",
        "version": "1.0.0",
        "title": "A small scale",
        "short_title": "Small",
        "summary": "For tests.",
        "source": "Ours.",
        "licence": "Free.",
        "use": "assess",
        "rating_min": 1,
        "rating_max": 5,
        "sections": [
            {"key": "staffing", "title": "Staffing", "prefix": "Staff"},
            {"key": "services", "title": "Services", "prefix": "Serv"},
        ],
        "bands": [
            {"key": "good", "title": "Good", "lowest": 16, "highest": 20},
            {"key": "fair", "title": "Fair", "lowest": 10, "highest": 15},
            {"key": "poor", "title": "Poor", "lowest": 4, "highest": 9},
        ],
        "items": [
            raw_item(1, "staffing", 1, rule=copy.deepcopy(RATIO)),
            raw_item(2, "staffing", 2),
            raw_item(3, "services", 1),
            raw_item(4, "services", 2),
        ],
    }
    return scale | changes


def small(**changes: Any) -> Scale:
    return from_json(raw_scale(**changes), FILE)


def rule_of(raw: Raw) -> Rule:
    """The rule in `raw`, as the file format writes it."""
    return read_rule(Fields(raw, FILE, "an-item", "rule"))


def refusal(raw: Raw) -> str:
    """The one line with which the definition is refused; fails where it is not."""
    with pytest.raises(DefinitionError) as refused:
        from_json(raw, FILE)
    line = str(refused.value)
    assert "\n" not in line
    assert line.startswith(FILE)
    return line


def refusal_of_item(**changes: Any) -> str:
    """As `refusal`, with the second item changed."""
    raw = raw_scale()
    raw["items"][1].update(changes)
    return refusal(raw)


def refusal_of_rule(raw_rule: Raw, **changes: Any) -> str:
    """As `refusal`, with a changed copy of `raw_rule` as the second item's."""
    line = refusal_of_item(rule=copy.deepcopy(raw_rule) | changes)
    assert line.startswith(f"{FILE}, item item-b: ")
    return line
