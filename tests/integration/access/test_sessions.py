"""A sign-in ends when it should, everywhere, and nothing brings it back."""

from __future__ import annotations

import threading
from datetime import datetime, timedelta

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import select

from portal.accounts import passwords, sign_in
from portal.accounts.models import Person, SignIn
from portal.accounts.rules.actors import PORTAL
from portal.accounts.service import memberships, people
from portal.core import clock
from portal.core.act import operational
from portal.core.db import db
from tests.integration.access import world
from tests.integration.access.conftest import Browser, csrf_token
from tests.support.racing import PATIENCE

PASSWORD = "blue staple lamp river"
CODE = {False: 302, True: 200}


def _in(client: FlaskClient) -> bool:
    return client.get("/account").status_code == 200


def _give_password(site: Flask, name: str) -> None:
    with site.app_context(), operational():
        db.session.get_one(Person, world.id_of(name)).password_hash = passwords.hashed(PASSWORD)


def test_a_sign_in_takes_a_new_token_whatever_the_browser_held(site: Flask, enter: Browser) -> None:
    """A cookie planted before the sign-in is worth nothing after it."""
    _give_password(site, "manager")
    client = site.test_client()
    with client.session_transaction() as cookie:
        cookie["csrf_token"] = "raw token of every browser here"
        cookie[sign_in.COOKIE_FIELD] = "planted by somebody else"
    sent = {"email": world.email("manager"), "password": PASSWORD, "csrf_token": csrf_token(site)}
    assert client.post("/sign-in", data=sent).status_code == 302
    with client.session_transaction() as cookie:
        assert cookie[sign_in.COOKIE_FIELD] != "planted by somebody else"
        assert "csrf_token" not in cookie
    assert _in(client)
    planted = site.test_client()
    with planted.session_transaction() as cookie:
        cookie[sign_in.COOKIE_FIELD] = "planted by somebody else"
    assert not _in(planted)


@pytest.mark.parametrize("cause", ["sign-out", "disable", "role ended", "role added", "address", "nothing"])
def test_what_ends_a_sign_in_ends_it_on_every_device(site: Flask, enter: Browser, cause: str) -> None:
    here, there = enter("staff"), enter("staff")
    assert _in(here)
    assert _in(there)
    with site.app_context():
        staff = world.id_of("staff")
        if cause == "disable":
            people.disable(PORTAL, staff)
        elif cause == "role ended":
            memberships.end_membership(PORTAL, world.id_of("staff-role"))
        elif cause == "role added":
            memberships.add_membership(PORTAL, staff, world.id_of("alder"), world.PEOPLE["manager"].role)
        elif cause == "address":
            people.edit(PORTAL, staff, "Staff Person", "new@example.org", 1)
    if cause == "sign-out":
        here.post("/sign-out", data={"csrf_token": csrf_token(site)})
    assert _in(there) is (cause == "nothing")
    assert _in(enter("staff")) is (cause == "nothing")  # the cookie replayed


@pytest.mark.parametrize(("minutes", "holds"), [(119, True), (120, True), (121, False)])
def test_the_idle_limit(
    site: Flask, enter: Browser, monkeypatch: pytest.MonkeyPatch, minutes: int, holds: bool
) -> None:
    _at(monkeypatch, _moment(site, "seen_at") + timedelta(minutes=minutes))
    assert _in(enter("staff")) is holds


@pytest.mark.parametrize(("minutes", "holds"), [(719, True), (720, True), (721, False)])
def test_the_limit_of_a_day_holds_however_busy_one_is(
    site: Flask, enter: Browser, monkeypatch: pytest.MonkeyPatch, minutes: int, holds: bool
) -> None:
    end = _moment(site, "started_at") + timedelta(minutes=minutes)
    with site.app_context(), operational():
        _row().seen_at = end - timedelta(minutes=1)
    _at(monkeypatch, end)
    assert _in(enter("staff")) is holds


def _row() -> SignIn:
    return db.session.scalars(
        select(SignIn).where(SignIn.token_digest == sign_in.digest(world.token("staff")))
    ).one()


def _moment(site: Flask, name: str) -> datetime:
    with site.app_context():
        found: datetime = getattr(_row(), name)
        return found


def _at(monkeypatch: pytest.MonkeyPatch, moment: datetime) -> None:
    monkeypatch.setattr(clock, "now", lambda: moment)


def test_a_request_under_way_does_not_bring_a_sign_in_back(site: Flask, enter: Browser) -> None:
    """Fifty times: the last-seen time is written while the sign-in is ended. It stays ended."""
    staff = world.id_of("staff")
    for _ in range(50):
        with site.app_context(), operational():
            row = _row()
            row.ended_at, row.seen_at = None, clock.now() - timedelta(minutes=10)
        client = enter("staff")
        asking = threading.Thread(target=client.get, args=("/account",))
        asking.start()
        with site.app_context(), operational():
            sign_in.end_all(staff)
        asking.join(PATIENCE)
        assert not _in(enter("staff"))
