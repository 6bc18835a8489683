"""Vacancies: verbs, the pages of those who post them, and who may."""

from __future__ import annotations

import csv
import io
import uuid
from datetime import timedelta

import pytest
from flask import Flask

from portal.core import clock
from portal.core.db import db
from portal.core.errors import Forbidden, Invalid, NotFound, Refused, Stale
from portal.workforce.hub.models import Vacancy
from portal.workforce.hub.queries import by_key, days_to_fill, open_vacancies_by_region, own
from portal.workforce.hub.rules.moving import TABLE, WORDS, Move, State
from portal.workforce.hub.service import edit_vacancy, move_vacancy, write_vacancy
from tests.support.assessing import OTHER_SERVICE, SERVICE, actor, audit_rows, email
from tests.support.page_client import PageClient
from tests.support.vacancies import a_vacancy, details

LIST = "/workforce/vacancies"
LACKING = [(state, move) for state in State for move in Move if (state, move) not in TABLE]


def of(vacancy_id: uuid.UUID) -> Vacancy:
    return db.session.get_one(Vacancy, vacancy_id, populate_existing=True)


def test_a_vacancy_is_written_opened_closed_and_filled_with_one_row_each(app: Flask) -> None:
    before, manager = audit_rows(), actor("manager")
    made = write_vacancy(manager, SERVICE, details())
    assert (of(made).state, of(made).opened_at) == (State.DRAFT, None)
    assert move_vacancy(manager, made, Move.PUBLISH, 1) is State.OPEN
    assert of(made).opened_at is not None
    assert move_vacancy(manager, made, Move.SHORTLIST, 2) is State.SHORTLISTING
    assert move_vacancy(manager, made, Move.FILL, 3) is State.FILLED
    assert of(made).filled_at is not None
    assert move_vacancy(manager, made, Move.UNFILL, 4) is State.SHORTLISTING
    assert of(made).filled_at is None
    assert audit_rows() == before + 5


def test_published_again_after_a_withdrawal_the_days_begin_anew(app: Flask) -> None:
    manager = actor("manager")
    with clock.at(clock.now() - timedelta(days=15)):
        made = a_vacancy(manager, SERVICE, State.OPEN, closes_on=clock.today() + timedelta(days=60))
        move_vacancy(manager, made, Move.WITHDRAW)
    move_vacancy(manager, made, Move.RESTORE)
    move_vacancy(manager, made, Move.PUBLISH)
    opened = of(made).opened_at
    assert opened is not None
    assert clock.uk(opened).date() == clock.today()


@pytest.mark.parametrize(("state", "move"), LACKING)
def test_every_move_that_the_table_lacks_is_refused(app: Flask, state: State, move: Move) -> None:
    made = a_vacancy(actor("manager"), SERVICE, state)
    with pytest.raises((Refused, Forbidden)):
        move_vacancy(actor("manager"), made, move)
    assert of(made).state is state


def test_nobody_closes_a_vacancy_as_the_portal_does(app: Flask) -> None:
    made = a_vacancy(actor("manager"), SERVICE)
    with pytest.raises(Forbidden):
        move_vacancy(actor("manager"), made, Move.CLOSE)


def test_what_has_passed_is_not_opened_and_what_is_open_is_not_given_a_day_that_passed(app: Flask) -> None:
    manager, yesterday = actor("manager"), clock.today() - timedelta(days=1)
    made = write_vacancy(manager, SERVICE, details(closes_on=yesterday))
    with pytest.raises(Refused):
        move_vacancy(manager, made, Move.PUBLISH)
    edit_vacancy(manager, made, details(closes_on=clock.today()), 1)
    move_vacancy(manager, made, Move.PUBLISH)
    with pytest.raises(Invalid) as caught:
        edit_vacancy(manager, made, details(closes_on=yesterday), 3)
    assert set(caught.value.problems) == {"closes_on"}


def test_a_save_over_a_newer_one_shows_what_stands_and_the_same_again_changes_nothing(app: Flask) -> None:
    manager = actor("manager")
    made = write_vacancy(manager, SERVICE, details())
    assert edit_vacancy(manager, made, details(place="Redcar"), 1)
    with pytest.raises(Stale) as caught:
        edit_vacancy(manager, made, details(place="Yarm"), 1)
    assert (caught.value.current["place"], caught.value.version) == ("Redcar", 2)
    assert not edit_vacancy(manager, made, details(place="Redcar"), 1)
    with pytest.raises(Stale):
        move_vacancy(manager, made, Move.PUBLISH, 1)


def test_what_is_over_is_not_changed(app: Flask) -> None:
    made = a_vacancy(actor("manager"), SERVICE, State.FILLED)
    with pytest.raises(Refused):
        edit_vacancy(actor("manager"), made, details(place="Redcar"), of(made).version)


