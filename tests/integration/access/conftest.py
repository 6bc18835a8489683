"""The world of attacks on both engines, with a browser for each person."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from flask import Flask
from flask.testing import FlaskClient
from itsdangerous import URLSafeTimedSerializer

from portal.accounts import sign_in
from tests.integration.access import contracts, things, world
from tests.support import compiled_once, databases, run_folder

RAW_TOKEN = "raw token of every browser here"
Browser = Callable[[str], FlaskClient]


def open_world(engine: str, folder: Path) -> Iterator[Flask]:
    """The portal on a copy of the world. No application context is open."""
    with databases.copy_of_template(engine, folder, "access", things.fill) as url:
        settings = databases.settings_for(url, folder / "data")
        made = "template-access" if engine == "sqlite" else "template-postgresql-access"
        shutil.copytree(run_folder.folder() / made / "attachments", folder / "data" / "attachments")
        with databases.closing(compiled_once.portal(settings)) as app:
            contracts.fill(app)
            yield app


def browser_of(app: Flask, name: str) -> FlaskClient:
    """A browser in which this person is signed in; nobody in `anonymous`."""
    client = app.test_client()
    with client.session_transaction() as cookie:
        cookie["csrf_token"] = RAW_TOKEN
        if name != world.ANONYMOUS:
            cookie[sign_in.COOKIE_FIELD] = world.token(name)
    return client


def csrf_token(app: Flask) -> str:
    """The form token that goes with the browsers of `browser_of`."""
    return str(URLSafeTimedSerializer(str(app.secret_key), salt="wtf-csrf-token").dumps(RAW_TOKEN))


def cookie_of(app: Flask, name: str) -> str:
    """The same as a Cookie header, for clients that keep none."""
    cookie = browser_of(app, name).get_cookie("portal")
    return f"portal={cookie.value}" if cookie else ""


@pytest.fixture
def site(engine_name: str, tmp_path: Path) -> Iterator[Flask]:
    """The world, for a test that changes it."""
    yield from open_world(engine_name, tmp_path)


@pytest.fixture
def enter(site: Flask) -> Browser:
    """A browser for each person."""
    return lambda name: browser_of(site, name)
