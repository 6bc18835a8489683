"""The lines of an item's thread and the votes on a case. Called inside the verbs, as service/cases is."""

from __future__ import annotations

from uuid import UUID

from sqlalchemy import func, select

from portal.accounts.rules.actors import Actor
from portal.core import clock
from portal.core.db import db
from portal.core.errors import Invalid, Refused, Stale
from portal.core.rules.texts import plain
from portal.reviews.moderation.models import ModerationCase, ModerationMessage, ModerationVote
from portal.reviews.moderation.rules.cases import MessageKind

LONGEST_MESSAGE = 5_000


def ask(actor: Actor, case: ModerationCase, item_key: str, text: str) -> bool:
    """A query about an item. Sent twice in a row, it changes nothing (False). Raises Invalid."""
    kept = message_text(text, "query", "Enter your query")
    newest = _newest(case.assessment_id, item_key)
    if newest is not None and _same(newest, MessageKind.QUERY, kept, actor):
        return False
    _add(actor, case, item_key, MessageKind.QUERY, kept)
    return True


def answer(
    actor: Actor, case: ModerationCase, item_key: str, text: str, sources: tuple[str, ...] = ()
) -> bool:
    """An answer to the open query of an item. Raises Invalid, or Refused where no query is open."""
    kept = message_text(text, "answer", "Enter your answer")
    newest = _newest(case.assessment_id, item_key)
    if newest is None or not is_open(case.assessment_id, item_key):
        raise Refused("There is no open query on this item.")
    if _same(newest, MessageKind.ANSWER, kept, actor) and list(sources) == newest.sources:
        return False
    _add(actor, case, item_key, MessageKind.ANSWER, kept, sources)
    return True


def resolve(actor: Actor, case: ModerationCase, item_key: str, text: str = "") -> bool:
    """The open query of an item is settled. Returns whether there was one. Raises Invalid."""
    kept = message_text(text, "resolve", None)
    if not is_open(case.assessment_id, item_key):
        return False
    _add(actor, case, item_key, MessageKind.RESOLVED, kept)
    return True


def note_changed(actor: Actor, case: ModerationCase, item_key: str, text: str) -> None:
    """A line that says what a moderator changed, and why."""
    _add(actor, case, item_key, MessageKind.CHANGED, text)


def is_open(assessment_id: UUID, item_key: str) -> bool:
    """Whether a query on this item waits to be settled. One statement."""
    query = (
        select(ModerationMessage.kind)
        .where(
            ModerationMessage.assessment_id == assessment_id,
            ModerationMessage.item_key == item_key,
            ModerationMessage.kind.in_((MessageKind.QUERY, MessageKind.RESOLVED)),
        )
        .order_by(ModerationMessage.number.desc())
        .limit(1)
    )
    return db.session.execute(query).scalar_one_or_none() is MessageKind.QUERY


def vote(actor: Actor, case: ModerationCase, expected_version: int | None) -> bool:
    """Approve what stands. Approving twice changes nothing (False).

    Raises Stale where a rating or comment has changed since the moderator looked.
    """
    assert actor.person_id is not None  # the portal approves nothing
    if expected_version is not None and case.version != expected_version:
        raise Stale("A rating or comment has changed since you looked.", {}, case.version)
    query = select(ModerationVote.id).where(
        ModerationVote.case_id == case.id,
        ModerationVote.person_id == actor.person_id,
        ModerationVote.voided_at.is_(None),
    )
    if db.session.execute(query).first() is not None:
        return False
    db.session.add(
        ModerationVote(case_id=case.id, person_id=actor.person_id, at=clock.now(), on_version=case.version)
    )
    db.session.flush()
    return True


def approvals(case_id: UUID) -> int:
    """How many approvals stand. One statement."""
    query = select(func.count()).where(ModerationVote.case_id == case_id, ModerationVote.voided_at.is_(None))
    return db.session.execute(query).scalar_one()


def message_text(text: str, field: str, missing: str | None) -> str:
    """The text as kept. `missing`: the message where there is none; None: there need not be one."""
    kept = plain(text)
    if not kept and missing:
        raise Invalid({field: missing})
    if len(kept) > LONGEST_MESSAGE:
        raise Invalid({field: f"It must be {LONGEST_MESSAGE:,} characters or fewer"})
    return kept


def _same(newest: ModerationMessage, kind: MessageKind, text: str, actor: Actor) -> bool:
    return (newest.kind, newest.text, newest.by) == (kind, text, actor.person_id)


def _newest(assessment_id: UUID, item_key: str) -> ModerationMessage | None:
    query = (
        select(ModerationMessage)
        .where(ModerationMessage.assessment_id == assessment_id, ModerationMessage.item_key == item_key)
        .order_by(ModerationMessage.number.desc())
        .limit(1)
    )
    return db.session.execute(query).scalar_one_or_none()


def _add(
    actor: Actor,
    case: ModerationCase,
    item_key: str,
    kind: MessageKind,
    text: str,
    sources: tuple[str, ...] = (),
) -> None:
    newest = _newest(case.assessment_id, item_key)
    db.session.add(
        ModerationMessage(
            assessment_id=case.assessment_id,
            case_id=case.id,
            item_key=item_key,
            number=newest.number + 1 if newest else 1,
            kind=kind,
            text=text,
            sources=list(sources),
            at=clock.now(),
            by=actor.person_id,
        )
    )
    db.session.flush()
