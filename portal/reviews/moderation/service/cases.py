"""Opening, flagging and closing a case.

These write for a verb of the review or assessment that is moderated: they are called inside it, and it
has judged who may. They write no audit row of their own.
"""

from __future__ import annotations

import uuid
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from sqlalchemy import delete, func, select, update

from portal.accounts.rules.actors import Actor
from portal.core import clock
from portal.core.db import db
from portal.core.errors import Refused
from portal.reviews.moderation.models import (
    CaseModerator,
    ModerationCase,
    ModerationFlag,
    ModerationVote,
)
from portal.reviews.moderation.rules.cases import CaseKind, CaseState
from portal.reviews.moderation.rules.flags import Flag, risk


@dataclass(frozen=True)
class Opening:
    """What a case needs to know of what it is about."""

    assessment_id: UUID
    service_id: UUID
    scale_key: str
    kind: CaseKind
    quorum: int
    due_on: date | None = None
    moderators: tuple[UUID, ...] = ()
    barred: tuple[UUID, ...] = ()
    sampled: bool = False


def open_case(actor: Actor, wanted: Opening, found: Sequence[Flag]) -> ModerationCase:
    """Open a case with its flags and moderators. Raises Refused where one is open already."""
    if open_case_of(wanted.assessment_id) is not None:
        raise Refused("This is with the moderators already.")
    case = ModerationCase(
        id=uuid.uuid4(),
        assessment_id=wanted.assessment_id,
        service_id=wanted.service_id,
        scale_key=wanted.scale_key,
        kind=wanted.kind,
        round=_next_round(wanted.assessment_id),
        state=CaseState.OPEN,
        quorum=wanted.quorum,
        due_on=wanted.due_on,
        barred=sorted(str(person_id) for person_id in wanted.barred),
        sampled=wanted.sampled,
        opened_at=clock.now(),
        version=1,
    )
    db.session.add(case)
    db.session.flush()
    for person_id in dict.fromkeys(wanted.moderators):
        name_moderator(actor, case, person_id)
    store_flags(case, found)
    return case


def open_case_of(assessment_id: UUID) -> ModerationCase | None:
    """The open case as the database has it now, locked, or None. One statement."""
    query = (
        select(ModerationCase)
        .where(ModerationCase.assessment_id == assessment_id, ModerationCase.state == CaseState.OPEN)
        .with_for_update()
        .execution_options(populate_existing=True)
    )
    return db.session.execute(query).scalar_one_or_none()


def demand_open(assessment_id: UUID) -> ModerationCase:
    """The open case. Raises Refused where there is none."""
    case = open_case_of(assessment_id)
    if case is None:
        raise Refused("This is not with the moderators now.")
    return case


def store_flags(case: ModerationCase, found: Sequence[Flag]) -> bool:
    """Keep these flags in place of those before. Returns whether they differ from those."""
    there = select(ModerationFlag).where(ModerationFlag.case_id == case.id).order_by(ModerationFlag.place)
    before = [
        Flag(row.kind, row.item_key, row.words, row.weight) for row in db.session.execute(there).scalars()
    ]
    if before == list(found):
        return False
    db.session.execute(delete(ModerationFlag).where(ModerationFlag.case_id == case.id))
    db.session.add_all(
        ModerationFlag(
            case_id=case.id,
            kind=flag.kind,
            item_key=flag.item_key,
            words=flag.words,
            weight=flag.weight,
            place=place,
        )
        for place, flag in enumerate(found)
    )
    case.risk, case.flag_count = risk(found), len(found)
    return True


def name_moderator(actor: Actor, case: ModerationCase, person_id: UUID) -> bool:
    """Name somebody. Returns whether they were not named already."""
    if db.session.get(CaseModerator, (case.id, person_id)) is not None:
        return False
    db.session.add(
        CaseModerator(case_id=case.id, person_id=person_id, named_at=clock.now(), named_by=actor.person_id)
    )
    db.session.flush()
    return True


def unname_moderator(case: ModerationCase, person_id: UUID) -> bool:
    """Take the name back; an approval of theirs no longer counts. Returns whether they were named."""
    row = db.session.get(CaseModerator, (case.id, person_id))
    if row is None:
        return False
    db.session.delete(row)
    void_votes(case, [person_id])
    return True


def void_votes(case: ModerationCase, of: Iterable[UUID] | None = None) -> int:
    """Approvals so far no longer count (all, or those of some people). Returns how many."""
    query = update(ModerationVote).where(
        ModerationVote.case_id == case.id, ModerationVote.voided_at.is_(None)
    )
    if of is not None:
        query = query.where(ModerationVote.person_id.in_(list(of)))
    done = db.session.execute(
        query.values(voided_at=clock.now()).execution_options(synchronize_session=False)
    )
    return int(done.rowcount)  # type: ignore[attr-defined]  # an UPDATE answers with a cursor's result


def changed(case: ModerationCase) -> int:
    """A rating or comment changed: what was approved no longer stands. Returns how many votes it voids."""
    case.version += 1
    return void_votes(case)


def close(case: ModerationCase, state: CaseState, reason: str = "") -> None:
    """The case is decided. Raises Refused where it is already."""
    if case.state is not CaseState.OPEN:
        raise Refused("This is decided already.")
    case.state, case.decided_at, case.return_reason = state, clock.now(), reason


def _next_round(assessment_id: UUID) -> int:
    query = select(func.max(ModerationCase.round)).where(ModerationCase.assessment_id == assessment_id)
    return (db.session.execute(query).scalar_one() or 0) + 1
