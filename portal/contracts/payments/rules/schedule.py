"""The forecast: the contract's value spread over its days, quarter by quarter, to the penny.

A forecast only: what is paid is the cost of the services. The first quarter may be a part.
Source: OHID specification 10.1, 11.1; contract.md, “The contract”.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from portal.contracts.definition.rules.terms import Contract, Terms
from portal.core.rules.quarters import Quarter, quarter_of


@dataclass(frozen=True)
class Span:
    """A sum in pence for the days from `starts` to `ends`, both included."""

    starts: date
    ends: date
    pence: int


def quarters_of(starts: date, ends: date) -> tuple[Quarter, ...]:
    """The quarters that have a day from `starts` to `ends`, the earliest first."""
    found, quarter = [], quarter_of(starts)
    while quarter.first <= ends:
        found.append(quarter)
        quarter = quarter.plus(1)
    return tuple(found)


def days_in(quarter: Quarter, starts: date, ends: date) -> int:
    """How many days of a quarter lie from `starts` to `ends`."""
    return max((min(quarter.last, ends) - max(quarter.first, starts)).days + 1, 0)


def apportion(pence: int, weights: Sequence[int]) -> tuple[int, ...]:
    """A sum shared out by weights in whole pence, adding up exactly: largest remainder, the earlier first.

    Raises ValueError where no weight is above nothing.
    """
    whole = sum(weights)
    if whole <= 0 or min(weights) < 0:
        raise ValueError("Weights are needed, none of them negative")
    sign, rest = (-1 if pence < 0 else 1), abs(pence)
    shares = [rest * weight // whole for weight in weights]
    order = sorted(range(len(weights)), key=lambda place: (-(rest * weights[place] % whole), place))
    for place in order[: rest - sum(shares)]:
        shares[place] += 1
    return tuple(sign * share for share in shares)


def schedule(spans: Sequence[Span]) -> Mapping[Quarter, int]:
    """What the spans come to in each quarter, the earliest first. Sums exactly to the spans' sums."""
    found: dict[Quarter, int] = {}
    for span in spans:
        quarters = quarters_of(span.starts, span.ends)
        shares = apportion(span.pence, [days_in(quarter, span.starts, span.ends) for quarter in quarters])
        for quarter, share in zip(quarters, shares, strict=True):
            found[quarter] = found.get(quarter, 0) + share
    return dict(sorted(found.items()))


def spans_of(contract: Contract, day: date) -> tuple[Span, ...]:
    """The value as signed over the days as signed, then what each variation up to a day adds.

    What comes with more days is for those days; what comes without is for the days from the variation on.
    """
    before = contract.signed
    spans = [Span(before.starts, before.ends, before.money.ceiling_pence)]
    for change in contract.variations:
        if change.on > day:
            break
        added = change.terms.money.ceiling_pence - before.money.ceiling_pence
        if added:
            spans.append(_added(before, change.terms, change.on, added))
        before = change.terms
    return tuple(spans)


def _added(before: Terms, terms: Terms, on: date, pence: int) -> Span:
    longer = terms.ends > before.ends
    first = before.ends + timedelta(days=1) if longer else min(max(on, terms.starts), terms.ends)
    return Span(first, terms.ends, pence)
