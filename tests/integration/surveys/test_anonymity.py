"""Somebody with the whole database tries to find out who gave which answer, and fails."""

from __future__ import annotations

import pytest
from flask import Flask
from sqlalchemy import inspect, select, text, update
from sqlalchemy.exc import IntegrityError

from portal.core import clock
from portal.core.act import operational
from portal.core.audit.models import AuditPayload, AuditRow
from portal.core.db import db
from portal.surveys.models import AnonymousSheet, NamedSheet, Survey, SurveyInvitation, SurveyText
from portal.surveys.rules.draft import Way
from portal.surveys.service.answering import answer
from tests.support.asking import staff, survey
from tests.support.assessing import actor, id_of

RATINGS = ("very-poor", "poor", "fair", "good", "excellent")
KEPT = {
    "survey_anonymous_sheets": {"id", "survey_id", "chosen"},
    "survey_texts": {"id", "survey_id", "question", "text"},
}


@pytest.mark.parametrize("table", KEPT)
def test_what_is_answered_has_no_column_for_a_person_or_a_moment(app: Flask, table: str) -> None:
    assert {column["name"] for column in inspect(db.engine).get_columns(table)} == KEPT[table]


def test_nothing_leads_from_who_answered_to_an_answer(app: Flask) -> None:
    columns = {column["name"] for column in inspect(db.engine).get_columns("survey_invitations")}
    assert columns == {"survey_id", "person_id", "anonymous", "invited_on", "answered", "reminded_on"}
    pointed_at = {
        foreign["referred_table"]
        for table in ("survey_invitations", "survey_codes")
        for foreign in inspect(db.engine).get_foreign_keys(table)
    }
    assert pointed_at == {"surveys", "people"}


def test_an_anonymous_survey_can_hold_no_named_answer(app: Flask) -> None:
    made = survey()
    with pytest.raises(IntegrityError), operational() as session:
        session.add(
            NamedSheet(survey_id=made, person_id=id_of("staff"), chosen={}, texts={}, answered_at=clock.now())
        )


def test_the_promise_cannot_be_taken_back_once_somebody_was_invited(app: Flask) -> None:
    made = survey()
    with pytest.raises(IntegrityError), operational() as session:
        session.execute(update(Survey).where(Survey.id == made).values(anonymous=False))


def test_an_open_link_cannot_be_named_in_the_database(app: Flask) -> None:
    made = survey(way=Way.LINK)
    with pytest.raises(IntegrityError), operational() as session:
        session.execute(update(Survey).where(Survey.id == made).values(anonymous=False))


def test_the_order_of_the_rows_is_not_the_order_of_the_answers(app: Flask) -> None:
    """Read as the engine stores them. By chance alone one of 8! orders is the true one."""
    people, orders = staff(8), []
    for _ in range(3):
        made = survey()
        for place, person in enumerate(people):
            answer(person, made, {"overall": RATINGS[place % 5], "helped": f"Person {place}"})
        rows = db.session.execute(
            text("SELECT text FROM survey_texts WHERE survey_id = :id"), {"id": _bound(made)}
        )
        orders.append([row.text for row in rows])
    came = [f"Person {place}" for place in range(8)]
    assert all(sorted(order) == came for order in orders)
    assert came not in orders
    assert len({tuple(order) for order in orders}) > 1


def test_every_answer_gives_every_row_of_the_survey_a_new_key(app: Flask) -> None:
    first, second = staff(2)
    made = survey()
    answer(first, made, {"overall": "good", "helped": "One"})
    before = _keys()
    answer(second, made, {"overall": "poor", "helped": "Two"})
    after = _keys()
    assert (len(before), len(after)) == (2, 4)
    assert before & after == set()


def test_postgresql_says_of_all_rows_that_one_transaction_wrote_them(app: Flask) -> None:
    if db.engine.dialect.name != "postgresql":
        pytest.skip("SQLite keeps no transaction with a row")
    people = staff(4)
    other = survey()
    for person, rating in zip(people, RATINGS, strict=False):
        answer(person, other, {"overall": rating})
    marks = db.session.execute(
        text("SELECT DISTINCT xmin::text FROM survey_anonymous_sheets WHERE survey_id = :id"),
        {"id": _bound(other)},
    ).all()
    assert len(marks) == 1


def test_sqlite_keeps_no_hidden_order_of_rows(app: Flask) -> None:
    if db.engine.dialect.name != "sqlite":
        pytest.skip("Only SQLite has hidden row numbers")
    made = db.session.execute(
        text("SELECT sql FROM sqlite_master WHERE name IN ('survey_anonymous_sheets', 'survey_texts')")
    ).scalars()
    assert all("WITHOUT ROWID" in statement for statement in made)


def test_the_audit_says_who_answered_and_never_what(app: Flask) -> None:
    person = staff(1)[0]
    made = survey()
    answer(person, made, {"overall": "excellent", "helped": "Cornflower"})
    db.session.rollback()
    row = db.session.scalars(select(AuditRow).where(AuditRow.verb == "surveys.answer")).one()
    body = db.session.get_one(AuditPayload, row.number).body
    assert (row.subject_id, body) == (str(made), {})


def test_the_attacker_who_joins_everything_learns_only_who_answered(app: Flask) -> None:
    """Every column of every survey table that two tables share: none but the survey's own key."""
    tables = [AnonymousSheet, SurveyText]
    shared = {column.name for column in SurveyInvitation.__table__.columns}
    for table in tables:
        assert {column.name for column in table.__table__.columns} & shared == {"survey_id"}
    assert {c.name for c in AnonymousSheet.__table__.columns} & {
        c.name for c in SurveyText.__table__.columns
    } == {"id", "survey_id"}
    made = survey()
    answer(actor("staff"), made, {"overall": "good", "helped": "One"})
    db.session.rollback()
    sheet, written = (
        db.session.scalars(select(AnonymousSheet)).one(),
        db.session.scalars(select(SurveyText)).one(),
    )
    assert sheet.id != written.id


def _keys() -> set[object]:
    db.session.rollback()
    return {*db.session.scalars(select(AnonymousSheet.id)), *db.session.scalars(select(SurveyText.id))}


def _bound(key: object) -> str:
    return str(key) if db.engine.dialect.name == "postgresql" else str(key).replace("-", "")
