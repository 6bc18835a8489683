"""Reminders of review steps: each person hears of each step once when it is near and once when it is late.

    remind()     # `portal reminders`; by the daily job `reviews.remind`

One mail a person, with all that is new for them. What was sent is noted in the same transaction as the
mail, so that a second run on the same day sends nothing.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any
from uuid import UUID

from sqlalchemy import literal, or_, select

from portal.accounts.current import covers
from portal.accounts.models import Membership, Person
from portal.accounts.rules.actors import PORTAL
from portal.accounts.rules.roles import Role
from portal.core import clock
from portal.core.act import act
from portal.core.db import db
from portal.core.jobs.queue import progress
from portal.core.mail import send_mail, words
from portal.core.urls import public_url
from portal.programmes.rules.review import Who
from portal.reviews.external.loading import LoadedReview, load_review
from portal.reviews.external.models.review import ExternalReview
from portal.reviews.external.models.timeline import ReviewReminder
from portal.reviews.external.rules.independence import REVIEWERS, Capacity
from portal.reviews.external.rules.timeline import SOON_DAYS, Line, Status
from portal.reviews.external.rules.workflow import Stage
from portal.reviews.external.schedules import schedules

JOB = "reviews.remind"
LATE_DAYS = 14  # a step late for longer is on the page; nobody is mailed about what was late before they came
FOLLOWED = timedelta(days=250)  # after publication: support ends five months after the presentation
_SILENT = (Stage.PLANNED, Stage.CANCELLED)  # not opened yet, or over
SOON, OVERDUE = "soon", "overdue"


@dataclass(frozen=True)
class Due:
    """A step that somebody is to hear of. `kind` is soon or overdue."""

    review_id: UUID
    service: str
    line: Line
    kind: str
    people: frozenset[UUID]

    @property
    def key(self) -> tuple[UUID, str, str, date]:
        """What a person is told only once."""
        return self.review_id, self.line.step.key, self.kind, self.line.due


def do_daily(_payload: dict[str, Any]) -> None:
    """Handler of the daily job."""
    remind()


def remind() -> int:
    """Send every reminder that is new today. Returns how many mails were written."""
    by_person: dict[UUID, list[Due]] = {}
    for due in list(_all_due(clock.today())):  # all is read before anything is written
        for person_id in due.people:
            by_person.setdefault(person_id, []).append(due)
    mails = 0
    for told, (person_id, dues) in enumerate(sorted(by_person.items()), start=1):
        mails += _tell(person_id, dues)
        progress(told, len(by_person))
    return mails


def kind_of(line: Line) -> str | None:
    """Whether a step is one to remind of today: near, or newly late."""
    if line.status is Status.SOON and 0 <= line.left <= SOON_DAYS:
        return SOON
    if line.status is Status.OVERDUE and 1 <= -line.left <= LATE_DAYS:
        return OVERDUE
    return None


def _all_due(today: date) -> Iterator[Due]:
    query = select(ExternalReview).where(
        ExternalReview.stage.not_in(_SILENT),
        or_(ExternalReview.published_on.is_(None), ExternalReview.published_on >= today - FOLLOWED),
    )
    reviews = db.session.execute(query.order_by(ExternalReview.assessment_id)).scalars().all()
    for assessment_id, schedule in schedules(reviews).items():
        near = [(line, kind) for line in schedule.lines if (kind := kind_of(line))]
        found = load_review(assessment_id) if near else None
        if found is not None:
            for line, kind in near:
                people = frozenset(_people(found, line.step.who))
                yield Due(assessment_id, found.service.name, line, kind, people)


def _people(found: LoadedReview, who: Who) -> set[UUID]:
    """Who is concerned: of the service its managers, of the supplier who supports the service."""
    named = {
        Who.REVIEWERS: REVIEWERS,
        Who.SERVICE_AND_REVIEWERS: REVIEWERS,
        Who.LEAD_REVIEWER: {Capacity.LEAD},
        Who.MODERATOR: {Capacity.MODERATOR},
    }.get(who, frozenset())
    people = {member.person_id for member in found.of(*named)} if named else set()
    if who in (Who.SERVICE, Who.SERVICE_AND_REVIEWERS):
        people |= _holding(found.links.provider, Role.PROVIDER_MANAGER)
    if who is Who.SUPPLIER:
        people |= set(found.links.eisms) or _holding(found.links.supplier, Role.LEAD_MANAGER)
    return people


def _holding(organisation_id: UUID | None, role: Role) -> set[UUID]:
    query = select(Membership.person_id).where(
        Membership.organisation_id == organisation_id, Membership.role == role, covers(literal(clock.today()))
    )
    return set(db.session.execute(query).scalars())


def _tell(person_id: UUID, dues: list[Due]) -> bool:
    """Write one mail of what this person has not heard of yet. False where there is nothing."""
    with act(PORTAL, "reviews.remind", ("person", person_id)) as work:
        # Locked, so that of two runs at once the second sees what the first has told.
        person = db.session.get(Person, person_id, with_for_update=True, populate_existing=True)
        new = [] if person is None or person.disabled_at is not None else _new(person_id, dues)
        if person is None or not new:
            work.unchanged()
            return False
        subject, text = words("email/review-steps.txt", name=person.name, blocks=_blocks(new))
        send_mail(person.email, subject, text)
        today = clock.today()
        for assessment_id, step_key, kind, due in (one.key for one in new):
            row = ReviewReminder(assessment_id=assessment_id, step_key=step_key, kind=kind, due=due)
            row.recipient_id, row.sent_on = person_id, today
            db.session.add(row)
        work.note(steps=[f"{one.review_id} {one.line.step.key} {one.kind}" for one in new])
    return True


def _new(person_id: UUID, dues: Iterable[Due]) -> list[Due]:
    query = select(
        ReviewReminder.assessment_id, ReviewReminder.step_key, ReviewReminder.kind, ReviewReminder.due
    ).where(ReviewReminder.recipient_id == person_id)
    told = {tuple(row) for row in db.session.execute(query)}
    return [due for due in dues if due.key not in told]


def _blocks(dues: list[Due]) -> list[dict[str, Any]]:
    """By review: its service, its timeline's address, and the lines."""
    found: dict[UUID, dict[str, Any]] = {}
    for due in sorted(dues, key=lambda one: (one.line.due, one.service, str(one.review_id))):
        block = found.setdefault(
            due.review_id,
            {
                "service": due.service,
                "address": f"{public_url()}/reviews/{due.review_id}/timeline",
                "lines": [],
            },
        )
        block["lines"].append(due.line)
    return list(found.values())
