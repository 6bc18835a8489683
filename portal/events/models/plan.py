"""The events planned for a quarter, and the baseline that the quarter is counted against."""

from __future__ import annotations

import uuid
from datetime import date, datetime

from sqlalchemy import CheckConstraint, ForeignKey, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from portal.core.db import EnumText, Identified, Model
from portal.core.frozen import FROZEN, Frozen
from portal.events.rules.kinds import EventKind


class EventPlan(Identified, Model):
    """A supplier's plan of a quarter (2026-Q3)."""

    __tablename__ = "event_plans"
    __table_args__ = (UniqueConstraint("supplier_id", "quarter"),)

    supplier_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("organisations.id"))
    quarter: Mapped[str] = mapped_column(String(7))
    made_on: Mapped[date]


class EventPlanLine(Identified, Model):
    """One planned event. Its plan's baseline keeps a copy; after that nothing here changes."""

    __tablename__ = "event_plan_lines"

    plan_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("event_plans.id"), index=True)
    kind: Mapped[EventKind] = mapped_column(EnumText(EventKind))
    title: Mapped[str] = mapped_column(String(160))
    month: Mapped[date]


class EventBaseline(Model):
    """The plan as it stood when its quarter opened. Never changed, never removed."""

    __tablename__ = "event_baselines"
    __table_args__ = (CheckConstraint("planned >= 1", name="something_planned"),)

    plan_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("event_plans.id"), primary_key=True)
    planned: Mapped[int]
    lines: Mapped[str] = mapped_column(Text)  # JSON: id, kind, title, month of each
    at: Mapped[datetime]
    by: Mapped[uuid.UUID | None] = mapped_column(ForeignKey("people.id"))  # None: by the portal


FROZEN[EventBaseline.__tablename__] = Frozen(
    "the baseline of a plan never changes", ("plan_id", "planned", "lines", "at")
)
