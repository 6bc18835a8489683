"""The public service finder, and the page on which a service says what it does."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from flask import Flask

from portal.core import clock
from portal.core.act import operational
from portal.core.db import db
from portal.core.errors import Forbidden, Invalid, NotFound, Refused, Stale
from portal.directory.models import Authority, Service
from portal.directory.public_models import ServicePublicPage
from portal.directory.rules.public import PublicDetails
from portal.directory.service.public_page import save_public_page, show_public_page
from tests.support import assessing, databases
from tests.support.assessing import OTHER_SERVICE, SERVICE, actor, audit_rows, email
from tests.support.page_client import PageClient
from tests.support.statements import recorded
from tests.support.vacancies import a_vacancy

SAID = PublicDetails(
    offers="Help to find paid work.\n\nAt your own pace.",
    who_for="Adults in treatment",
    place="Church Street, Hartlepool",
    phone="01429 000 000",
    referral_url="https://alder.example.org/refer",
    languages="English, Polish",
    formats="Easy read",
)
PAGE = "/services/alder-ips/public-page"


@pytest.fixture
def database_url(engine_name: str, tmp_path: Path) -> Any:
    """Address of a fresh database with the small world in it."""
    with databases.copy_of_template(engine_name, tmp_path, "assessing", assessing.fill) as url:
        yield url


def published(details: PublicDetails = SAID) -> None:
    save_public_page(actor("manager"), SERVICE, details, 0)
    show_public_page(actor("manager"), SERVICE, True)


def found(client: PageClient, query: str = "") -> list[str]:
    page = client.get(f"/find-a-service{query}")
    return [link.get_text() for link in page.soup.select(".portal-list__item h2 a")]


def test_a_service_is_found_once_it_has_published_its_page(app: Flask, client: PageClient) -> None:
    assert found(client) == []
    save_public_page(actor("manager"), SERVICE, SAID, 0)
    assert found(client) == []
    client.get("/find-a-service/alder-ips", expect=404)
    show_public_page(actor("manager"), SERVICE, True)
    assert found(client) == ["Alder Ips"]
    page = client.get("/find-a-service/alder-ips")
    for text in ("At your own pace.", "01429 000 000", "English, Polish", "Easy read", "Adults in treatment"):
        assert text in page.text
    assert page.link("Refer yourself") == "https://alder.example.org/refer"
    show_public_page(actor("manager"), SERVICE, False)
    client.get("/find-a-service/alder-ips", expect=404)


@pytest.mark.parametrize(("days", "shown"), [(-1, False), (0, False), (1, True)])
def test_a_service_that_is_closed_is_in_no_finder(
    app: Flask, client: PageClient, days: int, shown: bool
) -> None:
    published()
    with operational() as session:
        session.get_one(Service, SERVICE).closed = clock.today() + timedelta(days=days)
    assert bool(found(client)) is shown
    client.get("/find-a-service/alder-ips", expect=200 if shown else 404)
    show_public_page(actor("manager"), SERVICE, False)
    if not shown:
        with pytest.raises(Refused):
            show_public_page(actor("manager"), SERVICE, True)


def test_it_is_found_by_place_region_and_area_served(app: Flask, client: PageClient) -> None:
    published()
    with operational() as session:
        authority = Authority(gss_code="E06000001", name="Hartlepool", region="North East")
        authority.kind, authority.easting, authority.northing, authority.population = "Unitary", 1, 1, 1
        service = session.get_one(Service, SERVICE)
        service.authorities.append(authority)
    for query in ("?q=church", "?q=hartlepool+alder", "?region=North+East", "?q=north&region=North+East"):
        assert found(client, query) == ["Alder Ips"], query
    for query in ("?q=church+london", "?region=London", "?q=%25"):
        assert found(client, query) == [], query
    with recorded(app) as statements:
        client.get("/find-a-service?q=church")
    assert len(statements) == 2
    assert "Hartlepool" in client.get("/find-a-service/alder-ips").text


def test_a_service_s_page_leads_to_its_vacancies(app: Flask, client: PageClient) -> None:
    published()
    a_vacancy(actor("manager"), SERVICE, place="Yarm")
    a_vacancy(actor("other-manager"), OTHER_SERVICE, place="Redcar")
    page = client.get("/find-a-service/alder-ips")
    assert "Employment specialist, Yarm" in page.text
    assert "Redcar" not in page.text


def test_saving_publishing_and_the_same_again(app: Flask) -> None:
    before = audit_rows()
    published()
    assert not save_public_page(actor("manager"), SERVICE, SAID, 2)
    show_public_page(actor("manager"), SERVICE, True)
    assert audit_rows() == before + 2
    with pytest.raises(Stale) as caught:
        save_public_page(actor("lead"), SERVICE, replace(SAID, place="Elsewhere"), 1)
    assert caught.value.current["place"] == SAID.place
    assert save_public_page(actor("lead"), SERVICE, replace(SAID, place="Elsewhere"), 2)


def test_a_page_that_leads_nowhere_is_not_published_nor_emptied(app: Flask) -> None:
    bare = PublicDetails("Help with work")
    with pytest.raises(Refused):
        show_public_page(actor("manager"), SERVICE, True)
    save_public_page(actor("manager"), SERVICE, bare, 0)
    with pytest.raises(Refused):
        show_public_page(actor("manager"), SERVICE, True)
    save_public_page(actor("manager"), SERVICE, replace(bare, phone="01429 000 000"), 1)
    show_public_page(actor("manager"), SERVICE, True)
    with pytest.raises(Invalid):
        save_public_page(actor("manager"), SERVICE, bare, 3)


def test_who_may_write_it(app: Flask) -> None:
    for name in ("other-manager", "staff", "eism", "buyer", "commissioner"):
        with pytest.raises((Forbidden, NotFound)):
            save_public_page(actor(name), SERVICE, SAID, 0)
        with pytest.raises((Forbidden, NotFound)):
            show_public_page(actor(name), SERVICE, True)
    assert db.session.get(ServicePublicPage, SERVICE) is None


def test_a_manager_writes_and_publishes_it(app: Flask, client: PageClient) -> None:
    client.sign_in(email("manager"))
    client.get("/services/alder-ips")
    client.click("Public page")
    assert client.submit("words", offers="", phone="no number", expect=400).errors
    client.submit("words", offers="Help with work", phone="no number", expect=400)
    assert client.page is not None
    assert "Enter a telephone number like" in client.page.text
    client.submit("words", phone="", offers="Help with work")
    page = client.submit(f"{PAGE}/publish", expect=409)
    assert "a page must lead somewhere" in page.text
    client.submit("words", phone="01429 000 000")
    assert "can be found by everybody" in client.submit(f"{PAGE}/publish").text
    assert "no longer shown" in client.submit(f"{PAGE}/hide").text


def test_a_save_over_a_newer_one_shows_both(app: Flask, client: PageClient) -> None:
    save_public_page(actor("lead"), SERVICE, SAID, 0)
    client.sign_in(email("manager"))
    client.get(PAGE)
    save_public_page(actor("lead"), SERVICE, replace(SAID, place="Theirs"), 1)
    page = client.submit("words", place="Mine", expect=409)
    assert "Theirs" in page.text
    client.submit("words", place="Mine")
    assert db.session.get_one(ServicePublicPage, SERVICE, populate_existing=True).place == "Mine"
