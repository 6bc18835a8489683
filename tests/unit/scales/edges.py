"""Entries at the edges of a rule: every cut-off at -1, 0 and +1, every count, every fact."""

from __future__ import annotations

import itertools
from collections.abc import Iterator
from fractions import Fraction

from portal.scales.rules.definition import Rule, RuleKind
from portal.scales.rules.numbers import exact

Entries = dict[str, str | bool]
STEPS = (Fraction(-1), Fraction(-1, 1000), Fraction(0), Fraction(1, 1000), Fraction(1))
_MOST_FACTS = 6  # 64 combinations; with more, all but one, one alone, none and all


def edge_entries(rule: Rule) -> Iterator[Entries]:
    """Entries for every edge of `rule`, with every choice of facts that matters."""
    for facts in _fact_choices([fact.key for fact in rule.facts]):
        if rule.kind is RuleKind.RATIO:
            for numbers in _ratio_entries(rule):
                yield facts | numbers
        elif rule.kind is not RuleKind.DESCRIBED:
            for parts in _fact_choices([component.key for component in rule.components]):
                for numbers in _condition_entries(rule, {}):
                    yield facts | parts | numbers


def _fact_choices(keys: list[str]) -> list[Entries]:
    if len(keys) <= _MOST_FACTS:
        choices = list(itertools.product((False, True), repeat=len(keys)))
    else:
        single = [tuple(key == one for key in keys) for one in keys]
        rising = [tuple(n < count for n in range(len(keys))) for count in range(len(keys) + 1)]
        choices = single + [tuple(not ticked for ticked in row) for row in single] + rising
    return [dict(zip(keys, choice, strict=True)) for choice in choices]


def _ratio_entries(rule: Rule) -> Iterator[Entries]:
    thresholds = [cutoff.threshold for cutoff in rule.cutoffs]
    if rule.multiple:
        thresholds.append(rule.multiple.factor)
    for figure in sorted({threshold + step for threshold in thresholds for step in STEPS}):
        if figure < 0 or (rule.percent and figure > 100):
            continue
        counts = _counts(rule, figure)
        yield from _condition_entries(rule, counts)
        if rule.direct:
            rest: Entries = {key: value for key, value in counts.items() if key in rule.denominator}
            yield rest | {"figure": exact(figure)}
    for small in range(4):  # thirds have no finite decimal
        thirds: Entries = {}
        thirds.update(dict.fromkeys(rule.numerator, str(small)) | dict.fromkeys(rule.denominator, "3"))
        yield thirds


def _counts(rule: Rule, figure: Fraction) -> Entries:
    """Whole counts that give exactly this figure: the last denominator carries the thousandths."""
    below = 100_000 if rule.percent else 1000
    first, *others = rule.numerator
    counts: Entries = dict.fromkeys(others, "0")
    counts |= dict.fromkeys(rule.denominator, "1")
    if rule.denominator:
        counts[rule.denominator[-1]] = str(below)
    else:
        below = 1
    counts[first] = exact(figure * below / (100 if rule.percent else 1))
    return counts


def _condition_entries(rule: Rule, counts: Entries) -> Iterator[Entries]:
    """`counts`, and again with each number in a condition at, just below and just above its edge."""
    edges: list[tuple[str, Fraction]] = []
    for when in (bound.when for bound in rule.floors + rule.caps):
        edges += [(when.input, edge) for edge in (when.above, when.below) if when.input and edge is not None]
    if rule.multiple:
        edges += [(rule.multiple.input, rule.multiple.below), (rule.multiple.input, Fraction(1))]
    yield counts
    whole = {entry.key for entry in rule.inputs if entry.whole}
    for key, edge in edges:
        for step in (Fraction(-1), Fraction(0), Fraction(1)) if key in whole else STEPS:
            yield counts | {key: exact(max(edge + step, Fraction(0)))}
