"""The list of one's contracts and the page of what each says, on both engines."""

from __future__ import annotations

import tomllib
from collections.abc import Iterator
from datetime import date, datetime
from pathlib import Path

import pytest
import time_machine
from flask import Flask

from portal.accounts.models import Organisation
from portal.accounts.rules.actors import PORTAL
from portal.accounts.rules.roles import OrganisationKind
from portal.accounts.service.organisations import create_organisation
from portal.contracts.definition.eisms import eism_terms
from portal.contracts.definition.parties import contracts_of, parties_of
from portal.contracts.definition.registry import contracts
from portal.contracts.definition.subjects import contract_links, contract_subject
from portal.core import clock
from portal.core.config import Settings
from portal.core.db import db
from tests.support import assessing, databases
from tests.support.assessing import actor, email, id_of
from tests.support.contract_files import LOCAL, lay
from tests.support.page_client import PageClient
from tests.support.statements import recorded

NATIONAL, OWN = "national-2025", "council-alder"
TERMS = f"/contracts/{NATIONAL}/terms"


@pytest.fixture
def database_url(engine_name: str, tmp_path: Path) -> Iterator[str]:
    """Address of a fresh database with the world in it."""
    with databases.copy_of_template(engine_name, tmp_path, "assessing", assessing.fill) as url:
        yield url


@pytest.fixture(autouse=True)
def _files(app: Flask) -> None:
    """A contract of the world's supplier with its buyer, and one of Alder's with the council."""
    settings: Settings = app.config["SETTINGS"]
    lay(settings.data_dir, NATIONAL, buyer="buyer", supplier="support")
    lay(settings.data_dir, OWN, LOCAL, buyer="council", supplier="alder")


@pytest.mark.parametrize(
    ("person", "keys"),
    [
        ("lead", [NATIONAL]),
        ("buyer", [NATIONAL]),
        ("manager", [OWN]),
        ("commissioner", [OWN]),
        ("other-manager", []),
        ("staff", []),
        ("eism", []),
        ("administrator", []),
    ],
)
def test_people_have_the_contracts_that_they_are_party_to(app: Flask, person: str, keys: list[str]) -> None:
    with recorded(app) as statements:
        found = contracts_of(actor(person))
    assert [one.key for one in found] == keys
    assert len([one for one in statements if "organisations" in one and "people" not in one]) <= 1


def test_a_list_of_own_contracts_and_nobody_elses(client: PageClient) -> None:
    client.sign_in(email("lead"))
    (_, row) = client.get("/contracts").table("1 contract")
    assert row[1:] == ["Buyer", "Support", "13 January 2025", "31 March 2027", "Running"]
    title = contracts()["demonstration-2025"].latest.title
    assert client.click(f"Terms of {title}").heading == "Terms of the contract"
    assert client.click("Figures").heading == title


def test_who_is_party_to_none_is_told_how_a_contract_appears(client: PageClient) -> None:
    client.sign_in(email("other-manager"))
    assert "party to no contract here" in client.get("/contracts").text


def test_the_terms_say_everything_that_the_definition_says(client: PageClient) -> None:
    client.sign_in(email("buyer"))
    text = client.get(TERMS).text
    terms = contracts()["demonstration-2025"].latest
    said = [one.title for one in terms.indicators] + [one.title for one in terms.commitments]
    said += [one.words for one in terms.facts] + list(terms.readings) + list(terms.management.attends)
    said += [words for one in terms.indicators for words in one.resolved]
    said += [follows.words for one in terms.indicators for follows in one.consequences]
    assert [words for words in said if words not in text] == []
    assert "£1,440,000.00, VAT included" in text
    assert "80% or more and below 90%" in text


