"""Social value: commitments whose target of the quarter was met, of those due in it (13.3 to 13.6).

A commitment with a target of nought is not due. While nothing at all is reported there is no percentage;
once something is, a due commitment without a report is not met.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from fractions import Fraction
from uuid import UUID

from sqlalchemy import select

from portal.contracts.definition.rules.terms import Commitment
from portal.contracts.figures.measures.asking import Ask
from portal.contracts.figures.models import SocialValueReport
from portal.contracts.figures.rules.figure import NO_TARGET, NOTHING_REPORTED, OUTSIDE, Counted, Row
from portal.contracts.figures.rules.showing import short
from portal.core.db import db

COLUMNS = ("Commitment", "Metric", "Target of the quarter", "Reported")
Reports = Mapping[tuple[str, str], SocialValueReport]  # by quarter and commitment


def social_value(_supplier_id: UUID, asks: Sequence[Ask]) -> list[Counted]:
    """One statement, however many quarters."""
    found = reports(asks[0].terms.key, {ask.quarter.key for ask in asks})
    return [_counted(ask, found) for ask in asks]


def reports(contract_key: str, quarters: set[str]) -> Reports:
    """What stands reported of these quarters. One statement."""
    query = (
        select(SocialValueReport)
        .where(SocialValueReport.contract_key == contract_key, SocialValueReport.quarter.in_(quarters))
        .order_by(SocialValueReport.version)
    )
    return {(row.quarter, row.commitment): row for row in db.session.scalars(query)}


def _counted(ask: Ask, found: Reports) -> Counted:
    if ask.period.covered is None:
        return Counted(missing=OUTSIDE)
    due = [
        (one, found.get((ask.quarter.key, one.key)))
        for one in ask.terms.commitments
        if _target(one, found.get((ask.quarter.key, one.key))) > 0
    ]
    met = sum(_met(one, report) for one, report in due)
    known = any(report is not None for _, report in due)
    missing = "" if known else NOTHING_REPORTED if due else NO_TARGET
    return Counted(
        Fraction(met) if known else None,
        Fraction(len(due)) or None,
        missing,
        (("Commitments met", str(met)), ("Commitments due", str(len(due)))),
        COLUMNS,
        tuple(_row(one, report) for one, report in due),
    )


def _target(one: Commitment, report: SocialValueReport | None) -> Fraction:
    """What the quarter asks: as it was reported against, or as the contract says."""
    return Fraction(report.target) if report else one.target


def _met(one: Commitment, report: SocialValueReport | None) -> bool:
    return report is not None and Fraction(report.value) >= _target(one, report)


def _row(one: Commitment, report: SocialValueReport | None) -> Row:
    reported = _words(one, Fraction(report.value)) if report else NOTHING_REPORTED
    return Row(
        (one.title, one.metric, _words(one, _target(one, report)), reported),
        _met(one, report),
        f"commitment:{one.key}",
    )


def _words(one: Commitment, value: Fraction) -> str:
    return f"{short(value * 100)}%" if one.percent else short(value)
