"""What a review's report is made of: ratings and words as agreed, the team, and what it did.

Blind ratings, reasons of consensus, the moderators' threads and the notes never enter it.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from sqlalchemy import func, select

from portal.core import clock
from portal.core.db import db
from portal.programmes.rules.review import Unit
from portal.reviews.assessment.loading import Loaded
from portal.reviews.assessment.rules.external_part import (
    ReportComment,
    ReportMember,
    ReportOverride,
    ReviewPart,
)
from portal.reviews.assessment.rules.report import Step
from portal.reviews.assessment.rules.reporting import Told
from portal.reviews.assessment.rules.settlement import Settled
from portal.reviews.assessment.service.reporting import Issue
from portal.reviews.external import accuracy
from portal.reviews.external.consensus import agreed_ratings
from portal.reviews.external.fieldwork_done import done_on_site
from portal.reviews.external.loading import LoadedReview
from portal.reviews.external.models.publication import Correction
from portal.reviews.external.models.scoring import ConsensusRating
from portal.reviews.external.rules.accuracy import CommentState
from portal.reviews.external.rules.corrections import CorrectionState
from portal.reviews.external.rules.independence import Capacity
from portal.reviews.external.rules.timeline import shift
from portal.reviews.external.team import bars_against
from portal.scales.rules.scoring import score


@dataclass(frozen=True)
class Standing:
    """What a result earns: whether its band accredits, until when, and when the next review is due."""

    accredited: bool
    valid_until: date | None
    next_due_on: date


@dataclass(frozen=True)
class Material:
    """Everything that a report of this review is built from."""

    loaded: Loaded
    settled: Mapping[str, Settled]
    told: Mapping[str, Told]
    issue: Issue


def material(found: LoadedReview, published_on: date | None = None) -> Material:
    """The review as it stands, for a draft (no day of publication) or for publication. Ten statements."""
    agreed = agreed_ratings(found.id)
    settled = {key: Settled(row.rating, row.rating, row.rating, agreed=True) for key, row in agreed.items()}
    told = {key: Told(evidence=row.comment) for key, row in agreed.items()}
    issue = Issue(steps=_steps(found), review=_part(found, agreed, published_on))
    return Material(as_loaded(found), settled, told, issue)


def as_loaded(found: LoadedReview) -> Loaded:
    """The review as the assessment that it is."""
    return Loaded(found.assessment, found.scale, found.service)


def standing_of(found: LoadedReview, ratings: Mapping[str, int], published_on: date) -> Standing:
    """What the ratings earn, counted from the day of publication."""
    band = score(found.scale, ratings).band
    key = band.key if band else None
    process = found.process
    accredited = process.accredits(key)
    until = shift(published_on, process.valid_months, Unit.MONTHS) if accredited else None
    return Standing(accredited, until, shift(published_on, process.next_due_months(key), Unit.MONTHS))


def correction_waits(assessment_id: UUID) -> bool:
    """Whether a correction waits for a moderator. One statement."""
    query = select(func.count()).where(
        Correction.assessment_id == assessment_id, Correction.state == CorrectionState.WAITING
    )
    return db.session.execute(query).scalar_one() > 0


def corrections_of(assessment_id: UUID) -> list[Correction]:
    """Every correction, newest first. One statement."""
    query = select(Correction).where(Correction.assessment_id == assessment_id)
    return list(db.session.execute(query.order_by(Correction.proposed_at.desc())).scalars())


def _part(
    found: LoadedReview, agreed: Mapping[str, ConsensusRating], published_on: date | None
) -> ReviewPart:
    review, process = found.review, found.process
    earned = standing_of(
        found, {key: row.rating for key, row in agreed.items()}, published_on or clock.today()
    )
    overridden = [bar for bar in bars_against(found) if bar.overridden]
    names = {one.person_id: one.name for one in found.members}
    return ReviewPart(
        fieldwork_from=review.fieldwork_from,
        fieldwork_to=review.fieldwork_to,
        virtual=review.virtual,
        process=process.title,
        team=tuple(ReportMember(one.capacity.title, one.name) for one in found.members),
        overrides=tuple(
            ReportOverride(names[one.person_id], one.words, one.overridden) for one in overridden
        ),
        done=done_on_site(found),
        gaps_reason=review.gaps_reason,
        presented_on=review.presented_on,
        comments=_comments(found) if published_on else (),
        accredited=earned.accredited,
        valid_months=process.valid_months,
        valid_until=earned.valid_until if published_on else None,
        next_due_on=earned.next_due_on if published_on else None,
    )


def _comments(found: LoadedReview) -> tuple[ReportComment, ...]:
    """The decided comments with the ratings they changed, in the order of the scale."""
    comments, files = accuracy.comments_of(found.id), accuracy.files_of(found.id)
    lines = []
    for item in found.scale.items:
        row = comments.get(item.key)
        if row is None or row.state is CommentState.OPEN:
            continue
        changed = row.new_rating is not None and row.new_rating != row.rating_before
        lines.append(
            ReportComment(
                number=item.number,
                title=item.title,
                text=row.text,
                files=tuple(file.name for file in files.get(item.key, ())),
                accepted=row.state is CommentState.ACCEPTED,
                reason=row.decision_reason,
                before=row.rating_before if changed else None,
                after=row.new_rating if changed else None,
            )
        )
    return tuple(lines)


def _steps(found: LoadedReview) -> tuple[Step, ...]:
    review, lead, today = found.review, found.lead, clock.today()
    names = " and ".join(one.name for one in found.of(Capacity.MODERATOR))
    team = " and ".join(one.name for one in found.of(Capacity.LEAD, Capacity.SECOND))
    steps = []
    if review.unblinded_at:
        steps.append(Step("Rated by", team, clock.uk(review.unblinded_at).date()))
    if review.presented_on:
        steps.append(Step("Moderated by", names, review.presented_on))
    if review.published_on:
        steps.append(Step("Published by", lead.name if lead else "", review.published_on))
    return tuple(steps) or (Step("Rated by", team, today),)
