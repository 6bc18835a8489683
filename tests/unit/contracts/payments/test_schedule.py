"""The forecast adds up to the penny; extensions keep their limits."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from portal.contracts.definition.rules.terms import Contract, Variation
from portal.contracts.payments.rules.extension import ceiling, extension
from portal.contracts.payments.rules.schedule import (
    Span,
    apportion,
    days_in,
    quarters_of,
    schedule,
    spans_of,
)
from portal.core.rules.quarters import Quarter
from tests.support.contract_terms import SIGNED, VALUE, varied

LONGER = date(2026, 9, 30)
DAY = date(2025, 2, 1)


def extended(added: int, ends: date = LONGER) -> Contract:
    return Contract(SIGNED, (Variation(DAY, "Extended", varied(ends, added)),))


@given(st.integers(-(10**11), 10**11), st.lists(st.integers(0, 400), min_size=1, max_size=12).filter(any))
def test_shares_add_up_and_none_is_a_penny_off(pence: int, weights: list[int]) -> None:
    shares = apportion(pence, weights)
    assert sum(shares) == pence
    for share, weight in zip(shares, weights, strict=True):
        assert abs(share * sum(weights) - pence * weight) < sum(weights)


def test_the_largest_remainder_gets_the_penny_and_of_equal_ones_the_earlier() -> None:
    assert apportion(100, [1, 1, 1]) == (34, 33, 33)
    assert apportion(10, [3, 3, 1]) == (4, 4, 2)
    assert apportion(10, [5, 2, 2]) == (6, 2, 2)


@pytest.mark.parametrize("weights", [[0, 0], [1, -1, 3], [-1]])
def test_weights_are_needed(weights: list[int]) -> None:
    with pytest.raises(ValueError, match="Weights"):
        apportion(1, weights)


def test_the_first_quarter_may_be_a_part() -> None:
    quarters = quarters_of(SIGNED.starts, SIGNED.ends)
    assert [quarter.key for quarter in quarters] == [
        "2023-Q2", "2023-Q3", "2023-Q4", "2024-Q1", "2024-Q2", "2024-Q3", "2024-Q4",
    ]  # fmt: skip
    assert days_in(quarters[0], SIGNED.starts, SIGNED.ends) == 76  # 17 July to 30 September
    found = schedule(spans_of(Contract(SIGNED), DAY))
    assert sum(found.values()) == VALUE
    assert tuple(found) == quarters
    assert found[quarters[0]] * 624 // VALUE in (75, 76)  # of 624 days


@given(st.dates(date(2020, 1, 1), date(2030, 1, 1)), st.integers(0, 1500), st.integers(0, 10**10))
def test_every_span_adds_up_and_has_all_its_days(starts: date, days: int, pence: int) -> None:
    ends = starts + timedelta(days=days)
    quarters = quarters_of(starts, ends)
    assert sum(days_in(quarter, starts, ends) for quarter in quarters) == days + 1
    assert sum(schedule([Span(starts, ends, pence)]).values()) == pence


def test_a_quarter_outside_has_no_day() -> None:
    assert days_in(Quarter(2020, 1), SIGNED.starts, SIGNED.ends) == 0


def test_what_an_extension_adds_is_for_its_own_days() -> None:
    contract = extended(400_000_00)
    before = schedule(spans_of(contract, DAY - timedelta(days=1)))
    after = schedule(spans_of(contract, DAY))
    assert sum(after.values()) == VALUE + 400_000_00
    assert {quarter: after[quarter] for quarter in before} == before
    assert list(after)[-1] == Quarter(2026, 2)


def test_what_a_change_of_volume_adds_is_for_the_days_from_it_on() -> None:
    spans = spans_of(extended(-50_000_00, SIGNED.ends), DAY)
    assert spans[1] == Span(DAY, SIGNED.ends, -50_000_00)
    assert sum(schedule(spans).values()) == VALUE - 50_000_00


def test_a_variation_that_leaves_the_value_adds_no_span() -> None:
    assert len(spans_of(extended(0), DAY)) == 1


@pytest.mark.parametrize(
    ("added", "value", "problems"),
    [
        (399_999_99, VALUE + 399_999_99, 0),
        (400_000_00, VALUE + 400_000_00, 0),
        (400_000_01, VALUE + 400_000_00, 1),  # the ceiling keeps to what an extension may add
    ],
)
def test_an_extension_adds_at_most_what_the_contract_allows(added: int, value: int, problems: int) -> None:
    contract = extended(added)
    assert ceiling(contract, DAY) == value
    assert ceiling(contract, DAY - timedelta(days=1)) == VALUE
    found = extension(contract, DAY)
    assert found.extended
    assert found.left_pence == max(400_000_00 - added, 0)
    assert len(found.problems) == problems


@pytest.mark.parametrize(("days", "problems"), [(-1, 0), (0, 0), (1, 1)])
def test_an_extension_ends_within_eighteen_months(days: int, problems: int) -> None:
    contract = extended(1, LONGER + timedelta(days=days))
    assert len(extension(contract, DAY).problems) == problems


def test_more_value_without_more_days_is_no_extension() -> None:
    contract = extended(500_000_00, SIGNED.ends)
    assert ceiling(contract, DAY) == VALUE + 500_000_00
    assert not extension(contract, DAY).extended
