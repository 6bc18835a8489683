"""Mails about new vacancies: asked for, confirmed, sent once a day, stopped; and vacancies that close."""

from __future__ import annotations

import re
from datetime import timedelta

import pytest
from flask import Flask
from sqlalchemy import func, select

from portal.accounts.models import SubscriptionTry
from portal.accounts.rules.asking import CONFIRM_WITHIN, PER_CLIENT, PER_EMAIL
from portal.accounts.service.throttling import TooManyTries
from portal.core import clock
from portal.core.db import db
from portal.core.errors import Invalid, NotFound
from portal.core.jobs.models import Mail
from portal.workforce.hub.models import Vacancy, VacancySubscription
from portal.workforce.hub.rules.moving import State
from portal.workforce.hub.service import ask, confirm, stop
from portal.workforce.hub.service.daily import close_passed, do_daily, tell_subscribers, tidy
from tests.support.assessing import SERVICE, actor, audit_rows, email
from tests.support.page_client import PageClient
from tests.support.vacancies import a_vacancy

WHO, HERE = "seeker@example.org", "192.0.2.7"


def mails(to: str = WHO) -> list[Mail]:
    query = select(Mail).where(Mail.recipient == to).order_by(Mail.created_at)
    return list(db.session.scalars(query))


def link_in(mail: Mail) -> str:
    found = re.search(r"/jobs/alerts/\w+/(\S+)", mail.text)
    assert found
    return found[1]


def subscribed(regions: tuple[str, ...] = ()) -> None:
    ask(WHO, regions, HERE)
    confirm(link_in(mails()[-1]))


def count(model: type[VacancySubscription | SubscriptionTry]) -> int:
    return db.session.execute(select(func.count()).select_from(model)).scalar_one()


def test_nothing_is_sent_before_it_is_confirmed(app: Flask) -> None:
    ask(f" {WHO.upper()} ", (), HERE)
    a_vacancy(actor("manager"), SERVICE)
    assert tell_subscribers() == 0
    assert [mail.subject for mail in mails()] == ["Confirm that you want mails about IPS vacancies"]
    assert f"jobs/alerts/confirm/{link_in(mails()[0])}" in mails()[0].text


def test_what_opened_since_is_told_once_and_only_of_the_regions_asked_for(app: Flask) -> None:
    a_vacancy(actor("manager"), SERVICE, place="Before")
    subscribed(("North East",))
    a_vacancy(actor("manager"), SERVICE, place="Yarm")
    a_vacancy(actor("manager"), SERVICE, place="Camden", region="London")
    assert tell_subscribers() == 1
    mail = mails()[-1]
    assert "Yarm" in mail.text
    assert "Camden" not in mail.text
    assert "Before" not in mail.text
    assert mail.subject == "1 new vacancy in IPS services"
    assert tell_subscribers() == 0
    a_vacancy(actor("manager"), SERVICE, place="Redcar")
    do_daily({})
    do_daily({})
    assert len(mails()) == 3
    assert "Yarm" not in mails()[-1].text


def test_a_link_confirms_for_a_week_and_a_new_confirmation_replaces_the_old(app: Flask) -> None:
    ask(WHO, ("London",), HERE)
    token = link_in(mails()[0])
    with clock.at(clock.now() + CONFIRM_WITHIN + timedelta(seconds=1)), pytest.raises(NotFound):
        confirm(token)
    before = audit_rows()
    confirm(token)
    confirm(token)
    assert audit_rows() == before + 1
    subscribed(("North East",))
    rows = db.session.scalars(select(VacancySubscription)).all()
    assert [row.regions for row in rows] == [["North East"]]
    with pytest.raises(NotFound):
        confirm(token)


def test_stopping_deletes_the_address_and_bears_being_done_twice(app: Flask) -> None:
    subscribed()
    a_vacancy(actor("manager"), SERVICE)
    tell_subscribers()
    token = link_in(mails()[-1])
    stop(token)
    stop(token)
    assert count(VacancySubscription) == 0
    with pytest.raises(NotFound):
        stop("guessed")
    with pytest.raises(NotFound):
        confirm(token)  # a link that stops does not confirm


