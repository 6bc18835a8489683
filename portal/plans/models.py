"""Plans and their actions: one engine for action plans of services and remedial plans of contracts."""

from __future__ import annotations

import uuid
from datetime import date, datetime

from sqlalchemy import CheckConstraint, ForeignKey, Index, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from portal.core.db import EnumText, Identified, Model
from portal.plans.rules.workflow import ActionStatus, PlanState

SERVICE = "service"


class Plan(Identified, Model):
    """A plan. What brought it about is named by kind and id, so that it may be anything.

    `keeper` says whose it is, and so who may do what to it (portal/plans/keepers.py): a service's, or of
    something that another part of the portal keeps. `closes_when`: what must hold before it is closed.
    """

    __tablename__ = "plans"
    __table_args__ = (
        CheckConstraint("state <> 'agreed' OR agreed_at IS NOT NULL", name="agreed_has_date"),
        CheckConstraint("(state = 'closed') = (closed_at IS NOT NULL)", name="closed_has_date"),
        CheckConstraint("(keeper = 'service') = (service_id IS NOT NULL)", name="service_keeps_its_own"),
        UniqueConstraint("origin_kind", "origin_id"),
        Index("ix_plans_service_id_created_at", "service_id", "created_at"),
    )

    keeper: Mapped[str] = mapped_column(String(30), default=SERVICE)
    service_id: Mapped[uuid.UUID | None] = mapped_column(ForeignKey("services.id"))
    origin_kind: Mapped[str] = mapped_column(String(30))  # assessment
    origin_id: Mapped[uuid.UUID | None]
    origin_label: Mapped[str] = mapped_column(String(200), default="")
    title: Mapped[str] = mapped_column(String(200))
    state: Mapped[PlanState] = mapped_column(EnumText(PlanState), default=PlanState.DRAFT)
    created_at: Mapped[datetime]
    created_by: Mapped[uuid.UUID | None] = mapped_column(ForeignKey("people.id"))
    agreed_at: Mapped[datetime | None]
    agreed_by: Mapped[uuid.UUID | None] = mapped_column(ForeignKey("people.id"))
    closed_at: Mapped[datetime | None]
    review_on: Mapped[date | None]
    closes_when: Mapped[str] = mapped_column(Text, default="")
    version: Mapped[int] = mapped_column(default=1)

    actions: Mapped[list[Action]] = relationship(
        back_populates="plan", order_by="(Action.position, Action.id)", cascade="save-update, merge"
    )


class Action(Identified, Model):
    """One SMART action. An action of the people's own need not belong to an item."""

    __tablename__ = "plan_actions"
    __table_args__ = (
        CheckConstraint("target_rating > current_rating", name="target_above_current"),
        CheckConstraint("(status = 'done') = (done_on IS NOT NULL)", name="done_has_date"),
        Index("ix_plan_actions_plan_id_position", "plan_id", "position"),
        Index("ix_plan_actions_status_due", "status", "due"),
    )

    plan_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("plans.id"))
    position: Mapped[int]
    item_key: Mapped[str] = mapped_column(String(60), default="")
    item_title: Mapped[str] = mapped_column(String(200))
    current_rating: Mapped[int | None]
    target_rating: Mapped[int | None]
    suggested_step: Mapped[str] = mapped_column(Text, default="")
    what: Mapped[str] = mapped_column(Text, default="")
    measure: Mapped[str] = mapped_column(Text, default="")
    owner: Mapped[str] = mapped_column(String(120), default="")
    support: Mapped[str] = mapped_column(Text, default="")
    due: Mapped[date | None]
    status: Mapped[ActionStatus] = mapped_column(EnumText(ActionStatus), default=ActionStatus.OPEN)
    done_on: Mapped[date | None]
    evidence: Mapped[str] = mapped_column(Text, default="")
    version: Mapped[int] = mapped_column(default=1)

    plan: Mapped[Plan] = relationship(back_populates="actions")
