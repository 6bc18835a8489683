"""What waits for a decision on a contract, as the parts that lie above its figures know it."""

from __future__ import annotations

from flask import url_for

from portal.contracts.cycle.queries import waiting as reports_waiting
from portal.contracts.definition.rules.terms import Contract
from portal.contracts.figures import waiting
from portal.contracts.figures.waiting import Decision, Recent
from portal.contracts.remedy.queries import Standing
from portal.contracts.remedy.queries import waiting as plans_waiting


def init_app() -> None:
    """Let the pages of contracts show what waits: plans, and reports."""
    waiting.use("plans", plans)
    waiting.use("reports", reports)


def plans(contract: Contract, recent: Recent) -> list[Decision]:
    """Remedial plans that wait for either side. Their figures are those already read."""
    return [_plan(contract, one) for one in plans_waiting(contract, recent)]


def reports(contract: Contract, _recent: Recent) -> list[Decision]:
    """Reports that were submitted and are neither accepted nor returned. One statement."""
    return [
        Decision(
            f"Report of {quarter}, version {number}: accept or return it",
            url_for("contracts.report", key=key, quarter=quarter),
        )
        for key, quarter, number in reports_waiting([contract.key])
    ]


def _plan(contract: Contract, one: Standing) -> Decision:
    late = ", late" if one.late else ""
    side = f". Waits for the {one.side.value}" if one.side else ""
    state = one.state.words.lower()
    words = f"Indicator {one.number} in {one.quarter.key}, {one.band}. Remedial plan: {state}{late}{side}"
    return Decision(
        words, url_for("contracts.plan", key=contract.key, quarter=one.quarter.key, number=one.number)
    )
