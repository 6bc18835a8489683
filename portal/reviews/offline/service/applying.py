"""Taking the edits of a device: each once, in a transaction of its own, with its audit row.

    receipts = take(actor, device_id, [{"op_id": …}, …])

What makes a replay harmless is the key of `on_site_operations`, not this code: an edit's row is written in
the transaction that applies it, so a second one of the same id fails as a whole and gets the first one's
answer. An edit that loses is kept before it is answered (assurance, section 3c, points 4 to 6).
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any
from uuid import UUID

from sqlalchemy.exc import IntegrityError

from portal.accounts.rules.actors import Actor
from portal.core.act import act
from portal.core.errors import Forbidden, Invalid, NotFound, Refused, Stale
from portal.reviews.offline.models import Outcome
from portal.reviews.offline.rules import operations, receipts
from portal.reviews.offline.rules.operations import Edit, Envelope, Unreadable
from portal.reviews.offline.rules.schema import UnknownSchema, brought_up_to_date
from portal.reviews.offline.service import journal, records
from portal.reviews.offline.service.holding import Fate, hold
from portal.reviews.offline.service.journal import Entry, Sent

Raw = Mapping[str, Any]
CLASH = "Something with this id is here already."


def take(actor: Actor, device_id: UUID, edits: Iterable[Raw], *, refused: str = "") -> list[dict[str, Any]]:
    """Take a batch, edit by edit. Returns their receipts in the order sent.

    `refused`: why none may be applied; then all go to quarantine.
    """
    batch = [(_envelope(raw), raw) for raw in edits]
    known = journal.entries(_named(batch))
    found = []
    for envelope, raw in batch:
        if envelope is None:
            found.append(receipts.receipt(raw.get("op_id", ""), receipts.MISMATCH, reason=receipts.NO_ID))
            continue
        if envelope.op_id not in known:
            known[envelope.op_id] = _take(Sent(actor, device_id, envelope, raw), known, refused)
        found.append(_answer(known[envelope.op_id], actor, raw))
    return found


def _named(batch: Iterable[tuple[Envelope | None, Raw]]) -> set[UUID]:
    """The edits of a batch and those that they say they came after."""
    own = {envelope.op_id for envelope, _ in batch if envelope is not None}
    return own | {one for one in (operations.after(raw) for _, raw in batch) if one is not None}


def _envelope(raw: Raw) -> Envelope | None:
    try:
        return operations.envelope(raw)
    except Unreadable:
        return None


def _answer(entry: Entry, actor: Actor, raw: Raw) -> dict[str, Any]:
    same = entry.digest == operations.digest(raw) and entry.person_id == actor.person_id
    return entry.receipt if same else receipts.mismatch(entry.op_id)


def _take(sent: Sent, known: Mapping[UUID, Entry], refused: str) -> Entry:
    """Apply one edit, or keep it for somebody to decide, or find what became of it when it came first."""
    try:
        if not refused:
            return _apply(sent, known)
        fate = Fate(Outcome.QUARANTINED, refused)
    except IntegrityError:
        fate = Fate(Outcome.QUARANTINED, CLASH)
    except Stale as error:
        fate = Fate(Outcome.CONFLICT, error.reason)
    except Invalid as error:
        fate = Fate(Outcome.QUARANTINED, " ".join(error.problems.values()))
    except (NotFound, Forbidden, Refused) as error:
        fate = Fate(Outcome.QUARANTINED, error.reason)
    except (Unreadable, UnknownSchema) as error:
        fate = Fate(Outcome.QUARANTINED, str(error))
    try:
        return hold(sent, fate)
    except IntegrityError:
        first = journal.entry(sent.envelope.op_id)
        if first is None:
            raise
        return first


def _apply(sent: Sent, known: Mapping[UUID, Entry]) -> Entry:
    """Change the record and write the edit down, in one transaction. Raises what keeps it from that."""
    edit = operations.read(brought_up_to_date(sent.raw))
    with act(sent.actor, f"{operations.family(edit.kind)}.apply", ("review", edit.review_id)) as work:
        version = records.apply(sent.actor, edit, _expected(edit, known))
        entry = journal.write(sent, Outcome.APPLIED, review_id=edit.review_id, version=version)
        work.note(operation=edit.op_id, device=sent.device_id, seq=edit.seq, record=edit.key, version=version)
    return entry


def _expected(edit: Edit, known: Mapping[UUID, Entry]) -> int:
    """The version that the author saw: that of the device's edit before, if it was applied."""
    before = (known.get(edit.after) or journal.entry(edit.after)) if edit.after else None
    if before is None or before.outcome is not Outcome.APPLIED or before.version is None:
        return edit.base_version
    return before.version
