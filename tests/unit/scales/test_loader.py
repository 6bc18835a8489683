"""What a definition is refused for, and what survives reading and writing."""

from __future__ import annotations

import json
from typing import Any

import pytest

from portal.scales.rules.definition import Basis, RuleKind
from portal.scales.rules.errors import DefinitionError
from portal.scales.rules.loader import from_json, load_scale, to_json
from tests.unit.scales.samples import (
    raw_item,
    raw_scale,
    refusal,
    refusal_of_item,
    small,
)


def test_a_complete_definition_is_read() -> None:
    scale = small()
    assert [item.key for item in scale.items] == ["item-a", "item-b", "item-c", "item-d"]
    assert scale.item("item-c").anchors[5] == "Anchor 5 of item-c."
    assert (scale.lowest_total, scale.highest_total) == (4, 20)


def test_what_is_written_as_json_is_read_back_exactly() -> None:
    scale = small(crosswalk={"other": {"item-a": "x"}}, notes=["One."])
    again = from_json(json.loads(json.dumps(to_json(scale))))
    assert again == scale
    assert again.digest == scale.digest
    assert to_json(again) == to_json(scale)


def test_the_digest_is_a_sha_256_that_every_text_moves() -> None:
    changed = raw_scale()
    changed["items"][3]["why"] += " And more."
    digests = {small().digest, from_json(changed).digest, small(version="1.0.1").digest}
    assert len(digests) == 3
    assert all(len(digest) == 64 for digest in digests)


def test_the_digest_does_not_depend_on_the_order_of_fields_or_on_defaults_written_out() -> None:
    reordered = dict(reversed(raw_scale().items()))
    reordered["items"] = [dict(reversed(item.items())) for item in reordered["items"]]
    reordered["items"][1] |= {"note": "", "checked": False}
    assert from_json(reordered).digest == small().digest


def test_a_definition_cannot_be_changed_once_read() -> None:
    scale = small()
    with pytest.raises(TypeError):
        scale.items[0].anchors[1] = "Other"  # type: ignore[index]  # the point of the test


def test_toml_that_cannot_be_read_is_refused_in_one_line() -> None:
    with pytest.raises(DefinitionError, match=r"^bad.toml: not readable as TOML: .*line 2") as refused:
        load_scale("format = 1\nkey = \n", "bad.toml")
    assert "\n" not in str(refused.value)


@pytest.mark.parametrize("field", ["title", "short_title", "summary", "source", "licence", "use", "version"])
def test_a_missing_or_empty_text_of_the_scale_is_refused(field: str) -> None:
    raw = raw_scale()
    assert f"“{field}” is empty" in refusal(raw | {field: "  "})
    del raw[field]
    assert f"“{field}” is missing" in refusal(raw)


TOP: list[tuple[dict[str, Any], str]] = [
    ({"format": 2}, "“format” is not 1"),
    ({"colour": "red"}, "“colour” is not a known field"),
    ({"key": "Small Scale"}, "use lower-case letters"),
    ({"version": "1.0"}, "write three numbers"),
    ({"use": "maybe"}, "not one of assess, history, incomplete"),
    ({"rating_min": 5}, "“rating_min” must be below “rating_max”"),
    ({"rating_max": True}, "“rating_max” must be a whole number"),
    ({"title": 7}, "“title” must be a text"),
    ({"notes": ["Same.", "Same."]}, "says the same thing twice"),
    ({"items": []}, "“items” is empty"),
    ({"items": {}}, "“items” must be a list"),
    ({"items": ["x"]}, "must be a table"),
    ({"sections": [{"key": "staffing", "title": "S"}]}, "“sections[1].prefix” is missing"),
    ({"crosswalk": {"other": {"item-z": "x"}}}, "names the item “item-z”, which does not exist"),
]


@pytest.mark.parametrize(("change", "reason"), TOP, ids=[reason for _, reason in TOP])
def test_the_scale_is_refused_for(change: dict[str, Any], reason: str) -> None:
    assert reason in refusal(raw_scale(**change))


