"""Indicator 5: answers of good or excellent, of all answers that rate satisfaction, in the financial year.

Blank answers are on neither side. The way down ends at counts: surveys are promised anonymous, and one with
fewer than five such answers is left out (OHID specification 12; contract.md, 5).
"""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction
from uuid import UUID

from portal.contracts.figures.measures.asking import Ask, whole_span
from portal.contracts.figures.rules.figure import NO_ANSWERS, OUTSIDE, Counted, Row
from portal.core.filters import short_day
from portal.core.rules.satisfaction import FEWEST
from portal.surveys.rated import RatedSurvey, rated_surveys

COLUMNS = ("Survey", "Closed", "Answers that rate", "Good or excellent")


def satisfaction(supplier_id: UUID, asks: Sequence[Ask]) -> list[Counted]:
    """A fixed number of statements: see `rated_surveys`."""
    span = whole_span(asks)
    found = rated_surveys(supplier_id, *span) if span else []
    return [_counted(ask, [one for one in found if ask.period.holds(one.closed_on)]) for ask in asks]


def _counted(ask: Ask, surveys: Sequence[RatedSurvey]) -> Counted:
    if ask.period.covered is None:
        return Counted(missing=OUTSIDE)
    told = [one for one in surveys if one.rated >= FEWEST]
    rated, satisfied = sum(one.rated for one in told), sum(one.satisfied for one in told)
    notes = [f"{rated:,} answers rate satisfaction. Single answers are shown to nobody."]
    if len(told) < len(surveys):
        notes.append(f"A survey with fewer than {FEWEST} answers that rate satisfaction is left out.")
    return Counted(
        Fraction(satisfied),
        Fraction(rated) or None,
        "" if rated else NO_ANSWERS,
        (("Good or excellent", str(satisfied)), ("Answers that rate satisfaction", str(rated))),
        COLUMNS,
        tuple(_row(one) for one in surveys),
        tuple(notes),
    )


def _row(one: RatedSurvey) -> Row:
    counts = one.rated >= FEWEST
    cells = (str(one.rated), str(one.satisfied)) if counts else (f"fewer than {FEWEST}", "–")
    return Row((one.title, short_day(one.closed_on), *cells), counts, f"survey:{one.id}")
