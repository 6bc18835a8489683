"""Entering what is due, retaining, releasing, and taking an entry back: the buyer's decisions.

Source: OHID specification 11.1, 11.2, 12.4; contract.md, “What follows from a band”.
"""

from __future__ import annotations

from uuid import UUID

from portal.accounts.rules.actors import Actor
from portal.contracts.payments.models import PaymentEntry
from portal.contracts.payments.queries import (
    entry_of,
    quarter_of_row,
    readings,
    retaining_plans,
    reversed_ids,
    terms_for,
)
from portal.contracts.payments.rules.deciding import (
    retention,
    why_not_due,
    why_not_release,
    why_not_retain,
    why_not_reverse,
)
from portal.contracts.payments.rules.ledger import Kind
from portal.contracts.payments.service.writing import refuse, writing
from portal.core import clock
from portal.core.db import db
from portal.core.errors import Invalid, NotFound
from portal.core.rules.quarters import Quarter

MOST_PENCE = 100_000_000_000  # a thousand million pounds: a figure above it is a slip


def enter(
    actor: Actor, contract_key: str, quarter: Quarter, pence: int, vat: int, evidence: str, version: int
) -> UUID:
    """Enter a quarter's amount, in pence including VAT, with the VAT in it and its evidence.

    Raises NotFound, Forbidden, Stale, Invalid, or Refused (not over yet, entered already, above the value).
    """
    with writing(actor, "payment.enter", contract_key, quarter, version, evidence) as now:
        if not 0 < pence <= MOST_PENCE:
            raise Invalid({"amount": "The amount must be more than nothing and at most £1,000,000,000"})
        if not 0 <= vat <= pence:
            raise Invalid({"vat": "The VAT must be part of the amount"})
        ends = now.contract.on(clock.today()).ends
        refuse(why_not_due(now.book, quarter, pence, vat, ends, clock.today()))
        return now.write(Kind.DUE, pence, evidence, vat=vat)


def retain(actor: Actor, contract_key: str, quarter: Quarter, reason: str, version: int) -> UUID:
    """Retain the contract's part of a quarter's payment, half a penny rounded up.

    Only with a plan submitted under 12.2 or 12.3, and once a quarter. Raises as `enter`.
    """
    with writing(actor, "payment.retain", contract_key, quarter, version, reason) as now:
        part = terms_for(now.contract, quarter).money.retention
        plans = retaining_plans(now.contract, quarter)
        line = now.line
        refuse(why_not_retain(line, len(plans), part))
        assert line is not None, "a quarter without a line is refused"
        now.work.note(plans=[view.row.id for view in plans])
        return now.write(Kind.RETAINED, retention(line.due, part), reason)


def release(
    actor: Actor,
    contract_key: str,
    quarter: Quarter,
    pence: int,
    read_of: Quarter,
    reason: str,
    version: int,
) -> UUID:
    """Release what is held, wholly or in part. `read_of`: the quarter whose tasks are read.

    The reading is taken here and stored with the entry. Raises as `enter`.
    """
    with writing(actor, "payment.release", contract_key, quarter, version, reason) as now:
        read = readings(now.contract, quarter).get(read_of.key)
        refuse(why_not_release(now.line, pence, read))
        return now.write(Kind.RELEASED, pence, reason, read=read)


def take_back(actor: Actor, contract_key: str, entry_id: UUID, reason: str, version: int) -> UUID:
    """Take an entry back by one of the opposite sum. Raises as `enter`."""
    found = db.session.get(PaymentEntry, entry_id)
    if found is None or found.contract_key != contract_key:
        raise NotFound("There is no such entry that you may see.")
    with writing(actor, "payment.take-back", contract_key, quarter_of_row(found), version, reason) as now:
        row = next(one for one in now.rows if one.id == entry_id)
        line = now.line
        assert line is not None, "an entry has a line"
        refuse(why_not_reverse(entry_of(row), line, reversed_ids(now.rows)))
        return now.write(row.kind, -row.pence, reason, vat=-row.vat_pence, reverses=row.id)
