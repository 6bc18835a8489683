"""The one definition of an item that every page of it is drawn from."""

from __future__ import annotations

import json
from dataclasses import replace

import pytest

from portal.reviews.assessment.item_definition import DERIVED, UNCHECKED, item_definition
from portal.scales.registry import registry
from portal.scales.rules.definition import Basis, RuleKind, Scale
from portal.scales.rules.words import describe
from portal.scales.rules.writing import rule_to_json

SCALES = registry().all()


@pytest.mark.parametrize("scale", SCALES, ids=[scale.key for scale in SCALES])
def test_every_text_of_every_item_is_in_its_definition(scale: Scale) -> None:
    for item in scale.items:
        found = json.loads(json.dumps(item_definition(scale, item)))

        assert (found["key"], found["number"], found["section"]) == (item.key, item.number, item.section)
        assert (found["title"], found["definition"], found["why"]) == (item.title, item.definition, item.why)
        assert item.note in found["remark"]
        assert found["look_for"] == list(item.look_for)
        assert [source["code"] for source in found["sources"]] == list(item.sources)
        assert {one["role"]: tuple(one["questions"]) for one in found["questions"]} == item.questions
        assert {one["rating"]: one["text"] for one in found["anchors"]} == item.anchors
        assert [one["rating"] for one in found["anchors"]] == sorted(item.anchors, reverse=True)
        assert found["rule"] == rule_to_json(item.rule)


@pytest.mark.parametrize("scale", SCALES, ids=[scale.key for scale in SCALES])
def test_the_calculator_has_every_field_and_tick_of_the_rule(scale: Scale) -> None:
    for item in scale.items:
        rule, found = item.rule, item_definition(scale, item)["calculator"]
        if rule.kind is RuleKind.DESCRIBED:
            assert found is None
            continue
        inputs = rule.inputs if rule.kind is RuleKind.RATIO else ()
        direct = ["figure"] if rule.kind is RuleKind.RATIO and rule.direct else []
        assert [field["key"] for field in found["fields"]] == [*(entry.key for entry in inputs), *direct]
        assert [field["hint"] for field in found["fields"]][: len(inputs)] == [entry.hint for entry in inputs]
        ticks = [fact["label"] for group in found["ticks"] for fact in group["facts"]]
        assert ticks == [fact.label for fact in (*rule.components, *rule.facts)]
        assert found["thresholds"] == [str(line) for line in describe(rule)]
        assert found["note"] == rule.note


def test_a_unit_that_says_the_label_again_is_left_out() -> None:
    scale = registry().get("ips-25")
    item = scale.item("caseload-size")
    entry = replace(item.rule.inputs[0], label="Clients", unit="clients")
    same = replace(item, rule=replace(item.rule, inputs=(entry, *item.rule.inputs[1:])))

    assert item_definition(replace(scale, digest=""), same)["calculator"]["fields"][0]["unit"] == ""
    assert item_definition(scale, item)["calculator"]["fields"][0]["unit"] == "clients"


@pytest.mark.parametrize(
    "basis, checked, remark",
    [
        (Basis.DERIVED, False, f"{DERIVED} As printed."),
        (Basis.PUBLISHED, False, f"{UNCHECKED} As printed."),
        (Basis.PUBLISHED, True, "As printed."),
    ],
)
def test_where_the_anchors_come_from_is_said_before_the_note(
    basis: Basis, checked: bool, remark: str
) -> None:
    scale = registry().get("ips-25")
    item = replace(scale.items[0], basis=basis, checked=checked, note="As printed.")

    assert item_definition(replace(scale, digest=""), item)["remark"] == remark


def test_a_definition_is_made_once_for_a_published_scale_and_never_kept_for_one_made_by_hand() -> None:
    scale = registry().get("ips-25")
    item, changed = scale.items[0], replace(scale.items[0], title="Another title")
    by_hand = replace(scale, digest="")

    assert item_definition(scale, item) is item_definition(scale, item)
    assert item_definition(by_hand, item)["title"] == item.title
    assert item_definition(by_hand, changed)["title"] == "Another title"
