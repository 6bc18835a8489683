"""The public pages of the hub: what everybody finds, and what programs read."""

from __future__ import annotations

import json
from datetime import timedelta
from xml.etree import ElementTree as ET

import pytest
from flask import Flask

from portal.core import clock
from portal.core.act import operational
from portal.core.db import db
from portal.directory.models import Service
from portal.workforce.hub.materials import materials
from portal.workforce.hub.models import Vacancy
from portal.workforce.hub.queries import PER_PAGE
from portal.workforce.hub.roles import roles
from portal.workforce.hub.rules.moving import State
from tests.support.assessing import OTHER_SERVICE, SERVICE, actor, email
from tests.support.page_client import PageClient
from tests.support.statements import recorded
from tests.support.vacancies import a_vacancy

ATOM = "{http://www.w3.org/2005/Atom}"


def key(vacancy_id: object) -> str:
    return db.session.get_one(Vacancy, vacancy_id).key


def read(feed: bytes) -> ET.Element:
    return ET.fromstring(feed)  # noqa: S314  the portal's own


def titles(client: PageClient, address: str) -> list[str]:
    page = client.get(address)
    return [link.get_text() for link in page.soup.select(".portal-list__item h2 a")]


def test_only_open_vacancies_are_shown_and_only_to_their_last_day(app: Flask, client: PageClient) -> None:
    for state in State:
        a_vacancy(actor("manager"), SERVICE, state, place=state.title)
    a_vacancy(actor("manager"), SERVICE, State.OPEN, place="Last day", closes_on=clock.today())
    with clock.at(clock.now() - timedelta(days=3)):
        a_vacancy(
            actor("manager"), SERVICE, State.OPEN, place="Late", closes_on=clock.today() + timedelta(days=2)
        )
    found = titles(client, "/jobs")
    assert set(found) == {"Employment specialist, Open", "Employment specialist, Last day"}


@pytest.mark.parametrize(("days", "shown"), [(0, False), (1, True)])
def test_a_service_that_has_closed_looks_for_nobody(
    app: Flask, client: PageClient, days: int, shown: bool
) -> None:
    made = a_vacancy(actor("manager"), SERVICE)
    with operational() as session:
        service = session.get_one(Service, SERVICE)
        service.closed = clock.today() + timedelta(days=days)
    assert bool(titles(client, "/jobs")) is shown
    page = client.get(f"/jobs/{key(made)}")
    assert ("has closed" not in page.text) is shown


def test_a_search_looks_for_every_word_and_narrows_by_region_role_and_hours(
    app: Flask, client: PageClient
) -> None:
    manager = actor("manager")
    a_vacancy(manager, SERVICE, place="Yarm", part_time=False)
    a_vacancy(manager, SERVICE, title="Team leader", role="team-leader", place="Redcar", region="London")
    a_vacancy(actor("other-manager"), OTHER_SERVICE, place="50% desk_based")
    assert titles(client, "/jobs?q=yarm specialist") == ["Employment specialist, Yarm"]
    assert titles(client, "/jobs?q=birch") == ["Employment specialist, 50% desk_based"]
    assert titles(client, "/jobs?q=50%25") == ["Employment specialist, 50% desk_based"]
    assert titles(client, "/jobs?q=%25") == ["Employment specialist, 50% desk_based"]
    assert titles(client, "/jobs?region=London") == ["Team leader, Redcar"]
    assert titles(client, "/jobs?role=team-leader") == ["Team leader, Redcar"]
    assert len(titles(client, "/jobs?part_time=yes")) == 2
    assert titles(client, "/jobs?q=nothing+like+it") == []
    assert client.page is not None
    assert "No vacancies match" in client.page.text


def test_the_list_has_orders_and_pages_and_takes_two_statements(app: Flask, client: PageClient) -> None:
    for number in range(PER_PAGE + 1):
        last = clock.today() + timedelta(days=number)
        a_vacancy(
            actor("manager"),
            SERVICE,
            place=f"Place {number:02}",
            closes_on=last,
            salary_from=3_000_000 + number,
            salary_to=None,
        )
    assert titles(client, "/jobs?order=closing")[0].endswith("00")
    assert titles(client, "/jobs?order=pay")[0].endswith(str(PER_PAGE))
    assert titles(client, "/jobs")[0].endswith(str(PER_PAGE))
    with recorded(app) as statements:
        assert len(titles(client, "/jobs?page=2")) == 1
    assert len(statements) == 2


def test_nothing_open_is_said(app: Flask, client: PageClient) -> None:
    assert "No vacancies today" in client.get("/jobs").text


