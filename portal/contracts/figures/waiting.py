"""What waits for a decision on a contract. Parts that lie above this one give what they know of.

    waiting.use("plans", what_waits)     in portal/features.py; a later one of the same name takes its place

A source is asked with the contract and its figures of the last quarters, so that it need not count again.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from flask import url_for

from portal.contracts.definition.rules.terms import Contract, Remedy
from portal.contracts.figures.rules.figure import Figure
from portal.core.rules.quarters import Quarter

Recent = Mapping[Quarter, Sequence[Figure]]


@dataclass(frozen=True)
class Decision:
    """Something that somebody has to do: in words, and where."""

    words: str
    href: str


Source = Callable[[Contract, Recent], Sequence[Decision]]


def plans_by_bands(contract: Contract, recent: Recent) -> list[Decision]:
    """Bands of the last two quarters that are over which ask for a remedial plan, or let one be asked for."""
    over = sorted((quarter for quarter, found in recent.items() if _is_over(found)), reverse=True)[:2]
    return [
        Decision(_words(one), _page(contract, quarter, one))
        for quarter in over
        for one in recent[quarter]
        if one.consequence and one.consequence.remedy in (Remedy.PLAN_REQUIRED, Remedy.PLAN_MAY_BE_ASKED)
    ]


_sources: dict[str, Source] = {"plans": plans_by_bands}


def use(name: str, source: Source) -> None:
    """Ask this source too; it stands in place of one that has the name."""
    _sources[name] = source


def decisions(contract: Contract, recent: Recent) -> list[Decision]:
    """Everything that waits, in the order of the sources."""
    return [one for source in _sources.values() for one in source(contract, recent)]


def _is_over(figures: Sequence[Figure]) -> bool:
    return any(not one.provisional for one in figures)


def _words(one: Figure) -> str:
    follows = one.consequence
    assert follows is not None
    asked = "is required" if follows.remedy is Remedy.PLAN_REQUIRED else "may be asked for"
    return (
        f"Indicator {one.indicator.number} in {one.quarter}: {one.standing}, {one.percent}. "
        f"A remedial action plan {asked} ({follows.section})."
    )


def _page(contract: Contract, quarter: Quarter, one: Figure) -> str:
    return url_for("contracts.indicator", key=contract.key, quarter=quarter.key, number=one.indicator.number)
