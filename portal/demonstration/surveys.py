"""A yearly survey that has closed, with its themes, an anonymous and a named one open, and a focus group."""

from __future__ import annotations

import random
from collections.abc import Callable
from dataclasses import replace
from datetime import date, timedelta
from uuid import UUID

from sqlalchemy import select

from portal.accounts.rules.actors import Actor
from portal.accounts.rules.roles import Role
from portal.core import clock
from portal.core.db import db
from portal.demonstration.people import EISM, LEAD_MANAGER, SHOWCASE, SIGN_INS, STAFF, SUPPLIER, demo_id
from portal.demonstration.script import Step, actor, moment
from portal.surveys.models import SurveyCode, SurveyInvitation, SurveyText
from portal.surveys.rules.draft import SurveyDraft, Way
from portal.surveys.rules.groups import GroupRecord
from portal.surveys.service.answering import answer, answer_by_link
from portal.surveys.service.learning_from import add_theme, record_group
from portal.surveys.service.sending import close_survey, send_survey, write_survey

CLOSED, OPEN = demo_id("survey", "yearly"), demo_id("survey", "data-tool")
NAMED = demo_id("survey", "named")
GROUP = demo_id("focus-group", "data-tool")
CODES, ANSWERS, EARLY = 45, 32, 3  # codes go to all staff: few of them have an account
PRINTED = frozenset(person.id for person in SIGN_INS)
SERVICES = (Role.PROVIDER_MANAGER, Role.PROVIDER_STAFF)
RATINGS = ("excellent", "good", "good", "good", "excellent", "good", "fair", "good", "poor")
WORKS = ("employment-specialist", "employment-specialist", "senior-or-team-leader", "service-manager")
PARTS = ("north", "midlands-and-east", "london-and-south")
HELPED = (
    "We now call employers from the second week on.",
    "The team leader sits in on one employer visit a week with each of us.",
    "We agreed with the clinical team who brings what to the Thursday meeting.",
    "Our first contact letter is shorter, and people come to the first meeting.",
    "We keep a list of employers together instead of each on their own.",
    "Preparing for the review made us look at our own notes.",
    "The plan gave the manager an argument for a second office in the team base.",
)
DIFFERENT = (
    "The draft report took long. By then two of us had left.",
    "More events in the afternoon, please: mornings are for clients.",
    "Send the report sooner after the visit.",
    "Fewer fields that ask for the same thing as our own system.",
    "A community of practice for team leaders only.",
    "The report should come while we still remember the visit.",
)
THEMES = (("Reports come late", ("report",)), ("Times and shape of events", ("events", "community")))
SAID = (
    "Seven people from five services. All of them record in their own system first and copy the month’s "
    "figures afterwards.\n\nThey use the figures in supervision and with commissioners. Two would like to "
    "see the days from referral to first contact by host team."
)


def steps(anchor: date) -> list[Step]:
    """From sending the yearly survey to answers of yesterday."""
    return [
        Step(
            moment(anchor, 245),
            lambda: _send(CLOSED, "yearly-satisfaction", "Yearly survey on our support", 28),
        ),
        *(Step(moment(anchor, 240 - place / 2, 11), _answering(place)) for place in range(ANSWERS)),
        Step(moment(anchor, 217, 9), lambda: close_survey(actor(LEAD_MANAGER.id), CLOSED)),
        Step(moment(anchor, 210, 14), _themes),
        Step(moment(anchor, 120, 16), _focus_group),
        Step(moment(anchor, 6), lambda: _send(OPEN, "data-tool-feedback", "Feedback on the data tool", 20)),
        Step(moment(anchor, 5), _send_named),
        Step(moment(anchor, 2, 15), _early_answers),
        Step(moment(anchor, 1, 15), _named_answers),
    ]


