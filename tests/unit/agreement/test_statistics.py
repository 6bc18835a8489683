"""The statistics against published worked examples, hand-worked cases and figures of other programs."""

from __future__ import annotations

import itertools
import random
from collections import Counter
from collections.abc import Sequence
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from portal.reviews.agreement.rules.alpha import Level, alphas
from portal.reviews.agreement.rules.intraclass import icc_a1, interval, mean_squares
from portal.reviews.agreement.rules.kappa import quadratic_kappa
from portal.reviews.agreement.rules.leaning import Lean, leans
from portal.reviews.agreement.rules.ratings import Categories, Ratings, gather
from portal.reviews.agreement.rules.statistics import SAME, STATISTICS, agreement
from tests.unit.agreement.published import COUPLES, KRIPPENDORFF, SHROUT_AND_FLEISS

Rows = Sequence[Sequence[int | None]]


def of(rows: Rows, categories: Categories | None = None) -> Ratings:
    raters = [f"rater {place}" for place in range(len(rows[0]))]
    return gather(raters, rows, categories or Categories(1, 5))


def test_shrout_and_fleiss_single_absolute_agreement_is_029() -> None:
    found = agreement(of(SHROUT_AND_FLEISS, Categories(1, 10)))
    assert found.icc_a1 == pytest.approx(0.2898, abs=5e-5)  # printed: .29
    assert (found.icc_a1_low, found.icc_a1_high) == (
        pytest.approx(0.0188, abs=5e-5),  # as R's psych package prints: 0.019 and 0.761
        pytest.approx(0.7611, abs=5e-5),
    )


def test_shrout_and_fleiss_mean_squares_are_those_printed() -> None:
    squares = mean_squares(Counter(tuple(row) for row in SHROUT_AND_FLEISS))
    assert squares is not None
    assert float(squares.between_units) == pytest.approx(11.24, abs=0.005)
    assert float(squares.between_raters) == pytest.approx(32.49, abs=0.005)
    assert float(squares.rest) == pytest.approx(1.02, abs=0.005)


def test_krippendorffs_reliability_data_give_the_alphas_he_prints() -> None:
    found = agreement(of(KRIPPENDORFF))
    assert found.alpha_nominal == pytest.approx(0.743, abs=5e-4)
    assert found.alpha_ordinal == pytest.approx(0.815, abs=5e-4)
    assert found.alpha_interval == pytest.approx(0.849, abs=5e-4)
    assert (found.units, found.raters, found.paired) == (12, 4, 11)


def test_quadratic_kappa_of_the_couples_is_0332() -> None:
    places = itertools.product(range(4), repeat=2)
    value = quadratic_kappa({(one, other): COUPLES[one][other] for one, other in places})
    assert value is not None
    assert float(value) == pytest.approx(0.332, abs=5e-4)


@pytest.mark.parametrize(
    "other, printed",
    [
        ([8, 8, 6, 6, 7, 6, 1, 4, 8], 0.758620689655172),
        ([3, 5, 6, 6, 7, 6, 1, 4, 8], 0.438095238095238),
    ],
)
def test_quadratic_kappa_is_what_maple_prints_in_its_manual(other: list[int], printed: float) -> None:
    value = quadratic_kappa(Counter(zip([9, 7, 8, 7, 6, 8, 3, 5, 10], other, strict=True)))
    assert value is not None
    assert float(value) == pytest.approx(printed, abs=1e-14)


def test_two_units_worked_by_hand() -> None:
    """Ratings (1, 2) and (3, 3): the squares differ by 1 + 0; by chance 4 + 4 + 1 + 0 over 4 pairs."""
    found = agreement(of([(1, 2), (3, 3)]))
    assert (found.exact, found.within_one) == (Fraction(1, 2), Fraction(1))
    # expected: (1,2) 1, (1,3) 4, (3,2) 1, (3,3) 0: 6 over 2 units = 3; seen 1
    assert found.kappa_quadratic == pytest.approx(1 - 1 / 3)
    # mean squares: units 9/4, raters 1/4, rest 1/4
    assert found.icc_a1 == pytest.approx((9 / 4 - 1 / 4) / (9 / 4 + 1 / 4))
    # alpha interval: values 1, 2, 3, 3; seen 1 + 1 over 4; by chance over 12 ordered pairs 22
    assert found.alpha_interval == pytest.approx(1 - (2 / 4) / (22 / 12))
    assert found.alpha_nominal == pytest.approx(1 - (2 / 4) / (10 / 12))
    assert found.reason == {}


@pytest.mark.parametrize("apart, within", [(0, 1), (1, 1), (2, 0)])
def test_within_one_holds_to_one_and_no_further(apart: int, within: int) -> None:
    found = agreement(of([(3, 3 + apart), (3, 3 + apart)]))
    assert found.within_one == within
    assert found.exact == (apart == 0)


