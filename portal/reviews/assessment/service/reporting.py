"""Issuing the report of a final assessment, and drawing its PDF once.

The report is built inside the verb that makes the assessment final and kept as canonical JSON, so a
later change of a name or of the scale does not reach it. Its PDF is a job: it takes a second, in
another process, and what was drawn is kept for ever.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from uuid import UUID

from portal.accounts.models import Organisation
from portal.accounts.rules.actors import PORTAL, Actor
from portal.core import clock
from portal.core.act import act, operational
from portal.core.db import db
from portal.core.errors import NotFound
from portal.core.jobs.queue import enqueue
from portal.core.storage.service import Saved, record
from portal.reviews.assessment import queries, report_queries
from portal.reviews.assessment.loading import Loaded
from portal.reviews.assessment.models import Assessment, ItemRating, Proposal, PublishedReport
from portal.reviews.assessment.rules.codes import new_code
from portal.reviews.assessment.rules.report import Step, canonical_text, digest_of
from portal.reviews.assessment.rules.reporting import Before, BeforeBoth, Head, Told, build
from portal.reviews.assessment.rules.settlement import Settled
from portal.reviews.assessment.rules.workflow import GUIDED_KINDS, Kind
from portal.scales.rules.definition import Scale

PDF_JOB = "reports.pdf"


def issue(
    actor: Actor, found: Loaded, settled: Mapping[str, Settled], told: Mapping[str, Told]
) -> PublishedReport:
    """Build and keep the report. Called inside the verb, when date, total and band are set."""
    head = _head(actor, found)
    report = build(head, found.scale, settled, told, _before(found.assessment, found.scale))
    content = canonical_text(report)
    row = PublishedReport(
        assessment_id=found.assessment.id,
        code=head.code,
        issued_at=clock.now(),
        content=content,
        digest=digest_of(content),
    )
    db.session.add(row)
    return row


def told_by(
    assessment_id: UUID, ratings: Mapping[str, ItemRating], proposals: Mapping[str, Proposal]
) -> dict[str, Told]:
    """What provider and guide wrote, by item key. One statement, for the names of the evidence files."""
    files = report_queries.evidence_names(assessment_id)
    return {key: _told(row, proposals.get(key), files.get(key, ())) for key, row in ratings.items()}


def ask_for_pdf(assessment_id: UUID) -> None:
    """Have the PDF drawn, unless that is done or was asked for a moment ago. Raises NotFound."""
    with operational():
        row = _fresh(assessment_id)
        if row.pdf_attachment_id is None and not report_queries.pdf_is_coming(row):
            request_pdf(row)


def request_pdf(row: PublishedReport) -> None:
    """Write the job. Called inside a verb."""
    row.pdf_asked_at = clock.now()
    enqueue(PDF_JOB, {"assessment_id": str(row.assessment_id)})


def keep_pdf(assessment_id: UUID, saved: Saved) -> None:
    """Keep the drawn PDF, unless another worker was first: then its bytes stay. Raises NotFound."""
    with act(PORTAL, "report.draw", ("assessment", assessment_id)) as work:
        row = _fresh(assessment_id)
        if row.pdf_attachment_id is not None:
            work.unchanged()
            return
        row.pdf_attachment_id = record(PORTAL, saved).id
        row.pdf_digest = saved.sha256
        work.note(code=row.code, sha256=saved.sha256, size=saved.size)


def _fresh(assessment_id: UUID) -> PublishedReport:
    row = db.session.get(PublishedReport, assessment_id, with_for_update=True, populate_existing=True)
    if row is None:
        raise NotFound("There is no report of this assessment.")
    return row


def _head(actor: Actor, found: Loaded) -> Head:
    assessment = found.assessment
    assert assessment.final_at is not None
    provider = db.session.get(Organisation, found.links.provider) if found.links.provider else None
    return Head(
        code=new_code(),
        service_key=found.service.key,
        service=found.service.name,
        provider=provider.name if provider else "",
        kind=Kind(assessment.kind),
        imported=assessment.imported,
        period_from=assessment.period_from,
        period_to=assessment.period_to,
        final_on=clock.uk(assessment.final_at).date(),
        steps=_steps(actor, assessment),
        reviewers=assessment.reviewers,
    )


def _steps(actor: Actor, assessment: Assessment) -> tuple[Step, ...]:
    if assessment.imported:
        return (_step("Brought into the portal by", actor.name, clock.now()),)
    names = queries.names_of({assessment.started_by, assessment.submitted_by, assessment.guide_id})
    guided = assessment.kind in GUIDED_KINDS
    steps = [_step("Started by", names.get(assessment.started_by, ""), assessment.started_at)]
    if guided and assessment.submitted_at:
        steps.append(_step("Submitted by", names.get(assessment.submitted_by, ""), assessment.submitted_at))
        if assessment.guide_id not in (None, actor.person_id):
            steps.append(_step("Guide named", names.get(assessment.guide_id, ""), assessment.submitted_at))
    last = "Guided and agreed by" if guided else "Submitted as final by"
    assert assessment.final_at is not None
    return (*steps, _step(last, actor.name, assessment.final_at))


def _step(what: str, name: str, at: datetime) -> Step:
    return Step(what, name, clock.uk(at).date())


def _before(assessment: Assessment, scale: Scale) -> BeforeBoth:
    last = queries.last_times(assessment)
    return BeforeBoth(own=_earlier(last.own, scale), external=_earlier(last.external, scale))


def _earlier(last: queries.LastTime | None, scale: Scale) -> Before | None:
    if last is None:
        return None
    titles = {band.key: band.title for band in scale.bands}
    band = titles.get(last.band, last.band) if last.band else None
    return Before(Kind(last.kind), clock.uk(last.final_at).date(), last.total, band, last.ratings)


def _told(row: ItemRating, proposal: Proposal | None, files: tuple[str, ...]) -> Told:
    if proposal is None:
        return Told(row.rationale, row.evidence, files, row.suggested, row.entries)
    return Told(
        rationale=row.rationale,
        evidence=row.evidence,
        files=files,
        suggested=row.suggested,
        entries=row.entries,
        guide_reason=proposal.reason,
        answer=proposal.answer,
        response=proposal.response,
        came_round=proposal.came_round,
    )
