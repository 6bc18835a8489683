"""Links by e-mail, and changing one's password."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from sqlalchemy import select

from portal.accounts.models import Invitation, Person, SignInFailure
from portal.accounts.rules.actors import PORTAL
from portal.accounts.rules.roles import Role
from portal.accounts.service import links, people
from portal.core import clock
from portal.core.act import operational
from portal.core.db import db
from portal.core.errors import Refused
from portal.core.jobs import worker
from portal.core.jobs.models import Mail
from tests.support.page_client import PageClient

NEW = "green copper window tale"
SENT = "If there is an account for"


def invited(world: Any, name: str = "new") -> str:
    """Somebody invited; the path of their link."""
    invitee = people.Invitee(name, world.email(name), world.organisations["north"], Role.PROVIDER_STAFF)
    world.people[name], link = people.invite(PORTAL, invitee)
    return "/" + link.split("/", 3)[3]


def asked(world: Any, client: PageClient, name: str) -> str:
    """A link to reset a password, asked for on the page."""
    client.get("/forgotten-password")
    client.submit(email=world.email(name))
    worker.run_all()
    return str(world.links(name)[-1])


def test_an_invitation_sets_a_password_and_signs_in(world: Any, client: PageClient) -> None:
    page = client.get(invited(world))
    assert page.heading == "Welcome, new"
    page = client.submit(password=NEW)
    assert page.path == "/"
    assert client.get("/account").heading == "Your account"
    assert world.verbs()[-1] == "person.set-password"


def test_a_link_works_once(world: Any, client: PageClient) -> None:
    link = invited(world)
    client.get(link)
    client.submit(password=NEW)
    assert client.get(link, expect=410).heading == "This link no longer works"
    with pytest.raises(Refused):
        links.set_by_link(link.rsplit("/", 1)[1], NEW)


@pytest.mark.parametrize("seconds, status", [(-1, 200), (0, 410), (1, 410)])
def test_an_invitation_ends_after_seven_days(
    world: Any, client: PageClient, seconds: int, status: int
) -> None:
    link = invited(world)
    expires = db.session.scalars(select(Invitation.expires_at).where(Invitation.used_at.is_(None)))
    made = max(expires) - timedelta(days=7)
    with clock.at(made + timedelta(days=7, seconds=seconds)):
        client.get(link, expect=status)


def test_only_a_digest_of_a_link_is_kept_outside_the_mail(world: Any) -> None:
    token = invited(world).rsplit("/", 1)[1]
    kept = db.session.scalars(select(Invitation.token_digest)).all()
    assert token not in kept
    assert token not in world.payloads()
    assert links.find(token) is not None


@pytest.mark.parametrize(
    "password, message",
    [
        ("", "Enter a password"),
        ("x" * 11, "Password must be 12 characters or more"),
        ("x" * 129, "Password must be 128 characters or fewer"),
        ("password1234", "Choose a password that is harder to guess"),
        ("petronella lamp 1", "Choose a password that does not contain your name"),
    ],
)
def test_a_bad_password_is_refused_with_its_reason_and_the_link_still_works(
    world: Any, client: PageClient, password: str, message: str
) -> None:
    client.get(invited(world, "petronella"))
    page = client.submit(password=password, expect=400)
    assert page.errors[0].startswith(message)
    client.submit(password=NEW)


def test_a_new_password_field_tells_the_browser_so(world: Any, client: PageClient) -> None:
    field = client.get(invited(world)).form().find("input", attrs={"name": "password"})
    assert field is not None
    assert field["autocomplete"] == "new-password"
    assert not field.has_attr("onpaste")


def test_asking_for_a_link_says_the_same_whoever_asks(world: Any, client: PageClient) -> None:
    told = set()
    for name in ("sam", "nobody"):
        client.get("/forgotten-password")
        page = client.submit(email=world.email(name))
        assert page.heading == "Check your email"
        told.add(page.text.replace(world.email(name), "…"))
    assert len(told) == 1
    before = len(db.session.scalars(select(Mail.id)).all())
    worker.run_all()
    assert len(db.session.scalars(select(Mail.id)).all()) == before + 1


def test_a_reset_ends_every_sign_in_and_lifts_the_limits(world: Any, client: PageClient) -> None:
    other = PageClient(client.app)
    other.sign_in(world.email("sam"))
    with operational() as session:
        session.add(SignInFailure(email=world.email("sam"), address="1.2.3.4", at=clock.now()))
    client.get(asked(world, client, "sam"))
    client.submit(password=NEW)
    assert world.open_sign_ins("sam") == 1
    assert other.get("/account").heading == "Sign in"
    assert (
        db.session.scalars(select(SignInFailure).where(SignInFailure.email == world.email("sam"))).all() == []
    )


def test_a_newer_link_ends_the_older_one(world: Any, client: PageClient) -> None:
    first, second = asked(world, client, "sam"), asked(world, client, "sam")
    client.get(first, expect=410)
    client.get(second)


def test_a_link_of_somebody_disabled_is_dead_and_none_is_sent(world: Any, client: PageClient) -> None:
    link = asked(world, client, "sam")
    people.disable(PORTAL, world.people["sam"])
    client.get(link, expect=410)
    asked(world, client, "sam")
    assert len(world.links("sam")) == 2  # the invitation and the first reset


def test_nobody_is_flooded_with_links(world: Any, client: PageClient) -> None:
    for _ in range(7):
        links.ask_for_reset(world.email("sam"))
    worker.run_all()
    assert len(world.links("sam")) == links.MOST_RESETS


def test_one_address_cannot_ask_without_end(world: Any, client: PageClient) -> None:
    for _ in range(10):
        client.get("/forgotten-password")
        client.submit(email=world.email("sam"))
    client.get("/forgotten-password")
    client.submit(email=world.email("sam"), expect=429)


def test_a_changed_password_keeps_this_browser_and_ends_the_others(world: Any, client: PageClient) -> None:
    other = PageClient(client.app)
    for browser in (client, other):
        browser.sign_in(world.email("sam"))
    client.get("/account/password")
    assert client.submit(current=world.password, password=NEW).path == "/account"
    assert other.get("/account").heading == "Sign in"
    assert world.open_sign_ins("sam") == 1
    assert NEW not in world.payloads()


@pytest.mark.parametrize(
    "current, new, message",
    [
        ("not the password", NEW, "This is not your current password"),
        ("", NEW, "Enter your current password"),
        ("blue staple lamp river", "short", "Password must be 12 characters or more"),
        ("blue staple lamp river", "blue staple lamp river", "Choose a password that differs"),
    ],
)
def test_a_change_is_refused_with_its_reason(
    world: Any, client: PageClient, current: str, new: str, message: str
) -> None:
    client.sign_in(world.email("sam"))
    client.get("/account/password")
    before = world.verbs()
    page = client.submit(current=current, password=new, expect=400)
    assert page.errors[0].startswith(message)
    assert world.verbs() == before


def test_a_sign_in_left_open_is_no_way_to_guess_the_password(world: Any, client: PageClient) -> None:
    client.sign_in(world.email("sam"))
    for _ in range(10):
        client.get("/account/password")
        client.submit(current="not the password", password=NEW, expect=400)
    client.get("/account/password")
    client.submit(current=world.password, password=NEW, expect=429)
    assert db.session.get_one(Person, world.people["sam"]).password_hash is not None