def test_ratings_that_are_all_the_same_give_shares_and_a_reason_for_the_rest() -> None:
    found = agreement(of([(4, 4)] * 10))
    assert (found.exact, found.within_one) == (1, 1)
    for name in STATISTICS[2:]:
        assert getattr(found, name) is None
        assert found.reason[name] == SAME


def test_one_rater_who_never_varies_gives_a_kappa_of_nought() -> None:
    found = agreement(of([(4, 3), (4, 4), (4, 5)]))
    assert found.kappa_quadratic == 0


def test_two_constant_raters_apart_give_nought_and_no_interval() -> None:
    found = agreement(of([(4, 5), (4, 5), (4, 5)]))
    assert (found.exact, found.kappa_quadratic, found.icc_a1) == (0, 0, 0)
    assert found.icc_a1_low is None
    assert "icc_a1_low" in found.reason
    assert "icc_a1" not in found.reason


def test_full_agreement_with_variation_is_one_without_an_interval() -> None:
    found = agreement(of([(1, 1), (3, 3), (5, 5)]))
    assert (found.kappa_quadratic, found.icc_a1, found.alpha_ordinal) == (1, 1, 1)
    assert found.icc_a1_low is None
    assert found.icc_a1_high is None
    assert set(found.reason) == {"icc_a1_low", "icc_a1_high"}


@pytest.mark.parametrize(
    "rows, words",
    [
        ([(3, 4)], "there is only one"),
        ([(3, None), (None, 4)], "there is none"),
        ([(3, 4), (None, 4)], "there is only one"),
        ([(3,), (4,)], "there is only one rater"),
    ],
)
def test_too_few_pairs_are_said_in_words(rows: Rows, words: str) -> None:
    found = agreement(of(rows))
    for name in STATISTICS:
        assert getattr(found, name) is None
        assert words in found.reason[name]


def test_an_interval_without_its_own_coefficient_is_not_given() -> None:
    """Two units of five raters: the approximation of the degrees of freedom breaks down."""
    found = agreement(of([(1, 5, 4, 4, 1), (5, 3, 5, 1, 2)]))
    assert found.icc_a1 == pytest.approx(-3.75 / 13)  # mean squares 0.1, 2.85 and 3.85
    assert (found.icc_a1_low, found.icc_a1_high) == (None, None)
    assert found.reason["icc_a1_low"] == "there are too few units for an interval"


def test_two_pairs_are_enough() -> None:
    assert agreement(of([(3, 4), (4, 4)])).reason == {}


def test_a_gap_leaves_out_the_unit_where_all_raters_are_needed_and_only_there() -> None:
    found = agreement(of([(1, 1, 2), (3, 3, 3), (5, 4, None)]))
    assert (found.units, found.paired, found.complete, found.pairs) == (3, 3, 2, 7)
    assert (found.exact_pairs, found.within_one_pairs) == (4, 7)
    whole = agreement(of([(1, 1, 2), (3, 3, 3)]))
    assert found.icc_a1 == whole.icc_a1
    assert found.alpha_ordinal != whole.alpha_ordinal


def test_without_two_complete_units_the_icc_says_so() -> None:
    found = agreement(of([(1, 2, None), (3, None, 3), (5, 4, 4)]))
    assert found.icc_a1 is None
    assert "every rater rated" in found.reason["icc_a1"]
    assert found.alpha_ordinal is not None


def test_kappa_of_more_than_two_raters_is_the_mean_of_pairs_said_as_such() -> None:
    rows = [(1, 2, 1), (3, 3, 4), (5, 4, 4), (2, 2, 1)]
    found = agreement(of(rows))
    of_pairs = [
        quadratic_kappa(Counter((row[one], row[other]) for row in rows))
        for one, other in ((0, 1), (0, 2), (1, 2))
    ]
    assert found.kappa_quadratic is None
    assert found.kappa_of_pairs == pytest.approx(float(sum(value or 0 for value in of_pairs) / 3))
    assert f"the mean over 3 pairs of them is {found.kappa_of_pairs:.3f}" in found.reason["kappa_quadratic"]


def test_a_category_never_used_changes_nothing_but_is_allowed() -> None:
    rows = [(1, 2), (3, 3), (5, 5), (1, 1)]
    assert agreement(of(rows)) == agreement(of(rows, Categories(0, 20)))


@pytest.mark.parametrize("rating", [0, 6])
def test_a_rating_outside_the_categories_is_refused(rating: int) -> None:
    with pytest.raises(ValueError, match="outside 1 to 5"):
        of([(3, rating)])


