"""Indicator 1: EISMs employed, in full-time equivalents on average, of the number that is asked for.

FTE-days employed ÷ days of the quarter that the contract covers ÷ target (OHID specification 12;
contract.md, “How each percentage is made”). Only posts of this contract's supplier.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from decimal import Decimal
from typing import cast
from uuid import UUID

from portal.contracts.figures.measures.asking import Ask, whole_span
from portal.contracts.figures.rules.figure import NO_TARGET, OUTSIDE, Counted, Row
from portal.contracts.figures.rules.showing import exact
from portal.core.filters import short_day
from portal.workforce.posts.export import away_words
from portal.workforce.posts.queries import Employed, employed
from portal.workforce.posts.rules.fte import Breakdown, Run
from portal.workforce.posts.rules.terms import ContractTerms

COLUMNS = ("Days", "Who counts", "FTE", "Number of days", "FTE-days")
LEAVE = "leave_counts"  # the indicator's setting: kind of leave = whether it counts


def eism_fte(supplier_id: UUID, asks: Sequence[Ask]) -> list[Counted]:
    """Two statements for each way in which leave is counted: one way, but for a contract varied in it."""
    span = whole_span(asks)
    known: dict[str, Employed] = {}
    found = []
    for ask in asks:
        terms = _terms(ask)
        if span is None or ask.period.covered is None:
            found.append(Counted(missing=OUTSIDE))
            continue
        key = repr(sorted(terms.leave.items()))
        if key not in known:
            known[key] = employed(supplier_id, *span, terms)
        found.append(_counted(ask, known[key].figure(ask.period.first, ask.period.last, terms)))
    return found


def _terms(ask: Ask) -> ContractTerms:
    leave = cast("Mapping[str, bool]", ask.indicator.settings.get(LEAVE, {}))
    first, last = ask.period.covered or (None, None)
    return ContractTerms(ask.terms.title, first, last, Decimal(1), (), dict(leave))


def _counted(ask: Ask, figure: Breakdown) -> Counted:
    average, target = figure.average, ask.indicator.target
    if average is None:
        return Counted(missing=OUTSIDE)
    notes = []
    if figure.over_full_time:
        notes.append(
            "More than full time on some days, because two posts overlap: "
            f"{', '.join(figure.over_full_time)}. The sum counts both."
        )
    return Counted(
        average,
        target,
        "" if target else NO_TARGET,
        (
            ("FTE-days employed", exact(figure.total)),
            ("Days counted", str(figure.days)),
            ("FTE on average: FTE-days ÷ days", exact(average)),
            ("FTE asked for", exact(target) if target is not None else NO_TARGET),
        ),
        COLUMNS,
        tuple(_row(run) for run in figure.runs),
        tuple(notes),
    )


def _row(run: Run) -> Row:
    people = [
        f"{part.name}, {part.counted.normalize():f}"
        + (f" ({part.fte.normalize():f}; {away_words(part, reasons=False).lower()})" if part.away else "")
        for part in run.parts
    ]
    days = f"{short_day(run.first)} to {short_day(run.last)}"
    who = "; ".join(people) or "Nobody"
    return Row((days, who, exact(run.fte), str(run.days), exact(run.fte_days)))
