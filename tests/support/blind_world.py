"""A review that is being scored, everybody who could look, and every address they could look at.

`looks` gives what each person is answered at each address, with what differs from one request to the next
(tokens and nonces) taken out: so two worlds that differ only in a reviewer's sheet can be compared.
"""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import contextmanager
from contextvars import copy_context
from dataclasses import replace
from datetime import timedelta
from functools import partial
from pathlib import Path
from typing import Any, TypeVar, cast
from uuid import UUID

from flask import Flask
from flask.globals import _cv_app
from flask.testing import FlaskClient
from sqlalchemy import select
from werkzeug.routing import BaseConverter, IntegerConverter, Rule
from werkzeug.test import TestResponse

from portal.accounts import sign_in
from portal.accounts.models import Membership, Organisation, Person, SignIn
from portal.accounts.rules.roles import OrganisationKind, Role
from portal.contracts.cycle.service.moving import compile_report
from portal.core import clock
from portal.core.act import operational
from portal.core.db import db
from portal.core.rules.quarters import quarter_of
from portal.reviews.assessment.service.drafting import ItemDraft
from portal.reviews.external import blind
from portal.reviews.external.loading import load_review
from portal.reviews.external.models.portfolio import PlannedMeeting, RequestedDocument
from portal.reviews.external.service.scoring import save_own_sheet
from portal.scales.registry import registry
from tests.support import assessing, compiled_once, cycling, databases, reviewing
from tests.support.assessing import actor, id_of

Result = TypeVar("Result")
RAW_TOKEN = "raw token of every browser here"
MORE_PEOPLE = {
    "programme-team": ("council", OrganisationKind.COMMISSIONER, Role.PROGRAMME_TEAM),
    "governance": ("buyer", OrganisationKind.BUYER, Role.GOVERNANCE_READER),
    "evaluator": ("institute", OrganisationKind.EVALUATOR, Role.EVALUATOR),
    "other-lead": ("other-support", OrganisationKind.SUPPLIER, Role.LEAD_MANAGER),
}
ELSEWHERE = (  # of packages below the reviews: the import contract keeps ratings from them
    "/events",
    "/jobs",
    "/learning",
    "/library",
    "/our-people",
    "/people",
    "/plans",
    "/set-password",
    "/surveys",
    "/workforce/eisms",
    "/workforce/national",
    "/workforce/staff",
    "/workforce/vacancies",
)
EVERYBODY = (*assessing.PEOPLE, *reviewing.REVIEWERS, *MORE_PEOPLE)
AUTHORS = ("lead-reviewer", "second-reviewer", "observer")
SECRETS = {"lead-reviewer": "Larkspur", "second-reviewer": "Marigold", "observer": "Foxglove"}
NOWHERE = "00000000-0000-5000-8000-00000000dead"
# What stands in an address for an argument that names nothing of the review.
FILL: Mapping[str, tuple[str, ...]] = {
    "number": ("1", "2"),
    "key": ("alder-ips", "ips-25"),
    "suffix": ("csv", "xlsx"),
    "ending": ("csv", "xlsx", "json"),
    "action": ("leave-site", "cancel", "back-to-site", "begin-fieldwork", "submit"),
    "kind": ("provider",),
    "position": ("1",),
    "sheet_key": ("records",),
    "step_key": ("portfolio",),
    "role": ("team-leader",),
    "token": ("guessed",),
    "code": ("K7MQ-3RTX-9HWD-CJ4N-PVGY",),
    "filename": ("css/portal.css",),
}
# Pages about nothing of a review: asked for by a few people only.
PLAIN = (
    "/static/",
    "/scales",
    "/help",
    "/accessibility",
    "/sign-in",
    "/forgotten",
    "/set-password",
    "/verify",
)


def fill(app: Flask) -> None:
    """The world of reviews, with the roles it lacks, and a sign-in for everybody."""
    reviewing.fill(app)
    with operational() as session:
        for name, (place, kind, role) in MORE_PEOPLE.items():
            if session.get(Organisation, id_of(place)) is None:
                session.add(Organisation(id=id_of(place), key=place, name=place, kind=kind))
            given = {"id": id_of(name), "email": f"{name}@example.org", "name": name}
            session.add(Person(created_at=clock.now(), **given))
            session.flush()
            held = Membership(person_id=id_of(name), organisation_id=id_of(place), role=role)
            held.starts = clock.today() - timedelta(days=400)
            session.add(held)
        now = clock.now()
        for name in EVERYBODY:
            begun = SignIn(person_id=id_of(name), token_digest=sign_in.digest(f"token of {name}"))
            begun.started_at = begun.seen_at = now
            session.add(begun)
    cycling.write_contract(app)
    compile_report(actor("lead"), cycling.KEY, quarter_of(clock.today()).key)


def browser(app: Flask, name: str) -> FlaskClient:
    """A browser in which this person is signed in; nobody for an empty name."""
    client = app.test_client()
    with client.session_transaction() as cookie:
        cookie["csrf_token"] = RAW_TOKEN
        if name:
            cookie[sign_in.COOKIE_FIELD] = f"token of {name}"
    return client


