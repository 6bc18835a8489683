"""The ledger of a contract as read.

ledger(contract_key) -> Ledger     every quarter with what is due, retained, released, and the forecast
course(contract_key)               every entry with who made it, the newest first
readings(contract, quarter)        how the tasks stand that a retention waits for, by quarter of their day
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from uuid import UUID

from sqlalchemy import select

from portal.accounts.models import Person
from portal.contracts.definition.registry import contracts
from portal.contracts.definition.rules.terms import Contract, Terms
from portal.contracts.figures.rules.periods import terms_of
from portal.contracts.payments.models import PaymentEntry
from portal.contracts.payments.rules import ledger as rules
from portal.contracts.payments.rules.deciding import Reading, reading, release_bands
from portal.contracts.payments.rules.extension import ceiling
from portal.contracts.payments.rules.ledger import Entry, Ledger
from portal.contracts.payments.rules.schedule import schedule, spans_of
from portal.contracts.remedy.queries import RemedialView, plans_of
from portal.contracts.remedy.rules.tasks import by_quarter
from portal.core import clock
from portal.core.db import db
from portal.core.rules.quarters import Quarter, quarter_from


@dataclass(frozen=True)
class EntryLine:
    """An entry as its page shows it: who made it, and whether it was taken back."""

    row: PaymentEntry
    quarter: Quarter
    by: str
    reversed: bool

    @property
    def net(self) -> int:
        """Without VAT, in pence."""
        return self.row.pence - self.row.vat_pence


def ledger(contract_key: str) -> Ledger:
    """The ledger of a contract as it stands today. One statement. Raises KeyError for an unknown one."""
    return ledger_of(contracts()[contract_key], entries(contract_key))


def ledger_of(contract: Contract, rows: Sequence[PaymentEntry]) -> Ledger:
    """The ledger that these entries make under the contract's terms of today."""
    today = clock.today()
    return rules.ledger(
        [entry_of(row) for row in rows],
        schedule(spans_of(contract, today)),
        ceiling(contract, today),
        vat_included=contract.on(today).money.vat_included,
    )


def entries(contract_key: str) -> Sequence[PaymentEntry]:
    """Every entry of a contract in the order in which they were made. One statement."""
    query = select(PaymentEntry).where(PaymentEntry.contract_key == contract_key)
    return db.session.scalars(query.order_by(PaymentEntry.number)).all()


def course(contract_key: str, quarter: Quarter | None = None) -> tuple[EntryLine, ...]:
    """Every entry, of a quarter or of all, the newest first. One statement."""
    table = PaymentEntry
    query = select(table, Person.name).outerjoin(Person, Person.id == table.by)
    query = query.where(table.contract_key == contract_key).order_by(table.number.desc())
    if quarter is not None:
        query = query.where(table.quarter == quarter.key)
    rows = db.session.execute(query).all()
    back = {row.reverses for row, _ in rows}
    return tuple(
        EntryLine(row, quarter_of_row(row), name or "The portal", row.id in back) for row, name in rows
    )


def entry_of(row: PaymentEntry) -> Entry:
    """An entry as the rules have it."""
    return Entry(row.id, quarter_of_row(row), row.kind, row.pence, row.vat_pence, row.reverses)


def quarter_of_row(row: PaymentEntry) -> Quarter:
    """The quarter of an entry. Raises ValueError for a key that is none."""
    quarter = quarter_from(row.quarter)
    if quarter is None:
        raise ValueError(f"No quarter: {row.quarter}")
    return quarter


def terms_for(contract: Contract, quarter: Quarter) -> Terms:
    """The terms by which a quarter's money is retained and released: those of the quarter."""
    return terms_of(contract, quarter)


def retaining_plans(contract: Contract, quarter: Quarter) -> tuple[RemedialView, ...]:
    """The plans of a quarter that give the right to retain: submitted under 12.2 or 12.3 (12.4)."""
    return tuple(
        view for view in plans_of(contract.key, quarter) if view.row.retains and view.row.submitted_at
    )


def readings(contract: Contract, quarter: Quarter) -> dict[str, Reading]:
    """How the tasks of a quarter's plans stand, by key of the quarter in which they are due."""
    tasks = [task for view in retaining_plans(contract, quarter) for task in view.tasks]
    bands = release_bands(terms_for(contract, quarter))
    found = (
        reading(due_in, progress.done, progress.tasks, bands)
        for due_in, progress in by_quarter(tasks).items()
    )
    return {one.quarter.key: one for one in found if one is not None}


def reversed_ids(rows: Sequence[PaymentEntry]) -> frozenset[UUID]:
    """The entries that others take back."""
    return frozenset(row.reverses for row in rows if row.reverses is not None)
