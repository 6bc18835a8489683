"""The intraclass correlation ICC(A,1): two-way, absolute agreement, a single rating.

McGraw and Wong (1996), Forming inferences about some intraclass correlation coefficients,
Psychological Methods 1, 30-46: table 4 (the coefficient) and table 7 (its interval), with the correction
of 1996 (page 390). It equals the ICC(2,1) of Shrout and Fleiss (1979). The mean squares are exact
fractions; only the interval needs floats.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from fractions import Fraction
from functools import lru_cache

from portal.reviews.agreement.rules.f_distribution import f_quantile

CONFIDENCE = 0.95
_ROUNDING = 1e-9


@dataclass(frozen=True)
class MeanSquares:
    """Mean squares of a two-way table without repetition: n units by k raters."""

    units: int
    raters: int
    between_units: Fraction
    between_raters: Fraction
    rest: Fraction


def mean_squares(rows: Mapping[tuple[int, ...], int]) -> MeanSquares | None:
    """Of complete rows and how often each occurs. None with fewer than two units or two raters."""
    units = sum(rows.values())
    raters = len(next(iter(rows), ()))
    if units < 2 or raters < 2:
        return None
    total = squares = of_units = 0
    of_raters = [0] * raters
    for row, times in rows.items():
        whole = sum(row)
        total += times * whole
        squares += times * sum(rating * rating for rating in row)
        of_units += times * whole * whole
        of_raters = [so_far + times * rating for so_far, rating in zip(of_raters, row, strict=True)]
    correction = Fraction(total * total, units * raters)
    units_part = Fraction(of_units, raters) - correction
    raters_part = Fraction(sum(value * value for value in of_raters), units) - correction
    rest = squares - correction - units_part - raters_part
    return MeanSquares(
        units,
        raters,
        units_part / (units - 1),
        raters_part / (raters - 1),
        rest / ((units - 1) * (raters - 1)),
    )


def icc_a1(squares: MeanSquares) -> Fraction | None:
    """The coefficient, or None where all ratings are the same."""
    over = squares.between_units - squares.rest
    under = (
        squares.between_units
        + (squares.raters - 1) * squares.rest
        + Fraction(squares.raters, squares.units) * (squares.between_raters - squares.rest)
    )
    return over / under if under else None


@lru_cache(maxsize=1024)  # by the mean squares themselves; a past quarter never changes
def interval(squares: MeanSquares, confidence: float = CONFIDENCE) -> tuple[float, float] | None:
    """The interval of the coefficient.

    None where its formula divides by nothing (all agree), or where with so few units its approximation
    fails, which shows when the coefficient itself lies outside.
    """
    value = icc_a1(squares)
    if value is None or value == 1:
        return None
    n, k = squares.units, squares.raters
    of_units, of_raters, rest = (
        float(square) for square in (squares.between_units, squares.between_raters, squares.rest)
    )
    share = float(value / (n * (1 - value)))
    a, b = k * share, 1 + k * share * (n - 1)
    under = (a * of_raters) ** 2 / (k - 1) + (b * rest) ** 2 / ((n - 1) * (k - 1))
    if under <= 0:
        return None
    freedom = (a * of_raters + b * rest) ** 2 / under
    if freedom <= 0:
        return None
    level = 1 - (1 - confidence) / 2
    lower, upper = f_quantile(level, n - 1, freedom), f_quantile(level, freedom, n - 1)
    mixed = k * of_raters + (k * n - k - n) * rest
    low = n * (of_units - lower * rest) / (lower * mixed + n * of_units)
    high = n * (upper * of_units - rest) / (mixed + n * upper * of_units)
    return (low, high) if low - _ROUNDING <= value <= high + _ROUNDING else None
