"""What a service's own record says that an item's calculator asks for (`from_service` of a scale)."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal

from portal.directory.rules.details import TeamDetails

SPECIALISTS, TEAM_CLIENTS, TOP_TWO, COLOCATION = (
    "specialists-fte",
    "team-clients",
    "top-two-team-clients",
    "colocation",
)


@dataclass(frozen=True)
class RecordFigure:
    """A figure of the record: the number to enter ("" where it is words only) and what it is, in words."""

    value: str
    words: str


def record_figures(specialists_fte: Decimal, teams: Sequence[TeamDetails]) -> Mapping[str, RecordFigure]:
    """The figures that can be had; those that rest on host teams only where teams were entered."""
    found = {}
    if specialists_fte > 0:
        fte = _plain(specialists_fte)
        found[SPECIALISTS] = RecordFigure(fte, f"{fte} full-time equivalent employment specialists")
    if teams:
        clients = sorted((team.clients for team in teams), reverse=True)
        count = "1 host team" if len(teams) == 1 else f"{len(teams)} host teams"
        found[TEAM_CLIENTS] = RecordFigure(str(sum(clients)), f"{sum(clients)} clients in {count}")
        found[TOP_TWO] = RecordFigure(
            str(sum(clients[:2])), f"{sum(clients[:2])} clients in the one or two largest host teams"
        )
        days = "; ".join(f"{team.name} {_plain(team.colocation_days)} days a week" for team in teams)
        found[COLOCATION] = RecordFigure("", f"Co-location: {days}")
    return found


def _plain(number: Decimal) -> str:
    return f"{number.normalize():f}"
