"""Posts and people today, as the pages list them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from enum import StrEnum
from uuid import UUID

from sqlalchemy import func, or_, select

from portal.accounts.models import Person
from portal.core.db import db
from portal.core.rules.spans import covers
from portal.workforce.posts.definitions import leave_kinds
from portal.workforce.posts.models import Eism, EismHolding, EismLeave, EismPost
from portal.workforce.posts.rules.terms import ContractTerms
from portal.workforce.posts.rules.words import Stream

_NAME = func.coalesce(Person.name, Eism.name)


class PostState(StrEnum):
    """How a post stands today."""

    VACANT = "vacant"
    PARTLY = "partly"
    HELD = "held"
    TO_OPEN = "to-open"
    CLOSED = "closed"

    @property
    def title(self) -> str:  # type: ignore[override]  # str's own title() is of no use here
        return _TITLES[self]


_TITLES = {
    PostState.VACANT: "Vacant",
    PostState.PARTLY: "Partly vacant",
    PostState.HELD: "Held",
    PostState.TO_OPEN: "Still to open",
    PostState.CLOSED: "Closed",
}


@dataclass(frozen=True)
class HolderLine:
    """Somebody who holds a post, has held it or is to. `away`: on leave today that does not count."""

    id: UUID
    eism_id: UUID
    person_id: UUID | None
    name: str
    fte: Decimal
    starts: date
    ends: date | None
    reason: str
    away: bool

    def holds(self, on: date) -> bool:
        return covers(self.starts, self.ends, on)


@dataclass(frozen=True)
class PostLine:
    """A post with who holds it today. `vacant_since`: from when nobody has."""

    id: UUID
    title: str
    region: str
    stream: Stream
    budgeted: Decimal
    opens: date
    closes: date | None
    state: PostState
    holders: tuple[HolderLine, ...]
    everybody: tuple[HolderLine, ...]
    vacant_since: date | None

    @property
    def held(self) -> Decimal:
        """FTE of those who hold it today, on leave or not."""
        return sum((one.fte for one in self.holders), Decimal(0))

    @property
    def in_post(self) -> Decimal:
        """FTE of those who count today."""
        return sum((one.fte for one in self.holders if not one.away), Decimal(0))

    def held_by(self, eism_id: UUID) -> Decimal:
        """FTE at which somebody holds it today."""
        return sum((one.fte for one in self.holders if one.eism_id == eism_id), Decimal(0))

    @property
    def vacant(self) -> Decimal:
        return max(self.budgeted - self.held, Decimal(0))

    @property
    def is_open(self) -> bool:
        return self.state not in (PostState.TO_OPEN, PostState.CLOSED)


def post_lines(supplier_id: UUID, terms: ContractTerms, today: date) -> list[PostLine]:
    """Every post of a supplier: vacant ones first, closed ones last. Three statements."""
    posts = db.session.scalars(select(EismPost).where(EismPost.supplier_id == supplier_id)).all()
    holders = _holders(supplier_id, _away(supplier_id, terms, today))
    lines = [_line(post, holders.get(post.id, []), today) for post in posts]
    order = list(PostState)
    return sorted(
        lines, key=lambda one: (order.index(one.state), one.region, one.title.casefold(), str(one.id))
    )


def chosen(lines: Sequence[PostLine], words: str, state: str) -> list[PostLine]:
    """Those whose title, region, stream or holders hold these words, in this state (empty: any)."""
    wanted = words.casefold().split()
    found = []
    for line in lines:
        text = " ".join((line.title, line.region, line.stream.title, *(one.name for one in line.holders)))
        if state in ("", line.state.value) and all(word in text.casefold() for word in wanted):
            found.append(line)
    return found


def _away(supplier_id: UUID, terms: ContractTerms, today: date) -> set[UUID]:
    kinds = leave_kinds()
    query = (
        select(EismLeave.eism_id, EismLeave.kind)
        .join(Eism, Eism.id == EismLeave.eism_id)
        .where(
            Eism.supplier_id == supplier_id,
            EismLeave.starts <= today,
            or_(EismLeave.ends.is_(None), EismLeave.ends >= today),
        )
    )
    return {eism_id for eism_id, kind in db.session.execute(query) if not terms.counts(kinds[kind])}


def _holders(supplier_id: UUID, away: set[UUID]) -> dict[UUID, list[HolderLine]]:
    query = (
        select(EismHolding, Eism.person_id, _NAME)
        .join(Eism, Eism.id == EismHolding.eism_id)
        .outerjoin(Person, Person.id == Eism.person_id)
        .where(Eism.supplier_id == supplier_id)
        .order_by(EismHolding.starts.desc(), _NAME)
    )
    found: dict[UUID, list[HolderLine]] = {}
    for row, person_id, name in db.session.execute(query):
        reason = row.reason.title if row.reason else ""
        found.setdefault(row.post_id, []).append(
            HolderLine(
                row.id,
                row.eism_id,
                person_id,
                name,
                row.fte,
                row.starts,
                row.ends,
                reason,
                row.eism_id in away,
            )
        )
    return found


def _line(post: EismPost, everybody: Sequence[HolderLine], today: date) -> PostLine:
    holders = tuple(one for one in everybody if one.holds(today))
    held = sum((one.fte for one in holders), Decimal(0))
    if post.opens > today:
        state = PostState.TO_OPEN
    elif post.closes is not None and post.closes < today:
        state = PostState.CLOSED
    elif not holders:
        state = PostState.VACANT
    else:
        state = PostState.PARTLY if held < post.fte else PostState.HELD
    since = None
    if state is PostState.VACANT:
        last = max((one.ends for one in everybody if one.ends and one.ends < today), default=None)
        since = last + timedelta(days=1) if last else post.opens
    return PostLine(
        post.id,
        post.title,
        post.region,
        post.stream,
        post.fte,
        post.opens,
        post.closes,
        state,
        holders,
        tuple(everybody),
        since,
    )
