"""Correcting a published review: the lead reviewer proposes, a moderator decides, a new version is issued."""

from __future__ import annotations

import uuid
from collections.abc import Mapping
from dataclasses import replace
from uuid import UUID

from sqlalchemy import func, select

from portal.accounts.rules.actors import Actor
from portal.core import clock
from portal.core.act import act
from portal.core.db import db
from portal.core.errors import Invalid, NotFound, Refused, Stale
from portal.directory import standing
from portal.reviews.assessment.models import FinalRating, PublishedReport
from portal.reviews.assessment.rules.external_part import Changed
from portal.reviews.assessment.service.finishing import standing_of_final
from portal.reviews.assessment.service.reporting import issue
from portal.reviews.external.consensus import agreed_ratings
from portal.reviews.external.loading import LoadedReview, load_for
from portal.reviews.external.models.publication import Correction
from portal.reviews.external.models.scoring import ChangeStage
from portal.reviews.external.publication import material
from portal.reviews.external.rules.corrections import CorrectionState, ItemWords, changes, problems
from portal.reviews.external.rules.independence import Capacity
from portal.reviews.external.rules.workflow import Action
from portal.reviews.external.service.consensus import note_change
from portal.reviews.external.service.moving import advance
from portal.reviews.external.service.notices import emails_of, mail_about
from portal.reviews.external.service.publishing import (
    request_papers,
    said_of,
    set_standing,
    tell_recipients,
)
from portal.scales.rules.scoring import score


def standing_words(found: LoadedReview) -> dict[str, ItemWords]:
    """Rating and comment of every item as published, in the order of the scale. One statement."""
    rows = agreed_ratings(found.id)
    return {item.key: ItemWords(rows[item.key].rating, rows[item.key].comment) for item in found.scale.items}


def propose(
    actor: Actor,
    assessment_id: UUID,
    wanted: Mapping[str, ItemWords],
    why: str,
    expected_version: int | None,
) -> UUID:
    """The lead reviewer proposes a correction. Returns its id; nothing published changes yet.

    Raises NotFound, Forbidden, Refused (one waits already), Stale, or Invalid (`why`, `form`, an item).
    """
    with act(actor, "reviews.propose-correction", ("review", assessment_id)) as work:
        found = load_for(actor, assessment_id, Action.CORRECT)
        changed = changes(standing_words(found), wanted)
        wrong = problems(changed, why, found.scale.rating_min, found.scale.rating_max)
        if wrong:
            raise Invalid(wrong)
        advance(actor, assessment_id, Action.CORRECT, expected_version, why.strip())
        assert actor.person_id is not None  # the lead reviewer is a person
        row = Correction(
            id=uuid.uuid4(),
            assessment_id=assessment_id,
            items=[
                {"item": key, "rating": after.rating, "comment": after.comment}
                for key, (_, after) in changed.items()
            ],
            why=why.strip(),
            proposed_at=clock.now(),
            proposed_by=actor.person_id,
        )
        db.session.add(row)
        db.session.flush()
        moderators = emails_of(one.person_id for one in found.of(Capacity.MODERATOR))
        mail_about(found, moderators, "A correction to decide", "has a correction that waits for you")
        work.note(correction=row.id, items=list(changed))
        return row.id


def decide(
    actor: Actor, assessment_id: UUID, correction_id: UUID, *, approve: bool, reason: str = ""
) -> int | None:
    """A moderator approves the correction, which issues a new version, or refuses it with a reason.

    Returns the number of the version issued. Raises NotFound, Forbidden, Refused (decided already, or
    one's own), Stale (an item was changed meanwhile) or Invalid (`reason`).
    """
    with act(actor, "reviews.decide-correction", ("review", assessment_id)) as work:
        found = load_for(actor, assessment_id, Action.APPROVE_CORRECTION)
        row = _waiting(assessment_id, correction_id)
        if row.proposed_by == actor.person_id:
            raise Refused("Somebody else decides: a correction takes two people.")
        if not approve and not reason.strip():
            raise Invalid({"reason": "Say why it is refused: the lead reviewer reads it"})
        advance(actor, assessment_id, Action.APPROVE_CORRECTION, None)
        work.note(correction=row.id, approved=approve)
        report = _issue_again(actor, found, row) if approve else None
        row.decided_at, row.decided_by = clock.now(), actor.person_id
        row.decision_reason = reason.strip()
        if report is not None:
            row.state, row.number = CorrectionState.APPROVED, report.number
            work.note(**said_of(found, report))
            return report.number
        row.state = CorrectionState.REFUSED
        work.note(reason=reason.strip())
        mail_about(
            found, emails_of([row.proposed_by]), "A correction was refused", "keeps its report as published"
        )
        return None


def _waiting(assessment_id: UUID, correction_id: UUID) -> Correction:
    row = db.session.get(Correction, correction_id, with_for_update=True, populate_existing=True)
    if row is None or row.assessment_id != assessment_id:
        raise NotFound("There is no such correction.")
    if row.state is not CorrectionState.WAITING:
        raise Stale(f"This correction was decided first: {row.state.title.lower()}.", {}, 0)
    return row


def _issue_again(actor: Actor, found: LoadedReview, row: Correction) -> PublishedReport:
    """Change the ratings, what follows from them, and issue the next version."""
    changed = _apply(actor, found, row)
    set_standing(found)
    assert found.review.published_on is not None
    made = material(found, found.review.published_on)
    more = replace(made.issue, number=_next(found.id), reason=row.why, changes=changed)
    report = issue(actor, made.loaded, made.settled, made.told, more)
    db.session.flush()
    request_papers(found, report)
    tell_recipients(found, report, "was corrected: a new version of its report replaces the last one")
    return report


def _apply(actor: Actor, found: LoadedReview, row: Correction) -> tuple[Changed, ...]:
    """The ratings as the correction has them, with the total, the band and the service's standing."""
    agreed, finals = agreed_ratings(found.id), _finals(found.id)
    lines = []
    for change in row.items:
        item, rating = found.scale.item(change["item"]), agreed[change["item"]]
        before, after = rating.rating, change["rating"]
        if before != after:
            note_change(actor, found, rating, after, ChangeStage.CORRECTION, row.why)
            finals[item.key].rating = finals[item.key].guide_rating = after
        worded = rating.comment != change["comment"]
        rating.rating, rating.comment = after, change["comment"]
        rating.version += 1
        rating.changed_at, rating.changed_by = clock.now(), actor.person_id
        same = before == after
        lines.append(
            Changed(item.number, item.title, None if same else before, None if same else after, worded)
        )
    result = score(found.scale, {key: one.rating for key, one in finals.items()})
    found.assessment.total = result.total
    found.assessment.band = result.band.key if result.band else None
    found.assessment.version += 1
    service_id = found.assessment.service_id
    standing.correct(service_id, standing_of_final(found.assessment, found.scale, result))
    return tuple(lines)


def _finals(assessment_id: UUID) -> dict[str, FinalRating]:
    query = select(FinalRating).where(FinalRating.assessment_id == assessment_id)
    rows = db.session.execute(query.execution_options(populate_existing=True)).scalars()
    return {one.item_key: one for one in rows}


def _next(assessment_id: UUID) -> int:
    query = select(func.max(PublishedReport.number)).where(PublishedReport.assessment_id == assessment_id)
    return int(db.session.execute(query).scalar_one() or 0) + 1
