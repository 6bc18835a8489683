"""Every edit that a device sent, and those that wait for somebody to decide."""

from __future__ import annotations

import uuid
from datetime import datetime
from enum import StrEnum
from typing import Any

from sqlalchemy import JSON, CheckConstraint, ForeignKey, Index, String, Text
from sqlalchemy.orm import Mapped, mapped_column

from portal.core.db import EnumText, Model
from portal.core.frozen import FROZEN, Frozen


class Outcome(StrEnum):
    """What became of an edit."""

    APPLIED = "applied"
    CONFLICT = "conflict"  # somebody saved first: kept as a proposal
    QUARANTINED = "quarantined"  # it cannot be taken now: kept for the lead reviewer

    @property
    def held(self) -> bool:
        """Whether somebody has to decide."""
        return self is not Outcome.APPLIED


class Operation(Model):
    """One edit as it came. The key is the device's own id of it, and is all that makes replays harmless.

    Nothing of a row ever changes (a trigger refuses), but that the purge empties `payload`. `seq` is the
    device's own gap-free number. The payload of a rating is read by its author alone.
    """

    __tablename__ = "on_site_operations"
    __table_args__ = (
        CheckConstraint("seq >= 1", name="seq_from_one"),
        Index("ix_on_site_operations_device", "device_id", "seq"),
        Index("ix_on_site_operations_record", "assessment_id", "kind", "record_key"),
    )

    op_id: Mapped[uuid.UUID] = mapped_column(primary_key=True)
    device_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("on_site_devices.id"))
    seq: Mapped[int]
    digest: Mapped[str] = mapped_column(String(64))  # SHA-256 of the edit as it came
    assessment_id: Mapped[uuid.UUID | None] = mapped_column(ForeignKey("external_reviews.assessment_id"))
    person_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("people.id"))
    kind: Mapped[str] = mapped_column(String(20))
    record_key: Mapped[str] = mapped_column(String(100))
    received_at: Mapped[datetime]
    outcome: Mapped[Outcome] = mapped_column(EnumText(Outcome))
    version: Mapped[int | None]  # of the record, once applied
    reason: Mapped[str] = mapped_column(Text, default="")  # why it was not applied
    receipt: Mapped[dict[str, Any]] = mapped_column(JSON)  # the answer, given again to every replay
    payload: Mapped[dict[str, Any] | None] = mapped_column(JSON(none_as_null=True))


class HeldWhy(StrEnum):
    """Why an edit waits."""

    PROPOSAL = "proposal"
    QUARANTINE = "quarantine"


class HeldOperation(Model):
    """An edit that was not applied and waits for a person; `stood` is what stood when it came."""

    __tablename__ = "held_operations"
    __table_args__ = (
        CheckConstraint("(settled_at IS NULL) = (choice IS NULL)", name="settled_has_choice"),
        Index("ix_held_operations_open", "assessment_id", "settled_at"),
    )

    op_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("on_site_operations.op_id"), primary_key=True)
    assessment_id: Mapped[uuid.UUID | None] = mapped_column(ForeignKey("external_reviews.assessment_id"))
    person_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("people.id"), index=True)
    why: Mapped[HeldWhy] = mapped_column(EnumText(HeldWhy))
    stood: Mapped[dict[str, Any] | None] = mapped_column(JSON(none_as_null=True))
    stood_version: Mapped[int | None]
    stood_by: Mapped[uuid.UUID | None] = mapped_column(ForeignKey("people.id"))
    stood_at: Mapped[datetime | None]
    settled_at: Mapped[datetime | None]
    settled_by: Mapped[uuid.UUID | None] = mapped_column(ForeignKey("people.id"))
    choice: Mapped[str | None] = mapped_column(String(20))


FROZEN["on_site_operations"] = Frozen(
    "an edit from a device never changes",
    (
        "op_id",
        "device_id",
        "seq",
        "digest",
        "assessment_id",
        "person_id",
        "kind",
        "record_key",
        "received_at",
        "outcome",
        "version",
        "reason",
    ),
)
