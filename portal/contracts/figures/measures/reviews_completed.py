"""Indicator 4: external reviews and guided self-assessments finalised in the financial year, of forty.

Peer and unguided assessments do not count, nor does what was brought in from before the portal: nothing
says who delivered it. Only services that are the supplier's on the day (OHID specification 12; contract.md,
“Scope”).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from fractions import Fraction
from typing import cast
from uuid import UUID

from sqlalchemy import select

from portal.contracts.figures.measures.asking import Ask, whole_span
from portal.contracts.figures.rules.figure import NO_TARGET, OUTSIDE, Counted, Row
from portal.contracts.figures.rules.showing import short
from portal.core import clock
from portal.core.db import db
from portal.core.filters import short_day
from portal.directory.models import Service, ServiceLink
from portal.directory.rules.settings import LinkKind
from portal.events.queries.calendar import start_of
from portal.reviews.assessment.models import Assessment
from portal.reviews.assessment.rules.workflow import Kind, State

COUNTED = (Kind.EXTERNAL, Kind.GUIDED)
COLUMNS = ("Service", "Kind", "Finalised")


@dataclass(frozen=True)
class Finalised:
    """A review or guided self-assessment of the supplier's."""

    id: UUID
    kind: Kind
    on: date
    service: str


def reviews_completed(supplier_id: UUID, asks: Sequence[Ask]) -> list[Counted]:
    """One statement, however many quarters."""
    span = whole_span(asks)
    found = finalised(supplier_id, *span) if span else []
    return [_counted(ask, [one for one in found if ask.period.holds(one.on)]) for ask in asks]


def finalised(supplier_id: UUID, first: date, last: date) -> list[Finalised]:
    """What the supplier finalised from a day to a day, both included, in order of time. One statement."""
    query = (
        select(
            Assessment.id,
            Assessment.kind,
            Assessment.final_at,
            Service.name,
            ServiceLink.starts,
            ServiceLink.ends,
        )
        .join(Service, Service.id == Assessment.service_id)
        .join(ServiceLink, ServiceLink.service_id == Service.id)
        .where(
            ServiceLink.kind == LinkKind.SUPPLIER,
            ServiceLink.organisation_id == supplier_id,
            Assessment.state == State.FINAL,
            Assessment.kind.in_(COUNTED),
            Assessment.imported.is_(False),
            Assessment.final_at >= start_of(first),
            Assessment.final_at < start_of(last + timedelta(days=1)),
        )
        .order_by(Assessment.final_at, Assessment.id)
    )
    found: dict[UUID, Finalised] = {}  # two links of one service in force on one day count once
    for id_, kind, final_at, service, starts, ends in db.session.execute(query):
        on = clock.uk(cast("datetime", final_at)).date()  # asked for above, so never None
        if starts <= on and (ends is None or on <= ends):
            found[id_] = Finalised(id_, kind, on, service)
    return list(found.values())


def _counted(ask: Ask, found: Sequence[Finalised]) -> Counted:
    if ask.period.covered is None:
        return Counted(missing=OUTSIDE)
    target = ask.indicator.target
    kinds = [(kind.title, str(sum(one.kind is kind for one in found))) for kind in COUNTED]
    asked_for = NO_TARGET if target is None else short(target)
    return Counted(
        Fraction(len(found)),
        target,
        "" if target else NO_TARGET,
        (*kinds, ("Completed", str(len(found))), ("Asked for in the financial year", asked_for)),
        COLUMNS,
        tuple(
            Row((one.service, one.kind.title, short_day(one.on)), thing=f"assessment:{one.id}")
            for one in found
        ),
        tuple(_part_year(ask)),
    )


def _part_year(ask: Ask) -> list[str]:
    """The target in proportion, where the contract covers a part of the year only: both are shown."""
    year_first = date(ask.quarter.year, 4, 1)
    year_last = date(ask.quarter.year + 1, 3, 31)
    first, last = max(year_first, ask.terms.starts), min(year_last, ask.terms.ends)
    days, whole = (last - first).days + 1, (year_last - year_first).days + 1
    if ask.indicator.target is None or days == whole:
        return []
    share = ask.indicator.target * days / whole
    said = (
        f"The contract covers {days} of the year’s {whole} days. In proportion the target would be "
        f"{short(share)}; the contract sets none in proportion, so {short(ask.indicator.target)} stands."
    )
    return [said]
