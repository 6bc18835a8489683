"""Calibration as people use it: the page client judges every page."""

from __future__ import annotations

from uuid import UUID

import pytest
from flask import Flask

from portal.core import clock
from portal.core.db import db
from portal.reviews.agreement.rules.calibration import ExerciseDraft, SheetDraft
from portal.reviews.agreement.service.exercises import close_exercise, create_exercise, open_exercise
from portal.reviews.agreement.service.rating import save_sheet, submit_sheet
from tests.support.assessing import actor, email, id_of, item_key
from tests.support.page_client import PageClient

KEYS = (item_key(1), item_key(2), item_key(13))
SECRET = "zircon"
ENDS = ("", "/rate", "/results", "/results.csv", "/edit")
PAGES = ("/agreement", "/agreement/calibration", "/audit", "/administration/outbox")


def as_(client: PageClient, name: str) -> PageClient:
    client.sign_in(email(name))
    return client


def created(title: str = "A first year") -> UUID:
    case = "Four specialists.\n<script>alert(1)</script> & 96 clients."
    return create_exercise(actor("lead"), id_of("support"), ExerciseDraft(title, "ips-25", case, KEYS))


def opened() -> UUID:
    exercise_id = created()
    open_exercise(actor("lead"), exercise_id, 1)
    return exercise_id


def submit(name: str, exercise_id: UUID, ratings: tuple[int, ...], why: str = "") -> None:
    given = SheetDraft(dict(zip(KEYS, ratings, strict=True)), {KEYS[0]: why} if why else {})
    submit_sheet(actor(name), exercise_id, given, 1)


def test_an_exercise_is_set_opened_rated_closed_and_compared(app: Flask, client: PageClient) -> None:
    as_(client, "lead").get("/agreement/calibration")
    assert "No exercise yet" in client.page.text  # type: ignore[union-attr]  # just opened
    client.click("New exercise")
    page = client.submit("/agreement/calibration/new", scale="ips-25")
    assert page.heading == "New calibration exercise"
    page = client.submit(title="", case_text="", expect=400)
    assert "Enter a name for the exercise" in page.text
    assert "Enter the case that everybody rates" in page.text
    page = client.submit(title="Spring case", case_text="Two specialists.", item_keys=list(KEYS))
    assert page.heading == "Spring case"
    address = page.response.request.path
    page = client.submit(f"{address}/open")
    assert "Open for rating" in page.text

    for name, ratings in (("eism", (5, 3, 2)), ("stand-in", (3, 3, 2))):
        as_(client, name).get(address)
        client.click("Rate this case")
        page = client.submit(button="Hand in", expect=400)
        assert "Rate item 1, Caseload size" in page.text
        fields = {f"rating-{key}": str(rating) for key, rating in zip(KEYS, ratings, strict=True)}
        page = client.submit(button="Hand in", fields=fields | {f"rationale-{KEYS[0]}": f"{SECRET} {name}"})
        assert "Handed in" in page.text
        assert f"{SECRET} stand-in" not in page.text
        client.get(f"{address}/results", expect=404)

    as_(client, "lead").get(address)
    page = client.submit(f"{address}/close")
    page = client.click("See how the ratings compare")
    matrix = page.table("Ratings by item and reviewer")
    assert matrix[1:] == [
        ["1. Caseload size", "5", "3", "3 to 5"],
        ["2. Employment services staff", "3", "3", "all 3"],
        ["13. Disclosure", "2", "2", "all 2"],
    ]
    assert "Talk about these first" in page.text
    assert f"{SECRET} eism" in page.text
    overall = {row[0]: row[1:] for row in page.table("Agreement on this case")}
    assert overall["Exact agreement"] == ["67%", "2 of 3 pairs of ratings"]
    data = client.browser.get(f"{address}/results.csv").text
    assert data.splitlines()[1] == "1. Caseload size,5,3"


def test_the_case_is_shown_as_it_was_written_and_nothing_of_it_runs(app: Flask, client: PageClient) -> None:
    page = as_(client, "eism").get(f"/agreement/calibration/{opened()}/rate")
    assert page.soup.select(".portal-case script") == []
    assert "<script>alert(1)</script> & 96 clients." in page.soup.select_one(".portal-case").get_text()


