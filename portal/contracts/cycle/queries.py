"""Named reads of a contract's cycle. Each says how many statements it takes."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any
from uuid import UUID

from sqlalchemy import and_, func, or_, select
from sqlalchemy.orm import selectinload

from portal.accounts.models import Person
from portal.contracts.cycle.models import (
    ActivityEntry,
    CaseState,
    ContractCase,
    ContractMeeting,
    FrozenReport,
    ManagerChange,
    MeetingAction,
    Milestone,
    QuarterReport,
    RiskEntry,
)
from portal.contracts.cycle.rules.workflow import CycleState
from portal.core.db import db
from portal.core.rules.quarters import Quarter


def newest_report(key: str, quarter: str) -> QuarterReport | None:
    """The newest version of a quarter's report. One statement."""
    query = select(QuarterReport).where(QuarterReport.contract_key == key, QuarterReport.quarter == quarter)
    return db.session.scalars(query.order_by(QuarterReport.number.desc()).limit(1)).one_or_none()


def versions(key: str, quarter: str) -> Sequence[QuarterReport]:
    """Every version of a quarter's report, newest first. One statement."""
    query = select(QuarterReport).where(QuarterReport.contract_key == key, QuarterReport.quarter == quarter)
    return db.session.scalars(query.order_by(QuarterReport.number.desc())).all()


def states(key: str) -> dict[str, CycleState]:
    """Where each quarter stands that has a report. One statement."""
    newest = (
        select(QuarterReport.quarter, func.max(QuarterReport.number).label("number"))
        .where(QuarterReport.contract_key == key)
        .group_by(QuarterReport.quarter)
        .subquery()
    )
    query = select(QuarterReport.quarter, QuarterReport.state).join(
        newest,
        and_(newest.c.quarter == QuarterReport.quarter, newest.c.number == QuarterReport.number),
    )
    return {row[0]: row[1] for row in db.session.execute(query.where(QuarterReport.contract_key == key))}


def waiting(keys: Sequence[str]) -> list[tuple[str, str, int]]:
    """Reports that wait for the buyer: contract, quarter, version. One statement."""
    query = select(QuarterReport.contract_key, QuarterReport.quarter, QuarterReport.number).where(
        QuarterReport.contract_key.in_(keys), QuarterReport.state == CycleState.SUBMITTED
    )
    return [
        (row[0], row[1], row[2])
        for row in db.session.execute(query.order_by(QuarterReport.quarter, QuarterReport.contract_key))
    ]


def frozen(report_id: UUID) -> FrozenReport | None:
    """What was submitted. One statement."""
    return db.session.get(FrozenReport, report_id)


def activities(key: str, quarter: str) -> Sequence[ActivityEntry]:
    """What was entered by hand. One statement."""
    query = select(ActivityEntry).where(ActivityEntry.contract_key == key, ActivityEntry.quarter == quarter)
    return db.session.scalars(
        query.order_by(ActivityEntry.stream, ActivityEntry.text, ActivityEntry.id)
    ).all()


def milestones(key: str) -> Sequence[Milestone]:
    """The milestones by their day. One statement."""
    query = select(Milestone).where(Milestone.contract_key == key)
    return db.session.scalars(query.order_by(Milestone.due, Milestone.title, Milestone.id)).all()


def risks(key: str, within: Quarter | None = None) -> Sequence[RiskEntry]:
    """Risks and issues, the open ones first; of a quarter, those that were open in it. One statement."""
    query = select(RiskEntry).where(RiskEntry.contract_key == key)
    if within is not None:
        query = query.where(
            RiskEntry.raised_on <= within.last,
            or_(RiskEntry.closed_on.is_(None), RiskEntry.closed_on >= within.first),
        )
    closed = RiskEntry.closed_on.is_not(None)
    return db.session.scalars(query.order_by(closed, RiskEntry.raised_on.desc(), RiskEntry.id)).all()


def managers(key: str) -> Sequence[ManagerChange]:
    """Changes of the lead manager, the newest first. One statement."""
    query = select(ManagerChange).where(ManagerChange.contract_key == key)
    return db.session.scalars(query.order_by(ManagerChange.effect_on.desc(), ManagerChange.id)).all()


def meetings(key: str) -> Sequence[ContractMeeting]:
    """The meetings, the newest first. One statement."""
    query = select(ContractMeeting).where(ContractMeeting.contract_key == key)
    return db.session.scalars(query.order_by(ContractMeeting.on.desc(), ContractMeeting.id)).all()


def actions(key: str, meeting_id: UUID | None = None) -> Sequence[MeetingAction]:
    """Actions of the meetings, the open ones first; of one meeting where it is named. One statement."""
    query = select(MeetingAction).where(MeetingAction.contract_key == key)
    if meeting_id is not None:
        query = query.where(MeetingAction.meeting_id == meeting_id)
    done = MeetingAction.done_on.is_not(None)
    return db.session.scalars(query.order_by(done, MeetingAction.due, MeetingAction.id)).all()


def cases(key: str, within: Quarter | None = None) -> Sequence[ContractCase]:
    """Complaints and queries, the unsettled first, with their steps; of a quarter, those open in it.

    Two statements.
    """
    query = select(ContractCase).where(ContractCase.contract_key == key)
    if within is not None:
        query = query.where(
            ContractCase.received_on <= within.last,
            or_(ContractCase.resolved_on.is_(None), ContractCase.resolved_on >= within.first),
        )
    settled = ContractCase.state == CaseState.RESOLVED
    ordered = query.order_by(settled, ContractCase.received_on.desc(), ContractCase.id)
    return db.session.scalars(ordered.options(selectinload(ContractCase.steps))).all()


def names(ids: Sequence[UUID | None]) -> dict[UUID | None, str]:
    """Names of people. One statement."""
    wanted = {one for one in ids if one is not None}
    rows: Any = db.session.execute(select(Person.id, Person.name).where(Person.id.in_(wanted)))
    return {row[0]: row[1] for row in rows} if wanted else {}
