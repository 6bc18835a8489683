"""Calibration: when a case can be rated, what a sheet must hold, and what the results say."""

from __future__ import annotations

from datetime import date, timedelta
from fractions import Fraction

import pytest

from portal.reviews.agreement.export import unique
from portal.reviews.agreement.results_page import item_plot, lean_plot
from portal.reviews.agreement.rules.calibration import (
    LONGEST_CASE,
    LONGEST_RATIONALE,
    LONGEST_TITLE,
    ExerciseDraft,
    ExerciseState,
    SheetDraft,
    exercise_problems,
    items_of,
    sheet_problems,
    why_not_rated,
)
from portal.reviews.agreement.rules.results import results
from portal.scales.registry import registry

SCALE = registry().get("ips-25")
ITEMS = SCALE.items[:3]
KEYS = [item.key for item in ITEMS]
TODAY = date(2026, 5, 10)


def draft(**changes: object) -> ExerciseDraft:
    values: dict[str, object] = {"title": "T", "scale_key": "ips-25", "case_text": "C", "item_keys": ("a",)}
    return ExerciseDraft(**{**values, **changes})  # type: ignore[arg-type]  # as the field of each name takes


@pytest.mark.parametrize(
    "changes, fields",
    [
        ({}, []),
        ({"title": "x" * LONGEST_TITLE}, []),
        ({"title": "x" * (LONGEST_TITLE + 1)}, ["title"]),
        ({"case_text": "x" * LONGEST_CASE}, []),
        ({"case_text": "x" * (LONGEST_CASE + 1)}, ["case_text"]),
        ({"title": "", "case_text": "", "item_keys": ()}, ["title", "case_text", "item_keys"]),
        ({"opens_on": TODAY, "closes_on": TODAY}, []),
        ({"opens_on": TODAY, "closes_on": TODAY - timedelta(days=1)}, ["closes_on"]),
    ],
)
def test_what_is_wrong_with_a_draft_is_told_by_field(changes: dict[str, object], fields: list[str]) -> None:
    assert list(exercise_problems(draft(**changes))) == fields


@pytest.mark.parametrize(
    "state, opens, closes, may",
    [
        (ExerciseState.DRAFT, None, None, False),
        (ExerciseState.CLOSED, None, None, False),
        (ExerciseState.OPEN, None, None, True),
        (ExerciseState.OPEN, -1, None, True),
        (ExerciseState.OPEN, 0, None, True),
        (ExerciseState.OPEN, 1, None, False),
        (ExerciseState.OPEN, None, 1, True),
        (ExerciseState.OPEN, None, 0, True),
        (ExerciseState.OPEN, None, -1, False),
    ],
)
def test_a_case_is_rated_while_open_from_the_first_to_the_last_day(
    state: ExerciseState, opens: int | None, closes: int | None, may: bool
) -> None:
    days = [None if away is None else TODAY + timedelta(days=away) for away in (opens, closes)]
    assert (why_not_rated(state, TODAY, days[0], days[1]) is None) is may


def test_items_stand_in_the_order_of_the_scale() -> None:
    assert [item.key for item in items_of(SCALE, KEYS[::-1])] == KEYS


@pytest.mark.parametrize("length, fields", [(LONGEST_RATIONALE, []), (LONGEST_RATIONALE + 1, [KEYS[0]])])
def test_a_reason_has_a_longest_length(length: int, fields: list[str]) -> None:
    sheet = SheetDraft(dict.fromkeys(KEYS, 3), {KEYS[0]: "x" * length})
    assert list(sheet_problems(sheet, ITEMS, complete=True)) == [f"rationale-{key}" for key in fields]


def test_a_sheet_may_be_kept_incomplete_but_not_handed_in() -> None:
    sheet = SheetDraft({KEYS[0]: 3}, {})
    assert sheet_problems(sheet, ITEMS, complete=False) == {}
    assert list(sheet_problems(sheet, ITEMS, complete=True)) == [f"rating-{key}" for key in KEYS[1:]]


def test_results_show_spread_reasons_and_who_leans() -> None:
    sheets = [
        ("Ann", dict(zip(KEYS, (5, 4, 3), strict=True)), {KEYS[0]: "Saw it"}),
        ("Ben", dict(zip(KEYS, (3, 4, 3), strict=True)), {}),
        ("Cat", dict(zip(KEYS, (3, 4, 2), strict=True)), {KEYS[0]: "Heard it"}),
    ]
    found = results(ITEMS, sheets, Fraction(1, 2))
    assert [(one.spread, one.spread_words) for one in found.items] == [
        (2, "3 to 5"),
        (0, "all 4"),
        (1, "2 to 3"),
    ]
    assert [one.item.number for one in found.widest] == [1]
    assert found.items[0].reasons == (("Ann", 5, "Saw it"), ("Cat", 3, "Heard it"))
    assert [lean.mean for lean in found.leaning] == [Fraction(5, 6), Fraction(-1, 6), Fraction(-2, 3)]
    assert [found.leans(place) for place in range(3)] == [True, False, True]
    assert (found.found.units, found.found.raters, found.found.pairs) == (3, 3, 9)


def test_results_of_nobody_and_of_one_hold() -> None:
    nobody = results(ITEMS, [], Fraction(1, 2))
    assert [one.spread_words for one in nobody.items] == ["not rated"] * 3
    assert nobody.found.exact is None
    one = results(ITEMS, [("Ann", dict.fromkeys(KEYS, 3), {})], Fraction(1, 2))
    assert not one.leans(0)
    assert item_plot(one).rows[0][1:] == ("0", "too few", "too few")
    assert lean_plot(one).rows == ()


def test_the_pictures_say_what_the_tables_say() -> None:
    sheets = [("Ann", dict.fromkeys(KEYS, 5), {}), ("Ben", dict.fromkeys(KEYS, 4), {})]
    found = results(ITEMS, sheets, Fraction(1, 2))
    bars, dots = item_plot(found), lean_plot(found)
    assert bars.rows[0][1:] == ("1", "0%", "100%")
    assert dots.rows == (("Ann", "3", "+1.00", "Yes"), ("Ben", "3", "−1.00", "Yes"))
    assert "Half a point or more: Ann, Ben" in dots.svg
    assert dots.svg.count("<circle") == 2


def test_a_name_in_a_picture_is_escaped() -> None:
    sheets = [("<b>Ann</b>", dict.fromkeys(KEYS, 5), {}), ("Ben", dict.fromkeys(KEYS, 4), {})]
    assert "<b>" not in lean_plot(results(ITEMS, sheets, Fraction(1, 2))).svg


def test_people_of_one_name_are_told_apart() -> None:
    assert unique(["Ann", "Ben", "Ann"]) == ["Ann (1)", "Ben", "Ann (2)"]
