"""The quarters of a contract: their reports, and what is kept by hand beside the figures.

Source: OHID specification 3.1.3, 8.1 to 8.4, 11.2; contract.md, “The quarterly progress report”.
"""

from __future__ import annotations

import uuid
from datetime import date, datetime
from enum import StrEnum
from typing import Any

from sqlalchemy import CheckConstraint, ForeignKey, Index, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from portal.contracts.cycle.rules.records import CaseKind, Grade, RiskKind
from portal.contracts.cycle.rules.streams import Stream
from portal.contracts.cycle.rules.workflow import CycleState
from portal.core.db import EnumText, Identified, Model
from portal.core.frozen import FROZEN, Frozen


class MeetingKind(StrEnum):
    """The review at the end of a quarter (8.3), or one that a side asked for (8.4)."""

    QUARTERLY = "quarterly"
    AD_HOC = "ad-hoc"

    @property
    def words(self) -> str:
        return {"quarterly": "Quarterly review", "ad-hoc": "Ad hoc meeting"}[self.value]


class MeetingState(StrEnum):
    """Where a meeting stands."""

    PLANNED = "planned"
    HELD = "held"
    CANCELLED = "cancelled"


class CaseState(StrEnum):
    """Where a complaint or query stands. ESCALATED: what the two sides could not settle (8.2)."""

    OPEN = "open"
    ESCALATED = "escalated"
    RESOLVED = "resolved"


class OfContract(Identified):
    """A row of a contract. `version` guards against two people changing it at once."""

    contract_key: Mapped[str] = mapped_column(String(80), index=True)
    version: Mapped[int] = mapped_column(default=1)


class QuarterReport(OfContract, Model):
    """A version of a quarter's report. `why`: why there is one after the first; `reason`: of a return."""

    __tablename__ = "contract_reports"
    __table_args__ = (
        UniqueConstraint("contract_key", "quarter", "number"),
        CheckConstraint("number >= 1", name="number_positive"),
        CheckConstraint("(number = 1) = (why = '')", name="later_has_why"),
        CheckConstraint("(state = 'compiling') = (submitted_at IS NULL)", name="submitted_has_moment"),
        CheckConstraint("state <> 'returned' OR reason <> ''", name="return_has_reason"),
    )

    quarter: Mapped[str] = mapped_column(String(7))
    number: Mapped[int]
    state: Mapped[CycleState] = mapped_column(EnumText(CycleState))
    summary: Mapped[str] = mapped_column(Text, default="")
    why: Mapped[str] = mapped_column(Text, default="")
    reason: Mapped[str] = mapped_column(Text, default="")
    opened_at: Mapped[datetime]
    opened_by: Mapped[uuid.UUID | None] = mapped_column(ForeignKey("people.id"))
    submitted_at: Mapped[datetime | None]
    submitted_by: Mapped[uuid.UUID | None] = mapped_column(ForeignKey("people.id"))
    decided_at: Mapped[datetime | None]
    decided_by: Mapped[uuid.UUID | None] = mapped_column(ForeignKey("people.id"))
    closed_at: Mapped[datetime | None]
    closed_by: Mapped[uuid.UUID | None] = mapped_column(ForeignKey("people.id"))


class FrozenReport(Model):
    """What was submitted, word for word. Its PDF is drawn from it once, later, and kept."""

    __tablename__ = "contract_frozen_reports"
    __table_args__ = (
        CheckConstraint("(pdf_attachment_id IS NULL) = (pdf_digest IS NULL)", name="pdf_has_digest"),
    )

    report_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("contract_reports.id"), primary_key=True)
    content: Mapped[str] = mapped_column(Text)  # canonical JSON
    digest: Mapped[str] = mapped_column(String(64))
    at: Mapped[datetime]
    by: Mapped[uuid.UUID | None] = mapped_column(ForeignKey("people.id"))
    pdf_asked_at: Mapped[datetime | None]
    pdf_attachment_id: Mapped[uuid.UUID | None] = mapped_column(ForeignKey("attachments.id"))
    pdf_digest: Mapped[str | None] = mapped_column(String(64))


class ActivityEntry(OfContract, Model):
    """An activity that no record of the portal tells."""

    __tablename__ = "contract_activities"

    quarter: Mapped[str] = mapped_column(String(7))
    stream: Mapped[Stream] = mapped_column(EnumText(Stream))
    text: Mapped[str] = mapped_column(String(300))
    planned: Mapped[bool]
    done_on: Mapped[date | None]