def test_a_vacancy_is_said_to_search_engines_in_their_words(app: Flask, client: PageClient) -> None:
    text = "Join </script><script>alert(1)</script> & us."
    made = a_vacancy(actor("manager"), SERVICE, description=text)
    page = client.get(f"/jobs/{key(made)}")
    blocks = page.soup.select('script[type="application/ld+json"]')
    assert len(blocks) == 1
    found = json.loads(blocks[0].string or "")
    assert found["@type"] == "JobPosting"
    assert found["hiringOrganization"]["name"] == "Alder"
    assert found["jobLocation"]["address"]["addressCountry"] == "GB"
    assert found["validThrough"].startswith((clock.today() + timedelta(days=20)).isoformat())
    assert found["baseSalary"]["value"] == {
        "@type": "QuantitativeValue",
        "unitText": "YEAR",
        "minValue": 31049,
        "maxValue": 37796,
    }
    assert found["description"].startswith("<p>Join &lt;/script&gt;")
    assert "alert(1)</script>" not in page.response.text
    assert "https://jobs.example.org/1" in [link.get("href") for link in page.soup.select("main a")]


def test_a_closed_vacancy_says_so_and_leads_nowhere_else(app: Flask, client: PageClient) -> None:
    for state, said in ((State.FILLED, "is filled"), (State.SHORTLISTING, "has closed")):
        page = client.get(f"/jobs/{key(a_vacancy(actor('manager'), SERVICE, state))}")
        assert said in page.text
        assert "https://jobs.example.org/1" not in page.response.text
        assert "JobPosting" not in page.response.text
    client.get(f"/jobs/{key(a_vacancy(actor('manager'), SERVICE, State.DRAFT))}", expect=404)


def test_nobody_s_name_or_mail_address_is_in_a_public_page(app: Flask, client: PageClient) -> None:
    made = a_vacancy(actor("manager"), SERVICE)
    for address in ("/jobs", f"/jobs/{key(made)}", "/jobs/feed.atom"):
        said = client.get(address).response.text
        assert "@example.org" not in said
        assert "Manager Person" not in said


def test_the_feed_is_atom_and_of_a_region_where_one_is_asked_for(app: Flask, client: PageClient) -> None:
    a_vacancy(actor("manager"), SERVICE, place="A & B <\ufffe>", description="One \u0001two")
    a_vacancy(actor("manager"), SERVICE, place="Camden", region="London")
    answer = client.get("/jobs/feed.atom").response
    assert answer.content_type == "application/atom+xml; charset=utf-8"
    feed = read(answer.data)
    for name in ("id", "title", "updated"):
        assert feed.findtext(f"{ATOM}{name}")
    assert len(feed.findall(f"{ATOM}entry")) == 2
    for entry in feed.findall(f"{ATOM}entry"):
        assert entry.findtext(f"{ATOM}id", "").startswith("urn:uuid:")
        assert entry.findtext(f"{ATOM}updated", "").endswith("Z")
    london = read(client.get("/jobs/feed.atom?region=London").response.data)
    assert len(london.findall(f"{ATOM}entry")) == 1
    assert client.get("/jobs/feed.atom").response.data == answer.data


def test_an_empty_feed_is_a_feed(app: Flask, client: PageClient) -> None:
    feed = read(client.get("/jobs/feed.atom?region=Atlantis").response.data)
    assert feed.findtext(f"{ATOM}updated") == "2026-01-01T00:00:00Z"


def test_every_role_and_every_material_has_its_page(app: Flask, client: PageClient) -> None:
    for address in ("/jobs/roles", "/jobs/materials"):
        client.get(address)
    for role in roles().values():
        assert role.summary in client.get(f"/jobs/roles/{role.key}").text
    for one in materials().values():
        assert client.get(f"/jobs/materials/{one.key}").heading == one.title
        answer = client.get(f"/jobs/materials/{one.key}.txt").response
        assert f"{one.key}.txt" in answer.headers["Content-Disposition"]
        assert "# " not in answer.text
        document = client.get(f"/jobs/materials/{one.key}.rtf").response
        assert f"{one.key}.rtf" in document.headers["Content-Disposition"]
        assert document.content_type == "application/rtf"
        assert document.text.startswith("{\\rtf1")
        assert document.headers["Cache-Control"].startswith("public")
    client.get("/jobs/roles/astronaut", expect=404)
    client.get("/jobs/materials/astronaut", expect=404)
    client.get("/jobs/materials/astronaut.txt", expect=404)
    client.get("/jobs/materials/astronaut.rtf", expect=404)


@pytest.mark.parametrize("who", [None, "manager"])
def test_a_page_is_kept_for_those_who_are_not_signed_in(
    app: Flask, client: PageClient, who: str | None
) -> None:
    if who:
        client.sign_in(email(who))
    answer = client.get("/jobs").response
    expected = "private, no-store" if who else "public, max-age=300"
    assert answer.headers["Cache-Control"] == expected


def test_the_kit_has_the_vacancy_s_own_words(app: Flask, client: PageClient) -> None:
    made = a_vacancy(actor("manager"), SERVICE, place="Hartlepool")
    client.sign_in(email("manager"))
    assert "Post 3" in client.get(f"/workforce/vacancies/{made}/kit").text
    text = client.get(f"/workforce/vacancies/{made}/kit.txt").response.text
    assert "Employment specialist, Hartlepool" in text
    assert f"/jobs/{key(made)}" in text
