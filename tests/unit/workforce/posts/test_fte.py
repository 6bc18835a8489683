"""The FTE percentage: every edge at −1, 0 and +1 day, and the day-by-day sum against a closed form."""

from __future__ import annotations

from datetime import date, timedelta
from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from portal.core.rules.quarters import Quarter
from portal.workforce.posts.rules.fte import Breakdown, Leave, Spell, breakdown
from portal.workforce.posts.rules.terms import ContractTerms, LeaveKind
from tests.support.posts_terms import BANDS, TERMS

QUARTER = Quarter(2024, 3)  # October to December 2024: 92 days
FIRST, LAST = QUARTER.first, QUARTER.last


def day(count: int) -> timedelta:
    return timedelta(days=count)


def spell(
    first: date, last: date | None = None, fte: str = "1", person: str = "ann", post: str = "North"
) -> Spell:
    return Spell(person, person.title(), post, Decimal(fte), first, last)


def figure(spells: list[Spell], leaves: list[Leave] | None = None, terms: ContractTerms = TERMS) -> Breakdown:
    return breakdown(spells, leaves or [], (FIRST, LAST), terms)


def test_somebody_at_three_fifths_for_half_the_quarter_counts_three_tenths() -> None:
    found = figure([spell(FIRST, FIRST + day(45), "0.6")])
    assert found.days == 92
    assert found.total == Fraction(46 * 6, 10)
    assert found.average == Fraction(3, 10)
    assert found.rate.value == Fraction(3, 10) / Fraction(9, 2)


def test_more_than_the_target_stays_more_than_the_target() -> None:
    found = figure([spell(FIRST, person=str(number)) for number in range(5)])
    assert found.rate.value == Fraction(10, 9)
    assert found.rate.percent() == "111.1%"


@pytest.mark.parametrize("shift, days", [(-1, 92), (0, 92), (1, 91)])
def test_the_first_day_counts(shift: int, days: int) -> None:
    assert figure([spell(FIRST + day(shift))]).total == days


@pytest.mark.parametrize("shift, days", [(-1, 91), (0, 92), (1, 92)])
def test_the_last_day_counts(shift: int, days: int) -> None:
    assert figure([spell(FIRST, LAST + day(shift))]).total == days


@pytest.mark.parametrize("last, days", [(-1, 0), (0, 1), (1, 2)])
def test_who_leaves_about_the_quarters_first_day(last: int, days: int) -> None:
    assert figure([spell(FIRST - day(50), FIRST + day(last))]).total == days


@pytest.mark.parametrize("first, days", [(-1, 2), (0, 1), (1, 0)])
def test_who_starts_about_the_quarters_last_day(first: int, days: int) -> None:
    assert figure([spell(LAST + day(first))]).total == days


@pytest.mark.parametrize("shift, days", [(-1, 92), (0, 92), (1, 91)])
def test_a_contract_that_starts_about_the_first_day_asks_for_its_own_days_only(shift: int, days: int) -> None:
    terms = ContractTerms("Contract", FIRST + day(shift), None, Decimal("4.5"), BANDS)
    found = figure([spell(FIRST - day(9))], terms=terms)
    assert (found.days, found.total, found.is_part) == (days, days, days < 92)
    assert found.rate.value == Fraction(2, 9)


@pytest.mark.parametrize("shift, days", [(-1, 91), (0, 92), (1, 92)])
def test_a_contract_that_ends_about_the_last_day_asks_for_its_own_days_only(shift: int, days: int) -> None:
    terms = ContractTerms("Contract", None, LAST + day(shift), Decimal("4.5"), BANDS)
    assert (figure([spell(FIRST)], terms=terms).days, figure([spell(FIRST)], terms=terms).total) == (
        days,
        days,
    )


def test_a_quarter_outside_the_contract_has_no_percentage() -> None:
    terms = ContractTerms("Contract", LAST + day(1), None, Decimal("4.5"), BANDS)
    found = figure([spell(FIRST)], terms=terms)
    assert (found.days, found.runs, found.rate.value, found.average) == (0, (), None, None)
    assert found.rate.percent() == "–"


def test_nobody_in_post_is_nought_per_cent_of_the_target() -> None:
    found = figure([])
    assert found.rate.value == 0
    assert [(run.days, run.fte) for run in found.runs] == [(92, 0)]


@pytest.mark.parametrize("first, last, lost", [(-1, -1, 0), (-1, 0, 1), (0, 0, 1), (0, 1, 2), (1, 1, 1)])
def test_leave_that_does_not_count_takes_its_own_days(first: int, last: int, lost: int) -> None:
    leave = Leave("ann", "unpaid", False, FIRST + day(first), FIRST + day(last))
    assert figure([spell(FIRST)], [leave]).total == 92 - lost


def test_leave_that_counts_takes_nothing() -> None:
    assert figure([spell(FIRST)], [Leave("ann", "annual", True, FIRST, None)]).total == 92


def test_two_leaves_on_one_day_take_it_once() -> None:
    leaves = [
        Leave("ann", "unpaid", False, FIRST, FIRST + day(9)),
        Leave("ann", "lent", False, FIRST + day(5), FIRST + day(14)),
        Leave("ann", "annual", True, FIRST, FIRST + day(30)),
    ]
    found = figure([spell(FIRST)], leaves)
    assert found.total == 92 - 15
    assert [part.away for run in found.runs for part in run.parts] == ["unpaid", "lent", ""]


