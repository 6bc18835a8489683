"""What becomes of the figure when somebody leaves: days of change, edges, and the quarter's figure so far."""

from __future__ import annotations

from datetime import date, timedelta
from decimal import Decimal
from fractions import Fraction

import pytest

from portal.workforce.posts.rules.forecast import TARGET, WhatIf, below_from, changes, edges, supposing
from portal.workforce.posts.rules.fte import Spell, breakdown, runs
from tests.support.posts_terms import BANDS, TERMS

FIRST, LAST = date(2025, 4, 1), date(2025, 6, 30)  # 91 days
ON = date(2025, 5, 1)


def spell(person: str, fte: str = "1", first: date = FIRST, last: date | None = None) -> Spell:
    return Spell(person, person.title(), "Post", Decimal(fte), first, last)


def test_who_leaves_counts_on_the_last_day_and_who_follows_after_the_empty_days() -> None:
    found = supposing([spell("ann"), spell("bob")], WhatIf("ann", ON, 30))
    assert [(one.name, one.first, one.last) for one in found] == [
        ("Ann", FIRST, ON),
        ("After Ann", ON + timedelta(days=31), None),
        ("Bob", FIRST, None),
    ]


@pytest.mark.parametrize("empty, starts", [(0, 1), (1, 2)])
def test_no_empty_day_means_the_day_after(empty: int, starts: int) -> None:
    found = supposing([spell("ann")], WhatIf("ann", ON, empty))
    assert found[1].first == ON + timedelta(days=starts)


def test_nobody_need_follow_and_what_would_have_come_falls_away() -> None:
    later = spell("ann", "0.8", ON + timedelta(days=10))
    assert supposing([spell("ann", last=ON), later], WhatIf("ann", ON)) == [spell("ann", last=ON)]


@pytest.mark.parametrize("shift, follows", [(-1, False), (0, True), (1, True)])
def test_a_known_last_day_bounds_who_follows(shift: int, follows: bool) -> None:
    known = ON + timedelta(days=31 + shift)
    found = supposing([spell("ann", last=known)], WhatIf("ann", ON, 30))
    assert (len(found) == 2) is follows


def test_a_leaver_who_has_left_before_changes_nothing() -> None:
    gone = spell("ann", last=ON - timedelta(days=1))
    assert supposing([gone], WhatIf("ann", ON, 0)) == [gone]


def test_the_edges_are_the_target_and_each_bands_lower_one() -> None:
    assert [edge.percent for edge in edges(TERMS)] == [100, 95, 90, 80]
    assert edges(TERMS)[0] is TARGET


@pytest.mark.parametrize(
    "fte, lost",
    [
        ("4.50", []),
        ("4.49", [100]),
        ("4.28", [100]),  # 95.1%
        ("4.27", [100, 95]),  # 94.9%
        ("4.05", [100, 95]),  # 90% exactly is still approaching
        ("4.04", [100, 95, 90]),
        ("3.60", [100, 95, 90]),  # 80% exactly still requires improvement
        ("3.59", [100, 95, 90, 80]),
    ],
)
def test_the_edges_crossed_by_a_day_on_which_somebody_leaves(fte: str, lost: list[int]) -> None:
    spells = [
        *(spell(name, "0.9", last=ON) for name in "abcde"),
        *(spell(name, str(Decimal(fte) / 5), ON + timedelta(days=1)) for name in "vwxyz"),
    ]
    found = changes(runs(spells, [], FIRST, LAST), TERMS)
    if fte == "4.50":
        assert found == []
        return
    assert [(one.on, [edge.percent for edge in one.lost], one.gained) for one in found] == [
        (ON + timedelta(days=1), lost, ())
    ]


def test_who_comes_back_wins_the_edges_back() -> None:
    spells = [spell(name) for name in "abcd"] + [spell("e", "0.5", last=ON), spell("f", "0.5", LAST)]
    lost, won = changes(runs(spells, [], FIRST, LAST), TERMS)
    assert (lost.before, lost.after, lost.share) == (Fraction(9, 2), Fraction(4), Fraction(8, 9))
    assert [edge.percent for edge in lost.lost] == [100, 95, 90]
    assert (won.on, [edge.percent for edge in won.gained]) == (LAST, [100, 95, 90])


def test_the_day_from_which_a_quarters_figure_stays_below() -> None:
    spells = [spell(name) for name in "abcd"] + [spell("e", "0.5", last=FIRST + timedelta(days=9))]
    figure = breakdown(spells, [], (FIRST, LAST), TERMS)
    good = BANDS[0]
    # 4.5 for 10 days, then 4: (45 + 4n) / ((10 + n) × 4.5) is 95% at n = 8.18: the 9th day is below
    assert below_from(figure, good) == FIRST + timedelta(days=18)
    assert below_from(figure, BANDS[2]) is None
    assert below_from(figure, TARGET) == FIRST + timedelta(days=10)


def test_a_figure_that_recovers_by_the_end_is_not_below() -> None:
    spells = [*(spell(name) for name in "abcd"), spell("e", first=FIRST + timedelta(days=5))]
    figure = breakdown(spells, [], (FIRST, LAST), TERMS)
    assert below_from(figure, BANDS[0]) is None
    assert below_from(breakdown([], [], (FIRST, LAST), TERMS), BANDS[2]) == FIRST


@pytest.mark.parametrize("days, since", [(8, None), (9, FIRST + timedelta(days=18))])
def test_the_edge_at_95_of_the_figure_so_far(days: int, since: date | None) -> None:
    last = FIRST + timedelta(days=9 + days)
    spells = [spell(name) for name in "abcd"] + [spell("e", "0.5", last=FIRST + timedelta(days=9))]
    assert below_from(breakdown(spells, [], (FIRST, last), TERMS), BANDS[0]) == since
