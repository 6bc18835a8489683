"""The public check of a report by its code: what it says, what it compares, and what it keeps to itself."""

from __future__ import annotations

import hashlib
import uuid
from datetime import date
from io import BytesIO

import pytest

from portal.core.db import db
from portal.core.jobs import worker
from portal.reviews.assessment.models import PublishedReport
from portal.reviews.assessment.service.drafting import ItemDraft
from tests.support.assessed import Proposing, World, all_rated, drafts
from tests.support.page_client import PageClient


@pytest.fixture
def made(world: World) -> uuid.UUID:
    sheet = drafts(all_rated(4, n15=2))
    sheet["caseload-size"] = ItemDraft(4, evidence="SECRETNOTE")
    return world.final(sheet, {"rapid-job-search": Proposing(1, "SECRETREASON", answer="SECRETANSWER")})


def row_of(made: uuid.UUID) -> PublishedReport:
    db.session.rollback()
    return db.session.get_one(PublishedReport, (made, 1), populate_existing=True)


def test_anybody_with_the_code_sees_what_was_published_and_nothing_else(
    made: uuid.UUID, client: PageClient
) -> None:
    row = row_of(made)
    client.get("/verify")
    page = client.submit("/verify", code=row.code.lower().replace("-", " "))
    assert page.path == f"/verify/{row.code}"
    for said in (
        "Bridge IPS",
        "IPS fidelity scale, 25 items",
        "97 of 125",
        "Fair fidelity",
        "Current",
        row.digest,
    ):
        assert said in page.text
    assert "No PDF has been made yet" in page.text
    everything = page.response.text
    for kept in ("SECRET", "Ann Archer", "Dee Drake", "Bridge Trust", str(made), "Caseload", "rapid-job"):
        assert kept not in everything


def test_the_form_takes_no_sign_in_and_no_unknown_code(client: PageClient) -> None:
    assert client.get("/verify/K7MQ-3RTX-9HWD-CJ4N-PVGY", expect=404).heading == "No report has this code"
    assert client.get("/verify/nonsense", expect=404).heading == "No report has this code"
    page = client.get("/verify?code=nonsense", expect=400)
    assert page.errors == ["Enter the code as it is printed on the report, like K7MQ-3RTX-9HWD-CJ4N-PVGY"]
    assert 'value="nonsense"' in page.response.text
    client.get("/verify?code=", expect=400)


def test_a_replaced_report_says_so(world: World, client: PageClient) -> None:
    old = world.past(date(2024, 5, 20), all_rated(3))
    assert "Current" in client.get(f"/verify/{row_of(old).code}").text
    world.past(date(2025, 5, 20), all_rated(4))
    page = client.get(f"/verify/{row_of(old).code}")
    assert (
        "Replaced A later self-assessment of the same service on the same scale has been published"
        in page.text
    )
    assert "100" not in page.text  # not what the later result is


def test_a_scale_without_bands_is_said_to_have_none(world: World, client: PageClient) -> None:
    made = world.past(date(2024, 5, 20), all_rated(3, "scr"), scale_key="scr")
    assert "No bands are published for this scale" in client.get(f"/verify/{row_of(made).code}").text


def test_a_file_is_compared_with_the_pdf_and_the_data(
    made: uuid.UUID, client: PageClient, quick_pdf: bytes
) -> None:
    worker.run_all()
    row = row_of(made)
    address = f"/verify/{row.code}"
    for data, said in (
        (quick_pdf, "Match It is the report’s PDF, unchanged."),
        (row.content.encode(), "Match It is the report’s data (JSON), unchanged."),
        (quick_pdf + b" ", "No match It is not a file of this report"),
        (row.content.replace('"total":97', '"total":98').encode(), "No match It is not a file"),
    ):
        client.get(address)
        page = client.submit(file=(BytesIO(data), "report"))
        assert said in page.text


def test_a_pasted_sha_256_is_compared_too(made: uuid.UUID, client: PageClient) -> None:
    row = row_of(made)
    client.get(f"/verify/{row.code}")
    assert "Match It is the report’s data" in client.submit(sha256=f" {row.digest.upper()} ").text
    assert "No match" in client.submit(sha256=hashlib.sha256(b"x").hexdigest()).text


@pytest.mark.parametrize(
    "typed,said",
    [("", "Choose a file, or enter its SHA-256"), ("abc", "Enter the 64 letters and digits of a SHA-256")],
)
def test_what_cannot_be_compared_is_said_at_its_field(
    made: uuid.UUID, client: PageClient, typed: str, said: str
) -> None:
    client.get(f"/verify/{row_of(made).code}")
    page = client.submit(sha256=typed, expect=400)
    assert page.errors == [said]
    assert "97 of 125" in page.text
