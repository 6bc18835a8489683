"""Reading what a person entered in a calculator: numbers exactly, ticks as yes or no."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from fractions import Fraction

from portal.scales.rules.definition import Input, Rule
from portal.scales.rules.errors import EntryError, EntryProblem
from portal.scales.rules.numbers import is_blank, parse_number

FIGURE = "figure"  # the entry for a figure given directly; no input may have this key
_YES = frozenset(("on", "yes", "true", "y", "1"))
_NO = frozenset(("", "off", "no", "false", "n", "0"))


@dataclass(frozen=True)
class Read:
    """Entries as read: the numbers that were filled in, every fact, and whether a fact was answered."""

    numbers: Mapping[str, Fraction]
    facts: Mapping[str, bool]
    answered: bool
    figure: Fraction | None


def read_entries(rule: Rule, entries: Mapping[str, str | bool]) -> Read:
    """What `entries` say for `rule`; entries that the rule does not name are left alone.

    Raises EntryError with every entry that cannot be read.
    """
    problems: list[EntryProblem] = []
    numbers: dict[str, Fraction] = {}
    facts: dict[str, bool] = {}
    asked = rule.facts + rule.components
    for entry in rule.inputs:
        value = _number(entry, entries.get(entry.key, ""), problems)
        if value is not None:
            numbers[entry.key] = value
    figure = _number(_figure_input(rule), entries.get(FIGURE, ""), problems) if rule.direct else None
    for fact in asked:
        word = str(entries.get(fact.key, False)).strip().lower()
        if word not in _YES | _NO:
            problems.append(EntryProblem(fact.key, f"{fact.label}: say yes or no"))
        facts[fact.key] = word in _YES
    if problems:
        raise EntryError(tuple(problems))
    return Read(numbers, facts, any(fact.key in entries for fact in asked), figure)


def _figure_input(rule: Rule) -> Input:
    return Input(FIGURE, rule.figure_label, "%" if rule.percent else rule.figure_unit)


def _number(entry: Input, text: str | bool, problems: list[EntryProblem]) -> Fraction | None:
    """The number, or None when it is blank or wrong; what is wrong is added to `problems`."""
    words = str(text)
    if is_blank(words):
        return None
    try:
        value = parse_number(words, percent=entry.unit == "%")
    except ValueError as reason:
        problems.append(EntryProblem(entry.key, _refusal(entry, str(reason))))
        return None
    if entry.whole and value.denominator != 1:
        problems.append(EntryProblem(entry.key, f"{entry.label} must be a whole number, like 12"))
        return None
    if entry.unit == "%" and value > 100:
        problems.append(EntryProblem(entry.key, f"{entry.label} must be 100% or less"))
        return None
    return value


def _refusal(entry: Input, reason: str) -> str:
    if reason == "negative":
        return f"{entry.label} must be 0 or more"
    if entry.whole:
        return f"{entry.label} must be a whole number, like 12"
    return f"{entry.label} must be a number, like 12 or 12.5"
