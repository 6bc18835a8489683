"""The visitor's address behind proxies of one's own."""

from __future__ import annotations

from dataclasses import replace

import pytest
from flask import Flask, request

from portal.app import create_app
from portal.core.access import Public, access
from portal.core.config import Settings


@pytest.mark.parametrize(("proxies", "address"), [(0, "127.0.0.1"), (1, "203.0.113.9"), (2, "198.51.100.7")])
def test_only_as_many_proxies_are_believed_as_the_setting_says(
    app: Flask, proxies: int, address: str
) -> None:
    settings: Settings = app.config["SETTINGS"]
    behind = create_app(replace(settings, trusted_proxies=proxies))
    view = access(Public("a test"))(lambda: request.remote_addr or "")
    behind.add_url_rule("/address", view_func=view, endpoint="address")
    forwarded = {"X-Forwarded-For": "192.0.2.1, 198.51.100.7, 203.0.113.9"}
    assert behind.test_client().get("/address", headers=forwarded).text == address