ITEM: list[tuple[dict[str, Any], str]] = [
    ({"colour": "red"}, "“colour” is not a known field"),
    ({"key": "item-a"}, "two items have the key “item-a”"),
    ({"key": "staffing-2"}, "reads like the number of an item"),
    ({"key": "Staff 2"}, "use lower-case letters"),
    ({"number": 1}, "“number” is 1, and 2 comes next"),
    ({"number": 3}, "“number” is 3, and 2 comes next"),
    ({"number_in_section": 3}, "“number_in_section” is 3, and 2 comes next in staffing"),
    ({"section": "elsewhere"}, "the section “elsewhere” is not one of staffing, services"),
    ({"title": ""}, "“title” is empty"),
    ({"definition": "…"}, "“definition” is a placeholder"),
    ({"why": "TODO write this"}, "“why” is a placeholder"),
    ({"look_for": []}, "“look_for” is empty"),
    ({"look_for": ["a", " "]}, "“look_for”, entry 2, is empty"),
    ({"sources": ["XYZ"]}, "“sources” has “XYZ”"),
    ({"basis": "guessed"}, "“basis” is “guessed”"),
    ({"checked": "yes"}, "“checked” must be true or false"),
    ({"questions": {"client": ["One?", "Two?"]}}, "at least two roles"),
    (
        {"questions": {"client": ["One?"], "family": ["One?", "Two?"]}},
        "“questions.client” needs at least two",
    ),
    ({"questions": {"king": ["One?", "Two?"], "client": ["One?", "Two?"]}}, "the role “king”"),
    ({"anchors": {str(r): f"A{r}" for r in range(1, 5)}}, "the anchor for rating 5 is missing"),
    ({"anchors": {str(r): f"A{r}" for r in range(6)}}, "“anchors” has a text for 0, where none belongs"),
    ({"anchors": {str(r): "Same thing." for r in range(1, 6)}}, "two ratings have the same anchor"),
    ({"anchors": {"five": "A"}}, "“anchors” has “five” where a rating belongs"),
    ({"next_steps": {str(r): f"N{r}" for r in range(1, 4)}}, "the next step for rating 4 is missing"),
    ({"next_steps": {str(r): f"N{r}" for r in range(1, 6)}}, "“next_steps” has a text for 5"),
]


@pytest.mark.parametrize(("change", "reason"), ITEM, ids=[reason for _, reason in ITEM])
def test_an_item_is_refused_for(change: dict[str, Any], reason: str) -> None:
    assert reason in refusal_of_item(**change)


def test_a_section_without_items_and_items_out_of_order_are_refused() -> None:
    sections = [*raw_scale()["sections"], {"key": "empty", "title": "Empty", "prefix": "E"}]
    assert "the section “empty” has no item" in refusal(raw_scale(sections=sections))
    assert "not in the order of their sections" in refusal(raw_scale(sections=raw_scale()["sections"][::-1]))
    twice = [sections[0], sections[1] | {"prefix": "STAFF"}]
    assert "two sections have the prefix “staff”" in refusal(raw_scale(sections=twice))


def bands(*edges: tuple[int, int]) -> list[dict[str, Any]]:
    return [{"key": f"b{n}", "title": f"B{n}", "lowest": a, "highest": b} for n, (a, b) in enumerate(edges)]


BANDS = [
    (bands((4, 9), (11, 20)), "the bands leave out 10 to 10"),
    (bands((4, 10), (10, 20)), "begins at 10, where 11 comes next"),
    (bands((5, 20)), "the bands leave out 4 to 4"),
    (bands((4, 19)), "the bands end at 19, and the highest total is 20"),
    (bands((4, 21)), "the bands end at 21"),
    (bands((4, 20), (21, 20)), "ends before it begins"),
    (bands((4, 9), (10, 20))[:1] * 2, "two bands have the key"),
]


@pytest.mark.parametrize(("given", "reason"), BANDS, ids=[reason for _, reason in BANDS])
def test_bands_are_refused_for(given: list[dict[str, Any]], reason: str) -> None:
    assert reason in refusal(raw_scale(bands=given))


def bare_items() -> list[dict[str, Any]]:
    """Items with nothing but what any scale must say."""
    needed = ("key", "number", "section", "number_in_section", "title", "definition")
    return [{name: item[name] for name in needed} for item in raw_scale()["items"]]


def test_a_history_scale_may_leave_out_what_assessors_need() -> None:
    scale = small(use="history", items=bare_items())
    assert scale.items[0].rule.kind is RuleKind.DESCRIBED
    assert scale.items[0].basis is Basis.PUBLISHED
    assert "“why” is missing" in refusal(raw_scale(items=bare_items()))


def test_a_history_scale_may_not_leave_a_text_empty_or_rate_outside_its_range() -> None:
    empty = bare_items()
    empty[0]["anchors"] = {"5": ""}
    assert "“anchors”, rating 5, is empty" in refusal(raw_scale(use="history", items=empty))
    outside = bare_items()
    outside[0]["anchors"] = {"6": "Too good."}
    assert "“anchors” has a text for 6" in refusal(raw_scale(use="history", items=outside))


def test_an_incomplete_scale_may_leave_out_its_range_and_has_no_bands() -> None:
    raw = raw_scale(use="incomplete", items=bare_items())
    assert "never scored has no bands" in refusal(raw)
    for field in ("bands", "rating_min", "rating_max"):
        del raw[field]
    scale = from_json(raw)
    assert (scale.rating_min, scale.rating_max) == (0, 0)
    assert from_json(to_json(scale)) == scale


def test_a_scale_for_assessment_must_say_everything() -> None:
    for field in ("why", "look_for", "sources", "questions", "rule", "basis"):
        raw = raw_scale()
        del raw["items"][1][field]
        assert f"item-b: “{field}” is missing" in refusal(raw)


def test_an_item_without_a_key_is_named_by_its_place() -> None:
    items = [raw_item(1, "staffing", 1), raw_item(2, "services", 1, key="")]
    assert "item number 2 in the file: “key” is empty" in refusal(raw_scale(items=items))
