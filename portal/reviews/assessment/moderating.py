"""Whether a guided self-assessment is moderated before it is final, why, and by whom it may be."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from uuid import UUID

from sqlalchemy import select

from portal.core import clock
from portal.core.db import db
from portal.core.filters import short_day
from portal.directory.models import ServiceLink
from portal.directory.rules.settings import LinkKind
from portal.directory.scope import in_force
from portal.programmes.registry import review_of
from portal.programmes.rules.review import ReviewProcess
from portal.reviews.assessment import queries
from portal.reviews.assessment.models import Assessment, EvidenceFile, ItemRating, Proposal, Remark
from portal.reviews.assessment.rules.remarks import RemarkKind
from portal.reviews.assessment.rules.settlement import Proposed, settle
from portal.reviews.assessment.rules.workflow import Kind
from portal.reviews.moderation.rules.flags import Flag, ItemFacts, Limits, edges, flags
from portal.reviews.moderation.rules.sampling import sampled
from portal.scales.rules.definition import Scale

NO_EVIDENCE = "any evidence named or attached"
DRAWN = "It belongs to the sample that is moderated in any case: {percent} in 100, drawn by chance."


def process_of(service_id: UUID) -> ReviewProcess:
    """How the service's programme moderates. One statement."""
    query = (
        select(ServiceLink.programme_key)
        .where(
            ServiceLink.service_id == service_id,
            ServiceLink.kind == LinkKind.PROGRAMME,
            in_force(clock.today()),
        )
        .order_by(ServiceLink.starts)
        .limit(1)
    )
    return review_of(db.session.execute(query).scalar_one_or_none())


def reasons(
    assessment: Assessment,
    scale: Scale,
    ratings: Mapping[str, ItemRating],
    proposals: Mapping[str, Proposal],
) -> tuple[str, ...]:
    """In words, why this one is moderated; none where it is not. Four statements, none for other kinds."""
    if assessment.kind is not Kind.GUIDED:
        return ()
    process = process_of(assessment.service_id)
    found = tuple(flag.words for flag in flags_of(assessment, scale, ratings, proposals, process))
    percent = process.guided_sample_percent
    drawn = sampled(assessment.id, percent)
    return found or ((DRAWN.format(percent=percent),) if drawn else ())


def flags_of(
    assessment: Assessment,
    scale: Scale,
    ratings: Mapping[str, ItemRating],
    proposals: Mapping[str, Proposal],
    process: ReviewProcess,
) -> tuple[Flag, ...]:
    """The flags that apply to a guided self-assessment as it would be agreed now. Three statements."""
    own = {key: row.rating for key, row in ratings.items() if row.rating is not None}
    settled = settle(own, {key: _proposed(row) for key, row in proposals.items()})
    last = queries.last_times(assessment).newest
    shown = _with_evidence(assessment.id, ratings)
    items = [
        ItemFacts(
            key=item.key,
            number=item.number,
            rating=settled[item.key].rating,
            suggested=_suggested(ratings[item.key]),
            last=last.ratings.get(item.key) if last else None,
            last_words=last_words(last),
            missing=() if item.key in shown else (NO_EVIDENCE,),
        )
        for item in scale.items
        if item.key in settled
    ]
    bands = edges((band.title, band.lowest, band.highest) for band in scale.bands)
    return flags(items, sum(one.rating for one in items), bands, (), limits_of(process))


def limits_of(process: ReviewProcess) -> Limits:
    """Where the programme has flags begin."""
    return Limits(
        process.apart,
        process.change,
        process.edge_points,
        process.lean_mean_difference,
        process.lean_reviews,
    )


def last_words(last: queries.LastTime | None) -> str:
    """Which one that was, as a clause."""
    return f"in the {last.kind.title.lower()} of {short_day(last.final_at)}" if last else ""


def barred(assessment: Assessment, since: date) -> frozenset[UUID]:
    """Who may not moderate it: its guides, and who supported the service since that day. Two statements."""
    talked = select(Remark.by).where(
        Remark.assessment_id == assessment.id,
        Remark.kind.in_((RemarkKind.QUESTION, RemarkKind.PROPOSAL)),
    )
    supported = select(ServiceLink.person_id).where(
        ServiceLink.service_id == assessment.service_id,
        ServiceLink.kind == LinkKind.EISM,
        (ServiceLink.ends.is_(None)) | (ServiceLink.ends >= since),
    )
    found = {assessment.guide_id}
    for query in (talked, supported):
        found.update(db.session.execute(query).scalars())
    return frozenset(person_id for person_id in found if person_id is not None)


def _with_evidence(assessment_id: UUID, ratings: Mapping[str, ItemRating]) -> frozenset[str]:
    query = select(EvidenceFile.item_key).where(
        EvidenceFile.assessment_id == assessment_id, EvidenceFile.removed_at.is_(None)
    )
    attached = set(db.session.execute(query).scalars())
    return frozenset(attached | {key for key, row in ratings.items() if row.evidence.strip()})


def _suggested(row: ItemRating) -> tuple[int, ...]:
    return () if row.suggested is None else (row.suggested,)


def _proposed(row: Proposal) -> Proposed:
    return Proposed(row.rating, row.response, row.came_round)
