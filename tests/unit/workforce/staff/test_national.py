"""What is shown of small groups, and the growth to every authority."""

from __future__ import annotations

from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from portal.workforce.staff.rules.national import LEAST, Growth, hidden, total_is_hidden


@pytest.mark.parametrize("people, small", [(0, False), (1, True), (4, True), (5, False), (6, False)])
def test_a_group_of_fewer_than_five_is_hidden(people: int, small: bool) -> None:
    assert ("a" in hidden({"a": people, "b": 30, "c": 40})) is small


def test_one_hidden_group_takes_the_next_smallest_with_it() -> None:
    assert hidden({"a": 2, "b": 30, "c": 40}) == {"a", "b"}
    assert hidden({"a": 2, "b": 30, "c": 40}, with_total=False) == {"a"}


@pytest.mark.parametrize("second, found", [(2, {"a", "b", "c"}), (3, {"a", "b"}), (4, {"a", "b"})])
def test_hidden_groups_together_are_at_least_five(second: int, found: set[str]) -> None:
    assert hidden({"a": 2, "b": second, "c": 10, "d": 20}) == found


@pytest.mark.parametrize(
    "people, total",
    [({"a": 4}, True), ({"a": 5}, False), ({"a": 2, "b": 2}, True), ({"a": 2, "b": 3}, False), ({}, False)],
)
def test_the_total_is_hidden_where_nothing_else_hides_a_person(people: dict[str, int], total: bool) -> None:
    assert total_is_hidden(people) is total


@given(st.dictionaries(st.sampled_from("abcdefghi"), st.integers(0, 40)))
def test_what_is_hidden_can_never_be_worked_out_of_fewer_than_five(people: dict[str, int]) -> None:
    found = hidden(people)
    assert {key for key, count in people.items() if 0 < count < LEAST} <= found
    if found and not total_is_hidden(people):
        assert len(found) > 1
        assert sum(people[key] for key in found) >= LEAST


@pytest.mark.parametrize("covered, contract, listed", [(149, 1, 4), (150, 0, 3), (151, 0, 2), (153, 0, 0)])
def test_what_is_missing_is_counted_to_both(covered: int, contract: int, listed: int) -> None:
    growth = Growth(covered, 153, 0, Fraction(0))
    assert (growth.missing_of_contract, growth.missing) == (contract, listed)


def test_the_fte_needed_follow_from_the_authorities_that_are_known() -> None:
    growth = Growth(82, 153, 10, Fraction(35))
    assert growth.needed(growth.missing_of_contract) == 238
    assert growth.needed(growth.missing) == Fraction(497, 2)
    assert Growth(82, 153, 0, Fraction(0)).needed(68) is None
