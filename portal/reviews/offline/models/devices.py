"""The devices that reviewers work on, and the reviews that are checked out to them."""

from __future__ import annotations

import uuid
from datetime import datetime

from sqlalchemy import CheckConstraint, ForeignKey, Index, String, text
from sqlalchemy.orm import Mapped, mapped_column

from portal.core.db import Identified, Model

_OUT = text("returned_at IS NULL AND lost_at IS NULL")


class OnSiteDevice(Identified, Model):
    """One person's store in one browser. The id is made there; a wiped store comes back as a new one.

    `highest_seq` is the number of the newest edit that the device has told of, unless a newer one has arrived
    since: what it has and the portal has not is what has not arrived.
    """

    __tablename__ = "on_site_devices"
    __table_args__ = (CheckConstraint("highest_seq >= 0", name="highest_seq_from_nought"),)

    person_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("people.id"), index=True)
    name: Mapped[str] = mapped_column(String(80))
    first_seen_at: Mapped[datetime]
    heard_at: Mapped[datetime]
    highest_seq: Mapped[int] = mapped_column(default=0)
    waiting: Mapped[int] = mapped_column(default=0)  # edits left on the device when it was last heard
    persisted: Mapped[bool | None]  # whether the browser promised to keep the store; None: it did not say
    token_digest: Mapped[str] = mapped_column(String(64))  # of the secret for deposits


class CheckOut(Identified, Model):
    """A review taken to a device: out until it is returned, or said to be lost."""

    __tablename__ = "check_outs"
    __table_args__ = (
        CheckConstraint("returned_at IS NULL OR lost_at IS NULL", name="returned_or_lost"),
        CheckConstraint("(lost_at IS NULL) = (lost_count IS NULL)", name="lost_is_counted"),
        Index(
            "uq_check_outs_out",
            "assessment_id",
            "device_id",
            unique=True,
            sqlite_where=_OUT,
            postgresql_where=_OUT,
        ),
    )

    assessment_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("external_reviews.assessment_id"))
    device_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("on_site_devices.id"), index=True)
    person_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("people.id"))
    at: Mapped[datetime]
    returned_at: Mapped[datetime | None]
    lost_at: Mapped[datetime | None]
    lost_by: Mapped[uuid.UUID | None] = mapped_column(ForeignKey("people.id"))
    lost_count: Mapped[int | None]  # edits known to be on the device that never arrived
