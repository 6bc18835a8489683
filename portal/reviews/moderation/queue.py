"""The moderation queue: open cases within reach, riskiest first, with their flags in words."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from uuid import UUID

from sqlalchemy import ColumnElement, Select, case, exists, func, or_, select

from portal.accounts.models import Person
from portal.accounts.rules.actors import Actor
from portal.accounts.rules.permissions import Permission
from portal.core.db import db
from portal.directory.models import Service
from portal.directory.scope import within
from portal.reviews.moderation.models import CaseModerator, ModerationCase, ModerationFlag, ModerationVote
from portal.reviews.moderation.rules.cases import CaseKind, CaseState
from portal.reviews.moderation.rules.filters import PER_PAGE, Filters, Show
from portal.reviews.moderation.rules.flags import FlagKind

SHOWN = 6  # flags of a case on the page, the weightiest first; all are on the case's own page
CHUNK = 500  # ids in one statement: engines bound how many values it may carry


@dataclass(frozen=True)
class QueueRow:
    """One case of the queue. `leads`: the person names moderators for it; `mine`: is one of them."""

    id: UUID
    assessment_id: UUID
    kind: CaseKind
    service_key: str
    service_name: str
    scale_key: str
    round: int
    quorum: int
    approvals: int
    risk: int
    sampled: bool
    opened_at: datetime
    due_on: date | None
    leads: bool
    mine: bool
    barred: bool
    flags: tuple[tuple[FlagKind, str], ...]
    flag_count: int
    moderators: tuple[str, ...]

    @property
    def opens(self) -> bool:
        """Whether the person may open its page."""
        return self.leads or self.mine

    @property
    def can_take(self) -> bool:
        """Whether the person may take it."""
        return self.kind is CaseKind.GUIDED and not self.mine and not self.barred

    def age(self, now: datetime) -> int:
        """Whole days since it was handed in."""
        return (now - self.opened_at).days


@dataclass(frozen=True)
class Queue:
    """One page of the queue."""

    rows: list[QueueRow]
    total: int
    page: int

    @property
    def pages(self) -> int:
        return max(1, -(-self.total // PER_PAGE))

    @property
    def first(self) -> int:
        return (self.page - 1) * PER_PAGE + 1


def queue(actor: Actor, filters: Filters) -> Queue:
    """A page of the open cases that the actor may see. Three statements; past the end: the last page."""
    found = _rows(actor, filters, filters.page)
    if found or filters.page == 1:
        return Queue(_dressed(actor, found, SHOWN), found[0].total if found else 0, filters.page)
    total = db.session.scalar(_filtered(select(func.count(ModerationCase.id)), actor, filters)) or 0
    last = max(1, -(-total // PER_PAGE))
    return Queue(_dressed(actor, _rows(actor, filters, last), SHOWN), total, last)


def every_row(actor: Actor, filters: Filters) -> list[QueueRow]:
    """All cases that the filters leave, for the download."""
    return _dressed(actor, list(db.session.execute(_ordered(_selected(actor, filters), actor, filters))))


def _rows(actor: Actor, filters: Filters, page: int) -> list[Any]:
    wanted = _ordered(_selected(actor, filters), actor, filters)
    return list(db.session.execute(wanted.limit(PER_PAGE).offset((page - 1) * PER_PAGE)))


def _selected(actor: Actor, filters: Filters) -> Select[Any]:
    columns = select(
        ModerationCase.id,
        ModerationCase.assessment_id,
        ModerationCase.kind,
        ModerationCase.scale_key,
        ModerationCase.round,
        ModerationCase.quorum,
        ModerationCase.risk,
        ModerationCase.flag_count,
        ModerationCase.sampled,
        ModerationCase.barred,
        ModerationCase.opened_at,
        ModerationCase.due_on,
        Service.key,
        Service.name,
        within(actor, Permission.MODERATION_NAME, ModerationCase.service_id).label("leads"),
        func.count().over().label("total"),
    )
    return _filtered(columns, actor, filters)


def _filtered(statement: Select[Any], actor: Actor, filters: Filters) -> Select[Any]:
    """The open cases within reach that the filters leave."""
    found = (
        statement.select_from(ModerationCase)
        .join(Service, Service.id == ModerationCase.service_id)
        .where(ModerationCase.state == CaseState.OPEN, _seen_by(actor))
    )
    for word in filters.words:
        found = found.where(Service.name.icontains(word, autoescape=True))
    if filters.kind is not None:
        found = found.where(ModerationCase.kind == filters.kind)
    if filters.show is Show.MINE:
        found = found.where(_mine(actor))
    if filters.show is Show.UNNAMED:
        found = found.where(~exists().where(CaseModerator.case_id == ModerationCase.id))
    return found


def _seen_by(actor: Actor) -> ColumnElement[bool]:
    """Lead managers: the contract's. Others: those they are named for, and guided ones they may take."""
    may_take = within(actor, Permission.MODERATION_TAKE, ModerationCase.service_id)
    return or_(
        within(actor, Permission.MODERATION_NAME, ModerationCase.service_id),
        _mine(actor),
        (ModerationCase.kind == CaseKind.GUIDED) & may_take,
    )


