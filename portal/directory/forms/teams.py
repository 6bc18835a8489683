"""The host teams as rows of fields, added and removed without script."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation
from typing import Any
from uuid import UUID

from wtforms import HiddenField

from portal.core.forms import PortalForm, clean
from portal.core.rules.whole import whole
from portal.directory.rules.details import TEAMS_MOST, TeamDetails

FIELDS = ("name", "clients", "specialists", "colocation_days")
LABELS = {
    "name": "Team",
    "clients": "Clients from it",
    "specialists": "Specialists attached",
    "colocation_days": "Days together a week",
}


_KINDS: dict[str, type[int | Decimal]] = {
    "clients": int,
    "specialists": Decimal,
    "colocation_days": Decimal,
}


class TeamsForm(PortalForm):
    """The token and the version; the rows are read by `read_rows`."""

    version = HiddenField()


@dataclass(frozen=True)
class TeamRow:
    """One team as typed."""

    name: str = ""
    clients: str = ""
    specialists: str = ""
    colocation_days: str = ""
    id: str = ""

    @property
    def empty(self) -> bool:
        return not (self.name or self.clients or self.specialists or self.colocation_days)


def rows_of(teams: Sequence[TeamDetails]) -> list[TeamRow]:
    """The rows of teams that stand, with an empty one where there is none."""
    rows = [
        TeamRow(
            team.name,
            str(team.clients),
            f"{team.specialists.normalize():f}",
            f"{team.colocation_days.normalize():f}",
            str(team.id or ""),
        )
        for team in teams
    ]
    return rows or [TeamRow()]


def read_rows(sent: Mapping[str, str]) -> list[TeamRow]:
    """The rows that were posted, in order: fields `name-0`, `clients-0` … as many as follow each other."""
    rows: list[TeamRow] = []
    while f"name-{len(rows)}" in sent and len(rows) <= TEAMS_MOST:
        at = len(rows)
        values = {field: (clean(sent.get(f"{field}-{at}", "")) or "")[:400] for field in (*FIELDS, "id")}
        rows.append(TeamRow(**values))
    return rows


def rearranged(rows: Sequence[TeamRow], button: str) -> list[TeamRow] | None:
    """The rows after “Add another team” or “Remove”; None where the button was neither."""
    if button == "add":
        return [*rows, TeamRow()]
    kind, _, at = button.partition("-")
    if kind == "remove" and at.isascii() and at.isdigit():
        return [row for number, row in enumerate(rows) if number != int(at)] or [TeamRow()]
    return None


def teams_from(rows: Sequence[TeamRow]) -> tuple[list[TeamDetails], dict[str, str]]:
    """The teams typed, and what cannot be read, by `field-row`."""
    teams, problems = [], {}
    for at, row in enumerate(rows):
        figures: dict[str, Any] = {}
        for field, kind in _KINDS.items():
            value = _number(getattr(row, field), kind)
            if value is None:
                like = "12" if kind is int else "2.5"
                problems[f"{field}-{at}"] = f"{LABELS[field]} must be a number, like {like}"
            else:
                figures[field] = value
        teams.append(TeamDetails(name=row.name, id=_uuid(row.id), **figures))
    return teams, problems


def _number(text: str, kind: type[int | Decimal]) -> int | Decimal | None:
    if not text:
        return kind(0)
    if kind is int:
        return whole(text)
    try:
        value = Decimal(text)
    except InvalidOperation:
        return None
    return value if value.is_finite() and len(text) < 12 else None


def _uuid(text: str) -> UUID | None:
    try:
        return UUID(text) if text else None
    except ValueError:
        return None
