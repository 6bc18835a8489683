"""A contract at a glance: every indicator over eight quarters, what waits, and the nation beside it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import func, or_, select

from portal.accounts.rules.actors import Actor
from portal.accounts.rules.permissions import Permission
from portal.contracts.definition.parties import Parties, parties_of
from portal.contracts.definition.rules.terms import Contract, Indicator
from portal.contracts.figures.queries import figures_of
from portal.contracts.figures.rules.figure import Figure
from portal.contracts.figures.rules.periods import quarters_of
from portal.contracts.figures.rules.picture import picture
from portal.contracts.figures.waiting import Decision, decisions
from portal.core import clock
from portal.core.db import db
from portal.core.rules.quarters import Quarter
from portal.directory.models import Service, ServiceStanding
from portal.directory.scope import within

QUARTERS = 8
REVIEWS = "reviews-completed"
BANDS = ("exemplary", "good", "fair", "not-ips")


@dataclass(frozen=True)
class Line:
    """An indicator over the quarters, the newest first; None where the terms of a quarter have none."""

    indicator: Indicator
    cells: tuple[Figure | None, ...]
    svg: str


@dataclass(frozen=True)
class Overview:
    """What the page of a contract shows. `quarters` the newest first."""

    contract: Contract
    parties: Parties
    quarters: tuple[Quarter, ...]
    lines: tuple[Line, ...]
    decisions: tuple[Decision, ...]

    @property
    def title(self) -> str:
        return self.contract.latest.title

    @property
    def reviews(self) -> Figure | None:
        """The newest figure of reviews done in the year."""
        return next((line.cells[0] for line in self.lines if line.indicator.measure == REVIEWS), None)


@dataclass(frozen=True)
class BandCount:
    """How many services stand at a band. `key` None: their scale has no bands; “none”: never assessed."""

    key: str | None
    title: str
    count: int


def overview(contract: Contract, count: int = QUARTERS) -> Overview:
    """The last quarters of a contract that have begun. About fifteen statements, however many quarters."""
    quarters = quarters_of(contract, clock.today())[-count:]
    found = figures_of(contract, quarters)
    waiting = decisions(contract, found) if quarters else []
    return Overview(
        contract,
        parties_of(contract),
        tuple(reversed(quarters)),
        tuple(_line(one, [found[quarter] for quarter in quarters]) for one in _indicators(found, quarters)),
        tuple(waiting),
    )


def nation(actor: Actor) -> list[BandCount]:
    """How many of the services within reach stand at each band, the best first. One statement."""
    query = (
        select(
            ServiceStanding.service_id.is_not(None),
            ServiceStanding.band_key,
            ServiceStanding.band_title,
            func.count(),
        )
        .select_from(Service)
        .outerjoin(ServiceStanding, ServiceStanding.service_id == Service.id)
        .where(
            within(actor, Permission.SERVICE_READ),
            or_(Service.closed.is_(None), Service.closed > clock.today()),
        )
        .group_by(
            ServiceStanding.service_id.is_not(None), ServiceStanding.band_key, ServiceStanding.band_title
        )
    )
    found = [
        BandCount(key, title or "No bands on their scale", count)
        if assessed
        else BandCount("none", "Not assessed yet", count)
        for assessed, key, title, count in db.session.execute(query)
    ]
    place = {key: index for index, key in enumerate(BANDS)}
    return sorted(found, key=lambda one: (place.get(one.key or "", len(BANDS)), one.key == "none"))


def _indicators(found: dict[Quarter, list[Figure]], quarters: Sequence[Quarter]) -> list[Indicator]:
    """Every indicator of the quarters, as the newest terms that have it say, in their order."""
    known: dict[str, Indicator] = {}
    for quarter in reversed(quarters):
        for figure in found[quarter]:
            known.setdefault(figure.indicator.number, figure.indicator)
    return list(known.values())


def _line(indicator: Indicator, by_quarter: Sequence[Sequence[Figure]]) -> Line:
    cells = [
        next((one for one in figures if one.indicator.number == indicator.number), None)
        for figures in by_quarter
    ]
    svg = picture(f"Indicator {indicator.number} by quarter", cells)
    return Line(indicator, tuple(reversed(cells)), svg)
