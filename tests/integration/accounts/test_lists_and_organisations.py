"""The lists of people and organisations, and who may open them."""

from __future__ import annotations

import uuid
from typing import Any

import pytest
from sqlalchemy import event

from portal.accounts.rules.actors import PORTAL, Actor
from portal.accounts.rules.roles import OrganisationKind, Role
from portal.accounts.service import organisations
from portal.core.db import db
from portal.core.errors import Forbidden, Invalid, Stale
from tests.support.page_client import PageClient

PAGES = ["/people", "/people/new", "/people/organisations", "/people/organisations/new"]


@pytest.mark.parametrize("path", PAGES)
@pytest.mark.parametrize("who", ["petra", "sam", "eve"])
def test_the_administrators_pages_are_theirs(world: Any, client: PageClient, path: str, who: str) -> None:
    client.sign_in(world.email(who))
    client.get(path, expect=403)


@pytest.mark.parametrize("action", ["", "/edit", "/roles/new", "/disable"])
def test_a_person_is_not_there_for_others(world: Any, petra: PageClient, action: str) -> None:
    petra.get(f"/people/{world.people['sam']}{action}", expect=404)
    petra.get(f"/people/roles/{world.membership('sam')}/end", expect=404)
    petra.get(f"/our-people/roles/{world.membership('sue')}/end", expect=404)


@pytest.mark.parametrize("path", ["/people/{}", "/people/roles/{}/end", "/people/organisations/{}/edit"])
def test_what_is_not_there_is_not_found(world: Any, ada: PageClient, path: str) -> None:
    ada.get(path.format(uuid.uuid4()), expect=404)


def test_people_are_searched_sorted_and_paged(world: Any, ada: PageClient) -> None:
    assert len(ada.get("/people").table("5 people")) == 6
    assert len(ada.get("/people?search=PETRA").table("1 person")) == 2
    assert len(ada.get("/people?search=North").table("2 people")) == 3
    assert "Nobody matches “%_”" in ada.get("/people", query_string={"search": "%_"}).text
    names = [row[0].split()[0] for row in ada.get("/people?sort=email").table("5 people")[1:]]
    assert names == ["Ada", "Eve", "Petra", "Sam", "Sue"]
    assert ada.get("/people?sort=seen").table("5 people")[1][0].startswith("Ada")
    ada.get("/people?page=99&sort=nonsense")


def test_the_list_takes_as_many_statements_for_many_people_as_for_few(world: Any, ada: PageClient) -> None:
    counted: list[str] = []
    event.listen(db.engine, "before_cursor_execute", lambda *given: counted.append(given[2]))
    ada.get("/people")
    few = len(counted)
    for number in range(60):
        world.add(f"p{number}", "north", Role.PROVIDER_STAFF)
    counted.clear()
    page = ada.get("/people")
    assert len(counted) == few
    assert len(page.table("1 to 50 of 65 people")) == 51
    assert len(ada.get("/people?page=2").table("51 to 65 of 65 people")) == 16


def test_organisations_are_added_and_renamed(world: Any, ada: PageClient) -> None:
    ada.get("/people/organisations/new")
    page = ada.submit(name="  New   Place ", kind="commissioner")
    assert "New Place" in page.text
    ada.get(f"/people/organisations/{world.organisations['north']}/edit")
    ada.submit(name="Northern Partnership")
    assert world.verbs()[-2:] == ["organisation.create", "organisation.rename"]


@pytest.mark.parametrize("name, why", [("", "Enter"), ("x" * 201, "Name must"), ("NORTH", "There is")])
def test_a_bad_name_of_an_organisation_is_refused(world: Any, name: str, why: str) -> None:
    with pytest.raises(Invalid) as refusal:
        organisations.create_organisation(PORTAL, name, OrganisationKind.PROVIDER)
    assert refusal.value.problems["name"].startswith(why)


def test_a_stale_rename_is_refused_and_an_own_name_kept(world: Any) -> None:
    north = world.organisations["north"]
    organisations.rename_organisation(PORTAL, north, "Far north", 1)
    with pytest.raises(Stale) as stale:
        organisations.rename_organisation(PORTAL, north, "Further", 1)
    assert stale.value.current == {"name": "Far north"}
    organisations.rename_organisation(PORTAL, north, "FAR NORTH", 2)


def test_two_organisations_never_share_a_key(world: Any) -> None:
    for name in ("Ünity", "Unity!", "Unity?"):
        organisations.create_organisation(PORTAL, name, OrganisationKind.PROVIDER)
    with pytest.raises(Forbidden):
        organisations.create_organisation(Actor(uuid.uuid4(), "x"), "y", OrganisationKind.PROVIDER)
