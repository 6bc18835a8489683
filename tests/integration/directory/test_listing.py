"""The list of services: search, filters, order, pages, download, statements."""

from __future__ import annotations

import csv
import io
from datetime import timedelta

import pytest

from portal.accounts.rules.actors import PORTAL
from portal.core import clock
from portal.core.act import act
from portal.core.db import db
from portal.directory import service as verbs
from portal.directory.models import Service, ServiceLink
from portal.directory.queries import listing
from portal.directory.rules.details import NewLink
from portal.directory.rules.filters import Filters
from portal.directory.rules.settings import LinkKind, Setting
from tests.support.statements import recorded

LEEDS, DUDLEY = "E08000035", "E08000027"


@pytest.fixture
def three(world):
    """Three services that differ in every filter."""
    links = world.links()
    a = world.service("Alpha", links=links, areas=("scr-bassetlaw",))
    world.service(
        "beta 100%",
        links=world.links(provider="riverbank"),
        authorities=(DUDLEY, LEEDS),
        setting=Setting.OTHER,
    )
    world.service("Gamma_X", links=links, authorities=(LEEDS,), setting=Setting.PRIMARY_CARE)
    programme = NewLink(LinkKind.PROGRAMME, "scr-trial", clock.today())
    verbs.start_link(PORTAL, a.id, 1, programme)
    return world


def names(world, person: str = "ada", **filters) -> list[str]:
    return [row.name for row in listing(world.actor(person), Filters(**filters)).rows]


@pytest.mark.parametrize(
    ("text", "found"),
    [("", ["Alpha", "beta 100%", "Gamma_X"]), ("ALPHA", ["Alpha"]), ("bassetlaw", ["Alpha"]),
     ("riverbank", ["beta 100%"]), ("leeds", ["beta 100%", "Gamma_X"]), ("leeds hillside", ["Gamma_X"]),
     ("100%", ["beta 100%"]), ("%", ["beta 100%"]), ("_", ["Gamma_X"]), ("nowhere", [])],
)  # fmt: skip
def test_every_word_is_looked_for_in_names_providers_authorities_and_lots(three, text, found) -> None:
    assert names(three, text=text) == found


def test_filters_narrow_and_combine(three) -> None:
    assert names(three, setting="primary-care") == ["Gamma_X"]
    assert names(three, region="West Midlands") == ["beta 100%"]
    assert names(three, programme="scr-trial") == ["Alpha"]
    assert names(three, region="West Midlands", setting="primary-care") == []


def test_the_order_follows_the_column_and_turns_round(three) -> None:
    assert names(three, descending=True) == ["Gamma_X", "beta 100%", "Alpha"]
    assert names(three, sort="provider", descending=True) == ["beta 100%", "Alpha", "Gamma_X"]
    assert names(three, sort="region")[0] == "beta 100%"


def test_each_person_is_listed_their_own_services(three) -> None:
    assert names(three, "mo") == ["Alpha", "Gamma_X"]
    assert names(three, "rita") == ["beta 100%"]
    assert names(three, "leo") == names(three, "cora") == names(three, "ada")


@pytest.mark.parametrize(("days", "listed"), [(-1, False), (0, False), (1, True)])
def test_a_service_leaves_the_list_on_its_closing_day(world, days: int, listed: bool) -> None:
    service = world.service()
    verbs.close_service(PORTAL, service.id, 1, clock.today() + timedelta(days=days))
    assert bool(names(world)) is listed
    assert names(world, closed=True) == ["Barnsley IPS"]


def _many(world, count: int) -> None:
    """Plain rows in one step: only their number matters here."""
    with act(PORTAL, "tests.many", ("services", "many")):
        for number in range(count):
            link = ServiceLink(
                kind=LinkKind.PROVIDER, organisation_id=world.organisations["hillside"], starts=clock.today()
            )
            db.session.add(
                Service(
                    key=f"m-{number:04}",
                    name=f"M {number:04}",
                    setting="other",
                    region="London",
                    links=[link],
                )
            )


@pytest.mark.parametrize(("count", "pages", "last"), [(49, 1, 49), (50, 1, 50), (51, 2, 1)])
def test_pages_hold_fifty(world, count: int, pages: int, last: int) -> None:
    _many(world, count)
    page = listing(world.actor("ada"), Filters(page=99))
    assert (page.total, page.pages, page.page, len(page.rows)) == (count, pages, pages, last)


def test_the_number_of_statements_does_not_grow_with_rows(app, world, client) -> None:
    client.sign_in("mo@example.com")
    counts = []
    for more in (1, 70):
        with act(PORTAL, "tests.clear", ("services", "none")):
            for service in db.session.query(Service).all():
                for link in service.links:
                    db.session.delete(link)
                db.session.delete(service)
        _many(world, more)
        with recorded(app) as statements:
            client.get("/services")
        counts.append(len(statements))
    assert counts == [2, 2], "one for the sign-in, one for the page"


def test_the_list_page_says_what_it_shows_and_leads_to_the_service(three, client) -> None:
    client.sign_in("mo@example.com")
    page = client.get("/services")
    assert "2 services" in page.text
    assert page.table("Services")[1][:4] == [
        "Alpha",
        "Hillside",
        "Barnsley, Bassetlaw",
        "Yorkshire and The Humber",
    ]
    assert client.get("/services?q=nowhere").text.count("No services match") == 1


def test_somebody_without_services_is_told_how_to_get_them(world, client) -> None:
    client.sign_in("rita@example.com")
    assert "ask the supplier’s lead manager" in client.get("/services").text


def test_the_download_has_every_row_of_the_filter_and_no_formula(three, client) -> None:
    evil = three.service("=HYPERLINK(0)", links=three.links())
    client.sign_in("mo@example.com")
    answer = client.get("/services.csv?sort=name")
    rows = list(csv.reader(io.StringIO(answer.response.data.decode("utf-8-sig"))))
    assert rows[0][0] == "Service"
    assert [row[0] for row in rows[1:]] == ["'=HYPERLINK(0)", "Alpha", "Gamma_X"]
    assert evil.key in rows[1]
    assert client.get("/services.csv?q=gamma").response.data.count(b"\r\n") == 2


def test_an_evaluator_reads_no_list(world, client) -> None:
    from portal.accounts.rules.roles import OrganisationKind, Role

    world.organisation("nat", OrganisationKind.EVALUATOR)
    world.person("eva", Role.EVALUATOR, "nat")
    client.sign_in("eva@example.com")
    client.get("/services", expect=403)
