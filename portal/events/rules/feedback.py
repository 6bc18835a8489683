"""What people thought of an event: the five answers of the specification (very poor … excellent)."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from enum import StrEnum

from portal.core.rules.rate import Rate, rate

FEWEST = 5  # below this nothing is shown: who said what could be guessed


class Satisfaction(StrEnum):
    """The answers, the best last."""

    VERY_POOR = "very-poor"
    POOR = "poor"
    FAIR = "fair"
    GOOD = "good"
    EXCELLENT = "excellent"

    @property
    def words(self) -> str:
        return self.value.replace("-", " ").capitalize()


SATISFIED = frozenset({Satisfaction.GOOD, Satisfaction.EXCELLENT})


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
