"""Named reads about assessments. Each says how many statements it takes."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from sqlalchemy import Select, bindparam, func, select

from portal.accounts.models import Person
from portal.core.db import UtcDateTime, db
from portal.reviews.assessment.models import Assessment, FinalRating, Remark
from portal.reviews.assessment.rules.remarks import RemarkKind
from portal.reviews.assessment.rules.workflow import Kind, State


@dataclass(frozen=True)
class LastTime:
    """A final assessment that ratings are compared with."""

    assessment_id: UUID
    kind: Kind
    final_at: datetime
    total: int
    band: str | None
    ratings: Mapping[str, int]


@dataclass(frozen=True)
class LastTimes:
    """The last final one by the service itself, and by external reviewers."""

    own: LastTime | None = None
    external: LastTime | None = None

    @property
    def newest(self) -> LastTime | None:
        found = [one for one in (self.own, self.external) if one is not None]
        return max(found, key=lambda one: one.final_at, default=None)


def _newest_of_each() -> Select[Assessment]:
    """The newest earlier final assessment by the service itself, and the newest by external reviewers."""
    newest_first = func.row_number().over(
        partition_by=Assessment.kind == Kind.EXTERNAL, order_by=(Assessment.final_at.desc(), Assessment.id)
    )
    ranked = (
        select(Assessment.id, newest_first.label("place"))
        .where(
            Assessment.service_id == bindparam("service_id"),
            Assessment.scale_key == bindparam("scale_key"),
            Assessment.state == State.FINAL,
            Assessment.final_at < bindparam("before", type_=UtcDateTime()),
            Assessment.id != bindparam("assessment_id"),
        )
        .subquery("ranked")
    )
    return select(Assessment).join(ranked, ranked.c.id == Assessment.id).where(ranked.c.place == 1)


_NEWEST = _newest_of_each()  # asked by every page of an assessment: built once


_GIVEN = select(FinalRating.assessment_id, FinalRating.item_key, FinalRating.rating).where(
    FinalRating.assessment_id.in_(bindparam("assessment_ids", expanding=True))
)


def last_times(assessment: Assessment) -> LastTimes:
    """What was given last time on the same scale, before this assessment. Two statements."""
    asked = {
        "service_id": assessment.service_id,
        "scale_key": assessment.scale_key,
        "before": assessment.final_at or assessment.started_at,
        "assessment_id": assessment.id,
    }
    wanted = db.session.execute(_NEWEST, asked).scalars().all()
    if not wanted:
        return LastTimes()
    ratings: dict[UUID, dict[str, int]] = {row.id: {} for row in wanted}
    for assessment_id, item_key, rating in db.session.execute(_GIVEN, {"assessment_ids": list(ratings)}):
        ratings[assessment_id][item_key] = rating
    last = {row.kind is Kind.EXTERNAL: _last(row, ratings) for row in wanted}
    return LastTimes(own=last.get(False), external=last.get(True))


def _last(row: Assessment, ratings: Mapping[UUID, Mapping[str, int]]) -> LastTime:
    assert row.final_at is not None
    assert row.total is not None
    return LastTime(row.id, row.kind, row.final_at, row.total, row.band, ratings[row.id])


def names_of(person_ids: set[UUID | None]) -> dict[UUID | None, str]:
    """People's names by id. One statement, none for an empty set."""
    wanted = [person_id for person_id in person_ids if person_id is not None]
    if not wanted:
        return {}
    query = select(Person.id, Person.name).where(Person.id.in_(wanted))
    return {row.id: row.name for row in db.session.execute(query)}


def of_service(service_id: UUID) -> list[Assessment]:
    """Every assessment of a service that was not withdrawn, newest first. One statement."""
    query = (
        select(Assessment)
        .where(Assessment.service_id == service_id, Assessment.state != State.WITHDRAWN)
        .order_by(Assessment.started_at.desc())
    )
    return list(db.session.execute(query).scalars())


@dataclass(frozen=True)
class Line:
    """One line of the talk on an item, with who said it."""

    id: UUID
    item_key: str
    kind: RemarkKind
    rating: int | None
    text: str
    round: int
    at: datetime
    name: str
    answers: UUID | None


_TALK = (
    select(Remark, Person.name)
    .outerjoin(Person, Person.id == Remark.by)
    .where(Remark.assessment_id == bindparam("assessment_id"))
    .order_by(Remark.at)
)
_TALK_ON = _TALK.where(Remark.item_key == bindparam("item_key"))


def talk(assessment_id: UUID, item_key: str | None = None) -> dict[str, list[Line]]:
    """The talk by item, oldest first. One statement."""
    query = _TALK if item_key is None else _TALK_ON
    found: dict[str, list[Line]] = {}
    for row, name in db.session.execute(query, {"assessment_id": assessment_id, "item_key": item_key}):
        line = Line(
            row.id, row.item_key, row.kind, row.rating, row.text, row.round, row.at, name or "", row.answers
        )
        found.setdefault(row.item_key, []).append(line)
    return found
