"""Posts of expert implementation and support managers (EISMs), who holds them, and what is known of them.

Source: OHID specification 3.3 and 12 (indicator 1). An EISM need have no account: somebody appointed starts
to count before they can sign in.
"""

from __future__ import annotations

import uuid
from datetime import date
from decimal import Decimal

from sqlalchemy import CheckConstraint, ForeignKey, Index, Numeric, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from portal.core.db import EnumText, Identified, Model
from portal.workforce.posts.rules.words import EndReason, Stream


class EismPost(Identified, Model):
    """A post of a supplier, from the day it opens to the day it closes, both included."""

    __tablename__ = "eism_posts"
    __table_args__ = (
        CheckConstraint("fte > 0 AND fte <= 1", name="at_most_full_time"),
        CheckConstraint("closes IS NULL OR closes >= opens", name="dates_in_order"),
    )

    supplier_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("organisations.id"), index=True)
    title: Mapped[str] = mapped_column(String(120))
    region: Mapped[str] = mapped_column(String(40))
    stream: Mapped[Stream] = mapped_column(EnumText(Stream))
    fte: Mapped[Decimal] = mapped_column(Numeric(3, 2))
    opens: Mapped[date]
    closes: Mapped[date | None]
    version: Mapped[int] = mapped_column(default=1)


class Eism(Identified, Model):
    """An EISM of a supplier: with an account, or by name only."""

    __tablename__ = "eisms"
    __table_args__ = (UniqueConstraint("supplier_id", "person_id"),)

    supplier_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("organisations.id"), index=True)
    person_id: Mapped[uuid.UUID | None] = mapped_column(ForeignKey("people.id"))
    name: Mapped[str] = mapped_column(String(120))
    version: Mapped[int] = mapped_column(default=1)


class EismHolding(Identified, Model):
    """An EISM holds a post at this FTE from a day to a day; other hours are another holding."""

    __tablename__ = "eism_holdings"
    __table_args__ = (
        CheckConstraint("fte > 0 AND fte <= 1", name="at_most_full_time"),
        CheckConstraint("ends IS NULL OR ends >= starts", name="dates_in_order"),
        CheckConstraint("(ends IS NULL) = (reason IS NULL)", name="end_has_reason"),
    )

    post_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("eism_posts.id"), index=True)
    eism_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("eisms.id"), index=True)
    fte: Mapped[Decimal] = mapped_column(Numeric(3, 2))
    starts: Mapped[date]
    ends: Mapped[date | None]
    reason: Mapped[EndReason | None] = mapped_column(EnumText(EndReason))
    version: Mapped[int] = mapped_column(default=1)

    post: Mapped[EismPost] = relationship()
    eism: Mapped[Eism] = relationship()


class EismLeave(Identified, Model):
    """An EISM is on leave from a day to a day; `kind` is a key of data/leave_kinds.toml."""

    __tablename__ = "eism_leave"
    __table_args__ = (CheckConstraint("ends IS NULL OR ends >= starts", name="dates_in_order"),)

    eism_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("eisms.id"), index=True)
    kind: Mapped[str] = mapped_column(String(30))
    starts: Mapped[date]
    ends: Mapped[date | None]
    version: Mapped[int] = mapped_column(default=1)

    eism: Mapped[Eism] = relationship()


class EismCheck(Identified, Model):
    """A vetting check; `kind` is a key of data/check_kinds.toml. `told_of`: the last day that was mailed."""

    __tablename__ = "eism_checks"
    __table_args__ = (
        CheckConstraint("valid_until IS NULL OR valid_until >= checked_on", name="dates_in_order"),
        Index("ix_eism_checks_valid_until", "valid_until"),
    )

    eism_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("eisms.id"), index=True)
    kind: Mapped[str] = mapped_column(String(30))
    checked_on: Mapped[date]
    valid_until: Mapped[date | None]
    told_of: Mapped[date | None]
    version: Mapped[int] = mapped_column(default=1)

    eism: Mapped[Eism] = relationship()


class EismSkill(Identified, Model):
    """A skill that an EISM has; `skill_key` is a key of data/skills.toml."""

    __tablename__ = "eism_skills"
    __table_args__ = (UniqueConstraint("eism_id", "skill_key"),)

    eism_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("eisms.id"))
    skill_key: Mapped[str] = mapped_column(String(30))
    since: Mapped[date]
    note: Mapped[str] = mapped_column(Text, default="")


class EismCapacity(Identified, Model):
    """Days that an EISM has for reviews and coaching in the financial year that starts in April of `year`."""

    __tablename__ = "eism_capacity"
    __table_args__ = (
        UniqueConstraint("eism_id", "year"),
        CheckConstraint("days >= 0 AND days <= 366", name="days_of_a_year"),
    )

    eism_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("eisms.id"))
    year: Mapped[int]
    days: Mapped[Decimal] = mapped_column(Numeric(4, 1))
    version: Mapped[int] = mapped_column(default=1)
