"""Records that contracts count from, written straight into the tables: one of each, on a given day."""

from __future__ import annotations

import json
import uuid
from collections.abc import Sequence
from datetime import date, datetime, time, timedelta
from decimal import Decimal
from uuid import UUID

from sqlalchemy import select

from portal.accounts.models import Organisation, Person
from portal.core import clock
from portal.core.act import operational
from portal.core.db import db
from portal.core.rules.quarters import Quarter
from portal.directory.models import Service, ServiceLink
from portal.directory.rules.settings import LinkKind, Setting
from portal.events.models import Event, EventBaseline, EventPlan
from portal.events.rules.kinds import EventKind
from portal.events.rules.state import EventState
from portal.reviews.assessment.models import Assessment, ScaleContent
from portal.reviews.assessment.rules.workflow import Kind, State
from portal.surveys.models import NamedSheet, Survey
from portal.surveys.registry import questionnaires, raw
from portal.surveys.rules.draft import SurveyState, Way
from portal.workforce.posts.models import Eism, EismHolding, EismPost
from portal.workforce.posts.rules.words import EndReason, Stream

DIGEST = "0" * 64
YEARLY = "yearly-satisfaction"


def organisation(key: str) -> UUID:
    """The id of the organisation of this key."""
    return db.session.scalars(select(Organisation.id).where(Organisation.key == key)).one()


def noon(day: date) -> datetime:
    """Noon of a UK day."""
    return datetime.combine(day, time(12), clock.UK)


def employed(supplier: str, fte: str, first: date, last: date | None = None) -> UUID:
    """An EISM in a post from a day to a day. Returns the holding's id."""
    owner = organisation(supplier)
    with operational() as session:
        post = EismPost(id=uuid.uuid4(), supplier_id=owner, title="A post", region="London", opens=first)
        post.stream, post.fte = Stream.NHS, Decimal(fte)
        eism = Eism(id=uuid.uuid4(), supplier_id=owner, name=f"Person {uuid.uuid4().hex[:4]}")
        session.add_all([post, eism])
        session.flush()
        held = EismHolding(id=uuid.uuid4(), post_id=post.id, eism_id=eism.id, fte=Decimal(fte), starts=first)
        held.ends, held.reason = last, EndReason.RESIGNED if last else None
        session.add(held)
    return held.id


def somebody() -> UUID:
    """A person of nowhere."""
    name = uuid.uuid4().hex
    person = Person(id=uuid.uuid4(), email=f"{name}@example.com", name=name, created_at=clock.now())
    with operational() as session:
        session.add(person)
        session.flush()
    return person.id


def planned(supplier: str, quarter: Quarter, count: int) -> None:
    """The plan of a quarter with so many events, fixed on its first day."""
    lines = [
        {
            "id": str(uuid.uuid4()),
            "kind": EventKind.TRAINING.value,
            "title": f"Planned {number}",
            "month": month,
        }
        for number in range(count)
        for month in [quarter.first.isoformat()]
    ]
    with operational() as session:
        plan = EventPlan(id=uuid.uuid4(), quarter=quarter.key, made_on=quarter.first)
        plan.supplier_id = organisation(supplier)
        session.add(plan)
        session.flush()
        baseline = EventBaseline(plan_id=plan.id, planned=count, lines=json.dumps(lines))
        baseline.at = noon(quarter.first)
        session.add(baseline)


def event(supplier: str, day: date, state: EventState = EventState.HELD) -> UUID:
    """An event on a day."""
    row = Event(id=uuid.uuid4(), organiser_id=organisation(supplier), kind=EventKind.TRAINING)
    row.title = row.summary = row.description = "Training"
    row.starts_at, row.ends_at = noon(day), noon(day) + timedelta(hours=2)
    row.online, row.place, row.join_link, row.joining = True, "", "", ""
    row.public, row.theme, row.item_keys, row.state = False, "", [], state
    row.created_at = noon(day)
    with operational() as session:
        session.add(row)
    return row.id


def service(supplier: str, first: date, last: date | None = None) -> UUID:
    """A service that is a supplier's from a day to a day."""
    key = f"service-{uuid.uuid4().hex[:8]}"
    row = Service(id=uuid.uuid4(), key=key, name=key.title(), setting=Setting.OTHER, region="London")
    with operational() as session:
        session.add(row)
        session.flush()
        link = ServiceLink(
            id=uuid.uuid4(), service_id=row.id, kind=LinkKind.SUPPLIER, starts=first, ends=last
        )
        link.organisation_id = organisation(supplier)
        session.add(link)
    return row.id


def final(service_id: UUID, day: date, kind: Kind = Kind.EXTERNAL, *, imported: bool = False) -> UUID:
    """An assessment of a service that was made final on a day."""
    row = Assessment(id=uuid.uuid4(), service_id=service_id, kind=kind, state=State.FINAL, imported=imported)
    row.scale_key, row.scale_version, row.scale_digest = "ips-25", "1.0.0", DIGEST
    row.period_from, row.period_to = day - timedelta(days=90), day
    row.started_at = row.final_at = noon(day)
    row.total, row.band = 100, "good"
    if kind is Kind.PEER:
        row.guide_id = somebody()
    with operational() as session:
        if session.get(ScaleContent, DIGEST) is None:
            session.add(ScaleContent(digest=DIGEST, key="ips-25", version="1.0.0", content={}))
            session.flush()
        session.add(row)
    return row.id


def survey(supplier: str, closed: date, ratings: Sequence[str | None]) -> UUID:
    """A survey of a supplier that closed on a day, answered by name so; None: the question left blank."""
    question = questionnaires()[YEARLY].indicator
    assert question is not None
    row = Survey(id=uuid.uuid4(), supplier_id=organisation(supplier), questionnaire=YEARLY)
    row.definition, row.title, row.way, row.anonymous = raw(YEARLY), "Survey", Way.INVITED, False
    row.roles, row.organisations, row.closes_on, row.state = [], [], closed, SurveyState.CLOSED
    row.created_at, row.sent_on, row.closed_on = noon(closed), closed, closed
    row.answers = len(ratings)
    with operational() as session:
        session.add(row)
        session.flush()
        for rating in ratings:
            chosen = {} if rating is None else {question.key: rating}
            sheet = NamedSheet(id=uuid.uuid4(), survey_id=row.id, person_id=somebody(), chosen=chosen)
            sheet.texts, sheet.answered_at = {}, noon(closed)
            session.add(sheet)
    return row.id


def forget_event(event_id: UUID) -> None:
    """Cancel an event behind everybody's back."""
    with operational() as session:
        session.get_one(Event, event_id).state = EventState.CANCELLED


def end_holding(holding_id: UUID, last: date) -> None:
    """Let somebody's holding of a post end on a day, as a late correction would."""
    with operational() as session:
        held = session.get_one(EismHolding, holding_id)
        held.ends, held.reason = last, EndReason.RESIGNED