def test_the_terms_of_a_variation_and_of_the_signing_are_both_shown(client: PageClient) -> None:
    client.sign_in(email("buyer"))
    assert "50 fidelity reviews and guided" in client.get(TERMS).text
    before = client.click("13 January 2025").text
    assert "40 fidelity reviews and guided" in before
    assert "£1,380,000.00" in before
    assert "As it stands from 1 April 2026" in client.get(f"{TERMS}?from=yesterday").text


@pytest.mark.parametrize(("day", "shown"), [("2026-03-31", "40"), ("2026-04-01", "50"), ("2026-04-02", "50")])
def test_the_terms_in_force_are_shown_first(client: PageClient, day: str, shown: str) -> None:
    with time_machine.travel(datetime.fromisoformat(f"{day}T12:00:00+00:00"), tick=False):
        client.sign_in(email("buyer"))
        assert f"4. {shown} fidelity reviews" in client.get(TERMS).text


def test_a_local_contract_is_read_by_both_its_sides(client: PageClient) -> None:
    for person in ("manager", "commissioner"):
        client.sign_in(email(person))
        text = client.get(f"/contracts/{OWN}/terms").text
        assert "2% of the quarterly payment (Schedule 6). Taken off the next invoice." in text
        assert "Entered by hand, with a reason and evidence." in text
        assert "without VAT" in text
        client.get(TERMS, expect=404)


def test_the_file_comes_as_it_is(client: PageClient) -> None:
    client.sign_in(email("lead"))
    page = client.get(f"/contracts/{NATIONAL}/definition.toml")
    assert tomllib.loads(page.response.text)["key"] == NATIONAL
    assert page.response.headers["Content-Disposition"] == f'attachment; filename="{NATIONAL}.toml"'


def test_every_page_of_terms_takes_the_same_few_statements(app: Flask, client: PageClient) -> None:
    client.sign_in(email("buyer"))
    client.get(TERMS)
    with recorded(app) as statements:
        client.get(TERMS)
    assert len([one for one in statements if "FROM organisations" in one and " IN (" in one]) == 2


@pytest.mark.parametrize(
    ("person", "shown"), [("lead", True), ("buyer", True), ("manager", True), ("eism", False)]
)
def test_the_navigation_leads_to_contracts_where_they_have_a_use(
    app: Flask, client: PageClient, person: str, shown: bool
) -> None:
    client.sign_in(email(person))
    assert ('href="/contracts"' in client.get("/").response.text) is shown


def test_a_provider_is_not_led_to_an_empty_page(app: Flask, client: PageClient) -> None:
    settings: Settings = app.config["SETTINGS"]
    for file in (Path(settings.data_dir) / "contracts").iterdir():
        file.unlink()
    client.sign_in(email("manager"))
    assert 'href="/contracts"' not in client.get("/").response.text


def test_links_say_who_is_on_which_side(app: Flask) -> None:
    links = contract_links(NATIONAL)
    assert (links.buyer, links.contractor) == (id_of("buyer"), id_of("support"))
    assert links.governance == frozenset()  # none of dhsc, dwp and nhs-england is in this world
    assert [one.name for one in parties_of(contracts()[NATIONAL]).governance] == [
        "dhsc",
        "dwp",
        "nhs-england",
    ]
    assert contract_subject("nothing") is None
    assert contract_links("nothing").buyer is None


def test_eisms_are_counted_by_the_contract_of_their_supplier(app: Flask) -> None:
    with time_machine.travel(datetime(2026, 11, 22, 12, tzinfo=clock.UK), tick=False):
        own, none = eism_terms(id_of("support")), eism_terms(id_of("alder"))
    assert (own.starts, own.ends) == (date(2025, 1, 13), date(2027, 3, 31))
    assert (none.starts, none.ends) == (None, None)
    assert own.target == none.target


def test_an_organisation_can_be_given_the_key_that_a_definition_names(app: Flask) -> None:
    made = create_organisation(
        PORTAL, "Harbour board (demonstration)", OrganisationKind.BUYER, None, "Harbour"
    )
    assert db.session.get_one(Organisation, made).key == "harbour"
