"""What records of the portal say was planned and done in a quarter, so that the report writes itself.

Only what the contract's supplier did: its events, its reviews and guided self-assessments of services in its
scope, plans agreed with those services, courses completed by people of its own and of their providers, their
vacancies, its newsletters, surveys and focus groups. Nobody who learned or answered is named.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from datetime import date, timedelta
from typing import Any
from uuid import UUID

from sqlalchemy import ColumnElement, and_, or_, select

from portal.accounts.models import Membership
from portal.comms.models import CalendarEntry, Newsletter, SentNewsletter
from portal.comms.rules.planning import EntryKind, EntryState
from portal.contracts.cycle.rules.streams import Activity, Stream
from portal.contracts.figures.measures.reviews_completed import finalised
from portal.core import clock
from portal.core.db import db
from portal.core.rules.quarters import Quarter
from portal.directory.models import Service, ServiceLink
from portal.directory.rules.settings import LinkKind
from portal.events.queries import counted_events
from portal.events.queries.calendar import start_of
from portal.events.rules.counting import Outcome
from portal.events.rules.kinds import EventKind
from portal.plans.models import Plan
from portal.reviews.assessment.models import Assessment
from portal.reviews.assessment.rules.workflow import Kind
from portal.reviews.external.models.review import ExternalReview
from portal.reviews.external.rules.workflow import Stage
from portal.surveys.models import FocusGroup, Survey
from portal.workforce.hub.models import Vacancy
from portal.workforce.learning.models import Completion
from portal.workforce.learning.registry import catalogue

# Training and learning are workforce development (3.7, 3.10); the rest shares practice (3.2).
EVENT_STREAMS = {EventKind.TRAINING: Stream.WORKFORCE, EventKind.LEARNING: Stream.WORKFORCE}


def feed(supplier_id: UUID, quarter: Quarter) -> list[Activity]:
    """Everything of a quarter that the records tell. Twelve statements, however much there is."""
    return [
        *_events(supplier_id, quarter),
        *_reviews(supplier_id, quarter),
        *_fieldwork(supplier_id, quarter),
        *_plans(supplier_id, quarter),
        *_courses(supplier_id, quarter),
        *_vacancies(supplier_id, quarter),
        *_communications(supplier_id, quarter),
        *_surveys(supplier_id, quarter),
    ]


def _events(supplier_id: UUID, quarter: Quarter) -> Iterator[Activity]:
    for one in counted_events(supplier_id, quarter):
        stream = EVENT_STREAMS.get(one.kind, Stream.OPERATIONS)
        note = "" if one.outcome in (Outcome.HELD, Outcome.ADDED) else one.outcome.words
        text = f"{one.kind.words}: {one.title}"
        yield Activity(stream, text, one.planned_month is not None, one.counts, one.on, "event", note)


def _reviews(supplier_id: UUID, quarter: Quarter) -> Iterator[Activity]:
    for one in finalised(supplier_id, quarter.first, quarter.last):
        text = f"{one.kind.title} of {one.service}"
        yield Activity(Stream.REVIEWS, text, False, True, one.on, "review")


def _fieldwork(supplier_id: UUID, quarter: Quarter) -> Iterator[Activity]:
    """Visits of reviewers: planned by their dates, done once the team has left the site."""
    query = _of_services(
        select(Service.name, ExternalReview.fieldwork_to, ExternalReview.left_site_at, ExternalReview.stage)
        .select_from(ExternalReview)
        .join(Assessment, Assessment.id == ExternalReview.assessment_id)
        .join(Service, Service.id == Assessment.service_id),
        supplier_id,
        quarter.last,
    ).where(
        ExternalReview.fieldwork_to >= quarter.first,
        ExternalReview.fieldwork_to <= quarter.last,
        Assessment.kind == Kind.EXTERNAL,
    )
    for name, until, left, stage in db.session.execute(
        query.order_by(ExternalReview.fieldwork_to, Service.name)
    ):
        cancelled = stage is Stage.CANCELLED
        note = "Cancelled" if cancelled else ("" if left else "Still to be done")
        done = left is not None and not cancelled
        yield Activity(Stream.REVIEWS, f"Fieldwork at {name}", True, done, until, "fieldwork", note)


def _plans(supplier_id: UUID, quarter: Quarter) -> Iterator[Activity]:
    query = _of_services(
        select(Service.name, Plan.agreed_at).join(Service, Service.id == Plan.service_id),
        supplier_id,
        quarter.last,
    ).where(_within(Plan.agreed_at, quarter))
    for name, at in db.session.execute(query.order_by(Plan.agreed_at, Service.name)):
        text = f"Action plan agreed with {name}"
        yield Activity(Stream.OPERATIONS, text, False, True, clock.uk(at).date(), "plan")


def _courses(supplier_id: UUID, quarter: Quarter) -> Iterator[Activity]:
    providers = _of_services(
        select(ServiceLink.organisation_id)
        .join(Service, Service.id == ServiceLink.service_id)
        .where(ServiceLink.kind == LinkKind.PROVIDER),
        supplier_id,
        quarter.last,
    )
    people = select(Membership.person_id).where(
        or_(Membership.organisation_id == supplier_id, Membership.organisation_id.in_(providers))
    )
    query = select(Completion.course).where(
        Completion.completed_on >= quarter.first,
        Completion.completed_on <= quarter.last,
        Completion.withdrawn_at.is_(None),
        Completion.person_id.in_(people),
    )
    titles = catalogue().title
    for course, count in sorted(Counter(db.session.scalars(query)).items()):
        times = "once" if count == 1 else f"{count} times"
        text = f"Course completed {times}: {titles(course)}"
        yield Activity(Stream.WORKFORCE, text, False, True, None, "course")


def _vacancies(supplier_id: UUID, quarter: Quarter) -> Iterator[Activity]:
    def count(moment: Any) -> int:
        query = _of_services(
            select(Vacancy.id).join(Service, Service.id == Vacancy.service_id), supplier_id, quarter.last
        ).where(_within(moment, quarter))
        return len(db.session.scalars(query).all())

    for words, found in (
        ("advertised on the recruitment hub", count(Vacancy.opened_at)),
        ("filled", count(Vacancy.filled_at)),
    ):
        if found:
            text = f"{found} {'vacancy' if found == 1 else 'vacancies'} {words}"
            yield Activity(Stream.WORKFORCE, text, False, True, None, "vacancies")


def _communications(supplier_id: UUID, quarter: Quarter) -> Iterator[Activity]:
    """Newsletters as they were sent, and the other entries of the calendar (3.11)."""
    sent = (
        select(SentNewsletter.subject, SentNewsletter.sent_at)
        .join(Newsletter, Newsletter.id == SentNewsletter.newsletter_id)
        .where(
            Newsletter.supplier_id == supplier_id,
            _within(SentNewsletter.sent_at, quarter),
        )
    )
    for subject, at in db.session.execute(sent.order_by(SentNewsletter.sent_at)):
        on = clock.uk(at).date()
        yield Activity(Stream.WORKFORCE, f"Newsletter: {subject}", False, True, on, "newsletter")
    planned = select(CalendarEntry.kind, CalendarEntry.title, CalendarEntry.due, CalendarEntry.state).where(
        CalendarEntry.supplier_id == supplier_id,
        CalendarEntry.due >= quarter.first,
        CalendarEntry.due <= quarter.last,
        CalendarEntry.kind != EntryKind.NEWSLETTER,
    )
    for kind, title, due, state in db.session.execute(
        planned.order_by(CalendarEntry.due, CalendarEntry.title)
    ):
        out = state is EntryState.OUT
        note = "" if out else state.words
        yield Activity(Stream.WORKFORCE, f"{kind.words}: {title}", True, out, due, "communication", note)


def _surveys(supplier_id: UUID, quarter: Quarter) -> Iterator[Activity]:
    """Surveys closed and focus groups held: feedback on reporting and support (3.13)."""
    closed = select(Survey.title, Survey.closed_on, Survey.answers).where(
        Survey.supplier_id == supplier_id,
        Survey.closed_on >= quarter.first,
        Survey.closed_on <= quarter.last,
    )
    for title, on, answers in db.session.execute(closed.order_by(Survey.closed_on, Survey.title)):
        text = f"Survey closed: {title} ({answers} {'answer' if answers == 1 else 'answers'})"
        yield Activity(Stream.REPORTING, text, False, True, on, "survey")
    groups = select(FocusGroup.topic, FocusGroup.held_on).where(
        FocusGroup.supplier_id == supplier_id,
        FocusGroup.held_on >= quarter.first,
        FocusGroup.held_on <= quarter.last,
    )
    for topic, on in db.session.execute(groups.order_by(FocusGroup.held_on, FocusGroup.topic)):
        yield Activity(Stream.REPORTING, f"Focus group: {topic}", False, True, on, "focus-group")


def _within(column: Any, quarter: Quarter) -> ColumnElement[bool]:
    """A moment lies on one of the quarter's UK days."""
    return and_(column >= start_of(quarter.first), column < start_of(quarter.last + timedelta(days=1)))


def _of_services(query: Any, supplier_id: UUID, on: date) -> Any:
    """Only services that are the supplier's on a day."""
    own = select(ServiceLink.service_id).where(
        ServiceLink.kind == LinkKind.SUPPLIER,
        ServiceLink.organisation_id == supplier_id,
        ServiceLink.starts <= on,
        or_(ServiceLink.ends.is_(None), ServiceLink.ends >= on),
    )
    return query.where(Service.id.in_(own))
