"""The definitions that come with the portal: they hold, and their rules run alike in both places."""

from __future__ import annotations

from collections import Counter

import pytest

from portal.scales.registry import DATA, broken_pins, check_crosswalk, pins, registry
from portal.scales.rules.calculator import EntryError, suggest
from portal.scales.rules.definition import Basis, Item, RuleKind, ScaleUse
from portal.scales.rules.loader import from_json, to_json
from portal.scales.rules.writing import rule_to_json
from tests.unit.scales.both import in_browser, in_python
from tests.unit.scales.edges import Entries, edge_entries

EXPECTED = {
    "ips-25": (25, ScaleUse.ASSESS, Counter(staffing=3, organisation=8, services=14)),
    "ips-25-ad": (25, ScaleUse.ASSESS, Counter(staffing=3, organisation=8, services=14)),
    "thrive-24": (24, ScaleUse.ASSESS, Counter(staffing=3, organisation=7, services=14)),
    "scr": (20, ScaleUse.ASSESS, None),
    "ips-15": (15, ScaleUse.HISTORY, Counter(staffing=3, organisation=3, services=9)),
    "seqf": (5, ScaleUse.INCOMPLETE, None),
}
KEYS = sorted(EXPECTED)


def calculated() -> list[tuple[str, Item]]:
    """Every item with a calculator, of every scale."""
    return [
        (s.key, item)
        for s in registry().all()
        for item in s.items
        if item.rule.kind is not RuleKind.DESCRIBED
    ]


def test_the_scales_shipped_are_those_expected() -> None:
    assert list(registry().keys()) == KEYS


@pytest.mark.parametrize("key", KEYS)
def test_a_scale_has_its_items_sections_and_use(key: str) -> None:
    count, use, sections = EXPECTED[key]
    scale = registry().get(key)
    assert (len(scale.items), scale.use) == (count, use)
    if sections is not None:
        assert Counter(item.section for item in scale.items) == sections


@pytest.mark.parametrize("key", KEYS)
def test_a_scale_survives_being_stored(key: str) -> None:
    scale = registry().get(key)
    again = from_json(to_json(scale))
    assert again == scale
    assert again.digest == scale.digest


@pytest.mark.parametrize("key", KEYS)
def test_every_crosswalk_leads_to_an_item(key: str) -> None:
    check_crosswalk(registry().get(key), f"{key}.toml", registry())


def test_no_published_version_has_changed() -> None:
    assert broken_pins(registry()) == ()


def test_every_version_shipped_is_published() -> None:
    assert {(scale.key, scale.version) for scale in registry().all()} <= set(pins(DATA))


def test_bands_are_those_published_and_none_where_none_are() -> None:
    def edges(key: str) -> dict[str, tuple[int, int]]:
        return {band.key: (band.lowest, band.highest) for band in registry().get(key).bands}

    expected = {"exemplary": (115, 125), "good": (100, 114), "fair": (74, 99), "not-ips": (25, 73)}
    assert edges("ips-25") == expected
    assert sorted(edges("ips-15").values()) == [(15, 55), (56, 65), (66, 75)]
    assert not edges("thrive-24")
    assert not edges("scr")


def test_anchors_of_our_own_are_marked_as_derived() -> None:
    for key in ("thrive-24", "scr"):
        assert {item.basis for item in registry().get(key).items} == {Basis.DERIVED}
    assert registry().get("ips-25-ad").item("time-unlimited-support").basis is Basis.DERIVED


def test_only_the_anchors_that_were_compared_with_the_print_are_marked_as_checked() -> None:
    checked = [(s.key, item.number) for s in registry().all() for item in s.items if item.checked]
    assert {pair for pair in checked if pair[0] == "ips-25"} == {("ips-25", 1), ("ips-25", 2)}
    assert not [pair for pair in checked if pair[0] not in ("ips-25", "ips-25-ad")]


def test_the_browser_agrees_with_the_server_at_every_edge_of_every_rule() -> None:
    names: list[tuple[str, str, Entries]] = []
    cases, expected = [], []
    for key, item in calculated():
        for entries in edge_entries(item.rule):
            names.append((key, item.key, entries))
            cases.append((rule_to_json(item.rule), entries))
            expected.append(in_python(item.rule, entries))
    found = in_browser(cases)
    differing = [row for row in zip(names, expected, found, strict=True) if row[1] != row[2]]
    assert differing == []
    assert len(cases) > 1000


def test_the_edges_reach_every_rating_of_every_rule() -> None:
    for key, item in calculated():
        reached = set()
        for entries in edge_entries(item.rule):
            try:
                suggestion = suggest(item.rule, entries)
            except EntryError:
                continue
            if suggestion:
                reached.add(suggestion.rating)
        assert reached == {1, 2, 3, 4, 5}, (key, item.key)
