"""The ledger of contracts: entries in whole pence, never changed. A mistake is taken back by another."""

from __future__ import annotations

import uuid
from datetime import datetime

from sqlalchemy import BigInteger, CheckConstraint, ForeignKey, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from portal.contracts.payments.rules.ledger import Kind
from portal.core.db import EnumText, Identified, Model
from portal.core.frozen import FROZEN, Frozen


class PaymentEntry(Identified, Model):
    """An entry. `pence` includes VAT, `vat_pence` is the part of an amount due that is VAT.

    `number` counts a contract's entries from 1: of two written at one moment one is refused. `read_…` is
    how the tasks stood when money was released, of which quarter.
    """

    __tablename__ = "payment_entries"
    __table_args__ = (
        UniqueConstraint("contract_key", "number"),
        UniqueConstraint("reverses"),
        CheckConstraint(
            "(reverses IS NULL AND pence > 0) OR (reverses IS NOT NULL AND pence < 0)", name="sign"
        ),
        CheckConstraint("kind = 'due' OR vat_pence = 0", name="vat_of_what_is_due"),
        CheckConstraint("vat_pence BETWEEN 0 AND pence OR vat_pence BETWEEN pence AND 0", name="vat_within"),
        CheckConstraint("reason <> ''", name="has_reason"),
        CheckConstraint(
            "(kind = 'released' AND reverses IS NULL) = (read_quarter IS NOT NULL)",
            name="release_has_reading",
        ),
        CheckConstraint("read_done >= 0 AND read_done <= read_tasks AND read_tasks > 0", name="reading"),
    )

    contract_key: Mapped[str] = mapped_column(String(80))
    number: Mapped[int]
    quarter: Mapped[str] = mapped_column(String(7))
    kind: Mapped[Kind] = mapped_column(EnumText(Kind))
    pence: Mapped[int] = mapped_column(BigInteger)
    vat_pence: Mapped[int] = mapped_column(BigInteger, default=0)
    reason: Mapped[str] = mapped_column(Text)
    reverses: Mapped[uuid.UUID | None] = mapped_column(ForeignKey("payment_entries.id"))
    read_quarter: Mapped[str | None] = mapped_column(String(7))
    read_done: Mapped[int | None]
    read_tasks: Mapped[int | None]
    at: Mapped[datetime]
    by: Mapped[uuid.UUID | None] = mapped_column(ForeignKey("people.id"))


FROZEN[PaymentEntry.__tablename__] = Frozen(
    "an entry of a ledger never changes",
    (
        "contract_key", "number", "quarter", "kind", "pence", "vat_pence", "reason", "reverses",
        "read_quarter", "read_done", "read_tasks", "at", "by",
    ),
)  # fmt: skip
