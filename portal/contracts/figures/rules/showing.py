"""How a value is shown: with as many decimals as keep it on its side of every edge of its bands.

94.996% is below 95%: shown with two decimals it would stand on the edge, so it is shown with three.
Source: contract.md, “Edges”: compared unrounded, rounded only for display.
"""

from __future__ import annotations

from collections.abc import Iterable
from fractions import Fraction

from portal.contracts.definition.rules.bands import Band
from portal.contracts.definition.rules.terms import Unit
from portal.core.rules.rate import rounded

PLACES = 2  # enough where no edge is near
MOST_PLACES = 40  # nearer to an edge than this the fraction itself is the only honest way to show it


def percentage(value: Fraction, bands: Iterable[Band] = (), places: int = PLACES) -> str:
    """A share as a number of per cent, without its sign: 95.56; rounded half up, on its side of the edges."""
    return _shown(value * 100, [edge * 100 for edge in edges(bands)], places)


def words(value: Fraction | None, unit: Unit, bands: Iterable[Band] = ()) -> str:
    """A value as people read it: 95.56% or 12. “–” where there is none."""
    if value is None:
        return "–"
    if unit is Unit.PERCENT:
        return f"{percentage(value, bands)}%"
    return _shown(value, edges(bands), PLACES)


def edges(bands: Iterable[Band]) -> list[Fraction]:
    """Every edge of the bands, from the lowest up."""
    return sorted({edge.value for band in bands for edge in (band.low, band.high) if edge is not None})


def exact(value: Fraction) -> str:
    """A number exactly: 4.3 where its decimals end, else a fraction: 129/31."""
    denominator = value.denominator
    for factor in (2, 5):
        while denominator % factor == 0:
            denominator //= factor
    if denominator != 1:
        return f"{value.numerator}/{value.denominator}"
    return f"{rounded(value, value.denominator.bit_length()):f}"


def short(value: Fraction | None) -> str:
    """A number to two places, for pages that give the exact one elsewhere: 4.33."""
    return "–" if value is None else f"{rounded(value, 2):,f}"


def _shown(value: Fraction, edges_: list[Fraction], places: int) -> str:
    for decimals in range(places, MOST_PLACES):
        found = rounded(value, decimals)
        if all(_side(Fraction(found), edge) == _side(value, edge) for edge in edges_ if edge != value):
            return f"{found:f}"
    return exact(value)


def _side(value: Fraction, edge: Fraction) -> int:
    return (value > edge) - (value < edge)