def test_who_may_post_and_who_may_not(app: Flask) -> None:
    made = write_vacancy(actor("lead"), SERVICE, details())
    for name in ("other-manager", "staff", "eism", "buyer", "commissioner", "administrator"):
        with pytest.raises(Forbidden):
            write_vacancy(actor(name), SERVICE, details())
        with pytest.raises(Forbidden):
            move_vacancy(actor(name), made, Move.PUBLISH)
        with pytest.raises(Forbidden):
            edit_vacancy(actor(name), made, details(place="Redcar"), 1)
    with pytest.raises(NotFound):
        write_vacancy(actor("lead"), uuid.uuid4(), details())


def test_one_sees_the_vacancies_of_ones_own_services(app: Flask) -> None:
    mine = a_vacancy(actor("manager"), SERVICE)
    theirs = a_vacancy(actor("other-manager"), OTHER_SERVICE)
    assert [row.Vacancy.id for row in own(actor("manager"))] == [mine]
    assert {row.Vacancy.id for row in own(actor("lead"))} == {mine, theirs}
    assert own(actor("eism")) == []


def test_the_national_figures_count_what_is_under_way_and_the_days_to_fill(app: Flask) -> None:
    manager, begin = actor("manager"), clock.now() - timedelta(days=30)
    with clock.at(begin):
        late = {"closes_on": clock.today() + timedelta(days=90)}
        a_vacancy(manager, SERVICE, State.OPEN, fte=details().fte / 2, **late)
        a_vacancy(manager, SERVICE, State.SHORTLISTING, **late)
        a_vacancy(manager, SERVICE, State.WITHDRAWN, **late)
        a_vacancy(manager, SERVICE, State.DRAFT, **late)
        filled = a_vacancy(manager, SERVICE, State.OPEN, **late)
    move_vacancy(manager, filled, Move.FILL)
    gap = open_vacancies_by_region(clock.today())["North East"]
    assert (gap.count, str(gap.fte)) == (2, "1.50")
    first = clock.uk(begin).date()
    assert open_vacancies_by_region(first - timedelta(days=1)) == {}
    assert set(open_vacancies_by_region(first)) == {"North East"}
    today = clock.today()
    assert days_to_fill(today, today) == [(today - first).days]
    assert days_to_fill(today - timedelta(days=5), today - timedelta(days=1)) == []
    assert days_to_fill(today + timedelta(days=1), today + timedelta(days=5)) == []
    assert days_to_fill(today, today, [SERVICE]) == [(today - first).days]
    assert days_to_fill(today, today, [OTHER_SERVICE]) == []


def test_a_manager_writes_publishes_and_fills_a_vacancy(app: Flask, client: PageClient) -> None:
    client.sign_in(email("manager"))
    page = client.get(LIST)
    assert "No vacancies yet" in page.text
    client.click("Write a vacancy")
    soon = clock.today() + timedelta(days=14)
    page = client.submit(
        fields={"closes_on": [str(soon.day), str(soon.month), str(soon.year)]},
        service=str(SERVICE),
        title="Team leader",
        role="team-leader",
        place="Hartlepool",
        region="North East",
        fte="1",
        weekly_hours="37.5",
        part_time="no",
        contract="permanent",
        salary_from="38,000",
        description="Lead us.\n\nNow.",
        apply_url="https://jobs.example.org/2",
    )
    assert "saved as a draft" in page.text
    for button, said in (
        ("Publish", "is open"),
        ("Close to applications", "is closed to applications"),
        ("Mark as filled", "is filled"),
        ("Not filled after all", "back in shortlisting"),
    ):
        move = next(move for move, words in WORDS.items() if words.button == button)
        forms = page.soup.select(f"form[action$='/do/{move}']")
        page = client.submit(str(forms[0]["action"]))
        assert said in page.text
    assert "£38,000 a year" in page.text
    sheet = client.get(f"{LIST}.csv").response.text.removeprefix("\ufeff")
    assert [row["State"] for row in csv.DictReader(io.StringIO(sheet))] == ["Shortlisting"]


def test_what_was_typed_is_kept_and_each_problem_stands_at_its_field(app: Flask, client: PageClient) -> None:
    client.sign_in(email("manager"))
    client.get(f"{LIST}/new")
    page = client.submit(title="Kept", apply_url="http://jobs.example.org", expect=400)
    assert page.soup.select_one("#title")["value"] == "Kept"  # type: ignore[index]  # it is there
    for message in ("Choose the service", "Enter the place of work", "Enter the closing date"):
        assert message in page.text


def test_the_address_of_a_vacancy_that_was_withdrawn_leads_nowhere(app: Flask) -> None:
    for state, there in ((State.DRAFT, False), (State.WITHDRAWN, False), (State.FILLED, True)):
        made = a_vacancy(actor("manager"), SERVICE, state)
        assert (by_key(of(made).key) is not None) is there
