"""Calendar files of reviews (RFC 5545): the visits and deadlines, never a rating and nothing about clients.

Days are DATE values, because a deadline has no hour; the file carries Europe/London all the same, so that
programs which ask for a zone show UK days. A UID is made of the review's id and the step's key: a step that
moves moves in the calendar and is not doubled.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from icalendar import Event
from sqlalchemy import Select, or_, select

from portal.accounts.rules.actors import Actor
from portal.accounts.rules.permissions import Permission, may_ever
from portal.core import calendars, clock
from portal.core.calendars import one_line
from portal.core.db import db
from portal.core.urls import public_url
from portal.directory.models import Service
from portal.directory.scope import within
from portal.events.export import entries_of
from portal.programmes.rules.review import Anchor, StepKind, Who
from portal.reviews.assessment.models import Assessment
from portal.reviews.external.loading import LoadedReview
from portal.reviews.external.models.review import ExternalReview, ReviewMember
from portal.reviews.external.rules.independence import Capacity
from portal.reviews.external.rules.timeline import Line
from portal.reviews.external.rules.workflow import Stage
from portal.reviews.external.schedules import schedules

PRODUCT = "Reviews"
UID_HOST = "reviews.fidelity-portal"  # part of every UID for ever, whatever the portal's address
LOOKS_BACK = timedelta(days=400)
MOST_REVIEWS = (
    200  # the latest ones: a contract has about 40 a year, and an event takes a millisecond to write
)
_OWN: dict[Capacity, frozenset[Who]] = {
    Capacity.LEAD: frozenset({Who.REVIEWERS, Who.LEAD_REVIEWER, Who.SERVICE_AND_REVIEWERS}),
    Capacity.SECOND: frozenset({Who.REVIEWERS, Who.SERVICE_AND_REVIEWERS}),
    Capacity.OBSERVER: frozenset(),
    Capacity.MODERATOR: frozenset({Who.MODERATOR}),
}
_OF_SERVICE = frozenset({Who.SERVICE, Who.SERVICE_AND_REVIEWERS})


@dataclass(frozen=True)
class Entry:
    """One day, or span of days, of a calendar."""

    review_id: UUID
    service: str
    line: Line
    provisional: bool  # the review is not opened yet


def of_review(found: LoadedReview) -> bytes:
    """Every step of one review as a calendar file. Two statements."""
    entries = [
        Entry(found.id, found.service.name, line, found.stage is Stage.PLANNED)
        for line in schedules([found.review])[found.id].lines
        if _shown(line)
    ]
    return calendar_file(f"Fidelity review: {found.service.name}", entries, clock.now())


def of_person(actor: Actor) -> bytes:
    """The visits of a person's reviews, the deadlines that are theirs, and their events. Five statements."""
    named = _named(actor)
    rows = db.session.execute(_theirs(actor, named)).all()
    lines = schedules([row.ExternalReview for row in rows])
    entries = []
    for row in rows:
        review = row.ExternalReview
        whose = set(_OWN.get(named.get(review.assessment_id, Capacity.OBSERVER), ()))
        whose |= _OF_SERVICE if row.of_service else set()
        for line in lines[review.assessment_id].lines:
            theirs = line.step.who in whose or (row.plans and _planners(line))
            if _shown(line) and (_visit(line) or theirs):
                entries.append(Entry(review.assessment_id, row.name, line, review.stage is Stage.PLANNED))
    events = entries_of(actor.person_id) if actor.person_id else ()
    return calendar_file("Fidelity reviews", entries, clock.now(), events)


def calendar_file(
    title: str, entries: Iterable[Entry], made_at: datetime, others: Iterable[Event] = ()
) -> bytes:
    """The entries as a calendar file, and after them those of other features."""
    own = (_event(entry, made_at) for entry in entries)
    return calendars.calendar_file(PRODUCT, title, (*own, *others))


def _event(entry: Entry, made_at: datetime) -> Event:
    line, step = entry.line, entry.line.step
    address = f"{public_url()}/reviews/{entry.review_id}/timeline"
    about = [f"{step.who.title}. {step.words}."]
    if step.document:
        about.append(f"Form: {step.document}.")
    if line.expected:
        about.append("This date is expected and may move.")
    event = Event()
    event.add("uid", f"{entry.review_id}-{step.key}@{UID_HOST}")
    event.add("dtstamp", made_at)
    event.add("summary", one_line(f"{step.title}: {entry.service}"))
    event.add("description", one_line(" ".join(about)) + f"\n{address}")
    event.add("url", address)
    event.add("dtstart", line.starts)
    event.add("dtend", line.due + timedelta(days=1))  # the first day after it
    event.add("status", "TENTATIVE" if entry.provisional or line.expected else "CONFIRMED")
    event.add("transp", "OPAQUE" if _visit(line) else "TRANSPARENT")
    return event


def _shown(line: Line) -> bool:
    """Visits stay in the calendar; of deadlines only those that are still to be met."""
    return line.is_open or _visit(line)


def _visit(line: Line) -> bool:
    return line.step.kind is StepKind.SPAN


def _planners(line: Line) -> bool:
    """Who plans reviews follows what comes after the visit; preparation is the service's and the team's."""
    return line.step.anchor is not Anchor.FIELDWORK_START


def _theirs(actor: Actor, named: Collection[UUID]) -> Select[*tuple[Any, ...]]:
    """The reviews a person sees: named for them, or of a service within their reach."""
    plans = within(actor, Permission.REVIEW_PLAN, Assessment.service_id)
    own = within(actor, Permission.ASSESSMENT_EDIT, Assessment.service_id)
    reach = within(actor, Permission.REVIEW_READ, Assessment.service_id)
    return (
        select(ExternalReview, Service.name, plans.label("plans"), own.label("of_service"))
        .join(Assessment, Assessment.id == ExternalReview.assessment_id)
        .join(Service, Service.id == Assessment.service_id)
        .where(
            ExternalReview.stage != Stage.CANCELLED,
            ExternalReview.fieldwork_to >= clock.today() - LOOKS_BACK,
            or_(reach, ExternalReview.assessment_id.in_(named)),
        )
        .order_by(ExternalReview.fieldwork_from.desc(), ExternalReview.assessment_id)
        .limit(MOST_REVIEWS)
    )


def _named(actor: Actor) -> dict[UUID, Capacity]:
    """The reviews a person is named for, while they hold a role that takes part."""
    moderates = may_ever(actor, Permission.REVIEW_MODERATE)
    reviews = may_ever(actor, Permission.REVIEW_TAKE_PART)
    query = select(ReviewMember.assessment_id, ReviewMember.capacity).where(
        ReviewMember.person_id == actor.person_id
    )
    return {
        assessment_id: capacity
        for assessment_id, capacity in db.session.execute(query)
        if (moderates if capacity is Capacity.MODERATOR else reviews)
    }
