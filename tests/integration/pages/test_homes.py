"""The homes and the service page: what each role sees, and what it costs whatever the number of rows."""

from __future__ import annotations

from datetime import date

import pytest
from flask import Flask

from portal.accounts.rules.actors import PORTAL
from portal.core.db import db
from portal.directory.models import Service
from portal.reviews.assessment.rules.workflow import Action, Kind
from portal.reviews.assessment.service.past import PastAssessment, import_past
from portal.scales.registry import registry
from tests.support.assessing import SERVICE, begin, email, move, rate
from tests.support.page_client import PageClient
from tests.support.statements import recorded


def _past(year: int, rating: int) -> None:
    ratings = {item.key: rating for item in registry().get("ips-25").items}
    import_past(PORTAL, PastAssessment(SERVICE, Kind.EXTERNAL, "ips-25", date(year, 5, 20), ratings))


def _address(path: str) -> str:
    key = db.session.get_one(Service, SERVICE).key
    return path.format(key=key)


@pytest.mark.parametrize("rows", [1, 6])
@pytest.mark.parametrize(
    ("name", "path", "pinned"),
    [
        ("manager", "/", 7),
        ("eism", "/", 6),
        ("buyer", "/", 3),  # one of them: which contracts it is party to
        ("manager", "/services/{key}", 12),
        ("buyer", "/services/{key}", 11),
    ],
)
def test_a_home_takes_as_many_statements_with_rows_as_without(
    app: Flask, client: PageClient, name: str, path: str, pinned: int, rows: int
) -> None:
    for year in range(2026 - rows, 2026):
        _past(year, 4)
    client.sign_in(email(name))
    address = _address(path)
    client.get(address)  # what is read once per process is read
    with recorded(app) as statements:
        client.get(address)
    assert len(statements) == pinned, statements


def test_a_providers_home_shows_the_last_result_and_what_is_open(app: Flask, client: PageClient) -> None:
    _past(2024, 3)
    _past(2025, 4)
    begin()
    client.sign_in(email("manager"))
    text = client.get("/").text
    assert "100 of 125" in text
    assert "Good fidelity" in text
    assert "Draft" in text


def test_a_guides_home_shows_what_waits_and_loses_it_when_it_is_returned(
    app: Flask, client: PageClient
) -> None:
    assessment_id = begin()
    rate(assessment_id, 104)
    move(assessment_id, Action.SUBMIT, "manager")
    client.sign_in(email("eism"))
    assert client.get("/").table("Assessments waiting for you")[1][2] == "With the guide"
    move(assessment_id, Action.RETURN, "eism", "Add the time sheets")
    page = client.get("/")
    assert "No assessment waits for you" in page.text
    assert page.table("Assessments with providers and others")[1][2] == "Draft"


def test_a_peer_assessment_waits_for_the_peer_named_only(app: Flask, client: PageClient) -> None:
    assessment_id = begin(kind=Kind.PEER)
    rate(assessment_id, 104)
    move(assessment_id, Action.SUBMIT, "manager")
    client.sign_in(email("eism"))
    assert "No assessment waits for you" in client.get("/").text


def test_a_buyers_home_counts_services_by_band_and_shows_no_draft(app: Flask, client: PageClient) -> None:
    _past(2025, 3)
    begin()
    client.sign_in(email("buyer"))
    text = client.get("/").text
    assert "1 Fair fidelity" in text
    assert "Draft" not in text