class Milestone(OfContract, Model):
    """A milestone. `awarded_on`: of the mobilisation plan only."""

    __tablename__ = "contract_milestones"

    title: Mapped[str] = mapped_column(String(300))
    due: Mapped[date]
    done_on: Mapped[date | None]
    note: Mapped[str] = mapped_column(Text, default="")
    awarded_on: Mapped[date | None]


class RiskEntry(OfContract, Model):
    """A risk or an issue."""

    __tablename__ = "contract_risks"
    __table_args__ = (CheckConstraint("closed_on IS NULL OR closed_on >= raised_on", name="dates_in_order"),)

    kind: Mapped[RiskKind] = mapped_column(EnumText(RiskKind))
    text: Mapped[str] = mapped_column(String(300))
    grade: Mapped[Grade] = mapped_column(EnumText(Grade))
    response: Mapped[str] = mapped_column(Text, default="")
    owner: Mapped[str] = mapped_column(String(120))
    raised_on: Mapped[date]
    closed_on: Mapped[date | None]


class ManagerChange(OfContract, Model):
    """A change of the supplier's lead manager."""

    __tablename__ = "contract_manager_changes"

    name: Mapped[str] = mapped_column(String(120))
    told_on: Mapped[date]
    effect_on: Mapped[date]
    note: Mapped[str] = mapped_column(Text, default="")


class ContractMeeting(OfContract, Model):
    """A meeting. `agenda`: [{"title", "words"}]; `attendance`: [{"party", "names"}]."""

    __tablename__ = "contract_meetings"

    quarter: Mapped[str] = mapped_column(String(7))
    kind: Mapped[MeetingKind] = mapped_column(EnumText(MeetingKind))
    asked_by: Mapped[str] = mapped_column(String(120), default="")
    on: Mapped[date] = mapped_column("on_day")  # ON is a word of SQL
    state: Mapped[MeetingState] = mapped_column(EnumText(MeetingState), default=MeetingState.PLANNED)
    agenda: Mapped[list[Any]]
    attendance: Mapped[list[Any]]
    minutes: Mapped[str] = mapped_column(Text, default="")


class MeetingAction(OfContract, Model):
    """What a meeting agreed that somebody does."""

    __tablename__ = "contract_meeting_actions"

    meeting_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("contract_meetings.id"), index=True)
    text: Mapped[str] = mapped_column(String(300))
    owner: Mapped[str] = mapped_column(String(120))
    due: Mapped[date]
    done_on: Mapped[date | None]


class ContractCase(OfContract, Model):
    """A complaint, a query or another case, with the steps taken."""

    __tablename__ = "contract_cases"
    __table_args__ = (
        CheckConstraint("(state = 'resolved') = (resolved_on IS NOT NULL)", name="resolved_has_day"),
    )

    kind: Mapped[CaseKind] = mapped_column(EnumText(CaseKind))
    received_on: Mapped[date]
    sender: Mapped[str] = mapped_column(String(120))
    about: Mapped[str] = mapped_column(Text)
    state: Mapped[CaseState] = mapped_column(EnumText(CaseState), default=CaseState.OPEN)
    resolved_on: Mapped[date | None]

    steps: Mapped[list[CaseStep]] = relationship(order_by="(CaseStep.at, CaseStep.id)")


class CaseStep(Identified, Model):
    """A step of a case: what was done about it. Never changed."""

    __tablename__ = "contract_case_steps"

    case_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("contract_cases.id"), index=True)
    what: Mapped[str] = mapped_column(String(20))  # noted, escalated, resolved or reopened
    text: Mapped[str] = mapped_column(Text)
    at: Mapped[datetime]
    by: Mapped[uuid.UUID | None] = mapped_column(ForeignKey("people.id"))


Index("ix_contract_meetings_day", ContractMeeting.contract_key, ContractMeeting.on)
Index("ix_contract_activities_quarter", ActivityEntry.contract_key, ActivityEntry.quarter)
FROZEN[FrozenReport.__tablename__] = Frozen(
    "a submitted report never changes",
    ("report_id", "content", "digest", "at"),
    ("pdf_attachment_id", "pdf_digest"),
)
FROZEN[CaseStep.__tablename__] = Frozen(
    "a step of a case never changes", ("id", "case_id", "what", "text", "at")
)
