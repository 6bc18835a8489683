"""Figures for spreadsheets and for programs. The JSON is that of `portal contract indicators --json`."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from portal.contracts.definition.rules.terms import Unit
from portal.contracts.figures.rules.figure import Figure
from portal.contracts.figures.rules.showing import exact, percentage
from portal.core.rules.cells import Cell
from portal.core.rules.quarters import Quarter
from portal.core.spreadsheets import SheetOut, write_csv, write_xlsx

COLUMNS = (
    "Quarter",
    "Number",
    "Indicator",
    "Period",
    "Numerator",
    "Denominator",
    "Value",
    "Band",
    "Provisional",
    "Missing because",
    "Consequence",
    "Entered by hand because",
    "Evidence",
    "Frozen in version",
)
WIDTHS = {2: 44, 3: 26, 9: 24, 10: 40, 11: 40, 12: 40}
Quarters = Mapping[Quarter, Sequence[Figure]]


def as_json(figures: Iterable[Figure]) -> list[dict[str, Any]]:
    """The figures of a quarter as interfaces have them: exact fractions as text, null with its reason."""
    return [_plain(one) for one in figures]


def json_bytes(found: Quarters) -> bytes:
    """Every quarter by its key."""
    content = {quarter.key: as_json(figures) for quarter, figures in found.items()}
    return (json.dumps(content, ensure_ascii=False, indent=1) + "\n").encode()


def csv_bytes(found: Quarters) -> bytes:
    """A row for each figure."""
    return write_csv(COLUMNS, _rows(found))


def xlsx_bytes(found: Quarters) -> bytes:
    """The figures on one sheet, the records behind them on another."""
    behind: list[list[Cell]] = []
    for quarter, figures in found.items():
        for one in figures:
            for row in one.counted.rows:
                counts = "yes" if row.counts else "no"
                named = zip(one.counted.columns, row.cells, strict=False)
                behind.append(
                    [quarter.key, one.indicator.number, counts, "; ".join(": ".join(pair) for pair in named)]
                )
    sheets = [
        SheetOut("Figures", COLUMNS, _rows(found), WIDTHS),
        SheetOut("Counted from", ("Quarter", "Number", "Counts", "Record"), behind, {3: 90}),
    ]
    return write_xlsx(sheets)


def _plain(one: Figure) -> dict[str, Any]:
    follows = one.consequence
    found: dict[str, Any] = {
        "number": one.indicator.number,
        "indicator": one.indicator.title,
        "period": one.period.words,
        "numerator": None if one.numerator is None else exact(one.numerator),
        "denominator": None if one.denominator is None else exact(one.denominator),
        "percentage": None,
        "band": one.band.key if one.band else None,
        "provisional": one.provisional,
        "consequence": None,
    }
    if follows is not None:
        found["consequence"] = {
            "remedy": follows.remedy.value,
            "section": follows.section,
            "words": follows.words,
            "retains": follows.retains,
            "share": None if follows.share is None else str(follows.share),
        }
    if one.value is not None and one.indicator.unit is Unit.PERCENT:
        found["percentage"] = percentage(one.value, one.indicator.bands)
    if one.by_hand is not None:
        found["by_hand"] = {"reason": one.by_hand.reason, "evidence": one.by_hand.evidence}
    return found | _reasons(one, found)


def _reasons(one: Figure, found: Mapping[str, Any]) -> dict[str, Any]:
    """Why what is null cannot be had."""
    reasons: dict[str, str] = {}
    for name in ("numerator", "denominator", "percentage", "band"):
        if found[name] is None:
            reasons[name] = one.missing or "the indicator is no percentage"
    if found["band"] is None and one.value is not None:
        reasons["band"] = "the contract has no band for this value"
    return {"reason": reasons} if reasons else {}


def _rows(found: Quarters) -> list[list[Cell]]:
    return [_row(quarter, one) for quarter, figures in found.items() for one in figures]


def _row(quarter: Quarter, one: Figure) -> list[Cell]:
    return [
        quarter.key,
        one.indicator.number,
        one.indicator.title,
        one.period.words,
        None if one.numerator is None else exact(one.numerator),
        None if one.denominator is None else exact(one.denominator),
        one.percent if one.value is not None else None,
        one.band.title if one.band else None,
        "yes" if one.provisional else "no",
        one.missing or None,
        f"{one.consequence.words} ({one.consequence.section})" if one.consequence else None,
        one.manual,
        one.by_hand.evidence if one.by_hand else None,
        str(one.frozen) if one.frozen else None,
    ]
