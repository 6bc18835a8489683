"""The timeline as people see it: the checklist, the picture, a step's own page."""

from __future__ import annotations

from collections.abc import Iterator
from uuid import UUID

import pytest
from flask import Flask

from portal.core import clock
from portal.reviews.external.service.timeline import tick
from tests.support.assessing import actor, audit_rows, email
from tests.support.page_client import PageClient
from tests.support.planned_reviews import day, noon, opened
from tests.support.statements import recorded


@pytest.fixture(autouse=True)
def _at_noon() -> Iterator[None]:
    with clock.at(noon()):
        yield


def at(review: UUID, more: str = "") -> str:
    return f"/reviews/{review}/timeline{more}"


def test_what_is_overdue_comes_first_with_who_does_it_and_its_form(app: Flask, client: PageClient) -> None:
    review = opened()
    client.sign_in(email("staff"))
    page = client.get(at(review))
    assert page.text.index("Overdue: 6") < page.text.index("To come")
    first = page.soup.select_one(".portal-steps--overdue li#step-agreement")
    assert first is not None
    words = " ".join(first.get_text(" ").split())
    assert "Sign and return the partnership agreement" in words
    assert "Service" in words
    assert "Form: Partnership agreement" in words
    assert "late" in words


def test_a_button_ticks_a_step_off_and_another_opens_it_again(app: Flask, client: PageClient) -> None:
    review = opened()
    client.sign_in(email("staff"))
    client.get(at(review))
    page = client.submit(at(review, "/agreement/tick"))
    assert "Ticked off: Sign and return the partnership agreement." in page.text
    assert page.soup.select_one(".portal-steps--done li#step-agreement") is not None
    page = client.submit(at(review, "/agreement/untick"))
    assert page.soup.select_one(".portal-steps--overdue li#step-agreement") is not None


def test_only_whose_step_it_is_has_its_button(app: Flask, client: PageClient) -> None:
    review = opened()
    client.sign_in(email("second-reviewer"))
    page = client.get(at(review))
    actions = {form.get("action") for form in page.soup.select(".portal-steps form")}
    assert at(review, "/first-call/tick") in actions
    assert at(review, "/agreement/tick") not in actions
    assert not [one for one in actions if "fieldwork" in str(one) or "presentation" in str(one)]
    client.get(at(review, "/agreement"), expect=403)
    client.get(at(review, "/fieldwork"), expect=403)
    client.get(at(review, "/none"), expect=404)


def test_the_day_and_a_note_are_kept_and_shown_as_they_were_typed(app: Flask, client: PageClient) -> None:
    review = opened()
    client.sign_in(email("manager"))
    on = day(-3)
    client.get(at(review, "/agreement"))
    page = client.submit(
        at(review, "/agreement"), fields=typed(on.day, on.month, on.year), note="<b>In the red folder</b>"
    )
    assert page.path == at(review)
    assert "<b>In the red folder</b>" in page.text
    assert f"Done on {on.day} {on:%B %Y}" in page.text


def typed(day: int, month: int, year: int) -> dict[str, list[str]]:
    return {"done_on": [str(day), str(month), str(year)]}


@pytest.mark.parametrize(
    ("parts", "said"),
    [
        (["31", "2", "2026"], "Enter a real date"),
        (["", "", ""], "Enter the day it was done"),
        (["1", "1", "2100"], "must be today or in the past"),
        (["1", "1", "1990"], "or later"),
    ],
)
def test_a_day_that_cannot_be_is_said_and_what_was_typed_stays(
    app: Flask, client: PageClient, parts: list[str], said: str
) -> None:
    review = opened()
    client.sign_in(email("manager"))
    client.get(at(review, "/agreement"))
    before = audit_rows()
    page = client.submit(at(review, "/agreement"), fields={"done_on": parts}, note="Mine", expect=400)
    assert said in page.text
    assert "Mine" in page.response.text
    assert audit_rows() == before


def test_who_comes_second_sees_what_stands_and_keeps_what_they_typed(app: Flask, client: PageClient) -> None:
    review = opened()
    client.sign_in(email("manager"))
    client.get(at(review, "/agreement"))
    tick(actor("staff"), review, "agreement", day(-5), "Theirs")
    on = day(-3)
    page = client.submit(
        at(review, "/agreement"), fields=typed(on.day, on.month, on.year), note="Mine", expect=409
    )
    assert "Theirs" in page.text
    assert "Mine" in page.response.text
    page = client.submit(at(review, "/agreement"))
    assert "Mine" in page.text
    assert "Theirs" not in page.text


def test_the_picture_says_what_its_table_says(app: Flask, client: PageClient) -> None:
    review = opened()
    client.sign_in(email("eism"))
    page = client.get(at(review))
    rows = page.table("The steps of this review along time")
    assert rows[0] == ["Step", "Who", "When", "Status"]
    assert len(rows) == 1 + 18
    drawn = " ".join(text.get_text() for text in page.soup.select(".portal-figure svg text"))
    for _, _, _, status in rows[1:]:
        assert status in drawn
    assert page.soup.select_one(".portal-figure svg[role=img] > title") is not None


def test_the_reviews_own_page_says_what_is_due(app: Flask, client: PageClient) -> None:
    review = opened()
    client.sign_in(email("manager"))
    page = client.get(f"/reviews/{review}")
    panel = page.soup.select_one("section[aria-labelledby=timeline-panel]")
    assert panel is not None
    assert len(panel.select("li")) == 3 + 3
    assert "6 steps are overdue." in panel.get_text()
    assert panel.select_one(f'a[href="{at(review)}"]') is not None


@pytest.mark.parametrize("name", ["other-manager", "buyer", "administrator", "spare-reviewer"])
def test_others_find_nothing(app: Flask, client: PageClient, name: str) -> None:
    review = opened()
    client.sign_in(email(name))
    for more in ("", "/agreement"):
        client.get(at(review, more), expect=404)
    client.get(f"/reviews/{review}/calendar.ics", expect=404)


def test_the_page_costs_the_same_whatever_was_ticked(app: Flask, client: PageClient) -> None:
    review = opened()
    client.sign_in(email("manager"))
    client.get(at(review))
    with recorded(app) as before:
        client.get(at(review))
    for key in ("agreement", "interviewees", "timetable", "snapshot"):
        tick(actor("manager"), review, key)
    with recorded(app) as after:
        client.get(at(review))
    assert len(before) == len(after) <= 12, after
