"""Figures as bytes that never change, and back: with the definition of each indicator as it was.

Canonical JSON: sorted keys, no blanks, UTF-8; fractions as “19/20”. What is read back draws the same pages,
even where the contract's file, the portal's records and its code have changed since.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Mapping
from dataclasses import replace
from datetime import date
from fractions import Fraction
from functools import lru_cache
from typing import Any

from portal.contracts.definition.rules.bands import Band, Edge
from portal.contracts.definition.rules.terms import Consequence, Frequency, Indicator, Remedy, Unit
from portal.contracts.figures.rules.figure import ByHand, Counted, Figure, Row
from portal.contracts.figures.rules.periods import Period

FORMAT = 1


def pack(figures: Iterable[Figure]) -> bytes:
    """The figures of a quarter as canonical JSON."""
    content = {"format": FORMAT, "figures": [_figure(one) for one in figures]}
    return json.dumps(content, sort_keys=True, separators=(",", ":"), ensure_ascii=False).encode()


def digest(content: bytes) -> str:
    """SHA-256 of the bytes, in hexadecimal."""
    return hashlib.sha256(content).hexdigest()


def unpack(content: bytes, version: int) -> list[Figure]:
    """The figures as they were frozen for this version of the report."""
    return [replace(one, frozen=version) for one in _read(content)]


@lru_cache(maxsize=512)
def _read(content: bytes) -> tuple[Figure, ...]:
    return tuple(_figure_from(one) for one in json.loads(content)["figures"])


def _figure(one: Figure) -> dict[str, Any]:
    return {
        "indicator": _indicator(one.indicator),
        "quarter": one.quarter,
        "first": one.period.first.isoformat(),
        "last": one.period.last.isoformat(),
        "covered": [day.isoformat() for day in one.period.covered] if one.period.covered else None,
        "numerator": _text(one.numerator),
        "denominator": _text(one.denominator),
        "provisional": one.provisional,
        "by_hand": vars(one.by_hand) if one.by_hand else None,
        "counted": _counted(one.counted),
    }


def _figure_from(kept: Mapping[str, Any]) -> Figure:
    covered = [date.fromisoformat(day) for day in kept["covered"] or ()]
    first, last = date.fromisoformat(kept["first"]), date.fromisoformat(kept["last"])
    return Figure(
        indicator=_indicator_from(kept["indicator"]),
        quarter=kept["quarter"],
        period=Period(first, last, (covered[0], covered[1]) if covered else None),
        numerator=_number(kept["numerator"]),
        denominator=_number(kept["denominator"]),
        provisional=kept["provisional"],
        counted=_counted_from(kept["counted"]),
        by_hand=ByHand(**kept["by_hand"]) if kept["by_hand"] else None,
    )


def _counted(one: Counted) -> dict[str, Any]:
    return {
        "numerator": _text(one.numerator),
        "denominator": _text(one.denominator),
        "missing": one.missing,
        "steps": [list(step) for step in one.steps],
        "columns": list(one.columns),
        "rows": [[list(row.cells), row.counts, row.thing] for row in one.rows],
        "notes": list(one.notes),
    }


def _counted_from(kept: Mapping[str, Any]) -> Counted:
    return Counted(
        _number(kept["numerator"]),
        _number(kept["denominator"]),
        kept["missing"],
        tuple((name, number) for name, number in kept["steps"]),
        tuple(kept["columns"]),
        tuple(Row(tuple(cells), counts, thing) for cells, counts, thing in kept["rows"]),
        tuple(kept["notes"]),
    )


def _indicator(one: Indicator) -> dict[str, Any]:
    return {
        "number": one.number,
        "title": one.title,
        "unit": one.unit.value,
        "frequency": one.frequency.value,
        "measure": one.measure,
        "target": _text(one.target),
        "bands": [_band(band) for band in one.bands],
        "consequences": [{**vars(each), "share": _text(each.share)} for each in one.consequences],
        "critical": one.critical,
        "section": one.section,
        "notes": list(one.notes),
        "resolved": list(one.resolved),
        "of": one.of,
    }


def _indicator_from(kept: Mapping[str, Any]) -> Indicator:
    return Indicator(
        number=kept["number"],
        title=kept["title"],
        unit=Unit(kept["unit"]),
        frequency=Frequency(kept["frequency"]),
        measure=kept["measure"],
        target=_number(kept["target"]),
        bands=tuple(_band_from(band) for band in kept["bands"]),
        consequences=tuple(
            Consequence(**{**each, "remedy": Remedy(each["remedy"]), "share": _number(each["share"])})
            for each in kept["consequences"]
        ),
        critical=kept["critical"],
        section=kept["section"],
        notes=tuple(kept["notes"]),
        resolved=tuple(kept["resolved"]),
        of=kept["of"],
    )


def _band(one: Band) -> dict[str, Any]:
    return {**vars(one), "low": _edge(one.low), "high": _edge(one.high)}


def _band_from(kept: Mapping[str, Any]) -> Band:
    return Band(**{**kept, "low": _edge_from(kept["low"]), "high": _edge_from(kept["high"])})


def _edge(one: Edge | None) -> list[Any] | None:
    return [str(one.value), one.inside] if one else None


def _edge_from(kept: list[Any] | None) -> Edge | None:
    return Edge(Fraction(kept[0]), kept[1]) if kept else None


def _text(value: Fraction | None) -> str | None:
    return None if value is None else str(value)


def _number(kept: str | None) -> Fraction | None:
    return None if kept is None else Fraction(kept)
