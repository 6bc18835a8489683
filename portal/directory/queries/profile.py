"""Everything the directory knows of one service, as one plain dataclass."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import joinedload, selectinload

from portal.core import clock
from portal.core.db import db
from portal.core.errors import NotFound
from portal.core.rules.spans import covers
from portal.directory.models import HostTeam, Service, ServiceLink
from portal.directory.rules.details import TeamDetails, TeamTotals, totals
from portal.directory.rules.settings import LinkKind, Setting
from portal.programmes.registry import registry, title_of
from portal.programmes.rules.definition import Programme


@dataclass(frozen=True)
class LinkLine:
    """A dated link in words. `target` is the id of the organisation or person, or the programme's key."""

    id: UUID
    kind: LinkKind
    target: str
    name: str
    starts: date
    ends: date | None
    in_force: bool
    planned: bool


@dataclass(frozen=True)
class ServiceProfile:
    """A service with its areas, teams and links."""

    id: UUID
    key: str
    name: str
    setting: Setting
    region: str
    starts: date | None
    closed: date | None
    specialists_fte: Decimal
    about: str
    version: int
    authorities: tuple[str, ...]
    areas: tuple[str, ...]
    teams: tuple[TeamDetails, ...]
    links: tuple[LinkLine, ...]

    @property
    def is_closed(self) -> bool:
        return self.closed is not None and self.closed <= clock.today()

    @property
    def team_totals(self) -> TeamTotals:
        return totals(self.teams)

    def linked(self, kind: LinkKind | str) -> tuple[LinkLine, ...]:
        """The links of a kind in force today."""
        return tuple(line for line in self.links if line.kind == kind and line.in_force)

    @property
    def programme(self) -> Programme | None:
        """The programme in force today."""
        return next((registry().get(line.target) for line in self.linked(LinkKind.PROGRAMME)), None)

    @property
    def provider(self) -> str:
        return ", ".join(line.name for line in self.linked(LinkKind.PROVIDER))


def service_profile(key: str) -> ServiceProfile:
    """The profile of the service with this key. Five statements. Raises NotFound."""
    query = (
        select(Service)
        .where(Service.key == key)
        .options(
            selectinload(Service.authorities),
            selectinload(Service.areas),
            selectinload(Service.host_teams),
            selectinload(Service.links).options(
                joinedload(ServiceLink.organisation), joinedload(ServiceLink.person)
            ),
        )
    )
    service = db.session.scalars(query).one_or_none()
    if service is None:
        raise NotFound("There is no such service.")
    return _profile(service)


def _profile(service: Service) -> ServiceProfile:
    return ServiceProfile(
        id=service.id,
        key=service.key,
        name=service.name,
        setting=service.setting,
        region=service.region,
        starts=service.starts,
        closed=service.closed,
        specialists_fte=service.specialists_fte,
        about=service.about,
        version=service.version,
        authorities=tuple(authority.name for authority in service.authorities),
        areas=tuple(area.name for area in service.areas),
        teams=_teams(service.host_teams),
        links=_lines(service.links, clock.today()),
    )


def _teams(teams: Iterable[HostTeam]) -> tuple[TeamDetails, ...]:
    return tuple(
        TeamDetails(team.name, team.clients, team.specialists, team.colocation_days, team.id)
        for team in sorted(teams, key=lambda team: (team.name.casefold(), str(team.id)))
    )


def _lines(links: Iterable[ServiceLink], today: date) -> tuple[LinkLine, ...]:
    """By kind, the newest first."""
    order = list(LinkKind)
    rows = sorted(links, key=lambda row: (order.index(row.kind), -row.starts.toordinal(), str(row.id)))
    return tuple(
        LinkLine(
            id=row.id,
            kind=row.kind,
            target=str(row.organisation_id or row.person_id or row.programme_key),
            name=_name(row),
            starts=row.starts,
            ends=row.ends,
            in_force=covers(row.starts, row.ends, today),
            planned=row.starts > today,
        )
        for row in rows
    )


def _name(row: ServiceLink) -> str:
    if row.organisation is not None:
        return row.organisation.name
    return row.person.name if row.person is not None else title_of(row.programme_key)
