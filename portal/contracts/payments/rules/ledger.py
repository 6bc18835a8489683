"""The ledger of a contract: entries in whole pence that are never edited, and what they add up to.

An entry is due, retained or released. A mistake is taken back by an entry of the same kind and the opposite
sum that names the one it takes back. Source: OHID specification 11.1, 12.4; contract.md, “Payments”.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from itertools import accumulate
from uuid import UUID

from portal.core.rules.quarters import Quarter


class Kind(StrEnum):
    """What an entry says of its sum."""

    DUE = "due"
    RETAINED = "retained"
    RELEASED = "released"

    @property
    def words(self) -> str:
        return {"due": "Amount due", "retained": "Retained", "released": "Released"}[self.value]


@dataclass(frozen=True)
class Entry:
    """One entry, in pence including VAT; `vat` is the part that is VAT. `reverses`: the one it takes back."""

    id: UUID
    quarter: Quarter
    kind: Kind
    pence: int
    vat: int = 0
    reverses: UUID | None = None


@dataclass(frozen=True)
class QuarterLine:
    """A quarter of the ledger, in pence including VAT. `total` runs from the contract's first quarter.

    `counted` is what counts against the value: without VAT where the contract's value is without VAT.
    """

    quarter: Quarter
    due: int
    vat: int
    retained: int
    released: int
    counted: int
    total: int
    forecast: int | None
    entries: int

    @property
    def held(self) -> int:
        """What is retained and not released."""
        return self.retained - self.released

    @property
    def payable(self) -> int:
        """What is to be paid for the quarter as things stand."""
        return self.due - self.held


@dataclass(frozen=True)
class Ledger:
    """All quarters of a contract, the earliest first, with the value as their ceiling."""

    lines: tuple[QuarterLine, ...]
    ceiling: int
    vat_included: bool

    @property
    def due(self) -> int:
        return sum(line.due for line in self.lines)

    @property
    def vat(self) -> int:
        return sum(line.vat for line in self.lines)

    @property
    def retained(self) -> int:
        return sum(line.retained for line in self.lines)

    @property
    def released(self) -> int:
        return sum(line.released for line in self.lines)

    @property
    def held(self) -> int:
        return self.retained - self.released

    @property
    def payable(self) -> int:
        return self.due - self.held

    @property
    def total(self) -> int:
        """What counts against the ceiling so far."""
        return self.lines[-1].total if self.lines else 0

    @property
    def left(self) -> int:
        """What may still become due under the ceiling."""
        return self.ceiling - self.total

    def line(self, quarter: Quarter) -> QuarterLine | None:
        """The line of a quarter; None where the contract does not reach it."""
        return next((line for line in self.lines if line.quarter == quarter), None)


def ledger(
    entries: Iterable[Entry],
    forecast: Mapping[Quarter, int],
    ceiling: int,
    *,
    vat_included: bool = True,
    also: Sequence[Quarter] = (),
) -> Ledger:
    """The ledger of these entries, over the quarters of the forecast, of `also` and of the entries."""
    by_quarter: dict[Quarter, list[Entry]] = {quarter: [] for quarter in (*forecast, *also)}
    for entry in entries:
        by_quarter.setdefault(entry.quarter, []).append(entry)
    quarters = sorted(by_quarter)
    counted = [_counted(by_quarter[quarter], vat_included) for quarter in quarters]
    lines = tuple(
        _line(quarter, by_quarter[quarter], one, total, forecast.get(quarter))
        for quarter, one, total in zip(quarters, counted, accumulate(counted), strict=True)
    )
    return Ledger(lines, ceiling, vat_included)


def _line(
    quarter: Quarter, entries: list[Entry], counted: int, total: int, forecast: int | None
) -> QuarterLine:
    sums = {kind: sum(entry.pence for entry in entries if entry.kind is kind) for kind in Kind}
    return QuarterLine(
        quarter=quarter,
        due=sums[Kind.DUE],
        vat=sum(entry.vat for entry in entries),
        retained=sums[Kind.RETAINED],
        released=sums[Kind.RELEASED],
        counted=counted,
        total=total,
        forecast=forecast,
        entries=len(entries),
    )


def _counted(entries: list[Entry], vat_included: bool) -> int:
    due = [entry for entry in entries if entry.kind is Kind.DUE]
    return sum(entry.pence - (0 if vat_included else entry.vat) for entry in due)
