"""Definitions that adapt another."""

from __future__ import annotations

import pytest

from portal.scales.rules.definition import Scale
from portal.scales.rules.errors import DefinitionError
from portal.scales.rules.loader import load_scale
from tests.unit.scales.samples import raw_scale, small

HEAD = """
format = 1
key = "adapted"
version = "1.0.0"
extends = "small"
title = "An adapted scale"
short_title = "Adapted"
summary = "For tests of item-a."
source = "Ours."
licence = "Free."
use = "assess"
"""


def base(key: str) -> Scale:
    if key != "small":
        raise KeyError(key)
    raw = raw_scale()
    raw["items"][0]["definition"] = "Clinical team and clinical teamwork: the clinical team meets."
    raw["items"][0]["look_for"] = ["A clinical team meeting.", "A team meeting."]
    raw["items"][0]["rule"]["inputs"][0]["label"] = "Clients of the clinical team"
    return small(items=raw["items"])


def adapted(more: str) -> Scale:
    return load_scale(HEAD + more, "adapted.toml", base)


def refused(more: str) -> str:
    with pytest.raises(DefinitionError) as refusal:
        adapted(more)
    return str(refusal.value)


def test_items_sections_range_and_bands_come_from_the_base() -> None:
    scale = adapted("")
    original = base("small")
    assert scale.items == original.items
    assert scale.bands == original.bands
    assert (scale.key, scale.title) == ("adapted", "An adapted scale")
    assert scale.digest != original.digest


def test_whole_words_are_replaced_longest_first_with_their_capital() -> None:
    scale = adapted('[replace]\n"team" = "group"\n"clinical team" = "treatment team"\n')
    item = scale.items[0]
    assert item.definition == "Treatment team and clinical teamwork: the treatment team meets."
    assert item.look_for == ("A treatment team meeting.", "A group meeting.")
    assert item.rule.inputs[0].label == "Clients of the treatment team"


def test_keys_are_never_replaced() -> None:
    scale = adapted('[replace]\n"clients" = "people"\n')
    assert scale.items[0].rule.numerator == ("clients",)
    assert scale.items[0].rule.inputs[0].unit == "people"
    assert scale.items[0].rule.figure_unit == "people"


def test_words_that_stand_nowhere_are_refused() -> None:
    assert "“psychiatrist”, which stands nowhere" in refused('[replace]\n"psychiatrist" = "nurse"\n')


def test_an_override_changes_fields_and_merges_anchors() -> None:
    scale = adapted(
        '[[override]]\nkey = "item-b"\ntitle = "Other"\n[override.anchors]\n5 = "Another anchor."\n'
    )
    item = scale.item("item-b")
    assert item.title == "Other"
    assert item.anchors[5] == "Another anchor."
    assert item.anchors[4] == "Anchor 4 of item-b."


def test_words_of_an_override_stay_as_written() -> None:
    scale = adapted(
        '[replace]\n"clinical team" = "treatment team"\n'
        '[[override]]\nkey = "item-b"\nwhy = "The clinical team matters."\n'
    )
    assert scale.item("item-b").why == "The clinical team matters."


@pytest.mark.parametrize(
    ("more", "reason"),
    [
        ('[[override]]\nkey = "item-z"\n', "names the item “item-z”, which does not exist"),
        (
            '[[override]]\nkey = "item-b"\n[[override]]\nkey = "item-b"\n',
            "two overrides change the item “item-b”",
        ),
        ('[[override]]\nkey = "item-b"\ncolour = "red"\n', "item item-b: “colour” is not a known field"),
        ('[[override]]\nkey = "item-b"\n[override.anchors]\n9 = "No."\n', "a text for 9, where none belongs"),
        ("[[items]]\n", "has “override”, not “items”"),
        ('[replace]\n"clinical team" = ""\n', "“replace.clinical team” is empty"),
    ],
)
def test_an_adaptation_is_refused_for(more: str, reason: str) -> None:
    assert reason in refused(more)


def test_an_unknown_base_and_a_base_of_itself_are_refused() -> None:
    with pytest.raises(DefinitionError, match="names “large”, which is not a scale here"):
        load_scale(HEAD.replace('"small"', '"large"'), "adapted.toml", base)
    with pytest.raises(DefinitionError, match="it extends itself"):
        load_scale(HEAD.replace('"small"', '"adapted"'), "adapted.toml", base)
    with pytest.raises(DefinitionError, match="not a scale here"):
        load_scale(HEAD, "adapted.toml")
