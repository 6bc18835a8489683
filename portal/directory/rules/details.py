"""What is said of a service, as a verb takes it, and what is wrong with it."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from uuid import UUID

from portal.directory.rules.settings import LinkKind, Setting

NAME_LONGEST = 160
ABOUT_LONGEST = 4000
FTE_MOST = Decimal(500)
CLIENTS_MOST = 10_000
DAYS_MOST = Decimal(7)
TEAMS_MOST = 30


@dataclass(frozen=True)
class ServiceDetails:
    """A service as typed in. The first authority (an ONS code) gives its region."""

    name: str
    setting: Setting
    authorities: tuple[str, ...]
    areas: tuple[str, ...] = ()  # keys of lots and areas
    starts: date | None = None
    specialists_fte: Decimal = Decimal(0)
    about: str = ""


@dataclass(frozen=True)
class TeamDetails:
    """A host team as typed in; `id` of one that stands already."""

    name: str
    clients: int = 0
    specialists: Decimal = Decimal(0)
    colocation_days: Decimal = Decimal(0)
    id: UUID | None = None


@dataclass(frozen=True)
class NewLink:
    """A link to begin on a day. `target` is an organisation's or person's id, or a programme's key."""

    kind: LinkKind
    target: UUID | str
    starts: date


@dataclass(frozen=True)
class TeamTotals:
    """The host teams together: what items 4 and 5 of IPS-25 rest on."""

    teams: int
    clients: int
    specialists: Decimal


def totals(teams: Sequence[TeamDetails]) -> TeamTotals:
    """Sums over the host teams."""
    return TeamTotals(
        len(teams), sum(team.clients for team in teams), sum((team.specialists for team in teams), Decimal(0))
    )


def key_from(name: str, taken: Collection[str]) -> str:
    """A slug for a name, at most 70 characters, unlike any that is taken: barnsley-ips, barnsley-ips-2."""
    plain = unicodedata.normalize("NFKD", name).encode("ascii", "ignore").decode().lower()
    stem = re.sub(r"[^a-z0-9]+", "-", plain).strip("-")[:70].strip("-") or "service"
    key, number = stem, 2
    while key in taken:
        key, number = f"{stem}-{number}", number + 1
    return key


def detail_problems(
    details: ServiceDetails, regions: Mapping[str, str], areas: Collection[str]
) -> dict[str, str]:
    """What is wrong, by field. `regions` maps each known authority's code to its region."""
    problems: dict[str, str] = {}
    if not details.name.strip():
        problems["name"] = "Enter the service’s name"
    elif len(details.name) > NAME_LONGEST:
        problems["name"] = f"The name must be {NAME_LONGEST} characters or fewer"
    if not details.authorities:
        problems["authorities"] = "Choose at least one local authority"
    elif unknown := sorted(set(details.authorities) - set(regions)):
        problems["authorities"] = f"There is no local authority with the code {unknown[0]}"
    if strange := sorted(set(details.areas) - set(areas)):
        problems["areas"] = f"There is no area with the key {strange[0]}"
    if not details.specialists_fte.is_finite() or not 0 <= details.specialists_fte <= FTE_MOST:
        problems["specialists_fte"] = f"Full-time equivalent must be between 0 and {FTE_MOST}"
    elif not _fits(details.specialists_fte, 2):
        problems["specialists_fte"] = "Full-time equivalent can have at most two decimals, like 4.25"
    if len(details.about) > ABOUT_LONGEST:
        problems["about"] = f"The description must be {ABOUT_LONGEST:,} characters or fewer"
    return problems


def team_problems(teams: Sequence[TeamDetails]) -> dict[str, str]:
    """What is wrong, by `field-row` (rows from 0)."""
    problems: dict[str, str] = {}
    if len(teams) > TEAMS_MOST:
        problems["name-0"] = f"A service can have at most {TEAMS_MOST} host teams"
    seen: set[str] = set()
    for row, team in enumerate(teams):
        problems |= {f"{field}-{row}": message for field, message in _one_team(team)}
        name = team.name.strip().casefold()
        if name and name in seen:
            problems[f"name-{row}"] = f"There are two teams called {team.name.strip()}"
        seen.add(name)
    return problems


def _one_team(team: TeamDetails) -> list[tuple[str, str]]:
    found = []
    if not team.name.strip():
        found.append(("name", "Enter the team’s name"))
    elif len(team.name) > NAME_LONGEST:
        found.append(("name", f"The team’s name must be {NAME_LONGEST} characters or fewer"))
    if not 0 <= team.clients <= CLIENTS_MOST:
        found.append(("clients", f"Clients must be between 0 and {CLIENTS_MOST:,}"))
    if not team.specialists.is_finite() or not 0 <= team.specialists <= FTE_MOST:
        found.append(("specialists", f"Attached specialists must be between 0 and {FTE_MOST}"))
    elif not _fits(team.specialists, 2):
        found.append(("specialists", "Attached specialists can have at most two decimals, like 1.25"))
    if not team.colocation_days.is_finite() or not 0 <= team.colocation_days <= DAYS_MOST:
        found.append(("colocation_days", f"Days together a week must be between 0 and {DAYS_MOST}"))
    elif not _fits(team.colocation_days, 1):
        found.append(("colocation_days", "Days together a week can have at most one decimal, like 2.5"))
    return found


def _fits(value: Decimal, decimals: int) -> bool:
    """Whether the column keeps the figure as it is."""
    return value == round(value, decimals)
