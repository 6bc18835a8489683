"""Somebody with the whole database tries to find out who gave which answer, and fails."""

from __future__ import annotations

from uuid import UUID

import pytest
from flask import Flask
from sqlalchemy import inspect, select, text, update
from sqlalchemy.exc import IntegrityError

from portal.core import clock
from portal.core.act import operational
from portal.core.audit.models import AuditPayload, AuditRow
from portal.core.db import db
from portal.surveys.models import AnonymousSheet, NamedSheet, Survey, SurveyInvitation, SurveyText
from portal.surveys.queries import sheets_of
from portal.surveys.rules.draft import Way
from portal.surveys.service import mixing
from portal.surveys.service.answering import answer
from portal.surveys.service.sending import close_survey
from tests.support.asking import answered, fresh, staff, survey
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


def test_an_answer_is_never_the_only_row_with_a_new_key(app: Flask, monkeypatch: pytest.MonkeyPatch) -> None:
    """Whoever compares the keys before and after finds as many candidates as rows are mixed with it."""
    monkeypatch.setattr(mixing, "OTHERS", 3)
    people, made, before = staff(8), survey(), set[object]()
    for place, person in enumerate(people):
        answer(person, made, {"overall": "good"})
        after = _keys(AnonymousSheet)
        assert (len(after), len(after - before)) == (place + 1, min(place, 3) + 1)
        before = after


def test_who_wrote_nothing_stirs_what_others_wrote(app: Flask) -> None:
    """Else the texts would tell by their marks who has written one."""
    people, made = staff(3), survey()
    answers = ({"helped": "One"}, {"overall": "good"}, {"helped": "Two"})
    for person, given in zip(people, answers, strict=True):
        before = _keys(AnonymousSheet) | _keys(SurveyText)
        answer(person, made, given)
        assert not before & (_keys(AnonymousSheet) | _keys(SurveyText))


def test_mixing_loses_nothing_and_leaves_other_surveys_alone(
    app: Flask, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(mixing, "OTHERS", 2)
    other = answered([{"overall": "poor", "helped": "Elsewhere"}])
    before = _keys(AnonymousSheet) | _keys(SurveyText)
    given = [{"overall": RATINGS[place % 5], "helped": f"Text {place}"} for place in range(9)]
    made = answered(given)
    close_survey(actor("lead"), made)
    assert before <= _keys(AnonymousSheet) | _keys(SurveyText)
    assert sorted(str(one["overall"]) for one in sheets_of(fresh(made))) == sorted(
        RATINGS[place % 5] for place in range(9)
    )
    written = db.session.scalars(select(SurveyText.text).where(SurveyText.survey_id == made))
    assert sorted(written) == [f"Text {place}" for place in range(9)]
    assert [one["overall"] for one in sheets_of(fresh(other))] == ["poor"]


def test_closing_writes_every_row_anew(app: Flask, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(mixing, "OTHERS", 1)
    made = answered([{"overall": "good", "helped": f"Text {place}"} for place in range(6)])
    before = _keys(AnonymousSheet) | _keys(SurveyText)
    close_survey(actor("lead"), made)
    after = _keys(AnonymousSheet) | _keys(SurveyText)
    assert (len(after), before & after) == (12, set())
    if db.engine.dialect.name == "postgresql":
        assert [count for _, count in _transactions(made)] == [6]


def test_closing_leaves_the_texts_of_a_named_survey_with_their_writers(app: Flask) -> None:
    made = answered([{"helped": "Text"}], anonymous=False)
    before = _keys(SurveyText)
    close_survey(actor("lead"), made)
    assert _keys(SurveyText) == before


@pytest.mark.parametrize("engine_name", ["postgresql"])  # SQLite keeps no transaction with a row
def test_postgresql_names_no_transaction_that_wrote_one_answer_alone(
    app: Flask, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(mixing, "OTHERS", 3)
    people, made = staff(10), survey()
    for place, person in enumerate(people):
        answer(person, made, {"overall": RATINGS[place % 5]})
        newest = max(_transactions(made))
        assert newest[1] == min(place, 3) + 1


# PostgreSQL clears old rows by its vacuum: docs/decisions/surveys-beside-events.md
@pytest.mark.parametrize("engine_name", ["sqlite"])
def test_sqlite_overwrites_what_it_deletes(app: Flask) -> None:
    assert db.session.execute(text("PRAGMA secure_delete")).scalar_one() == 1


@pytest.mark.parametrize("engine_name", ["sqlite"])  # the only one with hidden row numbers
def test_sqlite_keeps_no_hidden_order_of_rows(app: Flask) -> None:
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


def _keys(table: type[AnonymousSheet | SurveyText]) -> set[object]:
    db.session.rollback()
    return set(db.session.scalars(select(table.id)))


def _transactions(made: UUID) -> list[tuple[int, int]]:
    """Of PostgreSQL: each transaction that rows of the survey name, and how many rows name it."""
    db.session.rollback()
    found = db.session.execute(
        text(
            "SELECT xmin::text::bigint AS wrote, count(*) AS rows FROM survey_anonymous_sheets "
            "WHERE survey_id = :id GROUP BY 1"
        ),
        {"id": _bound(made)},
    )
    return [(row[0], row[1]) for row in found]


def _bound(key: object) -> str:
    return str(key) if db.engine.dialect.name == "postgresql" else str(key).replace("-", "")
