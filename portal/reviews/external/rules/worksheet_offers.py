"""What filled worksheets offer to the calculators of the items they inform."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from fractions import Fraction

from portal.reviews.external.rules.worksheet import Measure, Output, Take, Worksheet
from portal.reviews.external.rules.worksheet_sums import Result, Rows, begun, has_figure, results
from portal.reviews.external.rules.worksheet_words import decimal

_PLACES = 12  # decimals that a calculator reads


@dataclass(frozen=True)
class Offer:
    """What the team's worksheets offer for an item: entries by key (numbers as text, facts as True or
    False), and every figure in words."""

    entries: Mapping[str, str | bool] = field(default_factory=dict)
    words: tuple[str, ...] = ()


NOTHING = Offer()


def offers(sheets: Iterable[tuple[Worksheet, Rows]], scale_key: str) -> dict[str, Offer]:
    """By item key, for the items of the scale about which any figure is known."""
    entries: dict[str, dict[str, str | bool]] = {}
    words: dict[str, list[str]] = {}
    for sheet, rows in sheets:
        worked_out = results(sheet, rows)
        for measure in sheet.measures:
            result = worked_out[measure.key]
            for output in measure.outputs:
                if scale_key in output.scales and result.value is not None:
                    entries.setdefault(output.item, {}).update(filled(output, result))
                    words.setdefault(output.item, []).append(_line(measure, output, result))
    return {key: Offer(entries[key], tuple(words[key])) for key in words}


def filled(output: Output, result: Result) -> dict[str, str | bool]:
    """The entries of one output. A measure without a figure fills nothing."""
    if result.value is None:
        return {}
    numbers = {name: _taken(take, result) for name, take in output.inputs.items()}
    facts = {name: threshold.met(result.value) for name, threshold in output.facts.items()}
    return {**numbers, **facts}


def _taken(take: Take, result: Result) -> str:
    assert result.value is not None  # `filled` has looked
    rows, per_row = Fraction(result.rows), result.denominator / result.rows
    if decimal(per_row) is None:  # 13 weeks of 3 people are entered as 13 × 1: the product is exact
        rows, per_row = result.denominator, Fraction(1)
    value = {
        Take.NUMERATOR: result.numerator,
        Take.DENOMINATOR: result.denominator,
        Take.VALUE: result.value,
        Take.ROWS: rows,
        Take.PER_ROW: per_row,
    }[take]
    return decimal(value) or _cut(value)


def _cut(value: Fraction) -> str:
    """The value cut after the twelfth decimal, which is as much as a calculator reads.

    Only an average that a calculator compares (clients looking for work) comes here. Both sides of
    that comparison are small counts over small counts, which differ by far more than a millionth of a
    millionth or not at all; cut, never raised, the average stays on its side.
    """
    scaled = value.numerator * 10**_PLACES // value.denominator
    whole, rest = divmod(scaled, 10**_PLACES)
    return f"{whole}.{rest:0{_PLACES}d}"


def _line(measure: Measure, output: Output, result: Result) -> str:
    """The figure in words, and from where on each fact counts as true."""
    line = f"{measure.title}: {result.words}"
    limits = dict.fromkeys(threshold.words for threshold in output.facts.values())
    return f"{line}, ticked {' and '.join(limits)}" if limits else line


def informed(sheet: Worksheet, rows: Rows, scale_key: str) -> tuple[str, ...]:
    """The items of the scale about which the worksheet has a figure."""
    filled_rows = begun(rows)
    return tuple(
        dict.fromkeys(
            output.item
            for measure in sheet.measures
            if measure.outputs and has_figure(measure, filled_rows)
            for output in measure.outputs
            if scale_key in output.scales
        )
    )
