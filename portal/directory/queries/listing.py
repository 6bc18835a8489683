"""The list of services: searched, filtered, in order, by page. Always two statements."""

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
from portal.directory.models import Area, Authority, Service, ServiceLink, service_areas, service_authorities
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
    total = db.session.scalar(_joined(select(func.count(Service.id)), actor, filters)) or 0
    page = min(filters.page, max(1, -(-total // PER_PAGE)))
    # The page is cut first, so that names are gathered for its rows only.
    chosen = _joined(select(Service.id), actor, filters).order_by(*_order(filters))
    chosen = chosen.limit(PER_PAGE).offset((page - 1) * PER_PAGE)
    rows = db.session.execute(
        _links(select(*selected()).where(Service.id.in_(chosen))).order_by(*_order(filters))
    )
    return Listing(list(rows), total, page)


def every_row(actor: Actor, filters: Filters) -> list[Any]:
    """All services that the filters leave, for the download."""
    return list(db.session.execute(_joined(select(*selected()), actor, filters).order_by(*_order(filters))))


def _joined(statement: Select[Any], actor: Actor, filters: Filters) -> Select[Any]:
    statement = _links(statement.where(within(actor, Permission.SERVICE_READ)))
    return statement.where(*_conditions(filters))


def _links(statement: Select[Any]) -> Select[Any]:
    """Join the provider and the programme in force today; a service has at most one of each."""
    return (
        statement.select_from(Service)
        .outerjoin(
            _provider, and_(_provider.service_id == Service.id, _current(_provider, LinkKind.PROVIDER))
        )
        .outerjoin(Organisation, Organisation.id == _provider.organisation_id)
        .outerjoin(
            ServiceLink, and_(ServiceLink.service_id == Service.id, _current(ServiceLink, LinkKind.PROGRAMME))
        )
    )


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
