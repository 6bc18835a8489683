"""How far raters agree: every statistic with what it rests on, or the reason why it cannot be had.

docs/agreement.md says what each one tells. Counts are whole numbers and shares exact fractions;
the rest are floats, rounded only where they are shown.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from fractions import Fraction
from itertools import combinations

from portal.reviews.agreement.rules.alpha import Level, alphas
from portal.reviews.agreement.rules.intraclass import icc_a1, interval, mean_squares
from portal.reviews.agreement.rules.kappa import quadratic_kappa
from portal.reviews.agreement.rules.ratings import Ratings

FEWEST_UNITS = 2
STATISTICS = (
    "exact",
    "within_one",
    "kappa_quadratic",
    "icc_a1",
    "icc_a1_low",
    "icc_a1_high",
    "alpha_ordinal",
    "alpha_nominal",
    "alpha_interval",
)
SAME = "all ratings are the same, so agreement cannot be told from chance"
NO_ERROR = "the ratings leave no error from which an interval could be worked out"
TOO_FEW_FOR_INTERVAL = "there are too few units for an interval"


@dataclass
class Agreement:
    """The statistics of one set of ratings. `reason` says by name why one is None."""

    units: int
    raters: int
    paired: int  # units that at least two rated
    complete: int  # units that all rated
    pairs: int  # of ratings of one unit
    exact_pairs: int
    within_one_pairs: int
    exact: Fraction | None = None
    within_one: Fraction | None = None
    kappa_quadratic: float | None = None
    kappa_of_pairs: float | None = None  # mean over the pairs of raters, where there are more than two
    icc_a1: float | None = None
    icc_a1_low: float | None = None
    icc_a1_high: float | None = None
    alpha_ordinal: float | None = None
    alpha_nominal: float | None = None
    alpha_interval: float | None = None
    reason: dict[str, str] = field(default_factory=dict)


def agreement(ratings: Ratings, levels: Sequence[Level] = tuple(Level)) -> Agreement:
    """All statistics of these ratings, alpha at these levels."""
    pairs = ratings.pairs()
    complete = ratings.complete()
    found = Agreement(
        units=ratings.units,
        raters=len(ratings.raters),
        paired=ratings.paired,
        complete=sum(complete.values()),
        pairs=pairs.total(),
        exact_pairs=sum(times for (one, other), times in pairs.items() if one == other),
        within_one_pairs=sum(times for (one, other), times in pairs.items() if abs(one - other) <= 1),
    )
    if found.paired < FEWEST_UNITS:
        found.reason = dict.fromkeys(STATISTICS, too_few(found))
        return found
    found.exact = Fraction(found.exact_pairs, found.pairs)
    found.within_one = Fraction(found.within_one_pairs, found.pairs)
    _kappa(found, ratings)
    _intraclass(found, complete)
    _alpha(found, ratings, levels)
    return found


def too_few(found: Agreement) -> str:
    """Why nothing can be said, in words."""
    if found.raters < 2:
        return "there is only one rater" if found.raters else "there is no rater"
    had = "only one" if found.paired else "none"
    return f"at least {FEWEST_UNITS} units that two raters rated are needed; there is {had}"


def _kappa(found: Agreement, ratings: Ratings) -> None:
    places = list(combinations(range(found.raters), 2))
    values = [quadratic_kappa(ratings.between(one, other)) for one, other in places]
    had = [value for value in values if value is not None]
    if found.raters == 2:
        found.kappa_quadratic = float(had[0]) if had else None
        if not had:
            found.reason["kappa_quadratic"] = SAME
        return
    reason = f"kappa is for two raters; there are {found.raters}"
    if had:
        found.kappa_of_pairs = float(sum(had) / len(had))
        over = "1 pair" if len(had) == 1 else f"{len(had)} pairs"
        reason += f": the mean over {over} of them is {found.kappa_of_pairs:.3f}"
    found.reason["kappa_quadratic"] = reason


def _intraclass(found: Agreement, complete: dict[tuple[int, ...], int]) -> None:
    squares = mean_squares(complete)
    names = ("icc_a1", "icc_a1_low", "icc_a1_high")
    if squares is None:
        had = "only one" if found.complete else "none"
        reason = f"at least {FEWEST_UNITS} units that every rater rated are needed; there is {had}"
        found.reason.update(dict.fromkeys(names, reason))
        return
    value = icc_a1(squares)
    if value is None:
        found.reason.update(dict.fromkeys(names, SAME))
        return
    found.icc_a1 = float(value)
    limits = interval(squares)
    if limits is None:
        found.reason.update(dict.fromkeys(names[1:], NO_ERROR if not squares.rest else TOO_FEW_FOR_INTERVAL))
        return
    found.icc_a1_low, found.icc_a1_high = limits


def _alpha(found: Agreement, ratings: Ratings, levels: Sequence[Level]) -> None:
    values = alphas(ratings, levels)
    if values is None:
        found.reason.update({f"alpha_{level.value}": SAME for level in levels})
        return
    for level, value in values.items():
        setattr(found, f"alpha_{level.value}", value)
