"""Settling the bands of an indicator: every value of 0 or more is in exactly one, or the file is refused.

The values are cut at every edge into points and the stretches between them. A point or stretch that no band
holds, or more than one, must be resolved by the file, in words. Source: contract.md, “Edges”.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from fractions import Fraction

from portal.contracts.definition.rules.bands import Band, Edge
from portal.contracts.definition.rules.terms import Unit
from portal.contracts.definition.rules.wording import figure

ZERO = Fraction(0)


class Unsettled(ValueError):
    """The bands leave a gap or overlap, or a resolution resolves nothing. Its text is the reason."""


@dataclass(frozen=True)
class Piece:
    """One value (both ends the same), or the values between two others, without them; a last end is open."""

    low: Fraction
    high: Fraction | None

    @property
    def is_point(self) -> bool:
        return self.low == self.high

    @property
    def sample(self) -> Fraction:
        """A value of it; no edge lies within, so it speaks for all."""
        return self.low + 1 if self.high is None else (self.low + self.high) / 2

    @property
    def has_whole(self) -> bool:
        """Whether a whole number is in it."""
        if self.is_point:
            return self.low.denominator == 1
        return self.high is None or self.low // 1 + 1 < self.high

    def words(self, unit: Unit) -> str:
        if self.is_point:
            return f"exactly {figure(self.low, unit)}"
        if self.high is None:
            return f"above {figure(self.low, unit)}"
        if unit is Unit.COUNT:
            first, last = self.low // 1 + 1, -(-self.high // 1) - 1
            return f"exactly {first}" if first == last else f"{first} to {last}"
        return f"between {figure(self.low, unit)} and {figure(self.high, unit)}"


@dataclass(frozen=True)
class Resolution:
    """How the file reads what its source leaves open: `low` to `high`, both the same for one value."""

    low: Fraction
    high: Fraction
    band: str
    words: str

    def covers(self, piece: Piece) -> bool:
        return piece.high is not None and self.low <= piece.low and piece.high <= self.high


def settle(bands: Sequence[Band], resolutions: Sequence[Resolution], unit: Unit) -> tuple[Band, ...]:
    """The bands with the edges as resolved. Raises Unsettled."""
    owners = _owners(bands, resolutions, unit)
    return tuple(_rebuilt(band, [piece for piece, key in owners if key == band.key]) for band in bands)


def _owners(bands: Sequence[Band], resolutions: Sequence[Resolution], unit: Unit) -> list[tuple[Piece, str]]:
    owners: list[tuple[Piece, str]] = []
    used: set[Resolution] = set()
    for piece in _pieces(bands, resolutions, unit):
        holding = [band.key for band in bands if band.holds(piece.sample)]
        if len(holding) != 1:
            found = next((one for one in resolutions if one.covers(piece)), None)
            if found is None:
                raise Unsettled(_open(piece, holding, unit))
            used.add(found)
            holding = [found.band]
        if owners and holding[0] != owners[-1][1] and holding[0] in {key for _, key in owners}:
            raise Unsettled(f"has the band “{holding[0]}” in two places: {piece.words(unit)} is apart")
        owners.append((piece, holding[0]))
    for one in resolutions:
        if one not in used:
            raise Unsettled(f"resolves {Piece(one.low, one.high).words(unit)}, where no question is open")
    return owners


def _pieces(bands: Sequence[Band], resolutions: Sequence[Resolution], unit: Unit) -> Iterator[Piece]:
    edges = {edge.value for band in bands for edge in (band.low, band.high) if edge is not None}
    points = sorted({ZERO, *edges, *(end for one in resolutions for end in (one.low, one.high))})
    followed: list[Fraction | None] = [*points[1:], None]
    for point, after in zip(points, followed, strict=True):
        yield Piece(point, point)
        stretch = Piece(point, after)
        if unit is not Unit.COUNT or stretch.has_whole:
            yield stretch


def _rebuilt(band: Band, pieces: list[Piece]) -> Band:
    if not pieces:
        raise Unsettled(f"has the band “{band.key}”, which holds no value")
    first, last = pieces[0], pieces[-1]
    low = band.low if first.low == ZERO and first.is_point else Edge(first.low, first.is_point)
    high = None if last.high is None else Edge(last.high, last.is_point)
    return replace(band, low=low, high=high)


def _open(piece: Piece, holding: list[str], unit: Unit) -> str:
    if not holding:
        return f"has no band for {piece.words(unit)}: say in “resolved” how the file reads it"
    both = " and ".join(f"“{key}”" for key in holding)
    return f"has {both} for {piece.words(unit)}: say in “resolved” which it is"
