"""What people thought of an event: the five answers of the specification (very poor … excellent)."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from portal.core.rules.rate import Rate, rate
from portal.core.rules.satisfaction import FEWEST, SATISFIED, Satisfaction

__all__ = ["FEWEST", "SATISFIED", "Results", "Satisfaction", "results"]


@dataclass(frozen=True)
class Results:
    """How many gave each answer. `counts` is None where too few answered."""

    answers: int
    counts: Mapping[Satisfaction, int] | None

    @property
    def satisfied(self) -> Rate | None:
        """Good or excellent, of all; None where too few answered."""
        if self.counts is None:
            return None
        return rate(sum(self.counts[one] for one in SATISFIED), self.answers)


def results(given: Iterable[Satisfaction]) -> Results:
    """The results of an event, suppressed below five answers."""
    answers = list(given)
    if len(answers) < FEWEST:
        return Results(len(answers), None)
    return Results(len(answers), {one: answers.count(one) for one in Satisfaction})
