"""Making the demonstration: set-up, two years of past assessments, and work under way."""

from __future__ import annotations

import time
from dataclasses import dataclass
from datetime import date
from typing import Literal

from flask import Flask
from sqlalchemy import delete, func, select

from portal.accounts.models import Organisation, Person
from portal.core import clock
from portal.core.act import operational
from portal.core.config import Settings
from portal.core.db import db
from portal.core.errors import Refused
from portal.core.jobs.models import Job, JobState
from portal.demonstration import (
    calibration,
    comms,
    contracts,
    cycle,
    events,
    figures,
    learning,
    learning_clinical,
    library,
    payments,
    posts,
    reviews,
    staff,
    states,
    surveys,
    vacancies,
)
from portal.demonstration.past import past_steps
from portal.demonstration.people import OPERATOR
from portal.demonstration.plans import plan_steps
from portal.demonstration.script import BEFORE, LENGTH, Step, moment, play
from portal.demonstration.services import services
from portal.demonstration.setting_up import set_up
from portal.directory.models import Service
from portal.reviews.assessment.models import Assessment
from portal.reviews.assessment.service.reporting import PDF_JOB

PAPERS = 6
Size = Literal["full", "small"]


@dataclass(frozen=True)
class Built:
    """What the demonstration holds, and how many seconds it took."""

    services: int
    people: int
    assessments: int
    seconds: float


def build(app: Flask, size: Size = "full") -> Built:
    """Make the demonstration in an empty database. Raises Refused where somebody is in it already."""
    settings: Settings = app.config["SETTINGS"]
    anchor = date.fromisoformat(settings.demo_anchor)
    begun = time.monotonic()
    with app.app_context():
        if anybody():
            raise Refused("The database has people in it already: demonstration data go into an empty one.")
        wanted = services(size)
        with clock.at(moment(anchor, (LENGTH + BEFORE).days, 9)):
            set_up(wanted)
        steps: list[Step] = [
            *past_steps(wanted, anchor, size),
            *states.steps(anchor),
            *reviews.steps(wanted, anchor),
        ]
        steps += calibration.steps(anchor)
        steps += staff.steps(wanted, anchor, size)
        steps += events.steps(anchor)
        steps += learning.steps(anchor)
        steps += learning_clinical.steps(wanted, anchor, size)
        steps += library.steps(anchor)
        steps += surveys.steps(anchor)
        steps += vacancies.steps(wanted, anchor)
        steps += posts.steps(anchor)
        steps += comms.steps(anchor)
        steps += contracts.steps(anchor)
        steps += figures.steps(anchor)
        steps += cycle.steps(anchor)
        steps += payments.steps(anchor)
        play([*steps, *plan_steps(wanted, anchor, size)])
        _draw_few_papers()
        return Built(_count(Service), _count(Person), _count(Assessment), time.monotonic() - begun)


def _draw_few_papers() -> None:
    """The newest papers are drawn after the first start; the others when somebody asks for them.

    Dozens in a row would keep the machine busy for minutes, and whoever asks for one waiting.
    """
    papers = select(Job.id).where(Job.kind == PDF_JOB, Job.state == JobState.QUEUED)
    newest = db.session.scalars(papers.order_by(Job.due_at.desc(), Job.id).limit(PAPERS)).all()
    with operational() as session:
        session.execute(
            delete(Job).where(Job.kind == PDF_JOB, Job.state == JobState.QUEUED, Job.id.not_in(newest))
        )


def anybody() -> bool:
    """Whether there is any account: then it is no new database."""
    return db.session.execute(select(Person.id).limit(1)).first() is not None


def built() -> bool:
    """Whether the database holds the demonstration."""
    return db.session.get(Organisation, OPERATOR.id) is not None


def _count(model: type[Service | Person | Assessment]) -> int:
    return db.session.execute(select(func.count()).select_from(model)).scalar_one()