@pytest.mark.parametrize("rating", [1, 5])
def test_both_ends_of_the_range_are_categories(rating: int) -> None:
    assert agreement(of([(3, rating), (rating, 3)])).units == 2


def _alpha_by_definition(rows: Rows, level: Level) -> float | None:
    """Krippendorff (2011), section E, term by term over the pairs of values."""
    units = [[v for v in row if v is not None] for row in rows]
    units = [unit for unit in units if len(unit) > 1]
    values = Counter(value for unit in units for value in unit)
    total = values.total()

    def distance(one: int, other: int) -> float:
        low, high = sorted((one, other))
        if level is Level.NOMINAL:
            return float(one != other)
        if level is Level.INTERVAL:
            return (one - other) ** 2
        return (sum(values[g] for g in range(low, high + 1)) - (values[one] + values[other]) / 2) ** 2

    seen = sum(
        distance(one, other) / (len(unit) - 1)
        for unit in units
        for one, other in itertools.permutations(unit, 2)
    )
    everything = list(values.elements())
    chance = sum(distance(one, other) for one, other in itertools.permutations(everything, 2)) / (total - 1)
    return 1 - seen / chance if chance else None


_RATING = st.none() | st.integers(1, 5)


@given(st.integers(2, 4).flatmap(lambda k: st.lists(st.tuples(*[_RATING] * k), min_size=2, max_size=12)))
def test_the_library_gives_alpha_as_it_is_defined(rows: list[tuple[int | None, ...]]) -> None:
    found = alphas(of(rows))
    if found is None:
        return
    for level in Level:
        assert found[level] == pytest.approx(_alpha_by_definition(rows, level), abs=1e-9)


@given(st.lists(st.tuples(st.integers(1, 5), st.integers(1, 5)), min_size=2, max_size=30))
def test_what_must_hold_of_any_ratings_of_two(rows: list[tuple[int, int]]) -> None:
    found, turned = agreement(of(rows)), agreement(of([(other, one) for one, other in rows]))
    assert found.kappa_quadratic == pytest.approx(turned.kappa_quadratic)
    assert found.icc_a1 == pytest.approx(turned.icc_a1)
    assert found.exact is not None
    assert found.within_one is not None
    assert 0 <= found.exact <= found.within_one <= 1
    if found.icc_a1 is not None and found.icc_a1_low is not None and found.icc_a1_high is not None:
        assert found.icc_a1_low <= found.icc_a1 + 1e-9
        assert found.icc_a1 <= found.icc_a1_high + 1e-9
    for name in STATISTICS:
        assert (getattr(found, name) is None) == (name in found.reason)
    first, second = leans(of(rows))
    assert first.mean is not None
    assert second.mean == -first.mean


def test_quadratic_kappa_and_icc_come_close_on_many_units() -> None:
    """Fleiss and Cohen (1973): with many units the two are the same."""
    chance = random.Random(7)
    rows = [
        (r, min(5, max(1, r + chance.choice((-1, 0, 0, 1))))) for r in chance.choices(range(1, 6), k=5000)
    ]
    found = agreement(of(rows))
    assert found.kappa_quadratic == pytest.approx(found.icc_a1, abs=1e-3)


def test_the_interval_holds_the_truth_about_95_times_in_100() -> None:
    """Ratings as true value + rater + error, each with variance 1: the ICC is 1/3."""
    chance = random.Random(11)
    held = 0
    for _ in range(200):
        raters = [chance.gauss(0, 1) for _ in range(4)]
        rows = []
        for _unit in range(15):
            true = chance.gauss(0, 1)
            rows.append(tuple(round((true + rater + chance.gauss(0, 1)) * 1000) for rater in raters))
        squares = mean_squares(Counter(rows))
        assert squares is not None
        limits = interval(squares)
        assert limits is not None
        held += limits[0] <= 1 / 3 <= limits[1]
    assert 180 <= held <= 199


def test_leaning_is_against_the_mean_of_the_others() -> None:
    found = leans(of([(5, 3, 4), (4, 3, None), (2, None, None)]))
    assert found == (
        Lean(2, (Fraction(3, 2) + 1) / 2),
        Lean(2, (Fraction(-3, 2) - 1) / 2),
        Lean(1, Fraction(0)),
    )


def test_a_rater_alone_has_no_leaning() -> None:
    assert leans(of([(5, None), (4, None)])) == (Lean(0, None), Lean(0, None))


def test_fewer_than_two_units_or_raters_have_no_mean_squares() -> None:
    assert mean_squares({}) is None
    assert mean_squares({(3, 4): 1}) is None
    assert mean_squares({(3,): 5}) is None
    squares = mean_squares({(3, 4): 2})
    assert squares is not None
    assert icc_a1(squares) == 0
