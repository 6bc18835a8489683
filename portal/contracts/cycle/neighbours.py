"""What the other parts of a contract say of a quarter, as the report has it: figures, plans and money."""

from __future__ import annotations

from portal.contracts.cycle.rules.report import (
    CommitmentPart,
    IndicatorPart,
    MoneyPart,
    PlanPart,
    Reading,
    TaskPart,
)
from portal.contracts.definition.rules.terms import Contract, Indicator
from portal.contracts.definition.rules.wording import edges
from portal.contracts.figures.queries import figures_of
from portal.contracts.figures.rules.figure import Figure, Row
from portal.contracts.figures.rules.showing import exact
from portal.contracts.payments.queries import ledger
from portal.contracts.remedy.queries import RemedialView, plans_of
from portal.core import clock
from portal.core.rules.quarters import Quarter, last_quarters, quarter_of

QUARTERS = 8  # of history
SOCIAL_VALUE = "social-value"
Figures = tuple[tuple[IndicatorPart, ...], tuple[CommitmentPart, ...]]


def figures_part(contract: Contract, quarter: Quarter) -> Figures:
    """The indicators with their history, and the social value commitments behind theirs."""
    first = quarter_of(contract.signed.starts)
    quarters = [one for one in last_quarters(quarter, QUARTERS) if one >= first] or [quarter]
    found = figures_of(contract, quarters)
    history: dict[str, list[Reading]] = {}
    for one in quarters:
        for figure in found[one]:
            reading = Reading(one.key, figure.percent, figure.band.title if figure.band else "")
            history.setdefault(figure.indicator.number, []).append(reading)
    now = found[quarter]
    parts = tuple(_indicator(one, tuple(history[one.indicator.number])) for one in now)
    return parts, tuple(part for one in now for part in _commitments(one))


def _indicator(one: Figure, history: tuple[Reading, ...]) -> IndicatorPart:
    has = one.value is not None
    consequence = one.consequence
    return IndicatorPart(
        number=one.indicator.number,
        title=one.indicator.title,
        period=one.period.words,
        target=_target(one.indicator),
        numerator=exact(one.numerator) if has and one.numerator is not None else "",
        denominator=exact(one.denominator) if has and one.denominator is not None else "",
        fraction=one.fraction,
        shown=one.percent if has else "",
        missing=one.missing,
        band=one.band.title if one.band else "",
        met=one.band is not None and one.band.met,
        provisional=one.provisional,
        by_hand=one.manual or "",
        consequence=f"{consequence.words} ({consequence.section})" if consequence else "",
        notes=(*one.indicator.resolved, *one.counted.notes),
        history=history,
        columns=one.counted.columns,
        rows=tuple(" · ".join(row.cells) for row in one.counted.rows if row.counts),
    )


def _target(indicator: Indicator) -> str:
    met = [edges(band, indicator.unit) for band in indicator.bands if band.met]
    counted = "" if indicator.target is None else f" of {exact(indicator.target)}"
    return f"{' or '.join(met)}{counted}"


def _commitments(figure: Figure) -> tuple[CommitmentPart, ...]:
    if figure.indicator.measure != SOCIAL_VALUE:
        return ()
    return tuple(_commitment(row) for row in figure.counted.rows)


def _commitment(row: Row) -> CommitmentPart:
    title, metric, target, value = row.cells[:4]
    return CommitmentPart(title, metric, target, value, row.counts)


def plans_part(key: str, quarter: Quarter) -> tuple[PlanPart, ...]:
    """The remedial plans of the quarter, and those of earlier ones that were not closed before it."""
    views = (one for one in plans_of(key) if one.quarter <= quarter)
    return tuple(_plan(one) for one in views if not _closed_before(one, quarter))


def money_part(key: str, quarter: Quarter) -> MoneyPart | None:
    """The quarter's line of the ledger; None where nothing was entered for it."""
    found = ledger(key)
    line = found.line(quarter)
    if line is None or not line.entries:
        return None
    return MoneyPart(line.due, line.retained, line.released, line.total, found.ceiling, found.vat_included)


def _closed_before(view: RemedialView, quarter: Quarter) -> bool:
    closed = view.row.closed_at
    return closed is not None and clock.uk(closed).date() < quarter.first


def _plan(view: RemedialView) -> PlanPart:
    row = view.row
    title = f"Indicator {row.indicator}, {row.indicator_title}, {row.quarter}: {row.band_title}"
    lines = view.plan.actions if view.plan else ()
    tasks = tuple(
        TaskPart(one.row.what or one.row.item_title, one.row.owner, one.row.due, one.row.status.words)
        for one in lines
    )
    return PlanPart(title, row.state.words, tasks)
