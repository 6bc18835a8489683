"""Remedial action plans of contracts. Their tasks are the actions of a plan of the plans' own engine."""

from __future__ import annotations

import uuid
from datetime import date, datetime

from sqlalchemy import CheckConstraint, ForeignKey, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from portal.contracts.remedy.rules.workflow import RemedyMove, RemedyState
from portal.core.db import EnumText, Identified, Model
from portal.core.frozen import FROZEN, Frozen


class RemedialPlan(Identified, Model):
    """What was decided about a plan that an indicator's band asked for, and how far the plan is.

    `required` and `retains` are what the contract said then: a later variation changes neither.
    `told_of`: the day for which the supplier was last reminded.
    """

    __tablename__ = "remedial_plans"
    __table_args__ = (
        UniqueConstraint("contract_key", "quarter", "indicator"),
        UniqueConstraint("plan_id"),
        CheckConstraint("(state IN ('asked', 'not-asked')) = (plan_id IS NULL)", name="begun_has_plan"),
        CheckConstraint("NOT required OR plan_id IS NOT NULL", name="required_begins_with_plan"),
        CheckConstraint("state IN ('asked', 'not-asked', 'draft') OR submitted_at IS NOT NULL", name="sent"),
        CheckConstraint("(state = 'closed') = (closed_at IS NOT NULL)", name="closed_has_date"),
    )

    contract_key: Mapped[str] = mapped_column(String(80))
    quarter: Mapped[str] = mapped_column(String(7))
    indicator: Mapped[str] = mapped_column(String(20))
    indicator_title: Mapped[str] = mapped_column(String(200))
    band_title: Mapped[str] = mapped_column(String(120))
    section: Mapped[str] = mapped_column(String(40))
    required: Mapped[bool]
    retains: Mapped[bool]
    state: Mapped[RemedyState] = mapped_column(EnumText(RemedyState))
    wanted_by: Mapped[date | None]
    plan_id: Mapped[uuid.UUID | None] = mapped_column(ForeignKey("plans.id"))
    submitted_at: Mapped[datetime | None]
    closed_at: Mapped[datetime | None]
    told_of: Mapped[date | None]
    version: Mapped[int] = mapped_column(default=1)


class RemedialStep(Identified, Model):
    """One move of a remedial plan: who, when, why. Never changed."""

    __tablename__ = "remedial_steps"
    __table_args__ = (UniqueConstraint("remedial_id", "number"),)

    remedial_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("remedial_plans.id"))
    number: Mapped[int]
    at: Mapped[datetime]
    by: Mapped[uuid.UUID | None] = mapped_column(ForeignKey("people.id"))
    move: Mapped[RemedyMove] = mapped_column(EnumText(RemedyMove))
    after: Mapped[RemedyState] = mapped_column(EnumText(RemedyState))
    reason: Mapped[str] = mapped_column(Text, default="")


FROZEN[RemedialStep.__tablename__] = Frozen(
    "a step of a remedial plan never changes",
    ("remedial_id", "number", "at", "by", "move", "after", "reason"),
)