def test_others_ratings_are_on_no_page_before_it_is_closed(app: Flask, client: PageClient) -> None:
    exercise_id = opened()
    submit("eism", exercise_id, (5, 5, 5), SECRET)
    save_sheet(actor("far-eism"), exercise_id, SheetDraft({KEYS[0]: 1}, {KEYS[0]: SECRET}), 1)
    base = f"/agreement/calibration/{exercise_id}"
    for name in ("lead", "stand-in", "administrator", "manager", "buyer"):
        as_(client, name)
        for address in (*(base + end for end in ENDS), *PAGES):
            body = client.browser.get(address, follow_redirects=True).text
            assert SECRET not in body, (name, address)
            assert "checked" not in body or "/edit" in address or "/audit" in address, (name, address)


def test_a_conflict_with_oneself_shows_what_is_saved_and_keeps_what_was_typed(
    app: Flask, client: PageClient
) -> None:
    exercise_id = opened()
    as_(client, "eism").get(f"/agreement/calibration/{exercise_id}/rate")
    save_sheet(actor("eism"), exercise_id, SheetDraft({KEYS[0]: 2}, {}), 1)
    page = client.submit(button="Save and go on later", fields={f"rating-{KEYS[0]}": "5"}, expect=409)
    assert "Saved: 2" in page.text
    assert page.soup.select_one(f"[name=rating-{KEYS[0]}][checked]")["value"] == "5"
    page = client.submit(button="Save and go on later", fields={f"rating-{KEYS[0]}": "5"})
    assert "Saved." in page.text


def test_handing_in_what_can_no_longer_change_is_refused_in_words(app: Flask, client: PageClient) -> None:
    exercise_id = opened()
    as_(client, "eism").get(f"/agreement/calibration/{exercise_id}/rate")
    submit("eism", exercise_id, (3, 3, 3))
    page = client.submit(button="Hand in", fields={f"rating-{key}": "5" for key in KEYS}, expect=409)
    assert "They cannot change any more" in page.text
    assert "You handed in your ratings" in client.get(f"/agreement/calibration/{exercise_id}/rate").text


@pytest.mark.parametrize("bad", ["9", "0", "abc", "4.5", "१"])
def test_a_forged_rating_is_not_kept(app: Flask, client: PageClient, bad: str) -> None:
    exercise_id = opened()
    as_(client, "eism").get(f"/agreement/calibration/{exercise_id}/rate")
    page = client.submit(button="Hand in", fields={f"rating-{key}": "3" for key in KEYS[1:]}, expect=400)
    address = f"/agreement/calibration/{exercise_id}/rate"
    token = page.soup.select_one("[name=csrf_token]")["value"]
    data = {f"rating-{key}": "3" for key in KEYS} | {f"rating-{KEYS[0]}": bad}
    client.post(address, data | {"csrf_token": token, "version": "1", "do": "submit"}, expect=400)


def test_an_open_exercise_lets_its_days_change_and_nothing_else(app: Flask, client: PageClient) -> None:
    exercise_id = opened()
    as_(client, "lead").get(f"/agreement/calibration/{exercise_id}")
    page = client.click("Change its name or days")
    assert page.soup.select("[name=case_text]") == []
    client.submit(title="Renamed")
    assert client.page.heading == "Renamed"  # type: ignore[union-attr]  # just opened


def test_a_stale_edit_keeps_what_was_typed(app: Flask, client: PageClient) -> None:
    exercise_id = created()
    as_(client, "lead").get(f"/agreement/calibration/{exercise_id}/edit")
    open_exercise(actor("lead"), exercise_id, 1)
    page = client.submit(title="Typed by me", expect=409)
    assert page.soup.select_one("[name=title]")["value"] == "Typed by me"


