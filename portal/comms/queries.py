"""Named reads of communications."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any
from uuid import UUID

from sqlalchemy import ColumnElement, Row, and_, func, select, true

from portal.accounts.models import Organisation, Person
from portal.accounts.rules.roles import OrganisationKind
from portal.comms.models import (
    CalendarEntry,
    DeliveryState,
    Newsletter,
    NewsletterDelivery,
    NewsletterSubscription,
    SentNewsletter,
)
from portal.comms.rules.planning import SETTLED, EntryKind, EntryState, overdue
from portal.core import clock
from portal.core.db import db
from portal.core.rules.months import months_after
from portal.core.rules.paging import Paging

E = CalendarEntry
S = NewsletterSubscription
MOST = 500  # entries of one calendar that are shown at once


@dataclass(frozen=True)
class Asked:
    """What of the calendar is asked for. `month`: its first day; None: everything from the overdue on."""

    kind: EntryKind | None = None
    owner: UUID | None = None
    month: date | None = None

    @property
    def any(self) -> bool:
        return bool(self.kind or self.owner or self.month)


@dataclass(frozen=True)
class Line:
    """An entry as lists show it."""

    id: UUID
    kind: EntryKind
    title: str
    owner: str
    due: date
    channel: str
    state: EntryState
    overdue: bool


def entries(supplier_id: UUID, asked: Asked) -> list[Line]:
    """Entries of a supplier by date; without a month those to do, and this month’s. One statement."""
    today = clock.today()
    conditions = [E.supplier_id == supplier_id]
    if asked.kind:
        conditions.append(E.kind == asked.kind)
    if asked.owner:
        conditions.append(E.owner_id == asked.owner)
    if asked.month:
        conditions += [E.due >= asked.month, E.due < months_after(asked.month, 1)]
    else:
        conditions.append((E.due >= today.replace(day=1)) | E.state.not_in(SETTLED))
    query = (
        select(E.id, E.kind, E.title, Person.name, E.due, E.channel, E.state)
        .join(Person, Person.id == E.owner_id)
        .where(*conditions)
        .order_by(E.due, E.title, E.id)
        .limit(MOST)
    )
    return [Line(*row, overdue(row.state, row.due, today)) for row in db.session.execute(query)]


def by_month(lines: Sequence[Line]) -> list[tuple[date, list[Line]]]:
    """The lines that are not overdue, each month with its own."""
    found: dict[date, list[Line]] = {}
    for line in lines:
        if not line.overdue:
            found.setdefault(line.due.replace(day=1), []).append(line)
    return list(found.items())


def owners(supplier_id: UUID) -> list[tuple[UUID, str]]:
    """Who owns an entry of a supplier, by name. One statement."""
    query = (
        select(Person.id, Person.name).join(E, E.owner_id == Person.id).where(E.supplier_id == supplier_id)
    )
    found = db.session.execute(query.distinct().order_by(Person.name, Person.id))
    return [(row[0], row[1]) for row in found]


def suppliers() -> list[tuple[UUID, str]]:
    """Who can send a newsletter, by name: every supplier. One statement."""
    query = select(Organisation.id, Organisation.name).where(Organisation.kind == OrganisationKind.SUPPLIER)
    found = db.session.execute(query.order_by(Organisation.name, Organisation.id))
    return [(row[0], row[1]) for row in found]


def supplier_name(supplier_id: UUID) -> str:
    """The name of who sends a newsletter. One statement."""
    return db.session.execute(select(Organisation.name).where(Organisation.id == supplier_id)).scalar_one()


def confirmed(supplier_id: UUID) -> ColumnElement[bool]:
    """SQL: a subscription gets the newsletter of this supplier."""
    own, begun = S.supplier_id == supplier_id, S.confirmed_at.is_not(None)
    return and_(own, begun, S.ended_at.is_(None))


@dataclass(frozen=True)
class Readers:
    """How many get a newsletter, and how that changed in the last 30 days."""

    now: int
    joined: int
    left: int


def readers(supplier_id: UUID) -> Readers:
    """Counts of a supplier's subscriptions. One statement."""
    since, own = clock.now() - timedelta(days=30), S.supplier_id == supplier_id
    going = confirmed(supplier_id)
    query = select(
        select(func.count()).select_from(S).where(going).scalar_subquery(),
        select(func.count()).select_from(S).where(going, S.confirmed_at > since).scalar_subquery(),
        select(func.count()).where(own, S.confirmed_at.is_not(None), S.ended_at > since).scalar_subquery(),
    )
    return Readers(*db.session.execute(query).one())


def newsletters(supplier_id: UUID, page: str | None) -> tuple[Sequence[Row[Any]], Paging]:
    """(Newsletter, sent_at, recipients) of a supplier, the newest first. Two statements."""
    own = Newsletter.supplier_id == supplier_id
    total = db.session.scalar(select(func.count()).select_from(Newsletter).where(own)) or 0
    paging = Paging.of(page, total)
    columns: tuple[Any, ...] = (Newsletter, SentNewsletter.sent_at, SentNewsletter.recipients)
    query = (
        select(*columns)
        .outerjoin(SentNewsletter, SentNewsletter.newsletter_id == Newsletter.id)
        .where(own)
        .order_by(Newsletter.created_at.desc(), Newsletter.id)
        .limit(paging.size)
        .offset(paging.offset)
    )
    return db.session.execute(query).all(), paging


def course(newsletter_id: UUID) -> dict[DeliveryState, int]:
    """How many deliveries stand so. One statement."""
    query = (
        select(NewsletterDelivery.state, func.count())
        .where(NewsletterDelivery.newsletter_id == newsletter_id)
        .group_by(NewsletterDelivery.state)
    )
    found = {row[0]: row[1] for row in db.session.execute(query)}
    return {state: found.get(state, 0) for state in DeliveryState}


@dataclass(frozen=True)
class Issue:
    """A newsletter of the archive, as its list shows it."""

    id: UUID
    subject: str
    sent_at: datetime
    supplier: str


def archive(page: str | None, supplier_id: UUID | None = None) -> tuple[list[Issue], Paging]:
    """What was sent, by a supplier or by all of them, the newest first. Two statements."""
    own = Newsletter.supplier_id == supplier_id if supplier_id else true()
    issues = _issues().where(own)
    total = db.session.scalar(select(func.count()).select_from(issues.subquery())) or 0
    paging = Paging.of(page, total, 20)
    query = issues.order_by(SentNewsletter.sent_at.desc(), SentNewsletter.newsletter_id)
    rows = db.session.execute(query.limit(paging.size).offset(paging.offset))
    return [Issue(row[1].newsletter_id, row[1].subject, row[1].sent_at, row[0]) for row in rows], paging


def issue(newsletter_id: UUID) -> tuple[SentNewsletter, UUID, str] | None:
    """A newsletter that was sent, with its supplier's id and name. One statement."""
    row = db.session.execute(_issues().where(SentNewsletter.newsletter_id == newsletter_id)).one_or_none()
    return (row[1], row[2], row[0]) if row else None


def _issues() -> Any:
    return (
        select(Organisation.name, SentNewsletter, Organisation.id)
        .join(Newsletter, Newsletter.id == SentNewsletter.newsletter_id)
        .join(Organisation, Organisation.id == Newsletter.supplier_id)
    )
