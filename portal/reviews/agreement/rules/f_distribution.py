"""Quantiles of the F distribution, for the interval of an intraclass correlation.

The distribution function is the regularised incomplete beta function (Abramowitz and Stegun, Handbook
of Mathematical Functions, 26.6.2), which is worked out by its continued fraction (26.5.8) with the
method of Lentz. Degrees of freedom need not be whole.
"""

from __future__ import annotations

from math import exp, lgamma, log, log1p

_TINY = 1e-300
_PRECISION = 1e-14
_MOST_STEPS = 20_000
_FURTHEST = 600.0  # natural logarithm of the largest quantile looked for
_MOST_HALVINGS = 200


def f_quantile(probability: float, above: float, below: float) -> float:
    """The value that F with `above` and `below` degrees of freedom stays under with this probability.

    Raises ValueError where the probability is not between 0 and 1 or a degree of freedom not above 0.
    """
    if not 0 < probability < 1:
        raise ValueError("a probability lies between 0 and 1")
    if not (above > 0 and below > 0):
        raise ValueError("degrees of freedom are above 0")
    low, high = -_FURTHEST, _FURTHEST
    place = 0.0
    for _ in range(_MOST_HALVINGS):
        reached, slope = _distribution(place, above, below)
        if reached < probability:
            low = place
        else:
            high = place
        step = (probability - reached) / slope if slope > _TINY else 0.0
        following = place + step
        if not (slope > _TINY and low < following < high):  # Newton left the bracket: halve it
            following = (low + high) / 2
        if abs(following - place) <= _PRECISION * max(1.0, abs(place)):
            return exp(following)
        place = following
    return exp(place)


def f_distribution(value: float, above: float, below: float) -> float:
    """The probability that F with these degrees of freedom is at most `value` (above 0)."""
    return _distribution(log(value), above, below)[0]


def _distribution(place: float, above: float, below: float) -> tuple[float, float]:
    """Probability at exp(place), and its slope over `place`."""
    first, second = above / 2, below / 2
    ratio = place + log(above / below)  # logarithm of the odds y / (1 - y)
    log_y, log_rest = (
        (-log1p(exp(-ratio)), -ratio - log1p(exp(-ratio)))
        if ratio > 0
        else (
            ratio - log1p(exp(ratio)),
            -log1p(exp(ratio)),
        )
    )
    front = lgamma(first + second) - lgamma(first) - lgamma(second) + first * log_y + second * log_rest
    slope = exp(front) if front > -700 else 0.0
    y, rest = exp(log_y), exp(log_rest)
    if y < (first + 1) / (first + second + 2):
        return slope * _fraction(y, first, second) / first, slope
    return 1 - slope * _fraction(rest, second, first) / second, slope


def _fraction(y: float, first: float, second: float) -> float:
    """The continued fraction of the incomplete beta function."""
    total, upper = first + second, 1.0
    lower = 1 / _away_from_zero(1 - total * y / (first + 1))
    value = lower
    for step in range(1, _MOST_STEPS):
        even = step * (second - step) * y / ((first + 2 * step - 1) * (first + 2 * step))
        odd = -(first + step) * (total + step) * y / ((first + 2 * step) * (first + 2 * step + 1))
        for term in (even, odd):
            lower = 1 / _away_from_zero(1 + term * lower)
            upper = _away_from_zero(1 + term / upper)
            value *= upper * lower
        if abs(upper * lower - 1) < _PRECISION:
            break
    return value


def _away_from_zero(value: float) -> float:
    return value if abs(value) > _TINY else _TINY
