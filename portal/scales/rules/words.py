"""Rules in plain words: amounts with their units, and what earns which rating.

portal/static/js/rules.js writes the same sentences; tests/unit/scales/cases.json holds both.
"""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction

from portal.scales.rules.definition import Cutoff, Input, Rule, RuleKind
from portal.scales.rules.numbers import exact, grouped


@dataclass(frozen=True)
class Threshold:
    """What earns a rating, in words. `rating` is None for a line about the whole rule."""

    rating: int | None
    text: str

    def __str__(self) -> str:
        return self.text if self.rating is None else f"{self.rating}: {self.text}"


def describe(rule: Rule) -> tuple[Threshold, ...]:
    """The thresholds of `rule`, best rating first, then what raises or lowers the result.

    Empty for a described item.
    """
    lines: list[Threshold] = []
    if rule.kind is RuleKind.RATIO:
        lines = [Threshold(cutoff.rating, cutoff_words(rule, cutoff)) for cutoff in rule.cutoffs]
        lines.append(Threshold(rule.otherwise, otherwise_words(rule)))
        if rule.multiple:
            lines.insert(1, Threshold(rule.multiple.rating, f"or {rule.multiple.because}"))
    if rule.kind is RuleKind.COMPONENTS:
        lines = _component_lines(rule)
    if rule.kind is RuleKind.LEVELS:
        ordered = sorted(rule.floors, key=lambda bound: -bound.rating)
        lines = [Threshold(bound.rating, bound.because) for bound in ordered]
        lines.append(Threshold(1, "none of these"))
    else:
        lines += [Threshold(None, f"At least {b.rating}: {b.because}") for b in rule.floors]
    lines += [Threshold(None, f"At most {b.rating}: {b.because}") for b in rule.caps]
    return tuple(dict.fromkeys(lines))  # two ways to a rating may be worded alike


def describe_line(rule: Rule) -> str:
    """`describe` as one line: "5: at most 20 clients; 4: at most 25 clients …"."""
    return "; ".join(map(str, describe(rule)))


def cutoff_words(rule: Rule, cutoff: Cutoff) -> str:
    """What a figure must be for this rating: "at most 20 clients"."""
    if rule.better == "lower":
        word = "under" if cutoff.strict else "at most"
    else:
        word = "over" if cutoff.strict else "at least"
    return f"{word} {figure_words(rule, exact(cutoff.threshold))}"


def otherwise_words(rule: Rule) -> str:
    """What a figure is when it meets no cut-off: "over 40 clients"."""
    last = rule.cutoffs[-1]
    if rule.better == "lower":
        word = "at least" if last.strict else "over"
    else:
        word = "at most" if last.strict else "under"
    return f"{word} {figure_words(rule, exact(last.threshold))}"


def figure_words(rule: Rule, figure: str) -> str:
    """A figure with the rule's unit: "18.4 clients", "96%"."""
    if rule.percent or rule.figure_unit == "%":
        return f"{grouped(figure)}%"
    return _with_unit(figure, rule.figure_unit, "")


def amount(entry: Input, value: Fraction) -> str:
    """An entry with its unit: "46 clients", "1 client"."""
    if entry.unit == "%":
        return f"{grouped(exact(value))}%"
    return _with_unit(exact(value), entry.unit, entry.unit_one)


def _with_unit(figure: str, unit: str, unit_one: str) -> str:
    if figure == "1" and unit:
        plain_plural = unit.endswith("s") and not unit.endswith("ss")
        unit = unit_one or (unit[:-1] if plain_plural else unit)
    return f"{grouped(figure)} {unit}".rstrip()


def _component_lines(rule: Rule) -> list[Threshold]:
    """One line a rating: "5: all 6", "3: 1 to 4 of 6"."""
    many = len(rule.components)
    lines = []
    for rating in sorted(set(rule.ratings), reverse=True):
        counts = [count for count, earned in enumerate(rule.ratings) if earned == rating]
        lines.append(Threshold(rating, _count_words(counts[0], counts[-1], many)))
    return lines


def _count_words(fewest: int, most: int, many: int) -> str:
    if fewest == most == many:
        return f"all {many}"
    if fewest == most:
        return f"{fewest} of {many}" if fewest else f"none of {many}"
    if fewest == 0:
        return f"none or 1 of {many}" if most == 1 else f"{most} or fewer of {many}"
    return f"{fewest} to {most} of {many}"
