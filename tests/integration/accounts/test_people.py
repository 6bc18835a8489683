"""People, their roles and organisations: what each who may does, and what is refused to whom."""

from __future__ import annotations

import uuid
from datetime import timedelta
from typing import Any

import pytest
from sqlalchemy import select

from portal.accounts.models import Membership, Person
from portal.accounts.rules.actors import PORTAL
from portal.accounts.rules.roles import Role
from portal.accounts.service import memberships, people
from portal.core import clock
from portal.core.act import operational
from portal.core.db import db
from portal.core.errors import Forbidden, Invalid, Refused
from tests.support.page_client import PageClient


def invitee(
    world: Any, role: Role = Role.PROVIDER_STAFF, place: str = "north", **more: Any
) -> people.Invitee:
    """Somebody to invite."""
    values = {"name": "New Person", "email": "new@example.org", "region": None, **more}
    return people.Invitee(organisation_id=world.organisations[place], role=role, **values)


def test_an_administrator_invites_a_person_on_the_page(world: Any, ada: PageClient) -> None:
    ada.get("/people/new")
    page = ada.submit(
        name="Ed Eism",
        email="Ed@Example.org",
        organisation=str(world.organisations["supplier"]),
        role="eism",
        region="North East",
    )
    assert page.heading == "Ed Eism"
    assert "Expert implementation and support manager" in page.text
    assert world.links("ed") != []
    assert world.verbs()[-1] == "person.invite"


def test_what_was_typed_is_kept_when_an_invitation_is_refused(world: Any, ada: PageClient) -> None:
    ada.get("/people/new")
    page = ada.submit(
        name="Ed",
        email=world.email("sam"),
        organisation=str(world.organisations["north"]),
        role="provider-staff",
        expect=400,
    )
    assert page.errors == ["Somebody has this address already. Find them and add a role"]
    assert page.form().find("input", attrs={"name": "name"})["value"] == "Ed"  # type: ignore[index]  # it is there


@pytest.mark.parametrize(
    "changed, field",
    [
        ({"role": Role.BUYER}, "role"),
        ({"role": Role.EISM, "place": "supplier"}, "region"),
        ({"role": Role.EISM, "place": "supplier", "region": "Wales"}, "region"),
        ({"region": "London"}, "region"),
        ({"email": "new"}, "email"),
        ({"email": "sam@example.org"}, "email"),
        ({"email": "SAM@example.org "}, "email"),
        ({"name": " "}, "name"),
        ({"name": "x" * 121}, "name"),
    ],
)
def test_a_bad_invitation_is_refused_at_its_field_and_leaves_nothing(
    world: Any, changed: dict[str, Any], field: str
) -> None:
    before = world.verbs(), len(db.session.scalars(select(Person.id)).all())
    with pytest.raises(Invalid) as refusal:
        people.invite(PORTAL, invitee(world, **changed))
    assert set(refusal.value.problems) == {field}
    assert (world.verbs(), len(db.session.scalars(select(Person.id)).all())) == before


def test_an_unknown_organisation_is_refused(world: Any) -> None:
    with pytest.raises(Invalid):
        people.invite(PORTAL, people.Invitee("A", "a@b.c", uuid.uuid4(), Role.PROVIDER_STAFF))


def test_a_manager_invites_staff_and_managers_of_their_own_provider(world: Any, petra: PageClient) -> None:
    petra.get("/our-people/new")
    page = petra.submit(name="New Person", email="new@example.org", role="provider-manager")
    assert page.heading == "Our people"
    assert "New Person" in page.text
    assert "Sue" not in page.text


@pytest.mark.parametrize(
    "who, role, place",
    [
        ("petra", Role.PROVIDER_STAFF, "south"),
        ("petra", Role.PEER_REVIEWER, "north"),
        ("petra", Role.ADMINISTRATOR, "operator"),
        ("sam", Role.PROVIDER_STAFF, "north"),
        ("eve", Role.PROVIDER_STAFF, "north"),
    ],
)
def test_nobody_else_gives_a_role(world: Any, who: str, role: Role, place: str) -> None:
    with pytest.raises(Forbidden):
        people.invite(world.actor(who), invitee(world, role, place))
    with pytest.raises(Forbidden):
        memberships.add_membership(world.actor(who), world.people["sue"], world.organisations[place], role)


def test_a_forged_organisation_or_role_from_the_managers_page_is_refused(
    world: Any, petra: PageClient
) -> None:
    page = petra.get("/our-people/new")
    token = page.form().find("input", attrs={"name": "csrf_token"})["value"]  # type: ignore[index]  # it is there
    sent = {"csrf_token": token, "name": "A B", "email": "new@example.org", "role": "provider-staff"}
    petra.post("/our-people/new", {**sent, "organisation": str(world.organisations["south"])}, expect=400)
    own = str(world.organisations["north"])
    petra.post("/our-people/new", {**sent, "organisation": own, "role": "administrator"}, expect=400)
    petra.get(f"/our-people?organisation={world.organisations['south']}", expect=404)


def test_a_manager_learns_nothing_of_people_elsewhere(world: Any) -> None:
    with pytest.raises(Invalid) as refusal:
        people.invite(world.actor("petra"), invitee(world, email=world.email("eve")))
    assert refusal.value.problems == {
        "email": "This address cannot be invited here. Ask the portal’s administrator"
    }


