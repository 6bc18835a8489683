"""What a rule is refused for."""

from __future__ import annotations

import copy
from typing import Any

import pytest

from tests.unit.scales.samples import COMPONENTS, RATIO, raw_scale, refusal_of_rule, small

FACT = [{"key": "log", "label": "The log is kept"}]
CAP = [{"rating": 3, "absent": ["log"], "because": "no log is kept"}]
LEVELS: dict[str, Any] = {
    "kind": "levels",
    "facts": [{"key": key, "label": f"Fact {key}"} for key in "abcd"],
    "floors": [{"rating": n, "present": [key], "because": f"{key} holds"} for n, key in enumerate("abcd", 2)],
}

REFUSED: list[tuple[dict[str, Any], dict[str, Any], str]] = [
    (RATIO, {"kind": "magic"}, "“rule.kind” is “magic”, not one of ratio, components, levels, described"),
    (RATIO, {"ratings": [1]}, "“rule.ratings” is not a known field"),
    (RATIO, {"better": "bigger"}, "“rule.better” is “bigger”"),
    (RATIO, {"numerator": ["people"]}, "the input “people” does not exist"),
    (RATIO, {"numerator": []}, "“rule.numerator” is empty"),
    (RATIO, {"denominator": ["clients"]}, "the input “fte” is asked for and changes nothing"),
    (RATIO, {"numerator": ["clients", "fte"]}, "an input stands both above and below the line"),
    (RATIO, {"facts": FACT}, "the fact “log” is asked for and changes nothing"),
    (RATIO, {"caps": CAP}, "the fact “log” does not exist"),
    (RATIO, {"caps": [{"rating": 3, "because": "of it"}]}, "the cap of 3 has no condition"),
    (RATIO, {"facts": FACT, "caps": [CAP[0] | {"rating": 6}]}, "a cap has the rating 6, outside 1 to 5"),
    (RATIO, {"facts": FACT, "caps": [CAP[0] | {"because": ""}]}, "because” is empty"),
    (
        RATIO,
        {"facts": FACT, "caps": [CAP[0] | {"present": ["log"]}]},
        "wants the same fact present and absent",
    ),
    (RATIO, {"facts": FACT, "caps": [CAP[0] | {"above": "3"}]}, "needs “input” with “above” or “below”"),
    (RATIO, {"facts": FACT, "caps": [CAP[0] | {"input": "fte"}]}, "needs “input” with “above” or “below”"),
    (RATIO, {"facts": FACT, "caps": [CAP[0] | {"input": "x", "below": "1"}]}, "the input “x” does not exist"),
    (RATIO, {"facts": FACT, "caps": [CAP[0] | {"input": "fte", "below": 1}]}, "a number in quotation marks"),
    (RATIO, {"cutoffs": {}}, "“cutoffs” is missing"),
    (RATIO, {"cutoffs": {"5": 20}}, "“rule.cutoffs”, rating 5, must be a number in quotation marks"),
    (
        RATIO,
        {"cutoffs": {"5": "20", "4": "20", "3": "30", "2": "40"}},
        "the cut-offs of 5 and 4 are not in order",
    ),
    (
        RATIO,
        {"cutoffs": {"5": "20", "4": "25", "3": "45", "2": "40"}},
        "the cut-offs of 3 and 2 are not in order",
    ),
    (RATIO, {"better": "higher"}, "the cut-offs of 5 and 4 are not in order"),
    (RATIO, {"cutoffs": {"5": "20", "3": "30", "2": "40"}}, "the rating 4 can never be reached"),
    (RATIO, {"cutoffs": {"6": "10", "5": "20", "4": "25", "3": "30", "2": "40"}}, "the rating 6 is outside"),
    (RATIO, {"otherwise": 2}, "“otherwise” must be below every rating"),
    (RATIO, {"otherwise": 0}, "the rating 0 is outside"),
    (RATIO, {"strict": [1]}, "names 1, which has no cut-off"),
    (RATIO, {"percent": True, "cutoffs": {"5": "101", "4": "102", "3": "103", "2": "104"}}, "over 100%"),
    (RATIO, {"inputs": RATIO["inputs"] * 2}, "two entries have the key “clients”"),
    (
        RATIO,
        {"inputs": [*RATIO["inputs"], {"key": "figure", "label": "F"}]},
        "no entry may have the key “figure”",
    ),
    (RATIO, {"inputs": [{"key": "clients", "label": ""}]}, "“rule.inputs[1].label” is empty"),
    (
        RATIO,
        {"facts": FACT, "caps": [{"rating": 4, "present": ["log"], "because": "x"}, CAP[0]]},
        "the rating 5 can never be reached",
    ),
    (COMPONENTS, {"ratings": [1, 2, 3, 4]}, "“ratings” has 4 entries, and 4 components need 5"),
    (COMPONENTS, {"ratings": [1, 3, 2, 4, 5]}, "“ratings” falls where more is present"),
    (COMPONENTS, {"ratings": [1, 2, 3, 4, 6]}, "“ratings” has 6, outside 1 to 5"),
    (COMPONENTS, {"ratings": [1, 1, 3, 4, 5]}, "the rating 2 can never be reached"),
    (COMPONENTS, {"components": []}, "“rule.components” is empty"),
    (COMPONENTS, {"cutoffs": {}}, "“rule.cutoffs” is not a known field"),
    (LEVELS, {"floors": LEVELS["floors"][:3]}, "the fact “d” is asked for and changes nothing"),
    (LEVELS, {"floors": []}, "“rule.floors” is empty"),
    ({"kind": "described"}, {"facts": FACT}, "“rule.facts” is not a known field"),
]


@pytest.mark.parametrize(("rule", "change", "reason"), REFUSED, ids=[reason for *_, reason in REFUSED])
def test_a_rule_is_refused_for(rule: dict[str, Any], change: dict[str, Any], reason: str) -> None:
    assert reason in refusal_of_rule(rule, **change)


MULTIPLE = {"rating": 5, "input": "fte", "below": "3", "factor": "2", "because": "twice"}


@pytest.mark.parametrize(
    ("change", "reason"),
    [
        ({}, "a figure of which more is better"),
        ({"input": "x"}, "the input “x” does not exist"),
        ({"factor": 2}, "a number in quotation marks"),
        ({"because": ""}, "“rule.multiple.because” is empty"),
    ],
)
def test_another_way_to_a_rating_is_refused_for(change: dict[str, Any], reason: str) -> None:
    assert reason in refusal_of_rule(RATIO, multiple=MULTIPLE | change)
    without = {key: value for key, value in MULTIPLE.items() if key != "below"}
    assert "both needed" in refusal_of_rule(RATIO, multiple=without)


def test_a_floor_can_reach_what_the_components_skip() -> None:
    rule = copy.deepcopy(COMPONENTS) | {"ratings": [1, 1, 3, 4, 5], "facts": FACT}
    rule["floors"] = [{"rating": 2, "present": ["log"], "because": "a log is kept"}]
    raw = raw_scale()
    raw["items"][1]["rule"] = rule
    assert small(items=raw["items"]).item("item-b").rule.floors[0].rating == 2


def test_levels_that_reach_every_rating_are_accepted() -> None:
    raw = raw_scale()
    raw["items"][1]["rule"] = copy.deepcopy(LEVELS)
    assert len(small(items=raw["items"]).item("item-b").rule.floors) == 4
