"""Times of something done often: warmed up, then median and 95th percentile."""

from __future__ import annotations

import statistics
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass

WARM_UP, ROUNDS = 8, 80


@dataclass(frozen=True)
class Figure:
    """A measurement. `unit` of value, p95 and bound is the same; `rival` is the fastest rival's median."""

    name: str
    value: float
    p95: float | None = None
    unit: str = "ms"
    bound: float | None = None
    rival: float | None = None
    note: str = ""

    @property
    def met(self) -> bool | None:
        """Whether the bound is kept; None where there is none."""
        return None if self.bound is None else self.value <= self.bound


def timed(do: Callable[[], object]) -> float:
    """Milliseconds of one call."""
    begun = time.perf_counter()
    do()
    return (time.perf_counter() - begun) * 1000


def spread(times: Sequence[float]) -> tuple[float, float]:
    """Median and 95th percentile."""
    return statistics.median(times), statistics.quantiles(times, n=20)[-1]


def in_turn(*calls: Callable[[], object], rounds: int = ROUNDS) -> list[list[float]]:
    """Times of several things done in turn, so that what else the machine does falls on all alike."""
    for _ in range(WARM_UP):
        for call in calls:
            call()
    times: list[list[float]] = [[] for _ in calls]
    for _ in range(rounds):
        for call, kept in zip(calls, times, strict=True):
            kept.append(timed(call))
    return times
