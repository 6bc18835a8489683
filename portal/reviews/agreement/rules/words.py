"""The statistics in words and rounded figures: the same on the page, in the file and in the terminal."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction

from portal.reviews.agreement.rules.leaning import Lean
from portal.reviews.agreement.rules.statistics import Agreement

MINUS = "−"


@dataclass(frozen=True)
class Line:
    """One statistic as it is shown: its name, its value or "not given", and why or from what."""

    key: str
    title: str
    value: str
    note: str


def figure(value: float | Fraction | None, places: int = 2) -> str:
    """A figure with this many decimals and a true minus sign; an en dash where there is none."""
    if value is None:
        return "–"
    text = f"{float(value):.{places}f}"
    if float(text) == 0:
        text = text.lstrip("-")
    return text.replace("-", MINUS)


def signed(value: float | Fraction | None, places: int = 2) -> str:
    """A difference with its sign, +0.25 or −0.50; nought has none."""
    text = figure(value, places)
    return f"+{text}" if value is not None and value > 0 and text.strip("0.") else text


def percent(share: Fraction | None) -> str:
    """A share as a whole per cent, rounded half up; never 100% of what is not all, nor 0% of something."""
    if share is None:
        return "–"
    whole = int(share * 100 + Fraction(1, 2))
    if whole == 100 and share < 1:
        return "99%"
    return "1%" if whole == 0 and share > 0 else f"{whole}%"


def counted(number: int, thing: str) -> str:
    """“1 unit”, “2 units”."""
    return f"{number:,} {thing}{'' if number == 1 else 's'}"


def points(threshold: Fraction) -> str:
    """A threshold in words: “half a point”, “0.40 of a point”."""
    return "half a point" if threshold == Fraction(1, 2) else f"{figure(threshold)} of a point"


def lines(found: Agreement) -> list[Line]:
    """Every statistic as it is shown."""
    of_pairs = f"of {counted(found.pairs, 'pair')} of ratings"
    rows = [
        ("exact", "Exact agreement", percent(found.exact), f"{found.exact_pairs:,} {of_pairs}"),
        (
            "within_one",
            "Within one point",
            percent(found.within_one),
            f"{found.within_one_pairs:,} {of_pairs}",
        ),
        _kappa(found),
        _icc(found),
    ]
    for level in ("ordinal", "nominal", "interval"):
        value: float | None = getattr(found, f"alpha_{level}")
        note = f"from {counted(found.paired, 'unit')}"
        rows.append((f"alpha_{level}", f"Krippendorff’s alpha, {level}", figure(value), note))
    return [_line(found, *row) for row in rows]


def _line(found: Agreement, key: str, title: str, value: str, note: str) -> Line:
    if value == "–":
        return Line(key, title, "not given", found.reason.get(key, ""))
    return Line(key, title, value, note)


def _kappa(found: Agreement) -> tuple[str, str, str, str]:
    if found.kappa_of_pairs is not None:
        title, value = "Quadratic weighted kappa, mean of pairs", found.kappa_of_pairs
        return ("kappa_quadratic", title, figure(value), f"the mean over the pairs of {found.raters} raters")
    note = f"from {counted(found.paired, 'unit')}"
    return ("kappa_quadratic", "Quadratic weighted kappa", figure(found.kappa_quadratic), note)


def _icc(found: Agreement) -> tuple[str, str, str, str]:
    note = f"from {counted(found.complete, 'unit')} that all rated"
    if found.icc_a1_low is not None:
        limits = f"{figure(found.icc_a1_low)} to {figure(found.icc_a1_high)}"
        note = f"95% interval {limits}, {note}"
    elif found.icc_a1 is not None:
        note = f"no interval: {found.reason['icc_a1_low']}"
    return ("icc_a1", "Intraclass correlation ICC(A,1)", figure(found.icc_a1), note)


def lean_words(lean: Lean) -> str:
    """How a rater leans, in words."""
    if lean.mean is None:
        return "rated nothing that others rated"
    shown = signed(lean.mean)
    if not shown.strip(f"+{MINUS}0."):
        return "no lean"
    return f"{shown} {'higher' if lean.mean > 0 else 'lower'} than the others"


def table(rows: Sequence[Sequence[str]]) -> str:
    """Rows as columns of text."""
    widths = [max(len(cell) for cell in column) for column in zip(*rows, strict=True)]
    padded = ("  ".join(cell.ljust(width) for cell, width in zip(row, widths, strict=True)) for row in rows)
    return "\n".join(line.rstrip() for line in padded)
