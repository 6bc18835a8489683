"""Every stage × action × person: who may do what, against parts written by hand."""

from __future__ import annotations

import pytest
from flask import Flask
from sqlalchemy import select

from portal.accounts.models import Membership
from portal.core import clock
from portal.core.act import operational
from portal.core.db import db
from portal.core.errors import Forbidden, NotFound, Refused
from portal.reviews.external.loading import load_for
from portal.reviews.external.models.review import ExternalReview
from portal.reviews.external.rules.workflow import TABLE, Action, Stage
from tests.support import assessing, reviewing
from tests.support.assessing import actor, id_of

PEOPLE = (*assessing.PEOPLE, *reviewing.REVIEWERS)
PARTS = {
    "planner": {"lead", "eism", "stand-in"},
    "lead": {"lead-reviewer"},
    "reviewer": {"lead-reviewer", "second-reviewer"},
    "scorer": {"lead-reviewer", "second-reviewer", "observer"},
    "moderator": {"moderator"},
    "provider-manager": {"manager"},
    "provider-staff": {"manager", "staff"},
    "portal": set(),
}
SEE = PARTS["planner"] | PARTS["scorer"] | PARTS["moderator"] | PARTS["provider-staff"]


def outcome(name: str, assessment_id: object, action: Action) -> str:
    """What becomes of an attempt, before any condition is looked at."""
    try:
        load_for(actor(name), assessment_id, action)  # type: ignore[arg-type]  # a UUID
    except NotFound:
        return "nothing there"
    except Forbidden:
        return "forbidden"
    except Refused:
        return "not at this stage"
    finally:
        db.session.rollback()
    return "may"


def expected(name: str, stage: Stage, action: Action) -> str:
    if name not in SEE:
        return "nothing there"
    if (stage, action) not in TABLE:
        return "not at this stage"
    return "may" if name in PARTS[TABLE[stage, action].who.value] else "forbidden"


@pytest.mark.parametrize("stage", list(Stage))
def test_each_person_may_do_what_their_part_says_and_nothing_else(app: Flask, stage: Stage) -> None:
    assessment_id = reviewing.planned()
    with operational() as session:
        row = session.get_one(ExternalReview, assessment_id)
        row.stage = stage
        row.published_on = clock.today() if stage is Stage.PUBLISHED else None
    wrong = [
        (name, action.value, outcome(name, assessment_id, action), expected(name, stage, action))
        for name in PEOPLE
        for action in Action
        if outcome(name, assessment_id, action) != expected(name, stage, action)
    ]
    assert wrong == []


def test_a_reviewer_whose_role_has_ended_has_no_part_any_more(app: Flask) -> None:
    assessment_id = reviewing.in_fieldwork()
    assert outcome("lead-reviewer", assessment_id, Action.RATE) == "may"
    with operational() as session:
        row = session.scalars(select(Membership).where(Membership.person_id == id_of("lead-reviewer"))).one()
        row.ends = clock.today() - reviewing.timedelta(days=1)
    assert outcome("lead-reviewer", assessment_id, Action.RATE) == "nothing there"
