"""Named reads about moderation. Each says how many statements it takes."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from uuid import UUID

from sqlalchemy import bindparam, func, select

from portal.accounts.models import Person
from portal.core.db import db
from portal.reviews.moderation.models import (
    CaseModerator,
    ModerationCase,
    ModerationFlag,
    ModerationMessage,
    ModerationVote,
)
from portal.reviews.moderation.rules.cases import CaseKind, CaseState, MessageKind
from portal.reviews.moderation.rules.flags import Flag


@dataclass(frozen=True)
class Named:
    """A moderator, and when they approved what stands (None: not yet)."""

    person_id: UUID
    name: str
    approved_at: datetime | None = None


@dataclass(frozen=True)
class Case:
    """A case as pages show it."""

    id: UUID
    assessment_id: UUID
    kind: CaseKind
    round: int
    state: CaseState
    quorum: int
    sampled: bool
    opened_at: datetime
    due_on: date | None
    decided_at: datetime | None
    return_reason: str
    version: int
    flags: tuple[Flag, ...] = ()
    moderators: tuple[Named, ...] = ()

    @property
    def is_open(self) -> bool:
        return self.state is CaseState.OPEN

    @property
    def approvals(self) -> tuple[Named, ...]:
        """Whose approval of what stands counts."""
        return tuple(one for one in self.moderators if one.approved_at is not None)

    def of(self, item_key: str | None) -> tuple[Flag, ...]:
        """The flags of an item; of None: those of the whole."""
        return tuple(flag for flag in self.flags if flag.item_key == item_key)


@dataclass(frozen=True)
class Message:
    """A line of a thread with who wrote it."""

    kind: MessageKind
    text: str
    sources: tuple[str, ...]
    at: datetime
    name: str


@dataclass(frozen=True)
class Thread:
    """An item's thread, oldest line first."""

    messages: tuple[Message, ...] = field(default_factory=tuple)

    @property
    def is_open(self) -> bool:
        """Whether a query waits to be settled."""
        marks = [one for one in self.messages if one.kind in (MessageKind.QUERY, MessageKind.RESOLVED)]
        return bool(marks) and marks[-1].kind is MessageKind.QUERY

    @property
    def waits_for_answer(self) -> bool:
        return self.is_open and self.messages[-1].kind is MessageKind.QUERY


NO_THREAD = Thread()
_LATEST = (
    select(ModerationCase)
    .where(ModerationCase.assessment_id == bindparam("assessment_id"))
    .order_by(ModerationCase.round.desc())
    .limit(1)
)


def latest_case(assessment_id: UUID) -> Case | None:
    """The newest case of an assessment with its flags and moderators. Three statements, one without."""
    row = db.session.execute(_LATEST, {"assessment_id": assessment_id}).scalar_one_or_none()
    if row is None:
        return None
    return Case(
        id=row.id,
        assessment_id=row.assessment_id,
        kind=row.kind,
        round=row.round,
        state=row.state,
        quorum=row.quorum,
        sampled=row.sampled,
        opened_at=row.opened_at,
        due_on=row.due_on,
        decided_at=row.decided_at,
        return_reason=row.return_reason,
        version=row.version,
        flags=_flags(row.id),
        moderators=_moderators(row.id),
    )


def _flags(case_id: UUID) -> tuple[Flag, ...]:
    query = (
        select(ModerationFlag.kind, ModerationFlag.item_key, ModerationFlag.words, ModerationFlag.weight)
        .where(ModerationFlag.case_id == case_id)
        .order_by(ModerationFlag.place)
    )
    return tuple(Flag(*row) for row in db.session.execute(query))


def _moderators(case_id: UUID) -> tuple[Named, ...]:
    """Those named; after the decision, too, with the approvals that counted."""
    votes = (
        select(ModerationVote.person_id, ModerationVote.at)
        .where(ModerationVote.case_id == case_id, ModerationVote.voided_at.is_(None))
        .subquery("votes")
    )
    query = (
        select(Person.id, Person.name, votes.c.at)
        .join(CaseModerator, CaseModerator.person_id == Person.id)
        .outerjoin(votes, votes.c.person_id == Person.id)
        .where(CaseModerator.case_id == case_id)
        .order_by(Person.name, Person.id)
    )
    return tuple(Named(*row) for row in db.session.execute(query))


def moderator_ids(assessment_id: UUID) -> frozenset[UUID]:
    """Who is named for the newest case of an assessment. One statement."""
    newest = (
        select(func.max(ModerationCase.round))
        .where(ModerationCase.assessment_id == assessment_id)
        .scalar_subquery()
    )
    query = (
        select(CaseModerator.person_id)
        .join(ModerationCase, ModerationCase.id == CaseModerator.case_id)
        .where(ModerationCase.assessment_id == assessment_id, ModerationCase.round == newest)
    )
    return frozenset(db.session.execute(query).scalars())


def threads(assessment_id: UUID) -> Mapping[str, Thread]:
    """The threads by item, of every round. One statement."""
    query = (
        select(
            ModerationMessage.item_key,
            ModerationMessage.kind,
            ModerationMessage.text,
            ModerationMessage.sources,
            ModerationMessage.at,
            Person.name,
        )
        .outerjoin(Person, Person.id == ModerationMessage.by)
        .where(ModerationMessage.assessment_id == assessment_id)
        .order_by(ModerationMessage.item_key, ModerationMessage.number)
    )
    found: dict[str, list[Message]] = {}
    for row in db.session.execute(query):
        line = Message(row.kind, row.text, tuple(row.sources), row.at, row.name or "")
        found.setdefault(row.item_key, []).append(line)
    return {key: Thread(tuple(lines)) for key, lines in found.items()}


def open_items(assessment_id: UUID) -> frozenset[str]:
    """The items with a query that waits to be settled. One statement."""
    query = (
        select(ModerationMessage.item_key, ModerationMessage.kind)
        .where(
            ModerationMessage.assessment_id == assessment_id,
            ModerationMessage.kind.in_((MessageKind.QUERY, MessageKind.RESOLVED)),
        )
        .order_by(ModerationMessage.item_key, ModerationMessage.number)
    )
    last = dict(db.session.execute(query).all())
    return frozenset(key for key, kind in last.items() if kind is MessageKind.QUERY)


def evidence_named(assessment_id: UUID) -> Mapping[str, frozenset[str]]:
    """The kinds of evidence that answers have named, by item. One statement."""
    query = select(ModerationMessage.item_key, ModerationMessage.sources).where(
        ModerationMessage.assessment_id == assessment_id, ModerationMessage.kind == MessageKind.ANSWER
    )
    found: dict[str, frozenset[str]] = {}
    for item_key, sources in db.session.execute(query):
        found[item_key] = found.get(item_key, frozenset()) | frozenset(sources)
    return found


def approvals_of(assessment_id: UUID) -> int:
    """How many approvals of the open case stand. One statement."""
    query = (
        select(func.count())
        .select_from(ModerationVote)
        .join(ModerationCase, ModerationCase.id == ModerationVote.case_id)
        .where(
            ModerationCase.assessment_id == assessment_id,
            ModerationCase.state == CaseState.OPEN,
            ModerationVote.voided_at.is_(None),
        )
    )
    return db.session.execute(query).scalar_one()


def quorum_of(assessment_id: UUID) -> int:
    """How many must approve the open case; 1 where none is open. One statement."""
    query = select(ModerationCase.quorum).where(
        ModerationCase.assessment_id == assessment_id, ModerationCase.state == CaseState.OPEN
    )
    return db.session.execute(query).scalar_one_or_none() or 1