def _mine(actor: Actor) -> ColumnElement[bool]:
    named = select(CaseModerator.case_id).where(CaseModerator.person_id == actor.person_id)
    return ModerationCase.id.in_(named)


def _ordered(statement: Select[Any], actor: Actor, filters: Filters) -> Select[Any]:
    if filters.show is Show.MINE_FIRST:
        statement = statement.order_by(case((_mine(actor), 0), else_=1))
    return statement.order_by(ModerationCase.risk.desc(), ModerationCase.opened_at, ModerationCase.id)


def _dressed(actor: Actor, rows: list[Any], most: int | None = None) -> list[QueueRow]:
    """The rows with their flags (at most so many each) and moderators. Two statements for every 500 rows."""
    flags: dict[UUID, list[tuple[FlagKind, str]]] = {}
    named: dict[UUID, list[Any]] = {}
    for start in range(0, len(rows), CHUNK):
        ids = [row.id for row in rows[start : start + CHUNK]]
        flags |= _flags(ids, most)
        named |= _named(ids)
    return [_row(actor, row, flags.get(row.id, ()), named.get(row.id, ())) for row in rows]


def _flags(ids: list[UUID], most: int | None) -> Mapping[UUID, list[tuple[FlagKind, str]]]:
    in_order = (ModerationFlag.weight.desc(), ModerationFlag.place)
    at = func.row_number().over(partition_by=ModerationFlag.case_id, order_by=in_order).label("at")
    ranked = (
        select(ModerationFlag.case_id, ModerationFlag.kind, ModerationFlag.words, at)
        .where(ModerationFlag.case_id.in_(ids))
        .subquery("ranked")
    )
    query = select(ranked.c.case_id, ranked.c.kind, ranked.c.words).order_by(ranked.c.case_id, ranked.c.at)
    if most is not None:
        query = query.where(ranked.c.at <= most)
    found: dict[UUID, list[tuple[FlagKind, str]]] = {}
    for case_id, kind, words in db.session.execute(query):
        found.setdefault(case_id, []).append((kind, words))
    return found


def _named(ids: list[UUID]) -> Mapping[UUID, list[Any]]:
    """Who is named for each case, with whether they have approved what stands."""
    approved = exists().where(
        ModerationVote.case_id == CaseModerator.case_id,
        ModerationVote.person_id == CaseModerator.person_id,
        ModerationVote.voided_at.is_(None),
    )
    query = (
        select(CaseModerator.case_id, Person.id, Person.name, approved.label("approved"))
        .join(Person, Person.id == CaseModerator.person_id)
        .where(CaseModerator.case_id.in_(ids))
        .order_by(Person.name, Person.id)
    )
    found: dict[UUID, list[Any]] = {}
    for row in db.session.execute(query):
        found.setdefault(row.case_id, []).append(row)
    return found


def _row(actor: Actor, row: Any, flags: Collection[tuple[FlagKind, str]], named: Collection[Any]) -> QueueRow:
    return QueueRow(
        id=row.id,
        assessment_id=row.assessment_id,
        kind=row.kind,
        service_key=row.key,
        service_name=row.name,
        scale_key=row.scale_key,
        round=row.round,
        quorum=row.quorum,
        approvals=sum(bool(one.approved) for one in named),
        risk=row.risk,
        sampled=row.sampled,
        opened_at=row.opened_at,
        due_on=row.due_on,
        leads=bool(row.leads),
        mine=any(one.id == actor.person_id for one in named),
        barred=str(actor.person_id) in row.barred,
        flags=tuple(flags),
        flag_count=row.flag_count,
        moderators=tuple(one.name for one in named),
    )
