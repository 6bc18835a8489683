"""Foreign pages, foreign tokens and foreign addresses get nowhere."""

from __future__ import annotations

import re

import pytest
from flask import Flask
from sqlalchemy import func, select

from portal.core.audit.models import AuditRow
from portal.core.db import db
from tests.integration.access import world
from tests.integration.access.conftest import Browser, csrf_token
from tests.integration.access.lines import LINES
from tests.integration.access.test_matrix import address_of

# Mail programs post here without a cookie: the mail's own link is the right, and a guessed one leads nowhere.
PROVED_BY_LINK = {"/newsletter/stop/<string:token>"}
UNSAFE = {(line.rule, line.on): line for line in LINES if line.method == "POST"}
HOSTS = ("evil.example", "evil.example:80", "127.0.0.1", "[::1]")
ONWARD = [
    *(
        f"{start}{host}{end}"
        for host in HOSTS
        for start in ("//", "///", "////", "/\\", "\\\\", "/\\/", "/\t/", "\t//", "/\n/", "\n//", "/\r/")
        for end in ("", "/%2e%2e")
    ),
    *(
        f"{scheme}{host}"
        for host in HOSTS
        for scheme in (
            "http://",
            "https://",
            "HTTP://",
            "http:",
            "https:/",
            "ftp://",
            "javascript://",
            "data://",
        )
    ),
    "javascript:alert(1)",
    "JaVaScRiPt:alert(1)",
    "data:text/html,x",
    "vbscript:x",
    "http:services",
    ".evil.example",
    "@evil.example",
    "?next=//evil.example",
    "\x00//evil.example",
    " //evil.example",
    "/ /evil.example",
    "",
]


def _rows(site: Flask) -> int:
    with site.app_context():
        return db.session.scalars(select(func.count()).select_from(AuditRow)).one()


@pytest.mark.parametrize("token", ["none", "stale", "foreign"])
def test_nothing_is_changed_without_the_browsers_own_token(site: Flask, enter: Browser, token: str) -> None:
    """From a foreign page, with no token, one signed with another key, and another browser's."""
    tokens = {"none": "", "stale": csrf_token(site)[:-3] + "xyz", "foreign": "ImZvcmVpZ24i.aSGp8Q.x"}
    before, taken = _rows(site), []
    clients = {name: enter(name) for name in ("administrator", "manager", "eism")}
    for line in UNSAFE.values():
        address = address_of(site, line)
        for name, client in clients.items():
            answer = client.post(
                address,
                data={**line.send, "csrf_token": tokens[token]} if "upload" not in line.send else {},
                headers={"Sec-Fetch-Site": "cross-site", "Origin": "https://evil.example"},
            )
            if answer.status_code != (404 if line.rule in PROVED_BY_LINK else 400):
                taken.append(f"{name} {address}: {answer.status_code}")
    assert taken == []
    assert _rows(site) == before
    assert len(UNSAFE) * len(clients) > 100


def test_a_token_of_another_browser_is_refused(site: Flask, enter: Browser) -> None:
    client = enter("manager")
    with client.session_transaction() as cookie:
        cookie["csrf_token"] = "another browser's"
    answer = client.post(
        f"/assessments/{world.id_of('draft')}/do/submit", data={"csrf_token": csrf_token(site)}
    )
    assert answer.status_code == 400


@pytest.mark.parametrize("target", ONWARD)
def test_a_sign_in_leads_to_no_other_site(target: str) -> None:
    from portal.accounts.rules.links import same_site_path

    assert same_site_path(target) is None


def test_there_are_enough_foreign_addresses_and_ones_own_passes(enter: Browser) -> None:
    assert len(ONWARD) >= 60
    assert enter("manager").get("/sign-in?next=/services?page=2").location == "/services?page=2"
    for target in ("//evil.example", "https://evil.example", "/\\evil.example"):
        assert enter("manager").get("/sign-in", query_string={"next": target}).location == "/"


def test_what_was_typed_is_not_shown_again_to_a_foreign_page(site: Flask) -> None:
    """The kept form of a lapsed sign-in is made only for a page of the portal, and leads back into it."""
    client, address = site.test_client(), f"/assessments/{world.id_of('draft')}/items/1"
    for headers in (
        {"Sec-Fetch-Site": "cross-site"},
        {"Sec-Fetch-Site": "same-site"},
        {"Origin": "null"},
        {},
    ):
        answer = client.post(address, data={"evidence": "Planted"}, headers=headers)
        assert answer.status_code == 400
        assert "Planted" not in answer.text
    own = client.post(address, data={"evidence": "Mine"}, headers={"Sec-Fetch-Site": "same-origin"})
    kept = re.search(r'name="kept"[^>]*value="([^"]+)"', own.text)
    assert kept
    planted = client.get("/sign-in", query_string={"kept": kept.group(1)})
    assert "Mine" not in planted.text
    assert kept.group(1) not in planted.text
