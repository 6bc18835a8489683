"""The five answers that rate satisfaction (OHID specification, section 12), and when they are shown."""

from __future__ import annotations

from enum import StrEnum

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
