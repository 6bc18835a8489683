"""Every route, tried by everybody: whoever may is served, and nobody else learns or changes a thing."""

from __future__ import annotations

import io
import sys
import uuid
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from typing import Any

import pytest
import time_machine
from flask import Flask, templating
from flask import request as asked
from jinja2 import Template
from sqlalchemy import func, select
from sqlalchemy.orm import Session
from werkzeug.routing import Rule
from werkzeug.test import TestResponse

from portal.accounts.models import SignIn
from portal.core.db import db
from portal.reviews.assessment.loading import proposals_of
from tests.integration.access import (
    contracts,
    events,
    learning,
    on_site,
    posts,
    remedies,
    reviews,
    staff,
    surveys,
    things,
    world,
)
from tests.integration.access.conftest import cookie_of, csrf_token, open_world
from tests.integration.access.expected import MISSING
from tests.integration.access.line import Line
from tests.integration.access.lines import LINES
from tests.support import databases

SAFE = {"GET", "HEAD", "OPTIONS"}


@dataclass
class Ground:
    """The world with each person's cookie. What a request writes is counted and taken back."""

    app: Flask
    cookies: dict[str, str]
    token: str
    commits: list[int] = field(default_factory=list)
    cells: int = 0
    wrong_allows: int = 0

    def ask(self, person: str, method: str, address: str, send: dict[str, Any] | None = None) -> str:
        """The letter of what this person gets."""
        self.commits.clear()
        self.cells += 1
        headers = {"Cookie": self.cookies[person], "X-CSRFToken": self.token, "Sec-Fetch-Site": "same-origin"}
        client = self.app.test_client(use_cookies=False)  # so that a sign-out ends nothing here
        given = {"json": send["JSON"]} if send and "JSON" in send else {"data": send or None}
        response = client.open(address, method=method, headers=headers, **given)
        try:
            return letter(response, address, bool(self.commits))
        finally:
            response.close()


def letter(response: TestResponse, address: str, wrote: bool) -> str:
    """An answer as a letter of `expected`."""
    code = response.status_code
    plain = {400: "i", 401: "s", 403: "f", 404: "n", 409: "r", 410: "n"}
    if code in plain:
        assert not wrote, f"{address} answered {code} and wrote"
        return plain[code]
    assert code < 400, f"{address} answered {code}"
    if wrote:
        return "w"
    if code < 300:
        return "y"
    onward = response.location.partition("?")[0].partition("#")[0]
    if onward == "/sign-in":
        return "s"
    return "b" if onward == "/".join(address.split("/")[:3]) else "o"


def _taken_back(commits: list[int]) -> Callable[[Session], None]:
    """What stands in for a commit: everything is written and counted, and then taken back."""

    def commit(self: Session) -> None:
        self.flush()
        commits.append(1)
        self.rollback()

    return commit


@pytest.fixture(scope="module", params=databases.ENGINES)
def ground(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Ground]:
    """One world for the whole module: nothing that a request does outlasts it."""
    folder: Path = tmp_path_factory.mktemp("matrix")
    for app in open_world(request.param, folder):
        with pytest.MonkeyPatch.context() as patch, time_machine.travel(_when_seen(app), tick=False):
            made = Ground(app, {name: cookie_of(app, name) for name in world.COLUMNS}, csrf_token(app))
            patch.setattr(Session, "commit", _taken_back(made.commits))
            if request.param == "postgresql":  # pages are drawn alike on both: once is enough
                patch.setattr("flask.templating._render", lambda *_: "")
            else:
                patch.setattr("flask.templating._render", _errors_once(templating._render))
            yield made
        said = f"{request.param}: {made.cells} cells tried, {made.wrong_allows} wrong allows"
        sys.__stdout__.write(f"\n{said}\n") if sys.__stdout__ else None


def _errors_once(draw: Callable[..., str]) -> Callable[..., str]:
    """Draws every page, but no error page with the same words for the same person a second time."""
    drawn: set[tuple[str | None, object, str | None]] = set()

    def drawing(app: Flask, template: Template, context: dict[str, Any]) -> str:
        if template.name and template.name.startswith("errors/"):
            known = (template.name, context.get("reason"), asked.headers.get("Cookie"))
            if known in drawn:
                return ""
            drawn.add(known)
        return draw(app, template, context)

    return drawing


def _when_seen(app: Flask) -> datetime:
    """When the sign-ins were seen: some minutes later, each request would write that they were seen again."""
    with app.app_context():
        moment = db.session.scalars(select(func.max(SignIn.seen_at))).one()
        db.session.remove()
    return moment


def rules(app: Flask) -> list[tuple[str, Rule]]:
    """Every route with each of its methods."""
    found = [(method, rule) for rule in app.url_map.iter_rules() for method in rule.methods or ()]
    return [(method, rule) for method, rule in found if method not in {"HEAD", "OPTIONS"}]


def address_of(app: Flask, line: Line) -> str:
    """The address of a line's thing."""
    with app.app_context():
        ids = _ids(line.on) | line.fill
        if "/accuracy/files/" in line.rule:
            ids["file_id"] = reviews.comment_file_of(world.id_of(line.on))
        names = {rule.rule: rule.arguments for _, rule in rules(app)}[line.rule]
        rule = next(rule for _, rule in rules(app) if rule.rule == line.rule)
        values = {name: rule._converters[name].to_python(str(ids[name])) for name in names}
        return str(rule.build(values)[1])  # type: ignore[index]  # None only without all arguments


