"""Events planned and held: what the second indicator is counted from."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from sqlalchemy import false, or_, select

from portal.core import clock
from portal.core.db import db
from portal.core.rules.quarters import Quarter
from portal.core.rules.rate import Rate
from portal.events.models import Event, EventBaseline, EventPlan, EventPlanLine
from portal.events.queries.calendar import between
from portal.events.rules import counting
from portal.events.rules.counting import CountedEvent, EventFact, PlannedLine
from portal.events.rules.kinds import EventKind


@dataclass(frozen=True)
class PlanView:
    """A quarter's plan. `planned` and `fixed_at` are None until its baseline is taken."""

    quarter: Quarter
    lines: tuple[PlannedLine, ...]
    planned: int | None
    fixed_at: datetime | None
    by_portal: bool
    records: tuple[CountedEvent, ...]

    @property
    def rate(self) -> Rate:
        return counting.events_rate(self.planned, self.records)

    @property
    def held(self) -> int:
        return sum(one.counts for one in self.records)


def events_rate(supplier_id: UUID, quarter: Quarter) -> Rate:
    """Events held in the quarter of those planned when it opened; of nothing where no plan was fixed.

    Source: OHID specification, section 12, indicator 2. Three statements.
    """
    return plan_view(supplier_id, quarter).rate


def counted_events(supplier_id: UUID, quarter: Quarter) -> list[CountedEvent]:
    """The records behind `events_rate`: each planned event with what became of it, then held ones beyond.

    Without a baseline only what was held is listed.
    """
    view = plan_view(supplier_id, quarter)
    return [one for one in view.records if one.counts or view.planned is not None]


def plan_view(supplier_id: UUID, quarter: Quarter) -> PlanView:
    """A quarter's plan, fixed or not, with what became of it."""
    return plan_views(supplier_id, [quarter])[quarter]


def plan_views(supplier_id: UUID, quarters: Sequence[Quarter]) -> dict[Quarter, PlanView]:
    """The same for several quarters. Three statements, however many there are."""
    query = (
        select(EventPlan.quarter, EventPlan.id, EventBaseline)
        .outerjoin(EventBaseline, EventBaseline.plan_id == EventPlan.id)
        .where(EventPlan.supplier_id == supplier_id, EventPlan.quarter.in_([one.key for one in quarters]))
    )
    plans: dict[str, tuple[UUID, EventBaseline | None]] = {
        row[0]: (row[1], row[2]) for row in db.session.execute(query)
    }
    drafts = _lines_of([plan_id for plan_id, baseline in plans.values() if baseline is None])
    lines: dict[str, tuple[PlannedLine, ...]] = {
        key: tuple(_line(one) for one in json.loads(baseline.lines)) if baseline else drafts[plan_id]
        for key, (plan_id, baseline) in plans.items()
    }
    facts = _facts(supplier_id, quarters, [line.id for own in lines.values() for line in own])
    return {
        one: _view(one, lines.get(one.key, ()), plans.get(one.key, (None, None))[1], facts)
        for one in quarters
    }


def _view(
    quarter: Quarter, lines: tuple[PlannedLine, ...], baseline: EventBaseline | None, facts: list[EventFact]
) -> PlanView:
    records = tuple(counting.counted(quarter, lines, facts, clock.today()))
    if baseline is None:
        return PlanView(quarter, lines, None, None, False, records)
    return PlanView(quarter, lines, baseline.planned, baseline.at, baseline.by is None, records)


def line_choices(supplier_id: UUID, quarters: Sequence[Quarter]) -> list[tuple[str, PlannedLine]]:
    """The planned events of some quarters with their quarter's key, for choosing what an event delivers."""
    query = (
        select(EventPlan.quarter, EventPlanLine)
        .join(EventPlanLine, EventPlanLine.plan_id == EventPlan.id)
        .where(
            EventPlan.supplier_id == supplier_id, EventPlan.quarter.in_([quarter.key for quarter in quarters])
        )
        .order_by(EventPlanLine.month, EventPlanLine.title, EventPlanLine.id)
    )
    return [
        (key, PlannedLine(line.id, line.kind, line.title, line.month))
        for key, line in db.session.execute(query)
    ]


def arranged(supplier_id: UUID, quarter: Quarter) -> Sequence[Event]:
    """The events of a supplier that are in this quarter now, by date."""
    query = select(Event).where(Event.organiser_id == supplier_id, between(quarter.first, quarter.last))
    return db.session.scalars(query.order_by(Event.starts_at, Event.id)).all()


def _lines_of(plan_ids: Sequence[UUID]) -> dict[UUID, tuple[PlannedLine, ...]]:
    """The lines of plans not fixed yet, in the order of the plan."""
    if not plan_ids:
        return {}
    query = select(EventPlanLine).where(EventPlanLine.plan_id.in_(plan_ids))
    rows = db.session.scalars(
        query.order_by(EventPlanLine.month, EventPlanLine.title, EventPlanLine.id)
    ).all()
    return {
        plan_id: tuple(
            PlannedLine(row.id, row.kind, row.title, row.month) for row in rows if row.plan_id == plan_id
        )
        for plan_id in plan_ids
    }


def _line(kept: dict[str, str]) -> PlannedLine:
    month = date.fromisoformat(kept["month"])
    return PlannedLine(UUID(kept["id"]), EventKind(kept["kind"]), kept["title"], month)


def _facts(supplier_id: UUID, quarters: Sequence[Quarter], line_ids: Sequence[UUID]) -> list[EventFact]:
    """The supplier's events from the first of the quarters to the last, and those elsewhere that deliver
    their plans. What lies between quarters that were not asked for counts in none of them."""
    inside = between(min(quarters).first, max(quarters).last) if quarters else false()
    query = select(Event.id, Event.kind, Event.title, Event.starts_at, Event.state, Event.plan_line_id).where(
        Event.organiser_id == supplier_id, or_(inside, Event.plan_line_id.in_(line_ids))
    )
    return [
        EventFact(row.id, row.kind, row.title, clock.uk(row.starts_at).date(), row.state, row.plan_line_id)
        for row in db.session.execute(query)
    ]
