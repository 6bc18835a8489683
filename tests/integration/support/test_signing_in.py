"""The test clients' short way to be somebody is the portal's own sign-in."""

from __future__ import annotations

import uuid
from pathlib import Path

import pytest
from flask import Flask
from sqlalchemy import func, select

from portal.accounts.current import current_actor
from portal.accounts.models import Person, SignIn
from portal.core import clock
from portal.core.access import Public, access
from portal.core.act import operational
from portal.core.db import db
from tests.support import site
from tests.support.page_client import PageClient

EMAIL = "ann@example.org"


@pytest.fixture
def person_id(app: Flask) -> uuid.UUID:
    with operational() as session:
        person = Person(email=EMAIL, name="Ann", created_at=clock.now())
        session.add(person)
    return person.id


@pytest.fixture
def telling_app(app: Flask) -> Flask:
    """The portal with a route that tells who is signed in."""
    rule = access(Public("planted in a test"))
    app.add_url_rule(
        "/who", view_func=rule(lambda: (str(current_actor().person_id), {"Content-Type": "text/plain"}))
    )
    return app


def test_the_page_client_is_who_it_signed_in_as(telling_app: Flask, person_id: uuid.UUID) -> None:
    client = PageClient(telling_app)
    assert client.get("/who").response.text == "None"
    client.sign_in(EMAIL)
    assert client.get("/who").response.text == str(person_id)
    assert db.session.scalar(select(func.count()).select_from(SignIn)) == 1
    client.sign_out()
    assert client.get("/who").response.text == "None"


def test_the_browsers_cookie_is_one_the_portal_takes(telling_app: Flask, person_id: uuid.UUID) -> None:
    name, value = site.Site("", telling_app).cookie_for(EMAIL)
    client = PageClient(telling_app)
    client.browser.set_cookie(name, value)
    assert client.get("/who").response.text == str(person_id)


def test_a_server_that_does_not_start_says_why(tmp_path: Path) -> None:
    with (
        pytest.raises(RuntimeError, match="NoSuchModuleError"),
        site.serving("nonsense://", tmp_path / "data"),
    ):
        pass
