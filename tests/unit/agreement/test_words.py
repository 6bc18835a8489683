"""Rounding and wording of the statistics."""

from __future__ import annotations

from fractions import Fraction

import pytest

from portal.reviews.agreement.rules.leaning import Lean
from portal.reviews.agreement.rules.ratings import gather
from portal.reviews.agreement.rules.statistics import agreement
from portal.reviews.agreement.rules.words import figure, lean_words, lines, percent, signed


@pytest.mark.parametrize(
    "share, shown",
    [
        (None, "–"),
        (Fraction(0), "0%"),
        (Fraction(1, 1000), "1%"),
        (Fraction(144, 1000), "14%"),
        (Fraction(145, 1000), "15%"),
        (Fraction(146, 1000), "15%"),
        (Fraction(999, 1000), "99%"),
        (Fraction(1), "100%"),
    ],
)
def test_a_share_is_a_whole_per_cent(share: Fraction | None, shown: str) -> None:
    assert percent(share) == shown


@pytest.mark.parametrize(
    "value, shown",
    [(None, "–"), (-0.001, "0.00"), (-0.256, "−0.26"), (1.0, "1.00"), (Fraction(1, 3), "0.33")],
)
def test_a_figure_has_a_true_minus_and_no_minus_nought(value: float | Fraction | None, shown: str) -> None:
    assert figure(value) == shown


@pytest.mark.parametrize("value, shown", [(0.5, "+0.50"), (-0.5, "−0.50"), (0.001, "0.00"), (0, "0.00")])
def test_a_difference_has_its_sign(value: float, shown: str) -> None:
    assert signed(value) == shown


@pytest.mark.parametrize(
    "mean, words",
    [
        (None, "rated nothing that others rated"),
        (Fraction(0), "no lean"),
        (Fraction(1, 2), "+0.50 higher than the others"),
        (Fraction(-1, 2), "−0.50 lower than the others"),
    ],
)
def test_a_lean_is_said_in_words(mean: Fraction | None, words: str) -> None:
    assert lean_words(Lean(4, mean)) == words


def test_what_cannot_be_had_is_not_given_with_its_reason() -> None:
    shown = lines(agreement(gather("ab", [(4, 4), (4, 4)])))
    assert [line.value for line in shown] == ["100%", "100%", *["not given"] * 5]
    assert all("the same" in line.note for line in shown[2:])


def test_kappa_of_three_raters_is_called_a_mean_of_pairs() -> None:
    shown = {line.key: line for line in lines(agreement(gather("abc", [(1, 2, 1), (3, 3, 4), (5, 4, 4)])))}
    assert shown["kappa_quadratic"].title.endswith("mean of pairs")
    assert shown["kappa_quadratic"].value != "not given"