def test_an_address_gets_few_mails_a_day_and_a_computer_asks_only_so_often(app: Flask) -> None:
    for _ in range(PER_EMAIL + 1):
        ask(WHO, (), HERE)
    assert len(mails()) == PER_EMAIL
    for number in range(PER_CLIENT - PER_EMAIL - 1):
        ask(f"other-{number}@example.org", (), HERE)
    with pytest.raises(TooManyTries):
        ask("last@example.org", (), HERE)
    assert mails("last@example.org") == []
    ask("last@example.org", (), "192.0.2.8")
    with clock.at(clock.now() + timedelta(days=1, seconds=1)):
        ask(WHO, (), HERE)
    assert len(mails()) == PER_EMAIL + 1


def test_of_a_try_no_address_is_kept(app: Flask) -> None:
    ask(WHO, (), HERE)
    row = db.session.scalars(select(SubscriptionTry)).one()
    assert WHO not in row.email_digest
    assert HERE not in row.client_digest
    assert len({row.email_digest, row.client_digest}) == 2


def test_what_was_not_confirmed_in_time_is_forgotten(app: Flask) -> None:
    subscribed()
    ask("never@example.org", (), HERE)
    with clock.at(clock.now() + CONFIRM_WITHIN + timedelta(minutes=1)):
        tidy()
    assert (count(VacancySubscription), count(SubscriptionTry)) == (1, 0)


@pytest.mark.parametrize(("address", "regions"), [("no address", ()), (WHO, ("Atlantis",))])
def test_what_cannot_be_is_refused(app: Flask, address: str, regions: tuple[str, ...]) -> None:
    with pytest.raises(Invalid):
        ask(address, regions, HERE)
    assert count(VacancySubscription) == 0


def test_a_vacancy_closes_by_itself_the_day_after_and_its_poster_is_told_once(app: Flask) -> None:
    made = a_vacancy(actor("manager"), SERVICE, closes_on=clock.today())
    assert close_passed() == 0
    with clock.at(clock.now() + timedelta(days=1)):
        assert close_passed() == 1
        assert close_passed() == 0
    row = db.session.get_one(Vacancy, made, populate_existing=True)
    assert (row.state, row.version) == (State.SHORTLISTING, 3)
    told = mails(email("manager"))
    assert [mail.subject for mail in told] == ["Your vacancy has closed: Employment specialist"]
    assert f"/workforce/vacancies/{made}" in told[0].text


def test_somebody_asks_confirms_and_stops_on_the_pages(app: Flask, client: PageClient) -> None:
    client.get("/jobs/alerts?region=London")
    page = client.submit(email=WHO)
    assert page.heading == "Look into your e-mails"
    client.get(f"/jobs/alerts/confirm/{link_in(mails()[0])}")
    assert client.page is not None
    assert "For London." in client.page.text
    assert client.submit().heading == "Mails about new vacancies are on"
    a_vacancy(actor("manager"), SERVICE, region="London")
    tell_subscribers()
    client.get(f"/jobs/alerts/stop/{link_in(mails()[-1])}")
    assert client.submit().heading == "The mails have stopped"
    assert count(VacancySubscription) == 0


def test_opening_a_link_changes_nothing_by_itself(app: Flask, client: PageClient) -> None:
    ask(WHO, (), HERE)
    client.get(f"/jobs/alerts/confirm/{link_in(mails()[0])}")
    assert db.session.scalars(select(VacancySubscription)).one().confirmed_at is None


def test_a_program_that_fills_in_every_field_is_answered_and_gets_nowhere(
    app: Flask, client: PageClient
) -> None:
    client.get("/jobs/alerts")
    page = client.submit(email=WHO, website="https://example.org")
    assert page.heading == "Look into your e-mails"
    assert (mails(), count(VacancySubscription)) == ([], 0)


def test_a_wrong_address_is_said_and_kept(app: Flask, client: PageClient) -> None:
    client.get("/jobs/alerts")
    page = client.submit(email="nobody", expect=400)
    assert "Enter an email address like name@example.com" in page.text


def test_too_many_requests_are_refused_on_the_page(app: Flask, client: PageClient) -> None:
    for number in range(PER_CLIENT):
        ask(f"other-{number}@example.org", (), "127.0.0.1")
    client.get("/jobs/alerts")
    assert "Try again tomorrow" in client.submit(email=WHO, expect=429).text
