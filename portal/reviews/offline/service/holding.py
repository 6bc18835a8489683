"""Edits that cannot be applied: kept, with what stood, before anybody is told that they were not."""

from __future__ import annotations

from dataclasses import dataclass

from portal.accounts.rules.actors import Actor
from portal.core.act import act
from portal.core.db import db
from portal.core.rules.texts import plain
from portal.reviews.external.loading import LoadedReview, load_review, may_see
from portal.reviews.offline.models import HeldOperation, HeldWhy, Outcome
from portal.reviews.offline.rules import operations, receipts
from portal.reviews.offline.rules.operations import SHARED, EditKind, Envelope, Unreadable
from portal.reviews.offline.service import journal, records
from portal.reviews.offline.service.journal import Entry, Sent
from portal.reviews.offline.service.notices import tell_of_quarantine
from portal.reviews.offline.service.records import NOTHING, Standing

LONGEST_REASON = 500
OF_RATINGS = "It is of their own ratings, which only they can read."  # a reason may quote what came
_VERBS = {Outcome.CONFLICT: "propose", Outcome.QUARANTINED: "quarantine"}


@dataclass(frozen=True)
class Fate:
    """Why an edit is kept and not applied."""

    outcome: Outcome
    reason: str


def hold(sent: Sent, fate: Fate) -> Entry:
    """Keep an edit: as a proposal beside what stands, or in quarantine for the lead reviewer.

    Raises IntegrityError where one of this id was written first.
    """
    reason = plain(fate.reason)[:LONGEST_REASON]  # it may quote what came
    envelope, actor = sent.envelope, sent.actor
    verb = f"{operations.family(envelope.kind)}.{_VERBS[fate.outcome]}"
    with act(actor, verb, ("review", envelope.review_id or "")) as work:
        found = load_review(envelope.review_id) if envelope.review_id else None
        stands = _stands(actor, found, envelope) if fate.outcome is Outcome.CONFLICT else NOTHING
        entry = journal.write(
            sent,
            fate.outcome,
            review_id=found.id if found else None,
            version=stands.version or None,
            reason=reason,
            current=stands.fields if stands is not NOTHING else None,
        )
        db.session.add(_row(actor, envelope, found, fate, stands))
        work.note(operation=envelope.op_id, device=sent.device_id, seq=envelope.seq, record=envelope.key)
        work.note(reason=reason)
        if found is not None and fate.outcome is Outcome.QUARANTINED:
            told = reason if envelope.kind in SHARED else OF_RATINGS
            tell_of_quarantine(found, actor.person_id, envelope.op_id, told)
    return entry


def _stands(actor: Actor, found: LoadedReview | None, envelope: Envelope) -> Standing:
    """What stands of the record, for those who may see it."""
    if found is None or not may_see(actor, found):
        return NOTHING
    try:
        return records.standing(actor, found, EditKind(envelope.kind), envelope.key)
    except (ValueError, Unreadable):
        return NOTHING


def _row(
    actor: Actor, envelope: Envelope, found: LoadedReview | None, fate: Fate, stands: Standing
) -> HeldOperation:
    conflict = fate.outcome is Outcome.CONFLICT
    return HeldOperation(
        op_id=envelope.op_id,
        assessment_id=found.id if found else None,
        person_id=actor.person_id,
        why=HeldWhy.PROPOSAL if conflict else HeldWhy.QUARANTINE,
        stood=receipts.wire(stands.fields) if conflict else None,
        stood_version=stands.version if conflict else None,
        stood_by=stands.by,
        stood_at=stands.at,
    )