def test_disabling_ends_every_sign_in_at_once_and_enabling_lets_in_again(world: Any, ada: PageClient) -> None:
    sam = PageClient(ada.app)
    sam.sign_in(world.email("sam"))
    ada.get(f"/people/{world.people['sam']}/disable")
    assert "is disabled and signed out everywhere" in ada.submit().text
    assert sam.get("/account").heading == "Sign in"
    assert sam.submit(email=world.email("sam"), password=world.password, expect=400).errors != []
    ada.get(f"/people/{world.people['sam']}")
    ada.submit(f"/people/{world.people['sam']}/enable")
    sam.get("/sign-in")
    sam.submit(email=world.email("sam"), password=world.password)


def test_nobody_disables_themselves_or_ends_their_own_role(world: Any, ada: PageClient) -> None:
    with pytest.raises(Refused):
        people.disable(world.actor("ada"), world.people["ada"])
    with pytest.raises(Refused):
        memberships.end_membership(world.actor("ada"), world.membership("ada"))
    ada.get(f"/people/{world.people['ada']}/disable")
    ada.submit(expect=409)


def test_the_last_administrator_stays(world: Any) -> None:
    with pytest.raises(Refused):
        people.disable(PORTAL, world.people["ada"])
    with pytest.raises(Refused):
        memberships.end_membership(PORTAL, world.membership("ada"))
    world.add("bea", "operator", Role.ADMINISTRATOR)
    people.disable(PORTAL, world.people["ada"])


def test_an_administrator_who_never_signed_in_does_not_count(world: Any) -> None:
    people.invite(PORTAL, invitee(world, Role.ADMINISTRATOR, "operator"))
    with pytest.raises(Refused):
        people.disable(PORTAL, world.people["ada"])


def test_a_role_added_ends_every_sign_in(world: Any, ada: PageClient) -> None:
    sam = PageClient(ada.app)
    sam.sign_in(world.email("sam"))
    ada.get(f"/people/{world.people['sam']}/roles/new")
    ada.submit(organisation=str(world.organisations["south"]), role="provider-manager")
    assert world.open_sign_ins("sam") == 0
    assert world.verbs()[-1] == "membership.add"
    south = world.organisations["south"]
    with pytest.raises(Invalid):
        memberships.add_membership(PORTAL, world.people["sam"], south, Role.PROVIDER_MANAGER)


@pytest.mark.parametrize("held_for_days", [0, 1, 400])
def test_a_role_ended_is_gone_from_that_moment(world: Any, petra: PageClient, held_for_days: int) -> None:
    with operational():
        row = db.session.get_one(Membership, world.membership("sam"))
        row.starts = clock.today() - timedelta(days=held_for_days)
    sam = PageClient(petra.app)
    sam.sign_in(world.email("sam"))
    petra.get("/our-people")
    petra.click("End the role Provider staff of Sam")
    assert "signed out everywhere" in petra.submit().text
    assert world.open_sign_ins("sam") == 0
    db.session.expire_all()
    assert world.actor("sam").held == ()


def test_an_edit_is_saved_and_a_stale_one_shows_both(world: Any, ada: PageClient) -> None:
    address = f"/people/{world.people['sam']}/edit"
    ada.get(address)
    people.edit(PORTAL, world.people["sam"], "Samuel", world.email("sam"), 1)
    page = ada.submit(name="Samantha", expect=409)
    assert "Samuel" in page.text
    assert page.form().find("input", attrs={"name": "name"})["value"] == "Samantha"  # type: ignore[index]  # there
    assert "The changes are saved." in ada.submit().text
    assert ada.get(f"/people/{world.people['sam']}").heading == "Samantha"


def test_a_new_address_ends_sign_ins_and_links_and_a_new_name_does_not(
    world: Any, client: PageClient
) -> None:
    client.sign_in(world.email("sam"))
    people.edit(PORTAL, world.people["sam"], "Samuel", world.email("sam"), 1)
    assert world.open_sign_ins("sam") == 1
    people.edit(PORTAL, world.people["sam"], "Samuel", "other@example.org", 2)
    assert world.open_sign_ins("sam") == 0
    client.get(world.links("sam")[0], expect=410)


def test_an_edit_without_a_change_writes_nothing(world: Any) -> None:
    before = world.verbs()
    people.edit(PORTAL, world.people["sam"], "Sam", world.email("sam"), 1)
    assert world.verbs() == before


def test_an_invitation_is_sent_anew_until_it_is_taken_up(world: Any, ada: PageClient) -> None:
    person_id, _ = people.invite(PORTAL, invitee(world))
    ada.get(f"/people/{person_id}")
    ada.submit(f"/people/{person_id}/invite-again")
    assert len(world.links("new")) == 2
    with pytest.raises(Refused):
        people.invite_again(PORTAL, world.people["sam"])


def test_no_password_token_name_or_address_stands_in_the_audit(world: Any, ada: PageClient) -> None:
    people.invite(PORTAL, invitee(world))
    people.edit(PORTAL, world.people["sam"], "Samuel", "other@example.org", 1)
    body = world.payloads()
    assert "example.org" not in body
    assert "Samuel" not in body
    assert "New Person" not in body
