"""Publishing a review: final ratings, total, band, standing, accreditation, report, plan, and who is told."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any
from uuid import UUID

from sqlalchemy import literal, select

from portal.accounts.current import covers
from portal.accounts.models import Membership, Person
from portal.accounts.rules.actors import Actor
from portal.accounts.rules.roles import Role
from portal.core import clock
from portal.core.act import act
from portal.core.db import db
from portal.core.mail import send_mail
from portal.core.urls import public_url
from portal.reviews.assessment.models import PublishedReport
from portal.reviews.assessment.report_queries import Paper
from portal.reviews.assessment.rules.workflow import State
from portal.reviews.assessment.service.finishing import draft_from, store_final
from portal.reviews.assessment.service.reporting import issue, request_paper
from portal.reviews.external.consensus import agreed_ratings
from portal.reviews.external.loading import LoadedReview
from portal.reviews.external.models.publication import ReportRecipient
from portal.reviews.external.publication import material, standing_of
from portal.reviews.external.rules.independence import REVIEWERS, TEAM, Capacity
from portal.workforce.accreditation.rules.path import Experience
from portal.workforce.accreditation.service.experience import note_done

LONGEST_REVIEWERS = 200
_REVIEWED = {Capacity.LEAD: Experience.LEAD, Capacity.SECOND: Experience.CO_REVIEW}
COMMISSIONING = (Role.COMMISSIONER, Role.PROGRAMME_TEAM)


def stamp_published(found: LoadedReview) -> None:
    """What the database demands of a published review at once. Called inside the move."""
    found.review.published_on = clock.today()


def publish_result(actor: Actor, found: LoadedReview) -> None:
    """Everything that follows from publication. Called inside the move, when its day is set."""
    with act(actor, "reviews.issue-report", ("review", found.id)) as work:
        review, assessment = found.review, found.assessment
        assert review.published_on is not None
        made = material(found, review.published_on)
        assessment.state = State.FINAL
        assessment.final_at, assessment.final_by = clock.now(), actor.person_id
        names = " and ".join(one.name for one in found.of(*REVIEWERS))
        assessment.reviewers = names[:LONGEST_REVIEWERS]
        assessment.version += 1
        store_final(assessment, found.scale, made.settled)
        set_standing(found)
        draft_from(assessment, found.scale, made.settled)
        row = issue(actor, made.loaded, made.settled, made.told, made.issue)
        request_papers(found, row)
        told = tell_recipients(found, row, "is published; its report is ready")
        note_done(found.id, review.published_on, _done_by(found))
        work.note(**said_of(found, row), told=len(told))


def _done_by(found: LoadedReview) -> dict[UUID, Experience]:
    """What each of the team did in this review. An observer shadowed it who rated all of it."""
    reviewed = {one.person_id: _REVIEWED[one.capacity] for one in found.of(*REVIEWERS)}
    shadowed = {one.person_id: Experience.SHADOW for one in found.of(Capacity.OBSERVER) if one.locked}
    return shadowed | reviewed


def set_standing(found: LoadedReview) -> None:
    """The accreditation and the next review's date, from the ratings as they stand."""
    review = found.review
    assert review.published_on is not None
    ratings = {key: row.rating for key, row in agreed_ratings(found.id).items()}
    earned = standing_of(found, ratings, review.published_on)
    review.valid_until, review.next_due_on = earned.valid_until, earned.next_due_on


def request_papers(found: LoadedReview, row: PublishedReport) -> None:
    """Have the PDF drawn, and the certificate where the band earns one."""
    request_paper(row, Paper.PDF)
    if found.review.valid_until is not None:
        request_paper(row, Paper.CERTIFICATE)


def said_of(found: LoadedReview, row: PublishedReport) -> dict[str, Any]:
    """What the audit says of a published version."""
    return {
        "version": row.number,
        "total": found.assessment.total,
        "band": found.assessment.band,
        "report": [row.code, row.digest],
        "valid_until": found.review.valid_until,
        "next_due_on": found.review.next_due_on,
    }


def recipients(found: LoadedReview) -> list[Person]:
    """Who is sent the report: the provider's managers, the commissioners' people, the team, and whoever
    was sent an earlier version. Two statements."""
    holding = _holding(found.links.provider, (Role.PROVIDER_MANAGER,))
    for commissioner in sorted(found.links.commissioners, key=str):
        holding |= _holding(commissioner, COMMISSIONING)
    holding |= {one.person_id for one in found.of(*TEAM)}
    earlier = select(ReportRecipient.person_id).where(ReportRecipient.assessment_id == found.id)
    holding |= set(db.session.execute(earlier).scalars())
    query = select(Person).where(Person.id.in_(holding), Person.disabled_at.is_(None))
    return list(db.session.execute(query.order_by(Person.name, Person.email)).scalars())


def tell_recipients(found: LoadedReview, row: PublishedReport, sentence: str) -> list[UUID]:
    """Write a mail with a link to each, and keep whom. Called inside the verb."""
    people = recipients(found)
    body = f"The external fidelity review of {found.service.name} {sentence}.\n"
    if row.reason:
        body += f"\nWhat changed and why: {row.reason}\n"
    body += f"\nRead it: {public_url()}/assessments/{found.id}/report\n"
    subject = "A fidelity review is published" if row.number == 1 else "A fidelity review was corrected"
    for person in people:
        send_mail(person.email, f"{subject}: {found.service.name}", body)
    now = clock.now()
    db.session.add_all(
        ReportRecipient(assessment_id=found.id, number=row.number, person_id=person.id, sent_at=now)
        for person in people
    )
    return [person.id for person in people]


def _holding(organisation_id: UUID | None, roles: Iterable[Role]) -> set[UUID]:
    query = select(Membership.person_id).where(
        Membership.organisation_id == organisation_id,
        Membership.role.in_(list(roles)),
        covers(literal(clock.today())),
    )
    return set(db.session.execute(query).scalars())
