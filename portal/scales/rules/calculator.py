"""The calculator of an item: from what was counted to a suggested rating, with the sum shown.

Order: base rating, then floors, then caps. A raw figure is compared with the thresholds, never a
rounded one (fidelity scale notes, section 1.5). portal/static/js/rules.js is the same in the browser.
"""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass
from fractions import Fraction

from portal.scales.rules.conditions import bounded
from portal.scales.rules.definition import Rule, RuleKind
from portal.scales.rules.entries import FIGURE, Read, read_entries
from portal.scales.rules.errors import EntryError, EntryProblem
from portal.scales.rules.numbers import shown
from portal.scales.rules.words import amount, cutoff_words, figure_words, otherwise_words

__all__ = ["EntryError", "EntryProblem", "Suggestion", "still_needed", "suggest"]


@dataclass(frozen=True)
class Suggestion:
    """A rating that the entries suggest. People confirm it or say why they differ.

    figure: for a ratio, the figure as shown (no unit), on its own side of every threshold.
    steps: how it came about, one sentence each.
    """

    rating: int
    figure: str | None
    steps: tuple[str, ...]


def suggest(rule: Rule, entries: Mapping[str, str | bool]) -> Suggestion | None:
    """The suggested rating, or None while the entries do not suffice (see `still_needed`).

    A tick box counts as answered when any of the rule's ticks is in `entries`, even as False: so a
    form that was sent with nothing ticked suggests the lowest rating, and an untouched one nothing.
    Raises EntryError with every entry that cannot be used.
    """
    read = read_entries(rule, entries)
    if rule.kind is RuleKind.DESCRIBED or _needed(rule, read):
        return None
    base, figure, steps = _ratio(rule, read) if rule.kind is RuleKind.RATIO else _counted(rule, read)
    rating, floor, cap = bounded(rule, base, read.facts, read.numbers)
    if floor:
        steps += (f"At least {floor.rating}, because {floor.because}",)
    elif rule.kind is RuleKind.LEVELS:
        steps += ("None of the higher levels is met, which earns 1",)
    if cap:
        steps += (f"At most {cap.rating}, because {cap.because}",)
    return Suggestion(rating, figure, steps)


def still_needed(rule: Rule, entries: Mapping[str, str | bool]) -> tuple[str, ...]:
    """The labels of what must be entered before a rating can be suggested. Raises EntryError."""
    return _needed(rule, read_entries(rule, entries))


def _needed(rule: Rule, read: Read) -> tuple[str, ...]:
    keys = {bound.when.input for bound in rule.floors + rule.caps}
    if read.figure is None:
        keys |= {*rule.numerator, *rule.denominator}
    labels = tuple(e.label for e in rule.inputs if e.key in keys and e.key not in read.numbers)
    if rule.kind in (RuleKind.COMPONENTS, RuleKind.LEVELS) and not read.answered:
        labels += tuple(fact.label for fact in rule.components + rule.facts)
    return labels


def _counted(rule: Rule, read: Read) -> tuple[int, str | None, tuple[str, ...]]:
    if rule.kind is RuleKind.LEVELS:
        return 1, None, ()
    present = sum(read.facts[component.key] for component in rule.components)
    base = rule.ratings[present]
    return base, None, (f"{present} of {len(rule.components)} present earns {base}",)


def _ratio(rule: Rule, read: Read) -> tuple[int, str | None, tuple[str, ...]]:
    value, sum_words = _figure(rule, read)
    target = _multiple_target(rule, read)
    edges = [cutoff.threshold for cutoff in rule.cutoffs] + ([] if target is None else [target])
    text, is_exact = shown(value, edges)
    steps = [sum_words.format(("" if is_exact else "about ") + figure_words(rule, text))]
    compared = value
    if rule.floor and value.denominator != 1:
        compared = Fraction(math.floor(value))
        steps.append(f"Without the fraction: {figure_words(rule, str(compared))}")
    met = next((c for c in rule.cutoffs if _meets(rule, compared, c.threshold, c.strict)), None)
    base = met.rating if met else rule.otherwise
    words = cutoff_words(rule, met) if met else otherwise_words(rule)
    steps.append(f"{words[0].upper()}{words[1:]} earns {base}")
    if rule.multiple and target is not None and value >= target and rule.multiple.rating > base:
        base = rule.multiple.rating
        steps.append(f"Earns {base}, because {rule.multiple.because}")
    return base, text, tuple(steps)


def _meets(rule: Rule, value: Fraction, threshold: Fraction, strict: bool) -> bool:
    if value == threshold:
        return not strict
    return value < threshold if rule.better == "lower" else value > threshold


def _multiple_target(rule: Rule, read: Read) -> Fraction | None:
    """The figure that earns the multiple's rating; None where it does not apply or is not entered."""
    if not rule.multiple:
        return None
    number = read.numbers.get(rule.multiple.input)
    if number is None or not 0 < number < rule.multiple.below:
        return None
    return rule.multiple.factor * number


def _figure(rule: Rule, read: Read) -> tuple[Fraction, str]:
    """The figure, and the sum in words with {} where the figure belongs."""
    counted = None
    if all(key in read.numbers for key in rule.numerator + rule.denominator):
        counted = _from_counts(rule, read)
    if counted is None:
        # `_needed` has asked for every count unless the figure itself is there.
        return read.figure or Fraction(0), _escaped(rule.figure_label) + ": {}"
    if read.figure is not None and counted != read.figure:
        text, _ = shown(counted, (read.figure,))
        reason = f"the counts give {figure_words(rule, text)}. Clear this figure or the counts"
        raise EntryError((EntryProblem(FIGURE, f"{rule.figure_label}: {reason}"),))
    return counted, _sum_words(rule, read)


def _from_counts(rule: Rule, read: Read) -> Fraction:
    labels = {entry.key: entry.label for entry in rule.inputs}
    zeros = [key for key in rule.denominator if not read.numbers[key]]
    if zeros:
        raise EntryError(tuple(EntryProblem(key, f"{labels[key]} must be more than 0") for key in zeros))
    above = sum((read.numbers[key] for key in rule.numerator), Fraction(0))
    below = math.prod((read.numbers[key] for key in rule.denominator), start=Fraction(1))
    if rule.percent and above > below:
        first = rule.numerator[0]
        whole = " × ".join(labels[key] for key in rule.denominator)
        part = " + ".join(labels[key] for key in rule.numerator)
        raise EntryError((EntryProblem(first, f"{part} cannot be more than {whole}"),))
    return above / below * (100 if rule.percent else 1)


def _sum_words(rule: Rule, read: Read) -> str:
    entries = {entry.key: entry for entry in rule.inputs}

    def joined(keys: tuple[str, ...], sign: str) -> str:
        words = [amount(entries[key], read.numbers[key]) for key in keys]
        return f"({sign.join(words)})" if len(words) > 1 and rule.denominator else sign.join(words)

    total = joined(rule.numerator, " + ")
    if rule.denominator:
        total += " ÷ " + joined(rule.denominator, " × ")
    if rule.percent:
        total += " × 100"
    return _escaped(total) + " = {}"


def _escaped(text: str) -> str:
    """`text` as part of a format string: its own braces stay braces."""
    return text.replace("{", "{{").replace("}", "}}")
