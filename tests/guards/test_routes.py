"""Every route declares who may call it, and is addressed like the others."""

from __future__ import annotations

import re

import pytest
from flask import Flask
from werkzeug.routing import Rule

from portal.core.access import STAMP, NoRule

_KEBAB = re.compile(r"[a-z0-9.-]*")


def undeclared(app: Flask) -> list[str]:
    """Routes whose view declares no rule, or a rule without words."""
    return sorted(
        rule.rule
        for rule in app.url_map.iter_rules()
        if not getattr(getattr(app.view_functions[rule.endpoint], STAMP, None), "words", "")
    )


def oddly_addressed(app: Flask) -> list[str]:
    """Routes with a part that is not in kebab case."""
    return sorted(
        rule.rule for rule in app.url_map.iter_rules() if rule.endpoint != "static" and _is_odd(rule)
    )


def _is_odd(rule: Rule) -> bool:
    parts = [part for part in rule.rule.split("/") if part]
    fixed = [re.sub(r"<(\w+(\([^)]*\))?:)?\w+>", "", part) for part in parts]
    return not all(_KEBAB.fullmatch(part) for part in fixed)


def test_every_route_declares_its_rule(built_app: Flask) -> None:
    assert undeclared(built_app) == []


def test_every_address_is_in_kebab_case(built_app: Flask) -> None:
    assert oddly_addressed(built_app) == []


def test_a_route_without_a_rule_is_seen() -> None:
    app = Flask("planted", static_folder=None)
    app.add_url_rule("/open-door", view_func=lambda: "in", endpoint="open_door")
    assert undeclared(app) == ["/open-door"]


@pytest.mark.parametrize("address", ["/openDoor", "/open_door", "/services/<uuid:service_id>/openDoor"])
def test_an_odd_address_is_seen(address: str) -> None:
    app = Flask("planted", static_folder=None)
    app.add_url_rule(address, view_func=lambda **_: "in", endpoint="planted")
    assert oddly_addressed(app) == [address]


def test_a_usual_address_is_not_odd() -> None:
    app = Flask("planted", static_folder=None)
    app.add_url_rule(
        "/services/<uuid:service_id>/item-<int:number>.csv", view_func=lambda **_: "", endpoint="ok"
    )
    assert oddly_addressed(app) == []


def test_a_route_without_a_rule_is_refused_when_called() -> None:
    from portal.core import access

    app = Flask("planted", static_folder=None)
    app.testing = True
    app.add_url_rule("/open-door", view_func=lambda: "in", endpoint="open_door")
    access.init_app(app)
    with pytest.raises(NoRule):
        app.test_client().get("/open-door")
