"""Putting a quarter's report together from the records as they stand, and reading what was frozen."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from uuid import UUID

from sqlalchemy import select

from portal.contracts.cycle import neighbours, queries
from portal.contracts.cycle.feed import feed
from portal.contracts.cycle.models import FrozenReport, Milestone, QuarterReport
from portal.contracts.cycle.rules.report import (
    ActionPart,
    CasePart,
    MilestonePart,
    Report,
    RiskPart,
    read_report,
)
from portal.contracts.cycle.rules.streams import Activity, in_order
from portal.contracts.definition.parties import parties_of
from portal.contracts.definition.rules.terms import Contract
from portal.contracts.figures.rules.periods import terms_of
from portal.core import clock
from portal.core.db import db
from portal.core.rules.quarters import Quarter, quarter_from


def assemble(contract: Contract, row: QuarterReport) -> Report:
    """The report as the records say it now."""
    quarter = quarter_from(row.quarter)
    assert quarter is not None  # the row was made for a quarter of the contract
    return replace(draft(contract, quarter), number=row.number, why=row.why, summary=row.summary)


def draft(contract: Contract, quarter: Quarter) -> Report:
    """What a first report of the quarter would say now, without the supplier's words."""
    parties, terms = parties_of(contract), terms_of(contract, quarter)
    starts, ends = max(quarter.first, terms.starts), min(quarter.last, contract.latest.ends)
    indicators, commitments = neighbours.figures_part(contract, quarter)
    return Report(
        contract=contract.key,
        title=terms.title,
        source=terms.source,
        buyer=parties.buyer.name,
        supplier=parties.supplier.name,
        quarter=quarter.key,
        period=quarter.title.partition(", ")[2],
        starts=starts,
        ends=ends,
        number=1,
        why="",
        summary="",
        activities=_activities(parties.supplier.id, contract.key, quarter),
        indicators=indicators,
        milestones=milestone_parts(contract.key, quarter),
        risks=_risks(contract.key, quarter),
        commitments=commitments,
        plans=neighbours.plans_part(contract.key, quarter),
        money=neighbours.money_part(contract.key, quarter),
        cases=_cases(contract.key, quarter),
        actions=_actions(contract.key, quarter),
    )


def shown(contract: Contract, row: QuarterReport) -> tuple[Report, FrozenReport | None]:
    """The report as it is read: what was frozen where it was submitted, else the draft as it stands now."""
    kept = queries.frozen(row.id)
    return (read_report(kept.content), kept) if kept else (assemble(contract, row), None)


def frozen_before(row: QuarterReport) -> Report | None:
    """The version before this one, as it was submitted. One statement."""
    query = (
        select(FrozenReport.content)
        .join(QuarterReport, QuarterReport.id == FrozenReport.report_id)
        .where(
            QuarterReport.contract_key == row.contract_key,
            QuarterReport.quarter == row.quarter,
            QuarterReport.number == row.number - 1,
        )
    )
    content = db.session.execute(query).scalar_one_or_none()
    return read_report(content) if content else None


def milestone_parts(key: str, quarter: Quarter) -> tuple[MilestonePart, ...]:
    """Milestones due by the end of the quarter that were not reached before it, or reached in it."""
    until = min(quarter.last, clock.today())
    return tuple(
        MilestonePart(row.title, row.due, row.done_on, row.due < (row.done_on or until), row.note)
        for row in queries.milestones(key)
        if _belongs(row, quarter)
    )


def _belongs(row: Milestone, quarter: Quarter) -> bool:
    if row.done_on is None:
        return row.due <= quarter.last
    return row.done_on >= quarter.first and min(row.due, row.done_on) <= quarter.last


def _activities(supplier_id: UUID | None, key: str, quarter: Quarter) -> tuple[Activity, ...]:
    by_hand = [
        Activity(row.stream, row.text, row.planned, row.done_on is not None, row.done_on)
        for row in queries.activities(key, quarter.key)
    ]
    from_records: Sequence[Activity] = feed(supplier_id, quarter) if supplier_id else ()
    return in_order([*by_hand, *from_records])


def _risks(key: str, quarter: Quarter) -> tuple[RiskPart, ...]:
    return tuple(
        RiskPart(row.kind, row.text, row.grade, row.response, row.owner, row.raised_on, row.closed_on)
        for row in queries.risks(key, quarter)
    )


def _cases(key: str, quarter: Quarter) -> tuple[CasePart, ...]:
    return tuple(
        CasePart(row.kind.words, row.about, row.received_on, row.state) for row in queries.cases(key, quarter)
    )


def _actions(key: str, quarter: Quarter) -> tuple[ActionPart, ...]:
    return tuple(
        ActionPart(row.text, row.owner, row.due, row.done_on)
        for row in queries.actions(key)
        if row.done_on is None or row.done_on >= quarter.first
    )
