"""The demonstration as a script: steps with their moments, played in order of time.

Each step calls a verb with the clock set to its moment, so that dates, the audit and who was in office
agree, as if two years had been lived.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from functools import cache
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import selectinload

from portal.accounts.current import held_by
from portal.accounts.models import Person
from portal.accounts.rules.actors import Actor
from portal.core import clock
from portal.core.db import db

LENGTH = timedelta(days=730)  # two years of assessments
BEFORE = timedelta(days=60)  # organisations, people and services are set up this long before


@dataclass(frozen=True)
class Step:
    """Something done at a moment."""

    at: datetime
    do: Callable[[], object]


def moment(anchor: date, days_before: float, hour: int = 10, minute: int = 0) -> datetime:
    """An instant some days before the anchor, at a UK wall-clock time."""
    day = anchor - timedelta(days=days_before)
    return datetime.combine(day, time(hour, minute), clock.UK)


def play(steps: Iterable[Step]) -> int:
    """Do the steps in order of time. Returns how many."""
    done = 0
    for step in sorted(steps, key=lambda step: step.at):
        with clock.at(step.at):
            step.do()
        db.session.expunge_all()  # what a step loaded is no use to the next
        done += 1
    return done


@cache
def actor(person_id: UUID) -> Actor:
    """A person with the roles they hold: in the demonstration the same from beginning to end."""
    query = select(Person).where(Person.id == person_id).options(selectinload(Person.memberships))
    person = db.session.execute(query).scalar_one()
    return Actor(person.id, person.name, held_by(person.memberships, clock.today()))