def _send(survey_id: UUID, key: str, title: str, days: int) -> None:
    closes_on = clock.today() + timedelta(days=days)
    draft = SurveyDraft(key, title, Way.INVITED, anonymous=True, closes_on=closes_on, roles=SERVICES)
    if survey_id == CLOSED:
        draft = replace(draft, way=Way.CODES, codes=CODES)
    write_survey(actor(LEAD_MANAGER.id), SUPPLIER.id, draft, survey_id)
    send_survey(actor(LEAD_MANAGER.id), survey_id, 1)


def _send_named() -> None:
    """To the staff of one service: they are asked by name, since what they need is arranged for each."""
    draft = SurveyDraft(
        "data-tool-feedback",
        "What your team needs to use the data tool",
        Way.INVITED,
        anonymous=False,
        closes_on=clock.today() + timedelta(days=14),
        roles=SERVICES,
        organisations=(SHOWCASE.id,),
    )
    write_survey(actor(LEAD_MANAGER.id), SUPPLIER.id, draft, NAMED)
    send_survey(actor(LEAD_MANAGER.id), NAMED, 1)


def _named_answers() -> None:
    given = {"use": "record", "how-often": "daily", "ease": "good", "used-for": ["supervision"]}
    wanted = "Days from referral to first contact, by host team."
    answer(actor(STAFF.id), NAMED, {**given, "missing": wanted})


def _answering(place: int) -> Callable[[], None]:
    def do() -> None:
        unused = select(SurveyCode.code).where(SurveyCode.survey_id == CLOSED, SurveyCode.used.is_(False))
        code = db.session.scalars(unused.order_by(SurveyCode.code)).first()
        answer_by_link(CLOSED, _given(place), code or "", "")

    return do


def _given(place: int) -> dict[str, object]:
    """What one of them answers; a few leave a question blank, as people do."""
    choose = random.Random(f"survey {place}")  # noqa: S311  invented answers, no secret
    rated = {name: choose.choice(RATINGS) for name in ("expert-knowledge", "reachable", "reviews", "plans")}
    given: dict[str, object] = {
        **rated,
        "role": WORKS[place % len(WORKS)],
        "part-of-england": PARTS[place % len(PARTS)],
        "overall": "" if place % 11 == 10 else RATINGS[place % len(RATINGS)],
        "had": choose.sample(
            ["fidelity-review", "action-plan", "check-in-calls", "training", "community"], 3
        ),
        "fairness": choose.choice(("all", "most", "most", "few")),
    }
    if place % 4 == 0:
        given["helped"] = HELPED[place // 4 % len(HELPED)]
    if place % 5 == 0:
        given["different"] = DIFFERENT[place // 5 % len(DIFFERENT)]
    return given


def _early_answers() -> None:
    for person in _invited(OPEN, EARLY):
        answer(person, OPEN, {"use": "record", "ease": "fair", "figures": "good"})


def _invited(survey_id: UUID, most: int) -> list[Actor]:
    """Who has not answered; whose sign-in is printed comes last, so that there is something left to try."""
    query = (
        select(SurveyInvitation.person_id)
        .where(SurveyInvitation.survey_id == survey_id, SurveyInvitation.answered.is_(False))
        .order_by(SurveyInvitation.person_id)
    )
    people = [actor(person_id) for person_id in db.session.scalars(query)]
    return sorted(people, key=lambda one: one.person_id in PRINTED)[:most]


def _themes() -> None:
    rows = db.session.execute(
        select(SurveyText.id, SurveyText.text).where(SurveyText.survey_id == CLOSED)
    ).all()
    for name, marks in THEMES:
        found = [row.id for row in rows if any(mark in row.text for mark in marks)]
        if found:
            add_theme(actor(LEAD_MANAGER.id), CLOSED, name, found)


def _focus_group() -> None:
    record = GroupRecord(
        "Recording outcome data",
        clock.today(),
        "Online",
        7,
        SAID,
        ("Recorded twice", "Figures are used"),
        CLOSED,
    )
    record_group(actor(EISM.id), SUPPLIER.id, record, GROUP)