def test_leave_of_somebody_else_takes_nothing() -> None:
    assert figure([spell(FIRST)], [Leave("bob", "unpaid", False, FIRST, None)]).total == 92


def test_two_posts_of_one_person_are_summed_and_said() -> None:
    half = figure([spell(FIRST, fte="0.5"), spell(FIRST, fte="0.5", post="South")])
    assert (half.total, half.over_full_time) == (92, ())
    more = figure([spell(FIRST, fte="0.5"), spell(FIRST, fte="0.51", post="South")])
    assert (more.total, more.over_full_time) == (Fraction(92 * 101, 100), ("Ann",))


def test_days_alike_are_one_run_and_other_hours_begin_another() -> None:
    found = figure([spell(FIRST, FIRST + day(29)), spell(FIRST + day(30), fte="0.8")])
    assert [(run.first, run.days, run.fte) for run in found.runs] == [
        (FIRST, 30, 1),
        (FIRST + day(30), 62, Fraction(4, 5)),
    ]
    joined = figure([spell(FIRST, FIRST + day(29)), spell(FIRST + day(30))])
    assert [(run.days, run.fte) for run in joined.runs] == [(92, 1)]


def test_the_last_day_that_a_calendar_has_is_no_trouble() -> None:
    found = figure([spell(FIRST, date.max)], [Leave("ann", "unpaid", False, LAST, date.max)])
    assert found.total == 91


def test_a_leap_year_has_its_29_february() -> None:
    assert breakdown([spell(date(2024, 1, 1))], [], (date(2024, 1, 1), date(2024, 3, 31)), TERMS).total == 91
    assert breakdown([spell(date(2025, 1, 1))], [], (date(2025, 1, 1), date(2025, 3, 31)), TERMS).total == 90


@pytest.mark.parametrize(
    "percent, shift, title",
    [
        (95, -1, "Approaching target"), (95, 0, "Approaching target"), (95, 1, "Good"),
        (90, -1, "Requires improvement"), (90, 0, "Approaching target"), (90, 1, "Approaching target"),
        (80, -1, "Inadequate"), (80, 0, "Requires improvement"), (80, 1, "Requires improvement"),
    ],
)  # fmt: skip
def test_a_band_edge_is_judged_unrounded(percent: int, shift: int, title: str) -> None:
    band = TERMS.band_of(Fraction(percent, 100) + Fraction(shift, 10**9))
    assert band is not None
    assert band.title == title


def test_what_has_no_share_has_no_band() -> None:
    assert TERMS.band_of(None) is None
    assert [band.words for band in BANDS[:2]] == ["Above 95%", "90% or more"]


def test_a_contract_says_otherwise_of_a_kind_of_leave() -> None:
    unpaid, annual = LeaveKind("unpaid", "Unpaid", False, False), LeaveKind("annual", "Annual", True, True)
    other = ContractTerms("Contract", None, None, Decimal("4.5"), BANDS, {"unpaid": True, "annual": False})
    assert (TERMS.counts(unpaid), TERMS.counts(annual)) == (False, True)
    assert (other.counts(unpaid), other.counts(annual)) == (True, False)


DAYS = st.integers(min_value=-20, max_value=110).map(lambda count: FIRST + day(count))
SPANS = st.tuples(DAYS, st.none() | st.integers(min_value=0, max_value=90)).map(
    lambda span: (span[0], None if span[1] is None else span[0] + day(span[1]))
)
PEOPLE = st.sampled_from(["ann", "bob", "cat"])
SPELLS = st.lists(st.tuples(PEOPLE, SPANS, st.integers(min_value=1, max_value=100)), max_size=6)
LEAVES = st.lists(st.tuples(PEOPLE, SPANS, st.booleans()), max_size=6)


@given(SPELLS, LEAVES)
def test_the_sum_by_runs_is_the_sum_of_what_each_spell_gives(
    given_spells: list[tuple[str, tuple[date, date | None], int]],
    given_leaves: list[tuple[str, tuple[date, date | None], bool]],
) -> None:
    spells = [
        Spell(who, who, str(n), Decimal(fte) / 100, *span) for n, (who, span, fte) in enumerate(given_spells)
    ]
    leaves = [Leave(who, "kind", counts, *span) for who, span, counts in given_leaves]
    found = figure(spells, leaves)
    closed = Fraction(0)
    for one in spells:
        days = _days(one.first, one.last)
        for leave in leaves:
            if leave.person == one.person and not leave.counts:
                days -= _days(leave.first, leave.last)
        closed += len(days) * Fraction(one.fte)
    assert found.total == closed
    assert sum(run.days for run in found.runs) == 92
    assert [run.first for run in found.runs[1:]] == [run.last + day(1) for run in found.runs[:-1]]


def _days(first: date, last: date | None) -> set[date]:
    return {
        FIRST + day(count)
        for count in range(92)
        if first <= FIRST + day(count) and (last is None or FIRST + day(count) <= last)
    }
