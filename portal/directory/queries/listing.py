"""The list of services: searched, filtered, in order, by page. One statement, whatever the number of rows."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from sqlalchemy import ColumnElement, Select, and_, exists, func, or_, select
from sqlalchemy.orm import aliased

from portal.accounts.models import Organisation
from portal.accounts.rules.actors import Actor
from portal.accounts.rules.permissions import Permission
from portal.core import clock
from portal.core.db import db
from portal.directory.models import (
    Area,
    Authority,
    Service,
    ServiceLink,
    ServiceStanding,
    service_areas,
    service_authorities,
)
from portal.directory.queries.columns import BY_KEY, selected
from portal.directory.rules.filters import PER_PAGE, Filters
from portal.directory.rules.settings import LinkKind
from portal.directory.scope import within

_provider = aliased(ServiceLink, name="provider_link")


@dataclass(frozen=True)
class Listing:
    """One page of the list."""

    rows: list[Any]
    total: int
    page: int

    @property
    def pages(self) -> int:
        return max(1, -(-self.total // PER_PAGE))

    @property
    def first(self) -> int:
        return (self.page - 1) * PER_PAGE + 1


def listing(actor: Actor, filters: Filters) -> Listing:
    """A page of the services the actor may read. A page past the end is the last one."""
    rows = _page(actor, filters, filters.page)
    if rows or filters.page == 1:
        return Listing(rows, rows[0].total if rows else 0, filters.page)
    total = db.session.scalar(_filtered(select(func.count(Service.id)), actor, filters)) or 0
    last = max(1, -(-total // PER_PAGE))
    return Listing(_page(actor, filters, last), total, last)


def _page(actor: Actor, filters: Filters, page: int) -> list[Any]:
    """The rows of a page, each with the number of services that the filters leave.

    The page is cut first, over as few joins as its filters and order need; names are gathered for
    its rows only.
    """
    columns: list[Any] = [Service.id, func.count().over().label("total")]
    chosen = _filtered(select(*columns), actor, filters, in_order=True)
    cut = chosen.limit(PER_PAGE).offset((page - 1) * PER_PAGE).subquery("chosen")
    rows = select(*selected(), cut.c.total).select_from(Service).join(cut, cut.c.id == Service.id)
    return list(db.session.execute(_dressed(rows, actor).order_by(*_order(filters))))


def every_row(actor: Actor, filters: Filters) -> list[Any]:
    """All services that the filters leave, for the download."""
    chosen = _filtered(select(Service.id), actor, filters).subquery("chosen")
    rows = select(*selected()).select_from(Service).join(chosen, chosen.c.id == Service.id)
    return list(db.session.execute(_dressed(rows, actor).order_by(*_order(filters))))


def _filtered(
    statement: Select[Any], actor: Actor, filters: Filters, *, in_order: bool = False
) -> Select[Any]:
    """The services within reach that the filters leave, joined only to what filters and order look at."""
    statement = statement.select_from(Service)
    sort = filters.sort if in_order else ""
    if filters.words or sort == "provider":
        statement = _with_provider(statement)
    if filters.programme or sort == "programme":
        statement = _with_programme(statement)
    if sort in ("total", "assessed"):
        statement = _with_standing(statement, actor)
    statement = statement.where(within(actor, Permission.SERVICE_READ), *_conditions(filters))
    return statement.order_by(*_order(filters)) if in_order else statement


def _dressed(statement: Select[Any], actor: Actor) -> Select[Any]:
    """Join all that the columns show."""
    return _with_standing(_with_programme(_with_provider(statement)), actor)


def _with_standing(statement: Select[Any], actor: Actor) -> Select[Any]:
    """Join the last final assessment, where the actor may read it."""
    readable = within(actor, Permission.ASSESSMENT_READ_FINAL)
    return statement.outerjoin(ServiceStanding, and_(ServiceStanding.service_id == Service.id, readable))


def _with_provider(statement: Select[Any]) -> Select[Any]:
    """Join the provider in force today; a service has one."""
    of_service = and_(_provider.service_id == Service.id, _current(_provider, LinkKind.PROVIDER))
    return statement.outerjoin(_provider, of_service).outerjoin(
        Organisation, Organisation.id == _provider.organisation_id
    )


def _with_programme(statement: Select[Any]) -> Select[Any]:
    """Join the programme in force today; a service has at most one."""
    of_service = and_(ServiceLink.service_id == Service.id, _current(ServiceLink, LinkKind.PROGRAMME))
    return statement.outerjoin(ServiceLink, of_service)


def _current(link: Any, kind: LinkKind) -> ColumnElement[bool]:
    today = clock.today()
    return and_(link.kind == kind, link.starts <= today, or_(link.ends.is_(None), link.ends >= today))


def _conditions(filters: Filters) -> list[ColumnElement[bool]]:
    found = [_mentions(word) for word in filters.words]
    if filters.setting:
        found.append(Service.setting == filters.setting)
    if filters.region:
        found.append(Service.region == filters.region)
    if filters.programme:
        found.append(ServiceLink.programme_key == filters.programme)
    if not filters.closed:
        found.append(or_(Service.closed.is_(None), Service.closed > clock.today()))
    return found


def _mentions(word: str) -> ColumnElement[bool]:
    """The word is in the name of the service, its provider, one of its authorities or one of its lots."""
    served = exists().where(
        service_authorities.c.service_id == Service.id,
        service_authorities.c.gss_code == Authority.gss_code,
        Authority.name.icontains(word, autoescape=True),
    )
    in_area = exists().where(
        service_areas.c.service_id == Service.id,
        service_areas.c.area_id == Area.id,
        Area.name.icontains(word, autoescape=True),
    )
    return or_(
        Service.name.icontains(word, autoescape=True),
        Organisation.name.icontains(word, autoescape=True),
        served,
        in_area,
    )


def _order(filters: Filters) -> list[ColumnElement[Any]]:
    by = BY_KEY[filters.sort].order
    first = by if by is not None else func.lower(Service.name)
    return [
        first.desc() if filters.descending else first.asc(),
        func.lower(Service.name),
        Service.key.expression,
    ]
