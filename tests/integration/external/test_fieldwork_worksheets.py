"""Worksheets: saved row by row, figures for the calculators, rows added, removed and put back, downloads."""

from __future__ import annotations

from uuid import UUID

import pytest
from flask import Flask

from portal.core.errors import Forbidden, Invalid, NotFound, Refused, Stale
from portal.reviews.external import measures
from portal.reviews.external.fieldwork_rows import rows_of, stored_rows
from portal.reviews.external.fieldwork_worksheets import worksheet
from portal.reviews.external.moderating import measured
from portal.reviews.external.rules.workflow import Action
from portal.reviews.external.rules.worksheet_rows import MOST_ROWS
from portal.reviews.external.service.fieldwork_rows import add_row, remove_row, save_row
from portal.scales.rules.calculator import suggest
from tests.support import reviewing, statements
from tests.support.assessing import actor, audit_rows
from tests.support.fieldwork import ME, put
from tests.support.reviewing import fresh, in_consensus, in_fieldwork, planned

ROW = {"joined": "2026-01-01", "first-employer": "2026-01-31", "supported": "yes"}


def positions(assessment_id: UUID, sheet_key: str) -> list[int]:
    sheet = worksheet(sheet_key)
    assert sheet is not None
    return [row.position for row in rows_of(fresh(assessment_id), sheet) if not row.removed]


def test_the_record_review_starts_with_the_programmes_sample(app: Flask) -> None:
    assessment_id = in_fieldwork()

    assert fresh(assessment_id).process.record_sample == 10
    assert positions(assessment_id, "records") == list(range(1, 11))
    assert positions(assessment_id, "caseload") == [1, 2, 3, 4]
    assert stored_rows(assessment_id) == {}


def test_a_row_is_saved_once_however_often_it_is_sent(app: Flask) -> None:
    assessment_id, before = in_fieldwork(), audit_rows()

    assert save_row(actor(ME), assessment_id, "records", 1, ROW, 0).version == 1
    assert save_row(actor(ME), assessment_id, "records", 1, ROW, 0).version == 1
    assert (
        save_row(actor("observer"), assessment_id, "records", 1, {**ROW, "supported": "no"}, 1).version == 2
    )
    assert save_row(actor(ME), assessment_id, "records", 2, {}, 0).version == 0  # nothing was entered

    assert audit_rows() == before + 2
    assert stored_rows(assessment_id)["records"][1].answers == {**ROW, "supported": "no"}


def test_two_people_may_fill_two_rows_at_once_but_not_one(app: Flask) -> None:
    assessment_id = in_fieldwork()
    put(assessment_id, "records", 1, supported="yes")
    save_row(actor("second-reviewer"), assessment_id, "records", 2, {"supported": "no"}, 0)

    with pytest.raises(Stale) as stale:
        save_row(actor("second-reviewer"), assessment_id, "records", 1, {"supported": "no"}, 0)

    assert (stale.value.current, stale.value.version) == ({"supported": "yes"}, 1)


def test_figures_reach_the_calculators_of_every_item_they_inform(app: Flask) -> None:
    assessment_id = in_fieldwork()
    for position, days in enumerate(("2026-01-31", "2026-01-31", "2026-02-01"), 1):
        put(assessment_id, "records", position, joined="2026-01-01", first_employer=days)
    put(assessment_id, "employer-contacts", 1, week_1="6", week_2="6", log="weekly")
    put(assessment_id, "caseload", 1, clients="20", fte="1")
    put(assessment_id, "caseload", 2, clients="13", fte="0.6")
    found = fresh(assessment_id)

    offers = measures.offers(found)

    assert offers["rapid-job-search"].entries == {"days": "91", "people": "3", "tracked": True}
    assert offers["caseload-size"].entries == {"clients": "33", "fte": "1.6"}
    ratings = {
        key: suggestion.rating
        for key in ("rapid-job-search", "caseload-size", "employer-contact-frequency")
        for suggestion in [suggest(found.scale.item(key).rule, offers[key].entries)]
        if suggestion
    }
    # 91 days over 3 people are 30⅓, over 30: not rounded to 30
    assert ratings == {"rapid-job-search": 4, "caseload-size": 4, "employer-contact-frequency": 5}
    assert measures.offer(found, "disclosure") == measures.NOTHING


def test_offers_take_one_statement_however_many_rows(app: Flask) -> None:
    assessment_id = in_fieldwork()
    for position in range(1, 6):
        put(assessment_id, "records", position, supported="yes")
    found = fresh(assessment_id)

    with statements.recorded(app) as made:
        measures.offers(found)

    assert len(made) == 1, made


