"""A service's people, and the national picture, for a spreadsheet."""

from __future__ import annotations

from collections.abc import Iterable

from portal.core.rules.cells import Cell
from portal.core.spreadsheets import write_csv
from portal.workforce.staff.figures import PersonLine, of
from portal.workforce.staff.picture import RegionLine

PEOPLE = (
    "Name",
    "Role",
    "FTE",
    "Since",
    "Until",
    "Pay band",
    "Honorary contract",
    "Honorary contract since",
    "First day with a client",
    "Active clients",
    "Counted on",
    "Clients per FTE",
    "Cap per FTE",
    "Over the cap",
    "Last individual supervision",
    "Individual supervision on time",
    "Last clinical supervision",
    "Clinical team meetings",
)
REGIONS = (
    "Region",
    "Services",
    "Services with records",
    "Funded FTE",
    "Filled FTE",
    "Vacant FTE",
    "Turnover over 12 months",
)
HIDDEN = "Hidden: a small group"


def people_csv(lines: Iterable[PersonLine]) -> bytes:
    """A row for each person of today."""
    return write_csv(PEOPLE, [_row(line) for line in lines])


def regions_csv(lines: Iterable[RegionLine]) -> bytes:
    """A row for each region, then all of them."""
    rows: list[list[Cell]] = []
    for line in lines:
        counted: list[Cell] = [HIDDEN] * 3
        if line.turnover is not None:
            counted = [line.filled, line.vacant, of(line.turnover)]
        rows.append([line.name, line.services, line.recorded, line.funded, *counted])
    return write_csv(REGIONS, rows)


def _row(line: PersonLine) -> list[Cell]:
    one, load = line.member, line.load
    return [
        one.name,
        one.role.title,
        one.fte,
        one.starts,
        one.ends,
        one.pay_band,
        one.honorary.title,
        one.honorary_on,
        one.first_client_on,
        load.clients if load else None,
        line.counted_on,
        line.per_fte,
        line.cap.clients if line.cap else None,
        ("Yes" if line.is_over else "No") if load else None,
        line.supervised_on,
        of(line.on_time),
        line.clinical_on,
        of(line.meetings),
    ]
