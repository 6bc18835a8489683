"""What no page of ours sends is answered, and is no error of ours."""

from __future__ import annotations

import pytest
from flask import Flask

from tests.integration.access.conftest import Browser, csrf_token
from tests.integration.access.test_forgery import UNSAFE
from tests.integration.access.test_matrix import address_of


@pytest.mark.parametrize(
    "address",
    [
        "/services?q=%00",
        "/services?page=99999999999999999999",
        "/services?region=%00&sort=%00",
        "/services/%00",
        "/services.csv?q=%00",
        "/scales/%00",
        "/verify?code=%00",
        "/verify/%00",
        "/people?search=%00",
        "/people?page=99999999999999999999",
        "/administration/audit?verb=%00&person=%00&subject_id=%00",
        "/administration/audit?before=999999999999999999",
        "/administration/audit?before=99999999999999999999999",
        "/administration/jobs?page=99999999999999999999&state=%00",
        "/administration/outbox?page=-1&state=%00",
        "/set-password/%00",
        "/sign-in?next=%00",
        "/static/%00",
        "/static/../portal.sqlite",
        "/people?search=%ed%a0%80",
        "/services?q=%ed%a0%80",
        "/our-people?organisation=%00",
    ],
)
@pytest.mark.parametrize("name", ["administrator", "manager"])
def test_an_odd_address_is_no_error_of_ours(enter: Browser, name: str, address: str) -> None:
    assert enter(name).get(address).status_code < 500


def test_odd_text_in_a_form_is_no_error_of_ours(site: Flask, enter: Browser) -> None:
    odd = "a\x00b\ud800".encode("utf-8", "surrogatepass").decode("utf-8", "replace")
    token = csrf_token(site)
    faults = []
    addresses = {key: address_of(site, line) for key, line in UNSAFE.items()}
    for line in UNSAFE.values():
        name = "administrator" if line.rule.startswith(("/people", "/admin")) else "manager"
        if line.rule in ("/sign-out", "/set-password/<string:token>"):
            continue
        data = dict.fromkeys(
            (
                *line.send,
                "name",
                "email",
                "title",
                "what",
                "measure",
                "owner",
                "reason",
                "question",
                "code",
                "about",
                "version",
                "search",
                "organisation",
                "role",
                "region",
                "current",
                "new",
                "password",
                "sha256",
                "kept",
                "next",
                "scale",
                "kind",
                "setting",
                "take",
                "rating",
                "rationale",
                "evidence",
                "key",
                "item_title",
            ),
            odd,
        )
        data["csrf_token"] = token
        address = addresses[line.rule, line.on]
        status = enter(name).post(address, data=data).status_code
        if status >= 500:
            faults.append(f"{address}: {status}")
    assert faults == []
