"""Taking the edits of a device: each once, in a transaction of its own, with its audit row.

    receipts = take(actor, device_id, [{"op_id": …}, …])

What makes a replay harmless is the key of `on_site_operations`, not this code: an edit's row is written in
the transaction that applies it, so a second one of the same id fails as a whole and gets the first one's
answer. An edit that loses is kept before it is answered (assurance, section 3c, points 4 to 6).
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from typing import Any
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.exc import IntegrityError

from portal.accounts.rules.actors import Actor
from portal.core import clock
from portal.core.act import Work, act
from portal.core.db import db
from portal.core.errors import Forbidden, Invalid, NotFound, Refused, Stale
from portal.core.filters import clock_time
from portal.core.rules.texts import plain
from portal.reviews.external.loading import load_review, may_see
from portal.reviews.offline.models import HeldOperation, HeldWhy, Operation, Outcome
from portal.reviews.offline.rules import operations, receipts
from portal.reviews.offline.rules.operations import Edit, EditKind, Envelope, Unreadable
from portal.reviews.offline.rules.schema import UnknownSchema, brought_up_to_date
from portal.reviews.offline.service import records
from portal.reviews.offline.service.notices import tell_of_quarantine
from portal.reviews.offline.service.records import NOTHING, Standing

LONGEST_REASON = 500
Raw = Mapping[str, Any]
_VERBS = {
    Outcome.APPLIED: "apply",
    Outcome.CONFLICT: "propose",
    Outcome.QUARANTINED: "quarantine",
}


@dataclass(frozen=True)
class _Fate:
    """What becomes of an edit."""

    outcome: Outcome
    version: int | None = None
    reason: str = ""
    stands: Standing = NOTHING


def take(actor: Actor, device_id: UUID, batch: Iterable[Raw], *, refused: str = "") -> list[dict[str, Any]]:
    """Take a batch, edit by edit. Returns their receipts in the order sent.

    `refused`: why none may be applied; then all go to quarantine.
    """
    batch = list(batch)
    known = _known(batch)
    found = []
    for raw in batch:
        try:
            envelope = operations.envelope(raw)
        except Unreadable as error:
            found.append(receipts.receipt(raw.get("op_id", ""), receipts.MISMATCH, reason=str(error)))
            continue
        stored = known.get(envelope.op_id)
        if stored is None:
            stored = _take(actor, device_id, envelope, raw, refused)
            known[envelope.op_id] = stored
        found.append(_answer(stored, raw))
    return found


def _known(batch: Iterable[Raw]) -> dict[UUID, Operation]:
    """Those of a batch that came before. One statement."""
    ids = []
    for raw in batch:
        try:
            ids.append(operations.envelope(raw).op_id)
        except Unreadable:
            continue
    rows = db.session.execute(select(Operation).where(Operation.op_id.in_(ids))).scalars() if ids else ()
    return {row.op_id: row for row in rows}


def _answer(stored: Operation, raw: Raw) -> dict[str, Any]:
    if stored.digest != operations.digest(raw):
        return receipts.mismatch(stored.op_id)
    return stored.receipt


def _take(actor: Actor, device_id: UUID, envelope: Envelope, raw: Raw, refused: str) -> Operation:
    """Apply and write down one edit, or find the row of the one that came first."""
    family = "blind" if envelope.kind == EditKind.RATING else "offline"
    try:
        with act(actor, f"{family}.apply", ("review", envelope.review_id or "")) as work:
            fate = _fate(actor, raw, refused)
            work.verb = f"{family}.{_VERBS[fate.outcome]}"
            row = _written(actor, device_id, envelope, raw, fate)
            work.note(operation=envelope.op_id, device=device_id, seq=envelope.seq, record=envelope.key)
            _tell(work, row, fate)
    except IntegrityError:
        first = db.session.get(Operation, envelope.op_id, populate_existing=True)
        if first is None:
            raise
        return first
    return row


def _fate(actor: Actor, raw: Raw, refused: str) -> _Fate:
    """Apply it if that can be; else say what keeps it."""
    fate = _judged(actor, raw, refused)
    return replace(fate, reason=plain(fate.reason)[:LONGEST_REASON])  # it may quote what came


def _judged(actor: Actor, raw: Raw, refused: str) -> _Fate:
    if refused:
        return _Fate(Outcome.QUARANTINED, reason=refused)
    try:
        edit = operations.read(brought_up_to_date(raw))
        expected = _expected(edit)
        with db.session.begin_nested():
            version = records.apply(actor, edit, expected)
    except Stale as error:
        return _Fate(Outcome.CONFLICT, reason=error.reason, stands=_stands(actor, edit))
    except Invalid as error:
        return _Fate(Outcome.QUARANTINED, reason=" ".join(error.problems.values()))
    except (NotFound, Forbidden, Refused) as error:
        return _Fate(Outcome.QUARANTINED, reason=error.reason)
    except (Unreadable, UnknownSchema) as error:
        return _Fate(Outcome.QUARANTINED, reason=str(error))
    return _Fate(Outcome.APPLIED, version)


def _expected(edit: Edit) -> int:
    """The version that the author saw: that of the device's edit before, if it was applied."""
    if edit.after is None:
        return edit.base_version
    before = db.session.get(Operation, edit.after, populate_existing=True)
    if before is None:
        return edit.base_version
    if before.outcome is Outcome.APPLIED and before.version is not None:
        return before.version
    raise Stale("The edit before this one waits for your decision.", {}, edit.base_version)


