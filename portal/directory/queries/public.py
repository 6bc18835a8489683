"""Named reads of the public service finder: published pages of open services."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from sqlalchemy import ColumnElement, Row, Select, and_, exists, func, or_, select

from portal.core import clock
from portal.core.db import db
from portal.core.rules.paging import Paging
from portal.directory.models import Authority, Service, service_authorities
from portal.directory.public_models import ServicePublicPage

PER_PAGE, WORDS_MOST, TEXT_LONGEST = 20, 8, 100


@dataclass(frozen=True)
class Asked:
    """What somebody looks for."""

    text: str = ""
    region: str = ""

    @property
    def words(self) -> tuple[str, ...]:
        return tuple(self.text.split()[:WORDS_MOST])

    def arguments(self) -> dict[str, str]:
        """The search as it goes into an address."""
        return {name: value for name, value in (("q", self.text), ("region", self.region)) if value}


@dataclass(frozen=True)
class FoundServices:
    """A page of them. A row is (Service, ServicePublicPage)."""

    rows: list[Row[Any]]
    paging: Paging


def find_services(asked: Asked, page: str | None = None) -> FoundServices:
    """Services in the finder that a search leaves, by name. Two statements."""
    conditions = (_shown(), *_conditions(asked))
    total = db.session.scalar(_joined(select(func.count(Service.id))).where(*conditions)) or 0
    paging = Paging.of(page, total, PER_PAGE)
    columns: list[Any] = [Service, ServicePublicPage]
    rows = _joined(select(*columns)).where(*conditions).order_by(Service.name, Service.key)
    return FoundServices(list(db.session.execute(rows.limit(PER_PAGE).offset(paging.offset))), paging)


def public_service(key: str) -> Row[Any] | None:
    """A service in the finder by its key. One statement; its authorities are loaded with a second."""
    columns: list[Any] = [Service, ServicePublicPage]
    return db.session.execute(_joined(select(*columns)).where(_shown(), Service.key == key)).one_or_none()


def _joined(query: Select[Any]) -> Select[Any]:
    return query.select_from(Service).join(ServicePublicPage, ServicePublicPage.service_id == Service.id)


def _shown() -> ColumnElement[bool]:
    still_open = or_(Service.closed.is_(None), Service.closed > clock.today())
    return and_(ServicePublicPage.published.is_(True), still_open)


def _conditions(asked: Asked) -> list[ColumnElement[bool]]:
    """Every word is in the name, the page's texts, or the name of an authority served."""
    texts = (Service.name, Service.region, ServicePublicPage.place, ServicePublicPage.offers)
    found = [
        or_(*(text.icontains(word, autoescape=True) for text in texts), _serves(word)) for word in asked.words
    ]
    if asked.region:
        found.append(Service.region == asked.region)
    return found


def _serves(word: str) -> ColumnElement[bool]:
    served = service_authorities.c
    return exists().where(
        served.service_id == Service.id,
        Authority.gss_code == served.gss_code,
        Authority.name.icontains(word, autoescape=True),
    )
