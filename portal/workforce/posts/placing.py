"""Where the supplier’s posts and its open services are (OHID specification, 3.3)."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from uuid import UUID

from sqlalchemy import ColumnElement, Select, and_, func, or_, select

from portal.core.db import db
from portal.directory.models import Service, ServiceLink
from portal.directory.rules.settings import LinkKind, Setting
from portal.directory.scope import in_force
from portal.workforce.posts.listing import PostLine
from portal.workforce.posts.rules.placement import Placed, PostAt, ServiceAt, placement, stream_of

HEALTH_LED = frozenset({"scr-trial", "wm-thrive"})  # the health-led trials among the programmes


def placed(supplier_id: UUID, lines: Iterable[PostLine], today: date) -> list[Placed]:
    """Posts open today against the supplier's open services, by region and stream. One statement."""
    posts = [PostAt(one.region, one.stream, one.budgeted, one.in_post) for one in lines if one.is_open]
    return placement(posts, _services(supplier_id, today))


def supported(supplier_id: UUID, today: date) -> dict[UUID, int]:
    """How many open services of the supplier each person supports today. One statement."""
    query = (
        select(ServiceLink.person_id, func.count(Service.id.distinct()))
        .join(Service, Service.id == ServiceLink.service_id)
        .where(
            ServiceLink.kind == LinkKind.EISM,
            in_force(today),
            _open(today),
            Service.id.in_(_supplied(supplier_id, today)),
        )
        .group_by(ServiceLink.person_id)
    )
    return {person_id: count for person_id, count in db.session.execute(query) if person_id is not None}


def _services(supplier_id: UUID, today: date) -> list[ServiceAt]:
    programme = and_(
        ServiceLink.service_id == Service.id, ServiceLink.kind == LinkKind.PROGRAMME, in_force(today)
    )
    query = (
        select(Service.id, Service.region, Service.setting, ServiceLink.programme_key)
        .outerjoin(ServiceLink, programme)
        .where(Service.id.in_(_supplied(supplier_id, today)), _open(today))
    )
    by_id = {
        row.id: ServiceAt(
            row.region,
            stream_of(row.setting is Setting.DRUG_AND_ALCOHOL, row.programme_key in HEALTH_LED),
        )
        for row in db.session.execute(query)
    }
    return list(by_id.values())


def _supplied(supplier_id: UUID, today: date) -> Select[UUID]:
    return select(ServiceLink.service_id).where(
        ServiceLink.kind == LinkKind.SUPPLIER, ServiceLink.organisation_id == supplier_id, in_force(today)
    )


def _open(today: date) -> ColumnElement[bool]:
    return and_(
        or_(Service.closed.is_(None), Service.closed > today),
        or_(Service.starts.is_(None), Service.starts <= today),
    )
