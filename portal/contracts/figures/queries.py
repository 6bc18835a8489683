"""Figures of a contract's quarters: frozen ones as they were, all others counted from the records now.

figures(contract, quarter) -> list[Figure]             one for each indicator, in the contract's order
figures_of(contract, quarters) -> {quarter: [Figure]}  the same for several quarters, no more statements
latest_frozen(contract_key, quarter) -> Frozen | None  the last version, whether it was opened again or not
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from fractions import Fraction
from uuid import UUID

from sqlalchemy import select

from portal.accounts.models import Person
from portal.contracts.definition.parties import parties_of
from portal.contracts.definition.rules.terms import Contract
from portal.contracts.figures.measures import MEASURES, Ask
from portal.contracts.figures.models import FrozenFigures, ManualFigure, ReopenedFigures
from portal.contracts.figures.rules.figure import NOT_ENTERED, ByHand, Counted, Figure, figure_of
from portal.contracts.figures.rules.freezing import unpack
from portal.contracts.figures.rules.periods import is_provisional, period_of, terms_of
from portal.core import clock
from portal.core.db import db
from portal.core.filters import moment
from portal.core.rules.quarters import Quarter

Entered = tuple[Fraction, Fraction | None, ByHand]
NO_SUPPLIER = "The supplier is not on the portal"


@dataclass(frozen=True)
class Frozen:
    """A frozen version of a quarter's figures. `reopened`: why it was opened again, if it was."""

    quarter: str
    version: int
    content: bytes
    digest: str
    at: datetime
    reopened: str | None

    @property
    def stands(self) -> bool:
        return self.reopened is None

    @property
    def figures(self) -> list[Figure]:
        return unpack(self.content, self.version)


def figures(contract: Contract, quarter: Quarter) -> list[Figure]:
    """One figure for each indicator of the quarter, in the contract's order."""
    return figures_of(contract, [quarter])[quarter]


def figures_of(
    contract: Contract, quarters: Sequence[Quarter], number: str | None = None
) -> dict[Quarter, list[Figure]]:
    """The figures of several quarters, as they stand: frozen, or counted now. `number`: of one indicator."""
    kept = {one.quarter: one for one in frozen_versions(contract.key, quarters) if one.stands}
    live = live_figures(contract, [one for one in quarters if one.key not in kept], number)
    return {
        one: [each for each in kept[one.key].figures if number in (None, each.indicator.number)]
        if one.key in kept
        else live[one]
        for one in quarters
    }


def live_figures(
    contract: Contract, quarters: Sequence[Quarter], number: str | None = None
) -> dict[Quarter, list[Figure]]:
    """The figures counted from the records now, frozen or not. About a dozen statements in all."""
    today = clock.today()
    asks = [
        ask
        for quarter in quarters
        for ask in _asks(contract, quarter)
        if number in (None, ask.indicator.number)
    ]
    if not asks:
        return {one: [] for one in quarters}
    entered = _entered(contract.key, quarters)
    found: dict[Quarter, list[Figure]] = {one: [] for one in quarters}
    for ask, counted in zip(asks, _counted(contract, asks), strict=True):
        by_hand = entered.get((ask.quarter.key, ask.indicator.number))
        provisional = is_provisional(ask.indicator.frequency, ask.quarter, today)
        found[ask.quarter].append(
            figure_of(ask.indicator, ask.quarter.key, ask.period, provisional, counted, by_hand)
        )
    return found


def frozen_versions(contract_key: str, quarters: Iterable[Quarter]) -> list[Frozen]:
    """The last frozen version of each of these quarters that has one, the earliest first. One statement."""
    table, again = FrozenFigures, ReopenedFigures
    query = (
        select(table, again.reason)
        .outerjoin(
            again,
            (again.contract_key == table.contract_key)
            & (again.quarter == table.quarter)
            & (again.version == table.version),
        )
        .where(table.contract_key == contract_key, table.quarter.in_([one.key for one in quarters]))
        .order_by(table.quarter, table.version)
    )
    last = {
        row.quarter: Frozen(row.quarter, row.version, row.content, row.digest, row.at, reason)
        for row, reason in db.session.execute(query)
    }
    return list(last.values())


def latest_frozen(contract_key: str, quarter: Quarter) -> Frozen | None:
    """The last frozen version of a quarter, whether it was opened again or not. One statement."""
    return next(iter(frozen_versions(contract_key, [quarter])), None)


def frozen_version(contract_key: str, quarter: Quarter, version: int) -> list[Figure] | None:
    """The figures of one version, for comparing versions; None where there is none."""
    row = db.session.get(FrozenFigures, (contract_key, quarter.key, version))
    return unpack(row.content, row.version) if row else None


def manual_versions(contract_key: str, quarter: Quarter, number: str) -> list[tuple[ManualFigure, str]]:
    """Every version of a figure entered by hand with who entered it, the newest first. One statement."""
    query = (
        select(ManualFigure, Person.name)
        .outerjoin(Person, Person.id == ManualFigure.by)
        .where(
            ManualFigure.contract_key == contract_key,
            ManualFigure.quarter == quarter.key,
            ManualFigure.indicator == number,
        )
        .order_by(ManualFigure.version.desc())
    )
    return [(row, name or "The portal") for row, name in db.session.execute(query)]


def _asks(contract: Contract, quarter: Quarter) -> list[Ask]:
    terms = terms_of(contract, quarter)
    return [Ask(quarter, terms, one, period_of(contract, one.frequency, quarter)) for one in terms.indicators]


def _counted(contract: Contract, asks: Sequence[Ask]) -> list[Counted]:
    """What each measure counts, asked once for all quarters."""
    supplier = parties_of(contract).supplier.id
    found: dict[int, Counted] = {}
    for name, measure in MEASURES.items():
        own = [place for place, ask in enumerate(asks) if ask.indicator.measure == name]
        if own and supplier is not None:
            found |= dict(zip(own, measure(supplier, [asks[place] for place in own]), strict=True))
    return [found.get(place) or _uncounted(ask, supplier) for place, ask in enumerate(asks)]


def _uncounted(ask: Ask, supplier: UUID | None) -> Counted:
    measured = ask.indicator.measure in MEASURES and supplier is None
    return Counted(denominator=ask.indicator.target, missing=NO_SUPPLIER if measured else NOT_ENTERED)


def _entered(contract_key: str, quarters: Iterable[Quarter]) -> Mapping[tuple[str, str], Entered]:
    """The figures entered by hand that stand, by quarter and indicator. One statement."""
    query = (
        select(ManualFigure, Person.name)
        .outerjoin(Person, Person.id == ManualFigure.by)
        .where(
            ManualFigure.contract_key == contract_key,
            ManualFigure.quarter.in_([one.key for one in quarters]),
        )
        .order_by(ManualFigure.version)
    )
    last = {(row.quarter, row.indicator): (row, name) for row, name in db.session.execute(query)}
    return {
        key: (
            Fraction(row.numerator),
            Fraction(row.denominator) if row.denominator else None,
            ByHand(row.reason, row.evidence, name or "The portal", moment(row.at), row.version),
        )
        for key, (row, name) in last.items()
        if row.numerator is not None
    }
