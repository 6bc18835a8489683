"""Floors and caps: whether a condition holds, and what it does to a rating."""

from __future__ import annotations

from collections.abc import Mapping
from fractions import Fraction

from portal.scales.rules.definition import Bound, Condition, Rule


def holds(when: Condition, facts: Mapping[str, bool], numbers: Mapping[str, Fraction]) -> bool:
    """Whether every part of the condition holds. A fact that is not named in `facts` does not."""
    if not all(facts.get(name, False) for name in when.present):
        return False
    if any(facts.get(name, False) for name in when.absent):
        return False
    if when.input is None:
        return True
    number = numbers[when.input]
    above = when.above is None or number > when.above
    return above and (when.below is None or number < when.below)


def bounded(
    rule: Rule, base: int, facts: Mapping[str, bool], numbers: Mapping[str, Fraction]
) -> tuple[int, Bound | None, Bound | None]:
    """The rating after floors, then caps, with the floor and the cap that moved it."""
    floors = [bound for bound in rule.floors if holds(bound.when, facts, numbers)]
    floor = max(floors, key=lambda bound: bound.rating, default=None)
    if floor is not None and floor.rating <= base:
        floor = None
    rating = floor.rating if floor else base
    caps = [bound for bound in rule.caps if holds(bound.when, facts, numbers)]
    cap = min(caps, key=lambda bound: bound.rating, default=None)
    if cap is not None and cap.rating >= rating:
        cap = None
    return (cap.rating if cap else rating), floor, cap
