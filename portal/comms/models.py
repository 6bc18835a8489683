"""The calendar of communications, newsletters, who gets them and who has got them."""

from __future__ import annotations

import uuid
from datetime import date, datetime
from enum import StrEnum
from typing import Any

from sqlalchemy import CheckConstraint, ForeignKey, Index, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from portal.comms.rules.planning import EntryKind, EntryState
from portal.core.db import EnumText, Identified, Model
from portal.core.frozen import FROZEN, Frozen


class NewsletterState(StrEnum):
    """DRAFT until it is sent, SENDING while the job goes through its recipients."""

    DRAFT = "draft"
    SENDING = "sending"
    SENT = "sent"

    @property
    def words(self) -> str:
        return {"draft": "In draft", "sending": "Being sent", "sent": "Sent"}[self.value]


class DeliveryState(StrEnum):
    """PASSED_ON: its mail is in the outbox. SKIPPED: the recipient stopped the newsletter before."""

    WAITING = "waiting"
    PASSED_ON = "passed-on"
    SKIPPED = "skipped"


class CalendarEntry(Identified, Model):
    """Something that a supplier will tell the world, with its owner and its day."""

    __tablename__ = "comms_entries"
    __table_args__ = (Index("ix_comms_entries_due", "supplier_id", "due"),)

    supplier_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("organisations.id"))
    kind: Mapped[EntryKind] = mapped_column(EnumText(EntryKind))
    title: Mapped[str] = mapped_column(String(160))
    owner_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("people.id"), index=True)
    due: Mapped[date]
    channel: Mapped[str] = mapped_column(String(80), default="")
    note: Mapped[str] = mapped_column(Text, default="")
    state: Mapped[EntryState] = mapped_column(EnumText(EntryState), default=EntryState.PLANNED)
    created_at: Mapped[datetime]
    version: Mapped[int] = mapped_column(default=1)


class Newsletter(Identified, Model):
    """A newsletter as it is written. What of it was sent stands in `SentNewsletter`.

    `blocks`: what of the portal's content it shows, in order, as {"kind": …, "id": …}.
    """

    __tablename__ = "newsletters"
    __table_args__ = (Index("ix_newsletters_created_at", "supplier_id", "created_at"),)

    supplier_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("organisations.id"))
    subject: Mapped[str] = mapped_column(String(120))
    intro: Mapped[str] = mapped_column(Text, default="")
    blocks: Mapped[list[Any]]
    state: Mapped[NewsletterState] = mapped_column(EnumText(NewsletterState), default=NewsletterState.DRAFT)
    created_at: Mapped[datetime]
    finished_at: Mapped[datetime | None]  # the job has been through all recipients
    version: Mapped[int] = mapped_column(default=1)


class SentNewsletter(Model):
    """A newsletter as it was sent; the row never changes. `pieces`: its blocks as they were then.

    `html` and `text` have a mark where each mail has its recipient's own address to stop.
    """

    __tablename__ = "sent_newsletters"

    newsletter_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("newsletters.id"), primary_key=True)
    subject: Mapped[str] = mapped_column(String(120))
    intro: Mapped[str] = mapped_column(Text)
    pieces: Mapped[str] = mapped_column(Text)  # JSON
    html: Mapped[str] = mapped_column(Text)
    text: Mapped[str] = mapped_column(Text)
    sent_at: Mapped[datetime] = mapped_column(index=True)
    sent_by: Mapped[uuid.UUID] = mapped_column(ForeignKey("people.id"))
    recipients: Mapped[int]


class NewsletterSubscription(Identified, Model):
    """An address that asked for the newsletter of one supplier, and gets nothing of others.

    Once it is stopped the address is gone, and the row stays for the count of what was sent. `person_id`:
    of somebody who subscribed signed in.
    """

    __tablename__ = "newsletter_subscriptions"
    __table_args__ = (
        CheckConstraint("email = lower(email)", name="email_lower"),
        CheckConstraint("(ended_at IS NULL) = (email IS NOT NULL)", name="address_until_ended"),
        CheckConstraint("ended_at IS NULL OR person_id IS NULL", name="nobody_once_ended"),
        Index("ix_newsletter_subscriptions_email", "email"),
        Index("ix_newsletter_subscriptions_supplier", "supplier_id", "ended_at"),
    )

    supplier_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("organisations.id"))
    email: Mapped[str | None] = mapped_column(String(254))
    person_id: Mapped[uuid.UUID | None] = mapped_column(ForeignKey("people.id"), index=True)
    asked_at: Mapped[datetime]
    confirmed_at: Mapped[datetime | None]
    ended_at: Mapped[datetime | None]


class NewsletterDelivery(Identified, Model):
    """A newsletter to one subscription: there is one row, so that nobody gets it twice."""

    __tablename__ = "newsletter_deliveries"
    __table_args__ = (
        UniqueConstraint("newsletter_id", "subscription_id"),
        Index("ix_newsletter_deliveries_state", "newsletter_id", "state"),
    )

    newsletter_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("newsletters.id"))
    subscription_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("newsletter_subscriptions.id"), index=True)
    state: Mapped[DeliveryState] = mapped_column(EnumText(DeliveryState), default=DeliveryState.WAITING)


FROZEN[SentNewsletter.__tablename__] = Frozen(
    "a newsletter that was sent never changes",
    ("newsletter_id", "subject", "intro", "pieces", "html", "text", "sent_at", "sent_by", "recipients"),
)
