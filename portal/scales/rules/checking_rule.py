"""What must hold within a rule: names that exist, thresholds in order, every rating within reach."""

from __future__ import annotations

import itertools
from collections import Counter
from collections.abc import Iterator, Mapping
from fractions import Fraction

from portal.scales.rules.conditions import bounded
from portal.scales.rules.definition import Rule, RuleKind
from portal.scales.rules.entries import FIGURE
from portal.scales.rules.errors import DefinitionError

_MOST_FACTS = 12  # 4,096 combinations; beyond that reach is judged from the ratings named


def check_rule(rule: Rule, ratings: range, file: str, item: str) -> None:
    """Raise DefinitionError for the first thing in `rule` that does not hold."""
    try:
        _names(rule)
        _bounds(rule, ratings)
        if rule.kind is RuleKind.RATIO:
            _ratio(rule, ratings)
        if rule.kind is RuleKind.COMPONENTS:
            _components(rule, ratings)
        if rule.kind is not RuleKind.DESCRIBED:
            _reach(rule, ratings)
    except ValueError as reason:
        raise DefinitionError(file, item, f"the rule: {reason}") from None


def _names(rule: Rule) -> None:
    """Keys are unique, what is named exists, and what is asked for is used."""
    inputs = [entry.key for entry in rule.inputs]
    facts = [fact.key for fact in rule.facts]
    components = [component.key for component in rule.components]
    for key, count in Counter(inputs + facts + components).items():
        if count > 1:
            raise ValueError(f"two entries have the key “{key}”")
        if key == FIGURE:
            raise ValueError(f"no entry may have the key “{FIGURE}”")
    used_inputs, used_facts = _used(rule)
    _all_in(used_inputs, inputs, "the input “{}” does not exist")
    _all_in(used_facts, facts + components, "the fact “{}” does not exist")
    _all_in(inputs, used_inputs, "the input “{}” is asked for and changes nothing")
    _all_in(facts, used_facts, "the fact “{}” is asked for and changes nothing")


def _all_in(names: list[str], known: list[str], reason: str) -> None:
    for name in names:
        if name not in known:
            raise ValueError(reason.format(name))


def _used(rule: Rule) -> tuple[list[str], list[str]]:
    conditions = [bound.when for bound in rule.floors + rule.caps]
    inputs = [*rule.numerator, *rule.denominator]
    inputs += [when.input for when in conditions if when.input is not None]
    inputs += [rule.multiple.input] if rule.multiple else []
    return inputs, [name for when in conditions for name in when.present + when.absent]


def _bounds(rule: Rule, ratings: range) -> None:
    for word, bound in [("floor", b) for b in rule.floors] + [("cap", b) for b in rule.caps]:
        if bound.rating not in ratings:
            raise ValueError(f"a {word} has the rating {bound.rating}, outside {_span(ratings)}")
        when = bound.when
        if not (when.present or when.absent or when.input):
            raise ValueError(f"the {word} of {bound.rating} has no condition")
        if (when.input is None) != (when.above is None and when.below is None):
            raise ValueError(f"the {word} of {bound.rating} needs “input” with “above” or “below”")
        if set(when.present) & set(when.absent):
            raise ValueError(f"the {word} of {bound.rating} wants the same fact present and absent")


def _ratio(rule: Rule, ratings: range) -> None:
    if not rule.cutoffs:
        raise ValueError("“cutoffs” is missing")
    for rating in [cutoff.rating for cutoff in rule.cutoffs] + [rule.otherwise]:
        if rating not in ratings:
            raise ValueError(f"the rating {rating} is outside {_span(ratings)}")
    if rule.otherwise >= min(cutoff.rating for cutoff in rule.cutoffs):
        raise ValueError("“otherwise” must be below every rating that has a cut-off")
    for better, worse in itertools.pairwise(rule.cutoffs):
        rising = worse.threshold > better.threshold
        if worse.threshold == better.threshold or rising != (rule.better == "lower"):
            raise ValueError(f"the cut-offs of {better.rating} and {worse.rating} are not in order")
    if rule.multiple and (rule.multiple.rating not in ratings or rule.better != "higher"):
        raise ValueError("“multiple” needs a rating of the scale and a figure of which more is better")
    _line(rule)


def _line(rule: Rule) -> None:
    """What stands above and below the line of a ratio."""
    if set(rule.numerator) & set(rule.denominator):
        raise ValueError("an input stands both above and below the line")
    if rule.percent and not rule.denominator:
        raise ValueError("a percentage needs a “denominator”")
    if rule.percent and any(cutoff.threshold > 100 for cutoff in rule.cutoffs):
        raise ValueError("a cut-off is over 100%")


def _components(rule: Rule, ratings: range) -> None:
    if len(rule.ratings) != len(rule.components) + 1:
        raise ValueError(
            f"“ratings” has {len(rule.ratings)} entries, and {len(rule.components)} components need "
            f"{len(rule.components) + 1}"
        )
    for rating in rule.ratings:
        if rating not in ratings:
            raise ValueError(f"“ratings” has {rating}, outside {_span(ratings)}")
    if list(rule.ratings) != sorted(rule.ratings):
        raise ValueError("“ratings” falls where more is present")


def _reach(rule: Rule, ratings: range) -> None:
    missing = set(ratings)
    for rating in _outcomes(rule):
        missing.discard(rating)
        if not missing:
            return
    raise ValueError(f"the rating {min(missing)} can never be reached")


def _outcomes(rule: Rule) -> Iterator[int]:
    """Every rating that some combination of entries gives."""
    named = sorted(set(_used(rule)[1]))
    if len(named) > _MOST_FACTS:
        yield from _bases(rule, {})
        yield from (bound.rating for bound in rule.floors + rule.caps)
        return
    samples = [[(key, value) for value in values] for key, values in _samples(rule).items()]
    for truth in itertools.product((False, True), repeat=len(named)):
        facts = dict(zip(named, truth, strict=True))
        for numbers in itertools.product(*samples):
            for base in _bases(rule, facts):
                yield bounded(rule, base, facts, dict(numbers))[0]


def _bases(rule: Rule, facts: Mapping[str, bool]) -> set[int]:
    """The base ratings that remain possible with these facts."""
    if rule.kind is RuleKind.RATIO:
        return {cutoff.rating for cutoff in rule.cutoffs} | {rule.otherwise}
    if rule.kind is RuleKind.LEVELS:
        return {1}
    settled = [facts[c.key] for c in rule.components if c.key in facts]
    fewest = sum(settled)
    return set(rule.ratings[fewest : fewest + len(rule.components) - len(settled) + 1])


def _samples(rule: Rule) -> dict[str, list[Fraction]]:
    """For each input in a condition: values below, at and above each of its thresholds."""
    found: dict[str, set[Fraction]] = {}
    for when in (bound.when for bound in rule.floors + rule.caps):
        for edge in (when.above, when.below):
            if when.input is not None and edge is not None:
                near = {edge, edge + Fraction(1, 1000), max(edge - Fraction(1, 1000), Fraction(0))}
                found.setdefault(when.input, set()).update(near)
    return {key: sorted(values) for key, values in found.items()}


def _span(ratings: range) -> str:
    return f"{ratings[0]} to {ratings[-1]}"
