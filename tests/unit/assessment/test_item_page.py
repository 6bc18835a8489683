"""Reading the item page's form, and its calculator."""

from __future__ import annotations

import pytest

from portal.reviews.assessment.item_page import (
    Neighbours,
    Typed,
    calculate,
    item_at,
    neighbours,
    read_form,
    typed_from,
)
from tests.unit.assessment.rows import SCALE, rated

RATIO, COMPONENTS, LEVELS = SCALE.items[0], SCALE.items[2], SCALE.items[5]


@pytest.mark.parametrize(
    ("typed", "rating"),
    [
        ("", None),
        ("3", 3),
        ("0", 0),
        ("6", 6),
        ("x", None),
        ("-1", None),
        ("3.0", None),
        ("٣", None),
        ("333", 333),  # the verb says that it is no rating
    ],
)
def test_a_rating_is_a_whole_number_or_none(typed: str, rating: int | None) -> None:
    assert read_form(RATIO, {"rating": typed})[0].rating == rating


@pytest.mark.parametrize(
    ("typed", "version"), [("", 0), ("7", 7), ("x", 0), ("-1", 0), ("99999999", 99999999), ("999999999", 0)]
)
def test_an_unreadable_version_is_that_of_an_unsaved_item(typed: str, version: int) -> None:
    assert read_form(RATIO, {"version": typed})[1] == version


def test_text_is_kept_as_typed_but_for_line_ends_and_blanks_behind() -> None:
    draft, _ = read_form(RATIO, {"rationale": "  one\r\n\ttwo \x00 \n", "evidence": "  "})
    assert draft.rationale == "  one\n\ttwo"
    assert draft.evidence == ""


def test_only_the_fields_of_this_items_calculator_are_read() -> None:
    draft, _ = read_form(
        RATIO, {"in-clients": " 46 ", "in-fte": "", "in-other": "9", "is-weekly-meeting": "yes"}
    )
    assert draft.entries == {"clients": "46"}


def test_a_figure_typed_directly_is_read() -> None:
    assert read_form(RATIO, {"in-figure": "18.4"})[0].entries == {"figure": "18.4"}


def test_ticks_left_open_are_no_once_the_calculator_is_used() -> None:
    draft, _ = read_form(COMPONENTS, {"is-intake": "yes"})
    assert draft.entries["intake"] is True
    assert draft.entries["engagement"] is False
    assert set(draft.entries) == {fact.key for fact in (*COMPONENTS.rule.components, *COMPONENTS.rule.facts)}


def test_an_untouched_calculator_says_nothing() -> None:
    assert read_form(COMPONENTS, {})[0].entries == {}


def test_a_calculator_used_and_cleared_says_no_to_everything() -> None:
    assert set(read_form(COMPONENTS, {"used": "1"})[0].entries.values()) == {False}


@pytest.mark.parametrize(("clients", "rating"), [("49", 5), ("50", 5), ("51", 4)])
def test_the_suggestion_turns_at_the_cut_off(clients: str, rating: int) -> None:
    suggestion = calculate(RATIO, {"clients": clients, "fte": "2.5"}).suggestion
    assert suggestion is not None
    assert suggestion.rating == rating


def test_entries_that_do_not_suffice_say_what_is_needed() -> None:
    calculator = calculate(RATIO, {"clients": "46"})
    assert calculator.suggestion is None
    assert calculator.needed
    assert not calculator.problems


def test_an_entry_that_cannot_be_read_has_its_message_at_its_field() -> None:
    assert set(calculate(RATIO, {"clients": "many", "fte": "2"}).problems) == {"clients"}


def test_levels_are_read_as_ticks() -> None:
    entries = read_form(LEVELS, {"is-contact-weekly": "yes"})[0].entries
    assert entries["contact-weekly"] is True
    suggestion = calculate(LEVELS, entries).suggestion
    assert suggestion is not None


@pytest.mark.parametrize(
    ("number", "expected"),
    [(1, Neighbours(None, 2)), (2, Neighbours(1, 3)), (24, Neighbours(23, 25)), (25, Neighbours(24, None))],
)
def test_the_neighbours_of_an_item(number: int, expected: Neighbours) -> None:
    assert neighbours(SCALE, number) == expected


@pytest.mark.parametrize(("number", "there"), [(0, False), (1, True), (25, True), (26, False)])
def test_an_item_is_found_by_its_number(number: int, there: bool) -> None:
    assert (item_at(SCALE, number) is not None) is there


def test_the_form_shows_the_saved_row_and_is_empty_without_one() -> None:
    assert typed_from(None) == Typed()
    row = rated(1, 4, rationale="Why", evidence="Seen", entries={"clients": "46"}, version=3)
    assert typed_from(row) == Typed(4, "Why", "Seen", {"clients": "46"}, 3)