@contextmanager
def opened(url: str, data: Path) -> Iterator[Flask]:
    """The portal on this database."""
    with databases.closing(compiled_once.portal(databases.settings_for(url, data))) as app:
        cycling.write_contract(app)
        yield app


def rate(review_id: UUID, author: str, rating: int, words: str, items: int = 25) -> None:
    """Rate the first items of a person's own sheet, odd and even ones apart."""
    drafts = {
        item.key: ItemDraft(rating if item.number % 2 else 6 - rating, f"{words} why", f"{words} seen")
        for item in registry().get(reviewing.SCALE).items[:items]
    }
    first = next(iter(drafts))
    drafts[first] = replace(drafts[first], entries={"clients": str(10 * rating + 3), "fte": "1"})
    found = load_review(review_id)
    assert found is not None
    versions = {key: row.version for key, row in blind.own_sheet(actor(author), found).items()}
    save_own_sheet(actor(author), review_id, drafts, versions)


def addresses(app: Flask, review_id: UUID) -> list[str]:
    """Every address that can be got, filled with what is there of the review."""
    found: list[str] = []
    for rule in sorted(app.url_map.iter_rules(), key=lambda one: one.rule):
        if "GET" in (rule.methods or ()):
            found += filled(rule, ids(review_id))
    return sorted(set(found))


def ids(review_id: UUID) -> Mapping[str, tuple[str, ...]]:
    document = select(RequestedDocument.id).where(RequestedDocument.assessment_id == review_id)
    meeting = select(PlannedMeeting.id).where(PlannedMeeting.assessment_id == review_id)
    one = {
        "assessment_id": review_id,
        "document_id": db.session.scalars(document.limit(1)).first() or NOWHERE,
        "meeting_id": db.session.scalars(meeting.limit(1)).first() or NOWHERE,
        "person_id": id_of("second-reviewer"),
        "organisation_id": id_of("support"),
        "quarter": quarter_of(clock.today()).key,
    }
    return {name: (str(value),) for name, value in one.items()}


def filled(rule: Rule, known: Mapping[str, tuple[str, ...]]) -> Iterable[str]:
    """A rule's address for each filling. An argument that nothing fills gets what names nothing."""
    choices: list[dict[str, str]] = [{}]
    for name in sorted(rule.arguments):
        converter = rule._converters[name]
        values = known.get(name) or tuple(getattr(converter, "items", ())) or FILL.get(name)
        if rule.rule.startswith("/contracts/") and name == "key":
            values = (cycling.KEY,)
        values = values or _nothing(name, converter)
        choices = [{**chosen, name: value} for chosen in choices for value in values]
    for chosen in choices:
        built = rule.build({name: rule._converters[name].to_python(text) for name, text in chosen.items()})
        if built:
            yield built[1]


def _nothing(name: str, converter: BaseConverter) -> tuple[str]:
    if isinstance(converter, IntegerConverter):
        return ("1",)
    return (NOWHERE,) if "_id" in name else ("performance",)


def looks(app: Flask, names: Iterable[str], wanted: Iterable[str]) -> dict[tuple[str, str], str]:
    """What each of these people is answered at each of these addresses."""
    return outside(partial(_looks, app, list(names), list(wanted)))


def _looks(app: Flask, names: list[str], wanted: list[str]) -> dict[tuple[str, str], str]:
    told = {}
    for name in names:
        client = browser(app, name)
        for address in wanted:
            if address.startswith(PLAIN) and name not in ("", "administrator"):
                continue
            for accept in ("text/html", "application/json") if "/scoring" in address else ("text/html",):
                answer = client.get(address, headers={"Accept": accept})
                told[name, f"{address} {accept}"] = _plain(answer)
                answer.close()
    return told


def outside(call: Callable[[], Result]) -> Result:
    """Call without the test's own application context: requests inside it would share who is signed in."""
    context = copy_context()
    context.run(cast(Any, _cv_app.set), None)
    return context.run(call)


_CHANGING = re.compile(
    r'nonce="[^"]*"|nonce-[\w-]+|name="csrf_token"[^>]*>|value="[^"]*"[^>]*name="csrf_token"|csrf-token[^>]*>'
    r'|name="(?:kept|ticket)" value="[^"]*"|DTSTAMP:\w+|fieldwork/notes/[0-9a-f-]{36}'
)


def _plain(answer: TestResponse) -> str:
    """Status, headers that tell something, and body as text."""
    kept = [
        f"{name}: {value}"
        for name, value in sorted(answer.headers.items())
        if name not in ("Set-Cookie", "X-Request-Id", "Content-Security-Policy", "Date", "Content-Length")
    ]
    body = answer.get_data()
    if body.startswith(b"PK"):
        with zipfile.ZipFile(io.BytesIO(body)) as archive:
            body = b"\n".join(name.encode() + archive.read(name) for name in sorted(archive.namelist()))
    text = _CHANGING.sub("", body.decode("utf-8", "replace"))
    return "\n".join([str(answer.status_code), *kept, text])
