"""Issuing the report of a final assessment, and drawing its PDF once.

The report is built inside the verb that makes the assessment final and kept as canonical JSON, so a
later change of a name or of the scale does not reach it. Its PDF is a job: it takes a second, in
another process, and what was drawn is kept for ever.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from portal.accounts.models import Organisation
from portal.accounts.rules.actors import PORTAL, Actor
from portal.core import clock
from portal.core.act import act, operational
from portal.core.db import db
from portal.core.errors import NotFound
from portal.core.jobs.queue import enqueue
from portal.core.rules.codes import new_code
from portal.core.storage.service import Saved, record
from portal.reviews.assessment import queries, report_queries
from portal.reviews.assessment.loading import Loaded
from portal.reviews.assessment.models import Assessment, ItemRating, Proposal, PublishedReport
from portal.reviews.assessment.report_queries import Paper, attachment_id, is_coming
from portal.reviews.assessment.rules.external_part import Changed, ReviewPart
from portal.reviews.assessment.rules.report import Report, Step, canonical_text, digest_of
from portal.reviews.assessment.rules.reporting import Before, BeforeBoth, Head, Told, build
from portal.reviews.assessment.rules.settlement import Settled
from portal.reviews.assessment.rules.workflow import GUIDED_KINDS, Kind
from portal.reviews.moderation.queries import latest_case
from portal.scales.rules.definition import Scale

PDF_JOB = "reports.pdf"


@dataclass(frozen=True)
class Issue:
    """What a report says besides its ratings, where it is not read off the assessment.

    steps: who did what. review: what an external review adds. number, reason, changes: of a correction.
    """

    steps: tuple[Step, ...]
    review: ReviewPart | None = None
    number: int = 1
    reason: str = ""
    changes: tuple[Changed, ...] = ()


def issue(
    actor: Actor,
    found: Loaded,
    settled: Mapping[str, Settled],
    told: Mapping[str, Told],
    more: Issue | None = None,
) -> PublishedReport:
    """Build and keep a version of the report. Called inside the verb, when date, total and band are set."""
    more = more or Issue(_steps(actor, found.assessment))
    report = assemble(found, settled, told, more, new_code())
    content = canonical_text(report)
    row = PublishedReport(
        assessment_id=found.assessment.id,
        number=more.number,
        code=report.code,
        issued_at=clock.now(),
        reason=more.reason,
        content=content,
        digest=digest_of(content),
    )
    db.session.add(row)
    return row


def assemble(
    found: Loaded, settled: Mapping[str, Settled], told: Mapping[str, Told], more: Issue, code: str = ""
) -> Report:
    """The report as it stands; without a code it is a draft. Four statements."""
    head = _head(found, more, code)
    return build(head, found.scale, settled, told, _before(found.assessment, found.scale))


def told_by(
    assessment_id: UUID, ratings: Mapping[str, ItemRating], proposals: Mapping[str, Proposal]
) -> dict[str, Told]:
    """What provider and guide wrote, by item key. One statement, for the names of the evidence files."""
    files = report_queries.evidence_names(assessment_id)
    return {key: _told(row, proposals.get(key), files.get(key, ())) for key, row in ratings.items()}


def ask_for(assessment_id: UUID, number: int, paper: Paper) -> None:
    """Have a paper drawn, unless that is done or was asked for a moment ago. Raises NotFound."""
    with operational():
        row = _fresh(assessment_id, number)
        if attachment_id(row, paper) is None and not is_coming(row, paper):
            request_paper(row, paper)


def request_paper(row: PublishedReport, paper: Paper = Paper.PDF) -> None:
    """Write the job. Called inside a verb."""
    if paper is Paper.PDF:
        row.pdf_asked_at = clock.now()
    else:
        row.certificate_asked_at = clock.now()
    payload = {"assessment_id": str(row.assessment_id), "number": row.number, "paper": paper.value}
    enqueue(PDF_JOB, payload)


def keep_paper(assessment_id: UUID, number: int, paper: Paper, saved: Saved) -> None:
    """Keep a drawn paper, unless another worker was first: then its bytes stay. Raises NotFound."""
    with act(PORTAL, "report.draw", ("assessment", assessment_id)) as work:
        row = _fresh(assessment_id, number)
        if attachment_id(row, paper) is not None:
            work.unchanged()
            return
        if paper is Paper.PDF:
            row.pdf_attachment_id, row.pdf_digest = record(PORTAL, saved).id, saved.sha256
        else:
            row.certificate_attachment_id, row.certificate_digest = record(PORTAL, saved).id, saved.sha256
        work.note(code=row.code, paper=paper, sha256=saved.sha256, size=saved.size)


def _fresh(assessment_id: UUID, number: int) -> PublishedReport:
    key = (assessment_id, number)
    row = db.session.get(PublishedReport, key, with_for_update=True, populate_existing=True)
    if row is None:
        raise NotFound("There is no such report of this assessment.")
    return row


def _head(found: Loaded, more: Issue, code: str) -> Head:
    assessment = found.assessment
    provider = db.session.get(Organisation, found.links.provider) if found.links.provider else None
    return Head(
        code=code,
        service_key=found.service.key,
        service=found.service.name,
        provider=provider.name if provider else "",
        kind=Kind(assessment.kind),
        imported=assessment.imported,
        period_from=assessment.period_from,
        period_to=assessment.period_to,
        final_on=clock.uk(assessment.final_at or clock.now()).date(),
        steps=more.steps,
        reviewers=assessment.reviewers,
        review=more.review,
        version=more.number,
        reason=more.reason,
        changes=more.changes,
    )


def _steps(actor: Actor, assessment: Assessment) -> tuple[Step, ...]:
    if assessment.imported:
        return (_step("Brought into the portal by", actor.name, clock.now()),)
    names = queries.names_of({assessment.started_by, assessment.submitted_by, assessment.guide_id})
    guided = assessment.kind in GUIDED_KINDS
    steps = [_step("Started by", names.get(assessment.started_by, ""), assessment.started_at)]
    if guided and assessment.submitted_at:
        steps.append(_step("Submitted by", names.get(assessment.submitted_by, ""), assessment.submitted_at))
        moderated = _moderated(assessment, names.get(assessment.guide_id, ""))
        if moderated:  # its guide is whoever agreed it
            return (*steps, *moderated)
        if assessment.guide_id not in (None, actor.person_id):
            steps.append(_step("Guide named", names.get(assessment.guide_id, ""), assessment.submitted_at))
    last = "Guided and agreed by" if guided else "Submitted as final by"
    assert assessment.final_at is not None
    return (*steps, _step(last, actor.name, assessment.final_at))


def _moderated(assessment: Assessment, guide: str) -> tuple[Step, ...]:
    """Who agreed and who moderated a guided self-assessment; nothing where no moderator had it."""
    case = latest_case(assessment.id) if assessment.kind is Kind.GUIDED else None
    if case is None or not case.approvals:
        return ()
    approved = [_step("Moderated by", one.name, one.approved_at) for one in case.approvals if one.approved_at]
    return (_step("Guided and agreed by", guide, case.opened_at), *approved)


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
