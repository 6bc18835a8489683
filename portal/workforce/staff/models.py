"""Who works in a service, how many posts it has money for, what is logged, and the workforce strategy.

Sources: OHID specification 3.7–3.9; briefing note 15a and 23–26; West Midlands appendix 6, item 5.
"""

from __future__ import annotations

import uuid
from datetime import date
from decimal import Decimal

from sqlalchemy import CheckConstraint, ForeignKey, Index, Numeric, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from portal.core.db import EnumText, Identified, Model
from portal.directory.models import Service
from portal.workforce.staff.rules.words import ActionState, EntryKind, Honorary, StaffRole


class StaffMember(Identified, Model):
    """Somebody who works in a service. The name may be initials; few see it (docs/services-workforce.md)."""

    __tablename__ = "staff_members"
    __table_args__ = (
        CheckConstraint("fte > 0 AND fte <= 1", name="at_most_full_time"),
        CheckConstraint("ends IS NULL OR ends >= starts", name="dates_in_order"),
        CheckConstraint("(honorary = 'held') = (honorary_on IS NOT NULL)", name="held_has_date"),
        CheckConstraint("first_client_on IS NULL OR first_client_on >= starts", name="clients_after_start"),
    )

    service_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("services.id"), index=True)
    role: Mapped[StaffRole] = mapped_column(EnumText(StaffRole))
    name: Mapped[str] = mapped_column(String(120))
    fte: Mapped[Decimal] = mapped_column(Numeric(3, 2))
    starts: Mapped[date]
    ends: Mapped[date | None]
    pay_band: Mapped[str] = mapped_column(String(40), default="")
    honorary: Mapped[Honorary] = mapped_column(EnumText(Honorary), default=Honorary.NONE)
    honorary_on: Mapped[date | None]
    first_client_on: Mapped[date | None]
    person_id: Mapped[uuid.UUID | None] = mapped_column(ForeignKey("people.id"))  # their account here
    version: Mapped[int] = mapped_column(default=1)

    service: Mapped[Service] = relationship()


class EarlierTerms(Identified, Model):
    """The role and FTE that somebody had from a day to a day, before those of their own row."""

    __tablename__ = "staff_earlier_terms"
    __table_args__ = (
        UniqueConstraint("member_id", "starts"),
        CheckConstraint("fte > 0 AND fte <= 1", name="at_most_full_time"),
        CheckConstraint("ends >= starts", name="dates_in_order"),
    )

    member_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("staff_members.id"))
    role: Mapped[StaffRole] = mapped_column(EnumText(StaffRole))
    fte: Mapped[Decimal] = mapped_column(Numeric(3, 2))
    starts: Mapped[date]
    ends: Mapped[date]


class FundedPosts(Identified, Model):
    """How many FTE of a role a service has money for, from a day on."""

    __tablename__ = "staff_funded_posts"
    __table_args__ = (
        UniqueConstraint("service_id", "role", "starts"),
        CheckConstraint("fte >= 0", name="not_negative"),
    )

    service_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("services.id"))
    role: Mapped[StaffRole] = mapped_column(EnumText(StaffRole))
    fte: Mapped[Decimal] = mapped_column(Numeric(6, 2))
    starts: Mapped[date]

    service: Mapped[Service] = relationship()


class StaffEntry(Identified, Model):
    """Something that took place on a day, or was counted on it: supervision, meetings, a review, a caseload.

    `count` of `out_of`: clients, or meetings attended of those held in the month that `on` begins.
    """

    __tablename__ = "staff_entries"
    __table_args__ = (
        CheckConstraint(
            "(kind IN ('team-supervision', 'senior-review')) = (member_id IS NULL)", name="of_one_person"
        ),
        CheckConstraint("(kind IN ('caseload', 'clinical-meetings')) = (count IS NOT NULL)", name="counted"),
        CheckConstraint("(kind = 'clinical-meetings') = (out_of IS NOT NULL)", name="meetings_have_a_sum"),
        CheckConstraint("count >= 0 AND (out_of IS NULL OR count <= out_of)", name="count_within"),
        Index("ix_staff_entries_service", "service_id", "kind", "on_day"),
    )

    service_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("services.id"))
    member_id: Mapped[uuid.UUID | None] = mapped_column(ForeignKey("staff_members.id"), index=True)
    kind: Mapped[EntryKind] = mapped_column(EnumText(EntryKind))
    on: Mapped[date] = mapped_column("on_day")  # ON is a word of SQL
    count: Mapped[int | None]
    out_of: Mapped[int | None]

    service: Mapped[Service] = relationship()


class StrategyAction(Identified, Model):
    """An action of the workforce strategy that buyer and supplier keep together (OHID specification 3.8)."""

    __tablename__ = "workforce_actions"

    supplier_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("organisations.id"), index=True)
    text: Mapped[str] = mapped_column(String(300))
    owner: Mapped[str] = mapped_column(String(120))
    due: Mapped[date]
    state: Mapped[ActionState] = mapped_column(EnumText(ActionState))
    note: Mapped[str] = mapped_column(Text, default="")
    version: Mapped[int] = mapped_column(default=1)
