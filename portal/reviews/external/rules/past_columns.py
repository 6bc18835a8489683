"""The heading row of a file of past reviews: where it is, and what each column holds.

Files come with a title above, or with a row of merged cells over groups of columns; both are passed over.
A heading may also stand on two rows, the items' numbers under one merged cell.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from portal.scales.rules.definition import Item, Scale
from portal.scales.rules.numbering import normal, resolve

SEARCHED = 12  # rows in which the headings must begin
_NAMES = {
    "service": "service|service name|service key|name of service|ips service|team|site|provider and service",
    "date": "date|review date|date of review|assessment date|date of assessment|date of fidelity review"
    "|fidelity review date|final on|date final|on",
    "kind": "kind|type|kind of review|type of review|review type|review kind|kind of assessment"
    "|assessment type|type of assessment",
    "scale": "scale|fidelity scale|scale used|scale key",
    "reviewers": "reviewers|reviewer|reviewed by|assessors|assessor|reviewer 1|reviewer 2|reviewer 3"
    "|lead reviewer|second reviewer|reviewer names|names of reviewers",
    "total": "total|total score|score|fidelity score|overall score|sum",
}
ROLES = {spelling.replace(" ", "-"): role for role, text in _NAMES.items() for spelling in text.split("|")}
NEEDED = ("service", "date", "kind")
MANY = frozenset({"reviewers"})  # may stand in several columns, which are joined
TITLES = {"service": "Service", "date": "Date", "kind": "Kind", "scale": "Scale"}


def letter(place: int) -> str:
    """A column's letter as spreadsheets show it, from its place counted from 0."""
    text, left = "", place + 1
    while left:
        left, sign = divmod(left - 1, 26)
        text = chr(65 + sign) + text
    return text


@dataclass(frozen=True)
class Heading:
    """Where the headings ended, and each column's heading by place; `roles` holds the places by role.

    items: heading and place of every column that has no other role.
    """

    line: int
    names: tuple[str, ...]
    roles: Mapping[str, tuple[int, ...]] = field(default_factory=dict)
    items: tuple[int, ...] = ()

    def column(self, place: int) -> str:
        """How a person finds the column: its letter and its heading."""
        name = self.names[place] if place < len(self.names) else ""
        return f"{letter(place)} ({name[:40]})" if name else letter(place)


def role_of(name: str) -> str | None:
    """What a heading says its column holds, or None where it may be an item."""
    return ROLES.get(normal(name).rstrip(".:*"))


def item_of(scale: Scale, name: str) -> Item | None:
    """The item that a heading names by number, key or title, alone or as “1. Caseload size”."""
    plain = normal(name.replace("\n", " "))
    for prefix in ("item-", "q-", "question-"):
        plain = plain.removeprefix(prefix)
    try:
        return resolve(scale, plain)
    except KeyError:
        pass
    number, _, title = plain.partition("-")
    for item in scale.items:
        wanted = normal(item.title)
        if plain == wanted or (title == wanted and number.rstrip(".:)") == str(item.number)):
            return item
    return None


def find_heading(rows: Sequence[tuple[int, Sequence[str]]]) -> tuple[Heading, int] | None:
    """The headings, and how many rows they and what stands above them take; None where there are none."""
    for place, (line, cells) in enumerate(rows[:SEARCHED]):
        roles = {role_of(cell) for cell in cells}
        if not {"service", "date"} <= roles:
            continue
        below = rows[place + 1] if place + 1 < len(rows) else None
        if below is not None and _continues(cells, below[1]):
            return _heading(below[0], _joined(cells, below[1])), place + 2
        return _heading(line, cells), place + 1
    return None


def _continues(above: Sequence[str], below: Sequence[str]) -> bool:
    """Whether the next row names the columns under merged cells: most of it stands below empty cells."""
    over = [(above[place] if place < len(above) else "") for place, cell in enumerate(below) if cell]
    return bool(over) and not any(map(role_of, over)) and sum(not cell for cell in over) * 2 >= len(over)


def _joined(above: Sequence[str], below: Sequence[str]) -> list[str]:
    width = max(len(above), len(below))
    upper, lower = ([*row, *[""] * (width - len(row))] for row in (above, below))
    return [under or over for over, under in zip(upper, lower, strict=True)]


def _heading(line: int, cells: Sequence[str]) -> Heading:
    roles: dict[str, tuple[int, ...]] = {}
    items: list[int] = []
    for place, cell in enumerate(cells):
        role = role_of(cell)
        if role is not None:
            roles[role] = (*roles.get(role, ()), place)
        elif cell:
            items.append(place)
    return Heading(line, tuple(" ".join(cell.split()) for cell in cells), roles, tuple(items))


def faults(heading: Heading, scales: Iterable[Scale]) -> list[tuple[str, str]]:
    """What is wrong with the headings: (column, reason) each."""
    found = [
        (TITLES[role], f"there is no column “{TITLES[role]}”") for role in NEEDED if role not in heading.roles
    ]
    for role, places in heading.roles.items():
        if len(places) > 1 and role not in MANY:
            where = " and ".join(letter(place) for place in places)
            found.append((where, f"columns {where} both say that they hold the {role}"))
    known = tuple(scales)
    stray = "this is no column of the template and no item of a scale: rename it or take it out"
    found += [
        (heading.column(place), stray)
        for place in heading.items
        if not any(item_of(scale, heading.names[place]) for scale in known)
    ]
    return found


def item_places(heading: Heading, scale: Scale) -> dict[str, tuple[int, ...]]:
    """The places of each item of a scale, by key; more than one where two headings name the same item."""
    found: dict[str, tuple[int, ...]] = {}
    for place in heading.items:
        item = item_of(scale, heading.names[place])
        if item is not None:
            found[item.key] = (*found.get(item.key, ()), place)
    return found
