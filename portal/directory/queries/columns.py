"""The columns of the list of services: heading, text, order. Adding a column is adding an entry here.

A column reads attributes of the row that `queries.listing` selects; one that stands on the service
itself (what is stored there when its cause changes, such as its last assessment) needs `selects` only.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import SQLColumnExpression, func, select

from portal.accounts.models import Organisation
from portal.core.filters import short_day
from portal.directory.models import (
    Area,
    Authority,
    Service,
    ServiceLink,
    ServiceStanding,
    service_areas,
    service_authorities,
)
from portal.directory.rules.settings import Setting
from portal.programmes.registry import title_of

BETWEEN = "\x1f"  # never in a name, so that aggregated names part again


@dataclass(frozen=True)
class Column:
    """A column. `text` makes a row's cell; `order` sorts by it; `on_page` False is for the download only."""

    key: str
    heading: str
    text: Callable[[Any], str]
    order: SQLColumnExpression[Any] | None = None
    number: bool = False
    on_page: bool = True


def _names(joined: str | None) -> list[str]:
    return sorted(joined.split(BETWEEN)) if joined else []


def _served(row: Any) -> str:
    """Authorities and lots, each name once."""
    return ", ".join(dict.fromkeys([*_names(row.authority_names), *_names(row.area_names)]))


def _authority_names() -> Any:
    table = service_authorities
    query = select(func.aggregate_strings(Authority.name, BETWEEN)).join(
        table, table.c.gss_code == Authority.gss_code
    )
    return query.where(table.c.service_id == Service.id).correlate(Service).scalar_subquery()


def _area_names() -> Any:
    table = service_areas
    query = select(func.aggregate_strings(Area.name, BETWEEN)).join(table, table.c.area_id == Area.id)
    return query.where(table.c.service_id == Service.id).correlate(Service).scalar_subquery()


def _total(row: Any) -> str:
    return f"{row.last_total} of {row.last_maximum}" if row.last_total is not None else ""


def _assessed_on() -> SQLColumnExpression[Any]:
    return func.coalesce(ServiceStanding.final_on, date.min)  # never assessed comes before all others


COLUMNS: tuple[Column, ...] = (
    Column("name", "Service", lambda row: row.name, func.lower(Service.name)),
    Column("provider", "Provider", lambda row: row.provider or "", func.lower(Organisation.name)),
    Column("areas", "Area served", _served),
    Column("region", "Region", lambda row: row.region, Service.region),
    Column("setting", "Setting", lambda row: Setting(row.setting).title, Service.setting),
    Column("total", "Last total", _total, func.coalesce(ServiceStanding.total, -1), True),
    Column("band", "Band", lambda row: row.band_title or ""),
    Column("assessed", "Assessed", lambda row: short_day(row.final_on), _assessed_on()),
    Column(
        "programme",
        "Programme",
        lambda row: title_of(row.programme_key),
        ServiceLink.programme_key,
        on_page=False,
    ),
    Column(
        "fte",
        "Specialists (FTE)",
        lambda row: f"{row.specialists_fte.normalize():f}",
        Service.specialists_fte,
        number=True,
        on_page=False,
    ),
    Column("key", "Key", lambda row: row.key, on_page=False),
    Column("starts", "Started", lambda row: _day(row.starts), on_page=False),
    Column("closed", "Closed", lambda row: _day(row.closed), on_page=False),
)
BY_KEY = {column.key: column for column in COLUMNS}
SORTS = frozenset(column.key for column in COLUMNS if column.order is not None)


def _day(value: Any) -> str:
    return value.isoformat() if value else ""


def selected() -> tuple[Any, ...]:
    """What the list selects of each service."""
    return (
        Service.id,
        Service.key,
        Service.name,
        Service.region,
        Service.setting,
        Service.specialists_fte,
        Service.starts,
        Service.closed,
        Organisation.name.label("provider"),
        ServiceLink.programme_key,
        ServiceStanding.total.label("last_total"),
        ServiceStanding.maximum.label("last_maximum"),
        ServiceStanding.band_title,
        ServiceStanding.final_on,
        _authority_names().label("authority_names"),
        _area_names().label("area_names"),
    )
