"""A survey that promises nothing: each answer is read with its name, by its senders and by who gave it."""

from __future__ import annotations

from collections.abc import Sequence
from uuid import UUID

from flask import Flask

from portal.accounts.rules.actors import Actor
from portal.accounts.rules.roles import Role
from portal.surveys import named
from portal.surveys.service.answering import answer
from portal.surveys.service.sending import close_survey
from tests.support.asking import answered, fresh, staff, survey
from tests.support.assessing import actor, email, id_of
from tests.support.page_client import PageClient
from tests.support.statements import recorded

GIVEN: dict[str, object] = {"overall": "good", "had": ["training", "community"], "helped": "=Employers"}


def named_survey(given: dict[str, object] | None = None) -> UUID:
    made = survey(anonymous=False, roles=(Role.PROVIDER_STAFF, Role.PROVIDER_MANAGER))
    answer(actor("staff"), made, given or GIVEN)
    return made


def test_its_senders_see_who_answered_and_read_each_answer(app: Flask, client: PageClient) -> None:
    made = named_survey()
    client.sign_in(email("eism"))
    client.get(f"/surveys/{made}")
    page = client.click("Who answered, and what")
    assert "1 of 3 people" in page.text
    assert "Not yet" in page.text
    page = client.click("Staff Person")
    for words in (
        "Good",
        "Training or learning events",
        "A community of practice",
        "=Employers",
        "No answer",
    ):
        assert words in page.text
    lines = client.get(f"/surveys/{made}/people.csv").response.text.splitlines()
    assert len(lines) == 2
    assert "Training or learning events; A community of practice" in lines[1]
    assert "'=Employers" in lines[1]  # no formula for a spreadsheet


def test_somebody_reads_their_own_answers_again_even_when_it_has_closed(
    app: Flask, client: PageClient
) -> None:
    made = named_survey()
    client.sign_in(email("staff"))
    client.get(f"/surveys/{made}/thanks")
    assert "The survey is open until" in client.click("Read your answers").text
    close_survey(actor("lead"), made)
    client.get("/surveys")
    page = client.click("Read your answers to Yearly survey")
    assert page.heading == "Your answers"
    assert "The survey is closed" in page.text
    assert "=Employers" in page.text
    client.sign_in(email("manager"))
    client.get(f"/surveys/{made}/mine", expect=404)  # invited, and has not answered


def test_nobody_else_reads_them(app: Flask, client: PageClient) -> None:
    made = named_survey()
    for who, expect in (("buyer", 403), ("manager", 404), ("staff", 404)):
        client.sign_in(email(who))
        for address in ("people", f"people/{id_of('staff')}", "people.csv"):
            client.get(f"/surveys/{made}/{address}", expect=expect)


def test_of_an_anonymous_survey_there_is_nothing_to_read(app: Flask, client: PageClient) -> None:
    made = answered([{"overall": "good"}])
    mine = survey()
    answer(actor("staff"), mine, {"overall": "good"})
    for who in ("lead", "staff"):
        client.sign_in(email(who))
        for address in ("people", f"people/{id_of('staff')}", "people.csv", "mine"):
            client.get(f"/surveys/{mine}/{address}", expect=404)
    client.sign_in(email("lead"))
    assert "Who answered" not in client.get(f"/surveys/{made}").text
    assert named.sheets(fresh(made)) == []


def test_statements_do_not_grow_with_the_answers(app: Flask, client: PageClient) -> None:
    people = staff(9)
    made = survey(anonymous=False)
    client.sign_in(email("lead"))
    counted = [_counted(app, client, made, people[:1]), _counted(app, client, made, people[1:])]
    assert counted[0] == counted[1]


def _counted(app: Flask, client: PageClient, made: UUID, people: Sequence[Actor]) -> list[int]:
    for person in people:
        answer(person, made, GIVEN)
    found = []
    for address in ("people", "people.csv", f"people/{people[0].person_id}"):
        with recorded(app) as statements:
            client.get(f"/surveys/{made}/{address}")
        found.append(len(statements))
    return found
