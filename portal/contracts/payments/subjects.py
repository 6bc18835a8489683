"""What access rules of routes ask: a quarter of a contract's ledger, or an entry of it."""

from __future__ import annotations

from dataclasses import dataclass
from uuid import UUID

from portal.accounts.rules.permissions import Links
from portal.contracts.definition.rules.terms import Contract
from portal.contracts.definition.subjects import contract_subject
from portal.contracts.payments.queries import EntryLine, course, entries, ledger_of
from portal.contracts.payments.rules.ledger import Ledger, QuarterLine
from portal.core.rules.quarters import Quarter, quarter_from


@dataclass(frozen=True)
class LedgerPlace:
    """A quarter of a contract's ledger."""

    contract: Contract
    quarter: Quarter
    book: Ledger
    line: QuarterLine


@dataclass(frozen=True)
class EntryPlace(LedgerPlace):
    """An entry of a quarter."""

    entry: EntryLine


def ledger_subject(key: str, quarter: str, **_: object) -> tuple[LedgerPlace, Links] | None:
    """The quarter of the ledger in the address; None where the contract does not reach it."""
    found, which = contract_subject(key), quarter_from(quarter)
    if found is None or which is None:
        return None
    contract, links = found
    book = ledger_of(contract, entries(key))
    line = book.line(which)
    return (LedgerPlace(contract, which, book, line), links) if line else None


def entry_subject(key: str, quarter: str, entry_id: UUID, **_: object) -> tuple[EntryPlace, Links] | None:
    """An entry of that very quarter."""
    found = ledger_subject(key, quarter)
    if found is None:
        return None
    place, links = found
    entry = next((one for one in course(key, place.quarter) if one.row.id == entry_id), None)
    return (EntryPlace(**vars(place), entry=entry), links) if entry else None
