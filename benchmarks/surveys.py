"""Surveys: what an anonymous answer costs as they grow in number, and the results page (issue 5, part 7)."""

from __future__ import annotations

import statistics
from collections.abc import Iterator, Sequence
from datetime import timedelta
from functools import partial
from pathlib import Path
from uuid import UUID, uuid4

from sqlalchemy import insert

from benchmarks.growing import copy
from benchmarks.serving import Client, portal
from benchmarks.timing import ROUNDS, Figure, in_turn, spread, timed
from portal.accounts.models import Person
from portal.accounts.rules.actors import Actor
from portal.accounts.rules.roles import Role
from portal.app import create_app
from portal.core import clock
from portal.core.act import operational
from portal.core.config import Settings
from portal.core.db import db
from portal.demonstration.people import LEAD_MANAGER, PASSWORD, SHOWCASE, SUPPLIER
from portal.demonstration.script import actor
from portal.surveys.models import SurveyInvitation
from portal.surveys.rules.draft import SurveyDraft, Way
from portal.surveys.service.answering import answer
from portal.surveys.service.sending import close_survey, send_survey, write_survey

SIZES, WINDOW = (10, 100, 1000), 30
PEOPLE = SIZES[-1] + WINDOW
RATINGS = ("good", "excellent", "fair", "good", "poor", "very-poor")
WORKS = ("employment-specialist", "senior-or-team-leader", "service-manager", "other")
PARTS = ("north", "midlands-and-east", "london-and-south")


def surveys(base: Path, folder: Path) -> Iterator[Figure]:
    """Answering as a verb, then the page of results as those who sent the survey see it."""
    data_dir = copy(base, folder / "surveys")
    app = create_app(Settings(data_dir=str(data_dir)))
    with app.app_context():
        people = _people()
        survey_id = _survey(people)
        times = [timed(partial(answer, one, survey_id, _given(n))) for n, one in enumerate(people)]
        close = timed(partial(close_survey, actor(LEAD_MANAGER.id), survey_id))
        db.session.remove()
        db.engine.dispose()
    yield from _costs(times)
    yield Figure(f"Close a survey of {PEOPLE:,} answers: all are mixed", close, bound=2000)
    with portal(data_dir) as port:
        client = Client(port)
        client.sign_in(LEAD_MANAGER.email, PASSWORD)
        (page,) = in_turn(lambda: client.get(f"/surveys/{survey_id}/results"), rounds=ROUNDS // 2)
    yield Figure(f"Results page of {PEOPLE:,} answers", *spread(page), bound=200)


def _costs(times: Sequence[float]) -> Iterator[Figure]:
    medians = []
    for there in SIZES:
        window = times[there : there + WINDOW]
        medians.append(statistics.median(window))
        yield Figure(f"Anonymous answer, {there:,} there before", *spread(window), bound=20)
    yield Figure("  ratio of the last to the first", medians[-1] / medians[0], unit="×", bound=2)


def _given(number: int) -> dict[str, object]:
    """Every question that is answered by choosing; one in five writes something too."""
    keys = ("overall", "expert-knowledge", "reachable", "reviews", "plans", "training-rating", "communities")
    rated = {key: RATINGS[(number + place) % len(RATINGS)] for place, key in enumerate(keys)}
    given: dict[str, object] = {**rated, "role": WORKS[number % 4], "part-of-england": PARTS[number % 3]}
    given |= {"had": ["fidelity-review", "training"], "fairness": "most"}
    return given | ({} if number % 5 else {"helped": f"We meet employers sooner, says number {number}."})


def _survey(people: Sequence[Actor]) -> UUID:
    """Sent to one of them; the others are invited past the verb, without 1,000 mails."""
    lead, today = actor(LEAD_MANAGER.id), clock.today()
    draft = SurveyDraft(
        "yearly-satisfaction",
        "Measured",
        Way.INVITED,
        anonymous=True,
        closes_on=today + timedelta(days=20),
        roles=(Role.PROVIDER_MANAGER,),
        organisations=(SHOWCASE.id,),
    )
    survey_id = write_survey(lead, SUPPLIER.id, draft)
    send_survey(lead, survey_id, 1)
    rows = [
        {"survey_id": survey_id, "person_id": one.person_id, "anonymous": True, "invited_on": today}
        for one in people
    ]
    with operational() as session:
        session.execute(insert(SurveyInvitation), [row | {"answered": False} for row in rows])
    return survey_id


def _people() -> list[Actor]:
    made = [Actor(uuid4(), "Measured") for _ in range(PEOPLE)]
    now = clock.now()
    with operational() as session:
        session.execute(
            insert(Person),
            [
                {
                    "id": one.person_id,
                    "email": f"measured-{n}@example.org",
                    "name": "Measured",
                    "created_at": now,
                }
                for n, one in enumerate(made)
            ],
        )
    return made
