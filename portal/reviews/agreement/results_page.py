"""The pictures of a closed exercise."""

from __future__ import annotations

from fractions import Fraction
from itertools import combinations

from portal.core.rules.charts.svg import Figure
from portal.reviews.agreement.rules.plots import AgreementBar, LeanDot, agreement_bars, lean_dots
from portal.reviews.agreement.rules.results import RatedItem, Results


def item_plot(found: Results) -> Figure:
    """The share of pairs of reviewers who rated each item the same, and within one point."""
    return agreement_bars(
        [_bar(item) for item in found.items],
        key="calibration-items",
        caption="Pairs of reviewers who agree, by item",
        counted="Pairs",
    )


def _bar(rated: RatedItem) -> AgreementBar:
    pairs = list(combinations(rated.given, 2))
    exact = sum(one == other for one, other in pairs)
    within = sum(abs(one - other) <= 1 for one, other in pairs)
    label = f"{rated.item.number}. {rated.item.title}"
    if not pairs:
        return AgreementBar(label, 0, None, None)
    return AgreementBar(label, len(pairs), Fraction(exact, len(pairs)), Fraction(within, len(pairs)))


def lean_plot(found: Results) -> Figure:
    """Each reviewer's mean difference from the mean of the others."""
    dots = [
        LeanDot(name, lean.units, lean.mean, found.leans(place))
        for place, (name, lean) in enumerate(zip(found.names, found.leaning, strict=True))
        if lean.mean is not None
    ]
    return lean_dots(
        sorted(dots, key=lambda dot: (-dot.mean, dot.name)),
        found.threshold,
        key="calibration-reviewers",
        caption="Mean difference from the others",
        counted="Items",
    )
