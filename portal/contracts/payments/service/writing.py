"""Writing to a ledger: who may, that it is as the person saw it, and of two at one moment only one."""

from __future__ import annotations

import uuid
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass

from sqlalchemy.exc import IntegrityError

from portal.accounts.rules.actors import Actor
from portal.accounts.rules.permissions import Permission, allowed, demand
from portal.contracts.definition.rules.terms import Contract
from portal.contracts.definition.subjects import contract_subject
from portal.contracts.payments.models import PaymentEntry
from portal.contracts.payments.queries import entries, ledger_of
from portal.contracts.payments.rules.deciding import Reading
from portal.contracts.payments.rules.ledger import Kind, Ledger, QuarterLine
from portal.core import clock
from portal.core.act import Work, act
from portal.core.db import db
from portal.core.errors import Invalid, NotFound, Refused, Stale
from portal.core.rules.quarters import Quarter

LONGEST_REASON = 4000
FIRST = "Somebody else entered something first. Look at what stands now before you decide."


@dataclass
class Writing:
    """A ledger open for one entry: as it stands, read inside the verb."""

    actor: Actor
    work: Work
    contract: Contract
    quarter: Quarter
    rows: Sequence[PaymentEntry]
    book: Ledger

    @property
    def line(self) -> QuarterLine | None:
        return self.book.line(self.quarter)

    def write(
        self,
        kind: Kind,
        pence: int,
        reason: str,
        *,
        vat: int = 0,
        reverses: uuid.UUID | None = None,
        read: Reading | None = None,
    ) -> uuid.UUID:
        """Add an entry. Its number is the next one: somebody who adds at the same moment is refused."""
        row = PaymentEntry(
            id=uuid.uuid4(),
            contract_key=self.contract.key,
            number=max((one.number for one in self.rows), default=0) + 1,
            quarter=self.quarter.key,
            kind=kind,
            pence=pence,
            vat_pence=vat,
            reason=reason.strip(),
            reverses=reverses,
            read_quarter=read.quarter.key if read else None,
            read_done=read.done if read else None,
            read_tasks=read.tasks if read else None,
            at=clock.now(),
            by=self.actor.person_id,
        )
        db.session.add(row)
        try:
            db.session.flush()
        except IntegrityError:
            raise Stale(FIRST, {}, len(self.rows) + 1) from None
        self.work.note(entry=row.id, quarter=self.quarter.key, kind=kind, pence=pence)
        return row.id


@contextmanager
def writing(
    actor: Actor, verb: str, contract_key: str, quarter: Quarter, version: int, reason: str
) -> Iterator[Writing]:
    """Open a ledger for an entry. `version`: how many entries of the quarter the person saw.

    Raises NotFound, Forbidden, Stale or Invalid (the reason).
    """
    with act(actor, verb, ("contract", contract_key)) as work:
        found = contract_subject(contract_key)
        if found is None or not (actor.is_portal or allowed(actor, Permission.CONTRACT_READ, found[1])):
            raise NotFound("There is no such contract that you may see.")
        demand(actor, Permission.CONTRACT_DECIDE, found[1])
        _demand_reason(reason)
        rows = entries(contract_key)
        now = sum(1 for row in rows if row.quarter == quarter.key)
        if now != version:
            raise Stale(FIRST, {}, now)
        yield Writing(actor, work, found[0], quarter, rows, ledger_of(found[0], rows))


def refuse(why: str) -> None:
    """Raise Refused where a rule says why not."""
    if why:
        raise Refused(why)


def _demand_reason(reason: str) -> None:
    if not reason.strip():
        raise Invalid({"reason": "Enter the reason"})
    if len(reason) > LONGEST_REASON:
        raise Invalid({"reason": f"This must be {LONGEST_REASON:,} characters or fewer"})