def _ids(on: str) -> dict[str, Any]:
    key = f"alder-{on}"
    found: dict[str, Any] = {"key": key, "person_id": world.id_of(on), "organisation_id": world.id_of(on)}
    found |= {"job_id": world.id_of(on), "mail_id": world.id_of(on), "assessment_id": world.id_of(on)}
    found |= {"membership_id": world.id_of(f"{on}-role"), "link_id": world.id_of(f"link-{on}-eism")}
    if on in world.SERVICES:
        found["file_id"] = things.file_of(on)
    found |= {"entry_id": world.id_of(on), "newsletter_id": world.id_of(on)}
    if on == "plan":
        plan = things.plan()
        found |= {"plan_id": plan.id, "action_id": plan.actions[0].id}
    if on in world.REVIEWED:
        found |= reviews.ids_of(world.id_of(on)) | on_site.ids()
    if on == "moderated":
        found["person_id"] = world.id_of("moderator")
    found |= {"exercise_id": world.id_of(on), "import_id": world.id_of(on)}
    if on.startswith("event-"):
        found |= events.ids(on)
    if on == "library":
        found["key"] = "note-disclosure"
    found["vacancy_id"] = world.id_of(on)
    found |= dict.fromkeys(posts.IDS, world.id_of(on))
    found["accreditation_id"] = world.id_of(f"accreditation-{on}")
    if on == "report":
        found["code"] = things.report_code()
    named = {"learning": learning.ids, staff.ON: staff.ids, contracts.CONTRACT: remedies.ids}
    if on in named:
        found |= named[on]()
    if on.startswith("survey-"):
        found |= surveys.ids(on)
    return found


def sent(app: Flask, line: Line) -> dict[str, Any]:
    """What a line sends: a file and a sheet are made anew each time."""
    if "upload" in line.send:
        return {"upload": (io.BytesIO(things.EVIDENCE), "new.pdf")}
    if "SHEET" in line.send:
        return {"v-1": "1", "r-1": "5", "t-1": "Why", "e-1": "Seen"}
    if "JSON" in line.send:
        return {"JSON": on_site.body(line.send["JSON"])}
    if line.send.get("take") == "provider":
        with app.app_context():
            standing = proposals_of(world.id_of("settling"))[things.item_keys()[0]]
            return {**line.send, "version": str(standing.version)}
    return dict(line.send)


def test_every_route_and_method_has_its_line(ground: Ground) -> None:
    tried = {(line.method, line.rule) for line in LINES}
    there = {(method, rule.rule) for method, rule in rules(ground.app)}
    assert sorted(there - tried) == []
    assert sorted(tried - there) == []


def test_a_route_without_a_line_is_seen(ground: Ground) -> None:
    app = Flask("planted", static_folder=None)
    app.add_url_rule("/planted", view_func=lambda: "in")
    tried = {(line.method, line.rule) for line in LINES}
    assert {(method, rule.rule) for method, rule in rules(app)} - tried == {("GET", "/planted")}


def test_every_line_says_something_of_everybody() -> None:
    assert {str(line): len(line.letters) for line in LINES if len(line.letters) != len(world.COLUMNS)} == {}


@pytest.mark.parametrize("line", LINES, ids=str)
def test_everybody_gets_what_is_written(ground: Ground, line: Line) -> None:
    address = address_of(ground.app, line)
    got = "".join(ground.ask(name, line.method, address, sent(ground.app, line)) for name in world.COLUMNS)
    wrong = {
        name: f"{given}, not {wanted}"
        for name, given, wanted in zip(world.COLUMNS, got, line.letters, strict=True)
        if given != wanted
    }
    ground.wrong_allows += sum(what[0] not in "sfn" and what[-1] in "sfn" for what in wrong.values())
    assert wrong == {}


CLOSED = [
    line
    for line in LINES
    if ("<uuid:" in line.rule or "key>" in line.rule) and not line.pattern.startswith("*")
]


@pytest.mark.parametrize("line", CLOSED, ids=str)
def test_of_a_missing_thing_everybody_is_told_the_same(ground: Ground, line: Line) -> None:
    rule = next(rule for _, rule in rules(ground.app) if rule.rule == line.rule)
    values = {name: str(uuid.uuid4()) if name != "number" else "1" for name in rule.arguments} | line.fill
    built = rule.build({name: rule._converters[name].to_python(values[name]) for name in rule.arguments})
    assert built
    got = [ground.ask(name, line.method, built[1], sent(ground.app, line)) for name in world.COLUMNS]
    assert "".join(got) == Line("GET", "", MISSING).letters


def test_methods_that_a_route_has_not_are_refused(ground: Ground) -> None:
    """A GET of a route that changes something changes nothing, and no route takes PUT, PATCH or DELETE."""
    wrong = []
    for line in LINES:
        methods = {method for method, rule in rules(ground.app) if rule.rule == line.rule}
        address = address_of(ground.app, line)
        for method in {"GET", "POST", "PUT", "PATCH", "DELETE"} - methods:
            client = ground.app.test_client(use_cookies=False)
            headers = {"Cookie": ground.cookies["administrator"], "X-CSRFToken": ground.token}
            response = client.open(address, method=method, headers=headers)
            if response.status_code != 405:
                wrong.append(f"{method} {address}: {response.status_code}")
    assert not wrong, "\n".join(wrong)