def test_a_removed_row_leaves_the_figures_and_comes_back_with_its_answers(app: Flask) -> None:
    assessment_id = in_fieldwork()
    put(assessment_id, "records", 1, supported="yes")
    put(assessment_id, "records", 2, supported="no")
    before = audit_rows()

    for _ in range(2):
        assert remove_row(actor(ME), assessment_id, "records", 2) == "Record 2"
    assert measures.offers(fresh(assessment_id))["individualised-support"].words == (
        "People in work who get support: 1 of 1 record (100%), ticked from 50% on and above 50%",
    )
    with pytest.raises(Refused, match="Put it back first"):
        put(assessment_id, "records", 2, 1, supported="na")
    for _ in range(2):
        remove_row(actor(ME), assessment_id, "records", 2, back=True)
    assert "1 of 2 records" in measures.offers(fresh(assessment_id))["individualised-support"].words[0]
    assert audit_rows() == before + 2


def test_rows_are_added_at_the_end_and_an_untouched_one_can_be_removed(app: Flask) -> None:
    assessment_id = in_fieldwork()

    assert add_row(actor(ME), assessment_id, "caseload") == 5
    assert add_row(actor("observer"), assessment_id, "caseload") == 6
    remove_row(actor(ME), assessment_id, "caseload", 2)

    assert positions(assessment_id, "caseload") == [1, 3, 4, 5, 6]
    assert put(assessment_id, "caseload", 6, 1, clients="7") == 2


def test_a_worksheet_has_so_many_rows_and_no_more(app: Flask, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("portal.reviews.external.service.fieldwork_rows.MOST_ROWS", 5)
    assert MOST_ROWS > 5
    assessment_id = in_fieldwork()
    assert add_row(actor(ME), assessment_id, "caseload") == 5
    with pytest.raises(Refused, match="5 rows at most"):
        add_row(actor(ME), assessment_id, "caseload")


@pytest.mark.parametrize(
    ("sheet", "answers", "field"),
    [
        ("records", {"joined": "2026-02-30"}, "joined"),
        ("records", {"contacts": "3", "contacts_matching": "4"}, "contacts-matching"),
        ("caseload", {"clients": "20.5"}, "clients"),
        ("jobs", {"employer": "jo@example.org"}, "employer"),
        ("time", {"hours": "30", "community_hours": "31"}, "community-hours"),
    ],
)
def test_what_cannot_be_taken_is_refused_at_its_question(
    app: Flask, sheet: str, answers: dict[str, str], field: str
) -> None:
    assessment_id = in_fieldwork()

    with pytest.raises(Invalid) as invalid:
        put(assessment_id, sheet, 1, 0, **answers)

    assert set(invalid.value.problems) == {field}
    assert stored_rows(assessment_id) == {}


@pytest.mark.parametrize(("sheet", "position"), [("no-such", 1), ("records", 0), ("records", 11)])
def test_rows_that_are_not_there_are_not_found(app: Flask, sheet: str, position: int) -> None:
    assessment_id = in_fieldwork()

    with pytest.raises(NotFound):
        put(assessment_id, sheet, position, supported="yes")
    with pytest.raises(NotFound):
        remove_row(actor(ME), assessment_id, sheet, position)


def test_who_may_not_and_when_nothing_is_written(app: Flask) -> None:
    assessment_id = in_fieldwork()
    before = audit_rows()
    for name, error in (
        ("lead", Forbidden),
        ("moderator", Forbidden),
        ("manager", Forbidden),
        ("other-manager", NotFound),
        ("buyer", NotFound),
    ):
        with pytest.raises(error):
            save_row(actor(name), assessment_id, "records", 1, ROW, 0)
        with pytest.raises(error):
            add_row(actor(name), assessment_id, "records")
        with pytest.raises(error):
            remove_row(actor(name), assessment_id, "records", 1)
    assert audit_rows() == before


def test_tallies_open_with_fieldwork_and_close_when_both_have_locked(app: Flask) -> None:
    early = planned()
    with pytest.raises(Refused):
        put(early, "records", 1, supported="yes")
    reviewing.move(early, Action.OPEN, "lead")
    reviewing.move(early, Action.BEGIN_FIELDWORK, "lead-reviewer")
    reviewing.move(early, Action.LEAVE_SITE, "lead-reviewer", "By telephone.")
    put(early, "records", 1, supported="yes")


def test_after_unblinding_the_figures_behind_locked_ratings_stay(app: Flask) -> None:
    assessment_id = in_consensus()
    with pytest.raises(Refused):
        put(assessment_id, "records", 1, supported="yes")


def test_moderators_see_a_suggestion_only_where_the_worksheets_suffice(app: Flask) -> None:
    assessment_id = in_fieldwork()
    put(assessment_id, "records", 1, job_start="2026-03-20", after_start="2026-03-21", supported="yes")
    put(assessment_id, "caseload", 1, clients="33", fte="1.6")
    found = fresh(assessment_id)

    offered = measures.offers(found)

    assert {"time-unlimited-support", "individualised-support", "caseload-size"} == set(offered)
    assert measured(found.scale, offered) == {"caseload-size": 4}
