"""The service's own record beside an item: figures that may fill its calculator."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from uuid import UUID

from sqlalchemy import bindparam, select

from portal.core.db import db
from portal.directory.models import HostTeam, Service
from portal.directory.rules.details import TeamDetails
from portal.directory.rules.figures import RecordFigure, record_figures
from portal.scales.rules.definition import Fact, Input, Item


@dataclass(frozen=True)
class Offer:
    """What the record offers for an item: entries by key, and every figure in words."""

    entries: Mapping[str, str]
    words: tuple[str, ...]


NOTHING = Offer({}, ())


def offer(item: Item, service_id: UUID) -> Offer:
    """The offer for an item. Two statements where its rule asks for the record, none otherwise."""
    rule = item.rule
    asked: tuple[Input | Fact, ...] = (*rule.inputs, *rule.facts, *rule.components)
    if not any(one.from_service for one in asked):
        return NOTHING
    figures = _figures(service_id)
    found = {one.key: figures[one.from_service] for one in asked if one.from_service in figures}
    return Offer(
        entries={key: figure.value for key, figure in found.items() if figure.value},
        words=tuple(dict.fromkeys(figure.words for figure in found.values())),
    )


_FTE = select(Service.specialists_fte).where(Service.id == bindparam("service_id"))
_TEAMS = select(HostTeam).where(HostTeam.service_id == bindparam("service_id")).order_by(HostTeam.name)


def _figures(service_id: UUID) -> Mapping[str, RecordFigure]:
    given = {"service_id": service_id}
    fte = db.session.execute(_FTE, given).scalar_one()
    teams = [
        TeamDetails(team.name, team.clients, team.specialists, team.colocation_days)
        for team in db.session.execute(_TEAMS, given).scalars()
    ]
    return record_figures(fte, teams)
