"""The host teams of a service, saved as a whole: added, changed and removed in one go."""

from __future__ import annotations

from collections.abc import Sequence
from uuid import UUID

from portal.accounts.rules.actors import Actor
from portal.accounts.rules.permissions import Permission
from portal.core.act import act
from portal.core.db import db
from portal.core.errors import Invalid
from portal.directory.models import HostTeam, Service
from portal.directory.rules.details import TeamDetails, team_problems
from portal.directory.service.loading import demand_version, locked


def set_host_teams(actor: Actor, service_id: UUID, version: int, teams: Sequence[TeamDetails]) -> None:
    """Make the service's host teams these. A team without id, or with one not known, is new.

    Raises NotFound, Forbidden, Stale (`teams` in `current`), Invalid by `field-row`.
    """
    with act(actor, "directory.set_host_teams", ("service", service_id)) as work:
        service = locked(actor, Permission.SERVICE_EDIT, service_id)
        before = current_teams(service)
        demand_version(service, version, {"teams": before})
        problems = team_problems(teams)
        if problems:
            raise Invalid(problems)
        _apply(service, teams)
        db.session.flush()
        after = current_teams(service)
        if after == before:
            work.unchanged()
            return
        service.version += 1
        work.note(before=[_note(team) for team in before], after=[_note(team) for team in after])


def current_teams(service: Service) -> list[TeamDetails]:
    """What stands now, by name."""
    return [
        TeamDetails(team.name, team.clients, team.specialists, team.colocation_days, team.id)
        for team in sorted(service.host_teams, key=lambda team: (team.name, str(team.id)))
    ]


def _apply(service: Service, teams: Sequence[TeamDetails]) -> None:
    standing = {team.id: team for team in service.host_teams}
    kept = set()
    for details in teams:
        team = standing.get(details.id) if details.id else None
        if team is None:
            team = HostTeam(name="")
            service.host_teams.append(team)
        else:
            kept.add(team.id)
        team.name = details.name.strip()
        team.clients = details.clients
        team.specialists = details.specialists
        team.colocation_days = details.colocation_days
    for team_id in set(standing) - kept:
        service.host_teams.remove(standing[team_id])
        db.session.delete(standing[team_id])


def _note(team: TeamDetails) -> dict[str, object]:
    return {
        "name": team.name,
        "clients": team.clients,
        "specialists": team.specialists,
        "colocation_days": team.colocation_days,
    }
