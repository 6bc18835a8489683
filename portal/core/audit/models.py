"""The audit's three tables: rows, payloads and the head of the chain.

Rows may only be appended. A payload's only lawful change is to NULL, by the retention purge.
Both are enforced by triggers (see `triggers`), not only by this code.
"""

from __future__ import annotations

import uuid
from datetime import datetime
from typing import Any

from sqlalchemy import JSON, BigInteger, CheckConstraint, ForeignKey, Index, String
from sqlalchemy.orm import Mapped, mapped_column

from portal.core.db import Model
from portal.core.rules.chain import COVERED


class AuditRow(Model):
    """One change: who, what, on which thing, when."""

    __tablename__ = "audit_rows"
    __table_args__ = (Index("ix_audit_rows_subject", "subject_type", "subject_id", "number"),)

    number: Mapped[int] = mapped_column(BigInteger, primary_key=True, autoincrement=False)
    at: Mapped[datetime]
    actor_id: Mapped[uuid.UUID | None] = mapped_column(index=True)
    actor_label: Mapped[str] = mapped_column(String(40))  # a kind of actor, never a name
    verb: Mapped[str] = mapped_column(String(60))
    subject_type: Mapped[str] = mapped_column(String(40))
    subject_id: Mapped[str] = mapped_column(String(60))
    request_id: Mapped[str] = mapped_column(String(40))
    payload_digest: Mapped[str] = mapped_column(String(64))
    previous: Mapped[str] = mapped_column(String(64))
    digest: Mapped[str] = mapped_column(String(64))

    def covered(self) -> dict[str, Any]:
        """The columns that the chain covers, with their values."""
        return {name: getattr(self, name) for name in COVERED}


class AuditPayload(Model):
    """What changed. `body` is NULL once retention has purged it."""

    __tablename__ = "audit_payloads"

    number: Mapped[int] = mapped_column(
        BigInteger, ForeignKey("audit_rows.number"), primary_key=True, autoincrement=False
    )
    salt: Mapped[str] = mapped_column(String(32))
    body: Mapped[dict[str, Any] | None] = mapped_column(JSON(none_as_null=True))


class AuditHead(Model):
    """The one row that holds the chain's last number and digest."""

    __tablename__ = "audit_head"
    __table_args__ = (CheckConstraint("id = 1", name="single"),)

    id: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    number: Mapped[int] = mapped_column(BigInteger)
    digest: Mapped[str] = mapped_column(String(64))
