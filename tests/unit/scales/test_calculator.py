"""The table of cases, run on the server's rules and on the browser's."""

from __future__ import annotations

import json
from fractions import Fraction
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from portal.scales.rules.numbers import exact, parse_number, shown
from portal.scales.rules.words import describe_line
from tests.unit.scales.both import HERE, in_browser, in_python
from tests.unit.scales.samples import COMPONENTS, RATIO, rule_of

TABLE: dict[str, Any] = json.loads((HERE / "cases.json").read_text(encoding="utf-8"))
CASES: list[dict[str, Any]] = TABLE["cases"]
PARTS_IN_WORDS = (
    "5: all 3; 4: 2 of 3; 3: 1 of 3; 1: none of 3; At least 2: a caseload is held; At most 4: A is missing"
)
NAMES = [f"{case['rule']}: {case['name']}" for case in CASES]


def expected(case: dict[str, Any], outcome: dict[str, Any]) -> dict[str, Any]:
    """What the table says of this case; steps that it leaves out are taken from `outcome`."""
    if "rating" not in case:
        return {key: case[key] for key in ("needed", "problems") if key in case}
    return {key: case.get(key, outcome.get(key)) for key in ("rating", "figure", "steps")}


@pytest.fixture(scope="module")
def from_browser() -> list[dict[str, Any]]:
    return in_browser((TABLE["rules"][case["rule"]], case["entries"]) for case in CASES)


@pytest.mark.parametrize("number", range(len(CASES)), ids=NAMES)
def test_the_server_and_the_browser_say_what_the_table_says(
    number: int, from_browser: list[dict[str, Any]]
) -> None:
    case = CASES[number]
    outcome = in_python(rule_of(TABLE["rules"][case["rule"]]), case["entries"])
    assert outcome == expected(case, outcome)
    assert from_browser[number] == outcome


def test_the_comparison_can_fail() -> None:
    wrong = TABLE["rules"]["caseload"] | {"cutoffs": {"5": "10", "4": "25", "3": "30", "2": "40"}}
    entries = {"clients": "46", "fte": "2.5"}
    assert in_browser([(wrong, entries)]) != [in_python(rule_of(TABLE["rules"]["caseload"]), entries)]


def test_without_node_the_comparison_fails_and_says_so(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("shutil.which", lambda _name: None)
    with pytest.raises(pytest.fail.Exception, match="node is missing"):
        in_browser([])


def test_thresholds_are_told_in_words() -> None:
    assert describe_line(rule_of(RATIO)) == (
        "5: at most 20 clients; 4: at most 25 clients; 3: at most 30 clients; 2: at most 40 clients; "
        "1: over 40 clients"
    )
    assert describe_line(rule_of(COMPONENTS)) == "5: all 4; 4: 3 of 4; 3: 2 of 4; 2: 1 of 4; 1: none of 4"


@pytest.mark.parametrize(
    ("rule", "words"),
    [
        ("share", "5: at least 65%; 4: at least 50%; 3: at least 40%; 2: over 30%; 1: at most 30%"),
        (
            "parts",
            PARTS_IN_WORDS,
        ),
        ("described", ""),
    ],
)
def test_each_kind_of_rule_is_told_in_words(rule: str, words: str) -> None:
    assert describe_line(rule_of(TABLE["rules"][rule])) == words


def test_levels_and_the_other_way_to_a_rating_are_told_in_words() -> None:
    levels = describe_line(rule_of(TABLE["rules"]["levels"]))
    assert levels.startswith("5: weekly contact goes on; 4: there is weekly contact; ")
    assert levels.endswith("2: there is quarterly contact; 1: none of these; At most 3: it stops early")
    contacts = describe_line(rule_of(TABLE["rules"]["contacts"]))
    assert contacts.startswith(
        "5: at least 6 contacts; 5: or there are twice as many contacts as people looking; 4: "
    )


positive = st.fractions(min_value=0, max_value=1000, max_denominator=5000)


@given(positive, st.lists(st.integers(0, 100).map(Fraction), max_size=4))
def test_a_shown_figure_stays_on_its_side_of_every_edge(value: Fraction, edges: list[Fraction]) -> None:
    text, is_exact = shown(value, edges)
    near = Fraction(text)
    assert is_exact == (near == value)
    assert abs(near - value) <= Fraction(1, 200)
    for edge in edges:
        assert (near > edge, near < edge) == (value > edge, value < edge)


@given(st.decimals(0, 99999, places=4).map(str))
def test_a_decimal_is_read_and_written_exactly(text: str) -> None:
    assert Fraction(exact(parse_number(text))) == Fraction(text)