def _stands(actor: Actor, edit: Edit) -> Standing:
    found = load_review(edit.review_id)
    if found is None or not may_see(actor, found):
        return NOTHING
    return records.standing(actor, found, edit.kind, edit.key)


def _written(actor: Actor, device_id: UUID, envelope: Envelope, raw: Raw, fate: _Fate) -> Operation:
    """The edit's row, and that of its waiting, in the database."""
    now, stands = clock.now(), fate.stands
    known = envelope.review_id if _is_review(envelope.review_id, fate) else None
    row = Operation(
        op_id=envelope.op_id,
        device_id=device_id,
        seq=envelope.seq,
        digest=operations.digest(raw),
        assessment_id=known,
        person_id=actor.person_id,
        kind=envelope.kind,
        record_key=envelope.key,
        received_at=now,
        outcome=fate.outcome,
        version=fate.version,
        reason=fate.reason,
        receipt=receipts.receipt(
            envelope.op_id,
            fate.outcome.value,
            version=fate.version if fate.version is not None else stands.version or None,
            saved_at=None if fate.outcome.held else clock_time(now),
            reason=fate.reason,
            held=fate.outcome.held,
            current=stands.fields if stands is not NOTHING else None,
        ),
        payload=dict(raw),
    )
    db.session.add(row)
    db.session.flush()  # the key refuses a second one, with all that it did
    if fate.outcome.held:
        db.session.add(_held(row, stands))
    return row


def _is_review(review_id: UUID | None, fate: _Fate) -> bool:
    """Whether the id it names is a review's: what was applied has shown it."""
    if review_id is None:
        return False
    return fate.outcome is Outcome.APPLIED or load_review(review_id) is not None


def _held(row: Operation, stands: Standing) -> HeldOperation:
    conflict = row.outcome is Outcome.CONFLICT
    return HeldOperation(
        op_id=row.op_id,
        assessment_id=row.assessment_id,
        person_id=row.person_id,
        why=HeldWhy.PROPOSAL if conflict else HeldWhy.QUARANTINE,
        stood=receipts.wire(stands.fields) if conflict else None,
        stood_version=stands.version if conflict else None,
        stood_by=stands.by,
        stood_at=stands.at,
    )


def _tell(work: Work, row: Operation, fate: _Fate) -> None:
    if fate.outcome is Outcome.APPLIED:
        work.note(version=fate.version)
        return
    work.note(reason=fate.reason)
    if fate.outcome is Outcome.QUARANTINED and row.assessment_id is not None:
        tell_of_quarantine(row)
