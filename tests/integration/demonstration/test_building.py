"""The demonstration holds what it promises, and comes out the same every time."""

from __future__ import annotations

from datetime import date

import pytest
from flask import Flask
from sqlalchemy import select

from portal import demonstration
from portal.accounts.models import Membership, Organisation, Person
from portal.accounts.rules.roles import Role
from portal.core.audit.models import AuditRow
from portal.core.audit.service import verify
from portal.core.db import db
from portal.core.errors import Refused
from portal.demonstration.people import MARK, PASSWORD, SIGN_INS, demo_id
from portal.directory.models import Service
from portal.plans.models import Action, Plan
from portal.plans.rules.workflow import UNDER_WAY, PlanState
from portal.reviews.assessment.models import Assessment, FinalRating, ItemRating
from portal.reviews.assessment.rules.workflow import Kind, State
from tests.support.page_client import PageClient

ANCHOR = date(2026, 11, 20)
Outcome = set[tuple[str, str, str, int | None, str | None]]


def _outcome() -> Outcome:
    query = select(Assessment.id, Assessment.service_id, Assessment.state, Assessment.total, Assessment.band)
    rows = db.session.execute(query).all()
    return {(str(row.id), str(row.service_id), row.state.value, row.total, row.band) for row in rows}


def test_an_assessment_stands_in_every_state(app: Flask) -> None:
    rows = db.session.execute(select(Assessment.state, Assessment.kind)).all()
    found = {(row.state, row.kind) for row in rows}
    assert {state for state, _ in found} == set(State)
    assert {kind for _, kind in found} == set(Kind)
    assert (State.FINAL, Kind.SELF) in found
    assert (State.WITH_GUIDE, Kind.PEER) in found


def test_a_returned_draft_says_why(app: Flask) -> None:
    reasons = db.session.scalars(select(Assessment.return_reason).where(Assessment.state == State.DRAFT))
    assert sorted(bool(reason) for reason in reasons) == [False, False, True]


def test_one_final_item_is_not_agreed(app: Flask) -> None:
    apart = db.session.scalars(select(FinalRating).where(FinalRating.agreed.is_(False))).all()
    assert [(row.item_key, row.rating, row.self_rating) for row in apart] == [
        ("community-based-services", 4, 5)
    ]


def test_the_half_filled_draft_has_counts_in_its_calculators(app: Flask) -> None:
    draft = demo_id("assessment", "Middlesbrough IPS", "half")
    rows = db.session.scalars(select(ItemRating).where(ItemRating.assessment_id == draft)).all()
    assert len(rows) == 12
    assert sum(bool(row.entries) for row in rows) >= 6
    assert all(row.suggested == row.rating for row in rows if row.entries)


def test_every_role_signs_in_with_the_printed_password(app: Flask, client: PageClient) -> None:
    assert {person.role for person in SIGN_INS} == set(Role)
    for person in SIGN_INS:
        client.sign_out()
        client.get("/sign-in")
        page = client.submit(email=person.email, password=PASSWORD)
        assert person.name in page.text or "Sign out" in page.response.text, person.email


def test_nobody_else_has_a_password(app: Flask) -> None:
    held = set(db.session.scalars(select(Person.email).where(Person.password_hash.is_not(None))))
    assert held == {person.email for person in SIGN_INS}


def test_everything_is_marked_as_demonstration(app: Flask) -> None:
    names = [*db.session.scalars(select(Service.name)), *db.session.scalars(select(Organisation.name))]
    assert [name for name in names if not name.endswith(MARK)] == []


def test_plans_are_agreed_in_draft_and_late(app: Flask) -> None:
    states = set(db.session.scalars(select(Plan.state)))
    assert {PlanState.DRAFT, PlanState.AGREED} <= states
    late = (
        select(Action)
        .join(Plan)
        .where(Plan.state == PlanState.AGREED, Action.due < ANCHOR, Action.status.in_(UNDER_WAY))
    )
    assert db.session.execute(late.limit(1)).first() is not None


def test_every_row_was_written_through_a_verb(app: Flask) -> None:
    rows, findings = verify(db.session())
    assert findings == []
    verbs = list(db.session.scalars(select(AuditRow.verb)))
    assert rows == len(verbs)
    imported = db.session.scalars(select(Assessment.id).where(Assessment.imported)).all()
    assert verbs.count("assessment.import-past") == len(imported) >= 30
    assert verbs.count("directory.create_service") == len(db.session.scalars(select(Service.id)).all())
    assert verbs.count("person.invite") == len(db.session.scalars(select(Person.id)).all())


def test_time_only_goes_forward(app: Flask) -> None:
    moments = list(db.session.scalars(select(AuditRow.at).order_by(AuditRow.number)))
    assert moments == sorted(moments)
    assert moments[-1].date() <= ANCHOR


def test_roles_were_held_when_they_were_used(app: Flask) -> None:
    starts = set(db.session.scalars(select(Membership.starts)))
    first = min(db.session.scalars(select(Assessment.started_at)))
    assert max(starts) < first.date()


def test_a_second_copy_is_the_same(app: Flask, empty_app: Flask) -> None:
    ours = _outcome()
    with empty_app.app_context():
        demonstration.build(empty_app, "small")
        assert _outcome() == ours


def test_it_goes_into_an_empty_database_only(app: Flask) -> None:
    before = _outcome()
    with pytest.raises(Refused, match="empty one"):
        demonstration.build(app, "small")
    assert _outcome() == before
