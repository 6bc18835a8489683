"""Indicator 2: events held in the quarter, of those planned when it opened.

A cancelled event is not held; without a plan there is no percentage (OHID specification 12; contract.md).
Only events of this contract's supplier, held on days that the contract covers.
"""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction
from uuid import UUID

from portal.contracts.figures.measures.asking import Ask
from portal.contracts.figures.rules.figure import NO_TARGET, OUTSIDE, Counted, Row
from portal.core.filters import short_day
from portal.core.rules.quarters import Quarter
from portal.events.queries.plans import PlanView, plan_views
from portal.events.rules.counting import CountedEvent

COLUMNS = ("Event", "Kind", "What became of it", "Date")


def events_held(supplier_id: UUID, asks: Sequence[Ask]) -> list[Counted]:
    """Three statements, however many quarters."""
    wanted = {one for ask in asks for one in _quarters(ask)}
    views = plan_views(supplier_id, sorted(wanted))
    return [_counted(ask, [views[one] for one in _quarters(ask)]) for ask in asks]


def _quarters(ask: Ask) -> list[Quarter]:
    """The quarters that the period is made of: one, or those of the year so far."""
    found = [ask.quarter]
    while found[0].first > ask.period.first:
        found.insert(0, found[0].plus(-1))
    return found


def _counted(ask: Ask, views: Sequence[PlanView]) -> Counted:
    if ask.period.covered is None:
        return Counted(missing=OUTSIDE)
    records = [one for view in views for one in view.records if one.counts or view.planned is not None]
    held = sum(_counts(ask, one) for one in records)
    target = ask.indicator.target
    if target is None:
        target = Fraction(sum(view.planned or 0 for view in views)) or None
    steps = [
        ("Events held", str(held)),
        ("Events planned", NO_TARGET if target is None else str(target)),
    ]
    fixed = [view.fixed_at for view in views if view.fixed_at is not None]
    if ask.indicator.target is None and fixed:
        steps.append(("The plan was fixed on", ", ".join(short_day(one) for one in fixed)))
    return Counted(
        Fraction(held),
        target,
        "" if target else NO_TARGET,
        tuple(steps),
        COLUMNS,
        tuple(_row(ask, one) for one in records),
    )


def _counts(ask: Ask, record: CountedEvent) -> bool:
    return record.counts and record.on is not None and ask.period.holds(record.on)


def _row(ask: Ask, record: CountedEvent) -> Row:
    counts = _counts(ask, record)
    became = record.outcome.words
    if record.counts and not counts:
        became += ", outside the contract"
    month = f"planned for {record.planned_month:%B %Y}" if record.planned_month else ""
    on = short_day(record.on) or month
    thing = f"event:{record.event_id}" if record.event_id else ""
    return Row((record.title, record.kind.words, became, on), counts, thing)