def test_a_button_pressed_on_an_old_page_says_what_stands_now(app: Flask, client: PageClient) -> None:
    exercise_id = created()
    as_(client, "lead").get(f"/agreement/calibration/{exercise_id}")
    open_exercise(actor("lead"), exercise_id, 1)
    page = client.submit(f"/agreement/calibration/{exercise_id}/open", expect=409)
    assert "Somebody else changed this exercise first" in page.text
    assert "Close the exercise" in page.text


def test_who_may_not_is_told_so_or_nothing(app: Flask, client: PageClient) -> None:
    draft, exercise_id = created("Draft"), opened()
    base = f"/agreement/calibration/{exercise_id}"
    as_(client, "eism")
    client.get(f"/agreement/calibration/{draft}", expect=404)
    client.get(f"{base}/edit", expect=403)
    client.get("/agreement/calibration/new", expect=403)
    client.get(f"{base}/results", expect=404)
    as_(client, "manager")
    for address in (base, f"{base}/rate", f"{base}/results", f"{base}/edit"):
        client.get(address, expect=404)


def test_an_exercise_nobody_rated_says_so(app: Flask, client: PageClient) -> None:
    exercise_id = opened()
    close_exercise(actor("lead"), exercise_id, 2)
    page = as_(client, "lead").get(f"/agreement/calibration/{exercise_id}/results")
    assert "Nobody had handed in" in page.text


def test_one_sheet_alone_has_no_statistic(app: Flask, client: PageClient) -> None:
    exercise_id = opened()
    submit("eism", exercise_id, (3, 4, 5))
    close_exercise(actor("lead"), exercise_id, 2)
    page = as_(client, "lead").get(f"/agreement/calibration/{exercise_id}/results")
    assert {row[1] for row in page.table("Agreement on this case")[1:]} == {"not given"}
    assert "There is only one rater" in page.text


def test_results_of_people_of_one_name_are_told_apart_in_the_file(app: Flask, client: PageClient) -> None:
    from portal.accounts.models import Person
    from portal.core.act import operational

    with operational() as session:
        session.get_one(Person, id_of("stand-in")).name = session.get_one(Person, id_of("eism")).name
    exercise_id = opened()
    submit("eism", exercise_id, (3, 4, 5))
    submit("stand-in", exercise_id, (3, 4, 5))
    close_exercise(actor("lead"), exercise_id, 2)
    as_(client, "lead")
    heading = client.browser.get(f"/agreement/calibration/{exercise_id}/results.csv").text.splitlines()[0]
    assert heading.endswith("Eism Person (1),Eism Person (2)")


def test_the_list_says_what_is_yours_to_do(app: Flask, client: PageClient) -> None:
    created("Draft")
    exercise_id = opened()
    submit("eism", exercise_id, (3, 4, 5))
    rows = as_(client, "eism").get("/agreement/calibration").table("Calibration exercises")[1:]
    assert [row[0] for row in rows] == ["A first year"]
    assert rows[0][4:] == ["1 of 9", "Handed in"]
    assert [
        row[4] for row in as_(client, "lead").get("/agreement/calibration").table("Calibration exercises")[1:]
    ] == ["1 of 9", "–"]


def test_days_before_and_after_are_said(app: Flask, client: PageClient) -> None:
    later = ExerciseDraft("Later", "ips-25", "Case", KEYS, clock.today().replace(year=2090))
    exercise_id = create_exercise(actor("lead"), id_of("support"), later)
    open_exercise(actor("lead"), exercise_id, 1)
    page = as_(client, "eism").get(f"/agreement/calibration/{exercise_id}")
    assert "This exercise starts on" in page.text
    db.session.rollback()


def test_a_case_waits_on_the_home_of_who_is_invited_until_handed_in(app: Flask, client: PageClient) -> None:
    created("Draft")
    exercise_id = opened()
    as_(client, "eism").get("/")
    page = client.click("A first year")
    assert page.heading == "Rate the case"
    submit("eism", exercise_id, (3, 4, 5))
    for name in ("eism", "lead", "buyer"):
        as_(client, name)
        assert "A first year" not in client.get("/").text
    assert "A first year" in as_(client, "stand-in").get("/").text
    close_exercise(actor("lead"), exercise_id, 2)
    assert "A first year" not in client.get("/").text
