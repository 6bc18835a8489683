"""What the shipped files say, each fact as contract.md has it; and what a supplier's EISMs are counted by."""

from __future__ import annotations

from datetime import date, timedelta
from decimal import Decimal
from fractions import Fraction

import pytest

from portal.contracts.definition.eisms import _nearest, _terms
from portal.contracts.definition.registry import contracts
from portal.contracts.definition.rules.terms import Contract, Frequency, Money
from tests.support.posts_terms import BANDS

OHID, DEMONSTRATION = contracts()["ohid-ips-ad-2023"], contracts()["demonstration-2025"]


def test_the_ohid_contract_says_what_its_specification_says() -> None:
    terms = OHID.signed
    assert (terms.starts, terms.ends) == (date(2023, 7, 17), date(2025, 3, 31))
    assert "July or August 2023" in terms.starts_note
    assert terms.latest_end == date(2026, 9, 30)  # 18 months after 31 March 2025
    assert terms.money == Money(1_145_000_00, True, Fraction(1, 20), 400_000_00)
    assert (terms.buyer, terms.governance) == ("ohid", ("dhsc", "dwp", "nhs-england"))
    assert (terms.management.notice_months, terms.management.mobilisation_weeks) == (1, 4)
    assert terms.management.ad_hoc
    assert len(terms.management.attends) == 5
    assert terms.commitments == ()  # the specification asks for a plan and names no commitment


@pytest.mark.parametrize(
    ("number", "measure", "target", "frequency"),
    [
        ("1", "eism-fte", Fraction(9, 2), Frequency.QUARTER),
        ("2", "events-held", None, Frequency.QUARTER),
        ("4", "reviews-completed", Fraction(40), Frequency.YEAR),
        ("5", "satisfaction", None, Frequency.YEAR),
        ("SV", "social-value", None, Frequency.QUARTER),
    ],
)
def test_each_indicator_has_its_measure_target_and_period(
    number: str, measure: str, target: Fraction | None, frequency: Frequency
) -> None:
    one = OHID.signed.indicator(number)
    assert one is not None
    assert (one.measure, one.target, one.frequency) == (measure, target, frequency)


def test_every_reading_and_fact_names_what_it_is_about() -> None:
    assert len(OHID.signed.readings) == 13
    assert all(fact.section for fact in OHID.signed.facts)


def test_a_variation_holds_from_its_day_and_not_before() -> None:
    (varied,) = DEMONSTRATION.variations
    targets = []
    for shift in (-1, 0, 1):
        one = DEMONSTRATION.on(varied.on + timedelta(days=shift)).indicator("4")
        assert one is not None
        targets.append(one.target)
    assert targets == [40, 50, 50]
    assert [len(DEMONSTRATION.on(varied.on + timedelta(days=shift)).commitments) for shift in (-1, 0)] == [
        4,
        5,
    ]
    assert DEMONSTRATION.latest.indicator("1") == DEMONSTRATION.signed.indicator("1")
    assert [one.number for one in DEMONSTRATION.latest.indicators] == ["1", "2", "4", "5", "SV"]


@pytest.mark.parametrize("contract", [OHID, DEMONSTRATION])
def test_eisms_are_counted_by_indicator_1_of_the_contract(contract: Contract) -> None:
    terms = _terms(contract.signed)
    assert (terms.target, terms.bands) == (Decimal("4.5"), BANDS)
    assert (terms.starts, terms.ends) == (contract.signed.starts, contract.signed.ends)


def test_without_a_contract_no_day_bounds_the_count() -> None:
    terms = _terms(OHID.signed, bounded=False)
    assert (terms.starts, terms.ends) == (None, None)


@pytest.mark.parametrize(
    ("today", "key"),
    [
        (date(2023, 7, 16), "ohid-ips-ad-2023"),  # none has begun: the next
        (date(2025, 1, 12), "ohid-ips-ad-2023"),
        (date(2025, 1, 13), "demonstration-2025"),  # both run: the one that began last
        (date(2025, 4, 1), "demonstration-2025"),
        (date(2027, 4, 1), "demonstration-2025"),  # both are over: the last one
    ],
)
def test_the_contract_that_runs_counts_the_eisms(today: date, key: str) -> None:
    found = _nearest([OHID, DEMONSTRATION], today)
    assert found is not None
    assert found.key == key
