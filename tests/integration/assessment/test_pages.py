"""The pages of an assessment: who sees them, what they keep, and what they refuse."""

from __future__ import annotations

from io import BytesIO

import pytest
from flask import Flask

from portal.reviews.assessment.loading import item_ratings
from portal.reviews.assessment.rules.workflow import Action, Kind, State
from portal.reviews.assessment.service.drafting import ItemDraft
from portal.reviews.assessment.service.rating import save_item
from tests.support.assessing import (
    actor,
    audit_rows,
    begin,
    email,
    fresh,
    item_key,
    move,
    rate,
    ratings_for,
    with_guide,
)
from tests.support.page_client import PageClient
from tests.support.statements import recorded

ONE, TWO, THREE = item_key(1), item_key(2), item_key(3)


def _forge(client: PageClient, address: str, expect: int, **data: str) -> None:
    """Send a form that is not on the page, with a good token: what a forged request amounts to."""
    token = client.page.soup.find("input", attrs={"name": "csrf_token"})  # type: ignore[union-attr]  # a page was opened
    client.post(address, {"csrf_token": token["value"], **data}, expect=expect)  # type: ignore[index]  # there is one


def test_drafts_are_seen_by_those_who_work_on_them_and_final_ones_by_readers(
    app: Flask, client: PageClient
) -> None:
    assessment_id = begin(Kind.SELF)
    address = f"/assessments/{assessment_id}"
    rate(assessment_id, 104)
    for name in ("manager", "staff", "eism", "lead"):
        client.sign_in(email(name))
        client.get(address)
    pages = (
        "",
        "/items/1",
        "/sheet",
        "/check",
        "/guidance",
        "/answers",
        "/agreement",
        "/guide/1",
        "/template.csv",
    )
    for name in ("other-manager", "peer", "far-eism", "buyer", "commissioner", "administrator"):
        client.sign_in(email(name))
        for page in pages:
            client.get(address + page, expect=404)
    move(assessment_id, Action.CONFIRM, "manager")
    for name in ("manager", "far-eism", "buyer", "commissioner"):
        client.sign_in(email(name))
        for page in ("", "/items/1", "/sheet"):
            client.get(address + page)
    client.sign_in(email("other-manager"))
    client.get(address, expect=404)
    client.get("/assessments/00000000-0000-0000-0000-000000000001", expect=404)


def test_forged_moves_and_saves_are_refused_and_leave_no_trace(app: Flask, client: PageClient) -> None:
    assessment_id = with_guide()
    address = f"/assessments/{assessment_id}"
    client.sign_in(email("manager"))
    client.get(address)
    before, version = audit_rows(), str(fresh(assessment_id).version)
    for action in ("submit", "confirm", "withdraw", "restore", "reply"):
        _forge(client, f"{address}/do/{action}", 200, version=version)
        assert "This assessment is “With the guide”" in client.page.text  # type: ignore[union-attr]  # the page just opened
    for action in ("return", "hand-over", "agree"):
        _forge(client, f"{address}/do/{action}", 403, version=version, reason="Because")
        client.get(address)
    for action in ("edit", "propose", "nonsense"):
        _forge(client, f"{address}/do/{action}", 404, version=version)
        client.get(address)
    _forge(client, f"{address}/items/1", 409, rating="1", version="1")
    client.get(address)
    _forge(client, f"{address}/sheet", 409, **{"r-1": "1", "v-1": "1"})
    client.get(address)
    _forge(client, f"{address}/answers", 409, **{"seen-1": "1"}, button="save")
    client.get(address)
    _forge(client, f"{address}/guide/1/proposal", 403, rating="1", reason="Mine", version="0")
    client.get(address)
    _forge(client, f"{address}/guide/1/question", 403, question="Who?")
    client.get(address)
    _forge(client, f"{address}/guide/1/settle", 409, take="provider", version="1")
    assert fresh(assessment_id).state is State.WITH_GUIDE
    assert audit_rows() == before
    client.post(f"{address}/do/recall", {"version": version}, expect=400)  # without a token
    assert audit_rows() == before


def test_a_return_keeps_the_reason_when_somebody_moved_it_first(app: Flask, client: PageClient) -> None:
    assessment_id = with_guide()
    address = f"/assessments/{assessment_id}"
    client.sign_in(email("eism"))
    client.get(f"{address}/return")
    page = client.submit(expect=400)
    assert page.errors == ["Say why you return it"]
    move(assessment_id, Action.RECALL, "manager")
    move(assessment_id, Action.SUBMIT, "manager")
    page = client.submit(reason="Item 3 lacks evidence", expect=409)
    assert "Somebody else changed this assessment first" in page.errors[0]
    assert "Item 3 lacks evidence" in page.text
    client.submit()
    assert fresh(assessment_id).return_reason == "Item 3 lacks evidence"
    client.sign_in(email("staff"))
    assert "Item 3 lacks evidence" in client.get(address).text
    assert "Item 3 lacks evidence" in client.get(f"{address}/items/3").text


def test_a_stale_save_of_an_item_shows_both_versions_and_saves_on_the_second_press(
    app: Flask, client: PageClient
) -> None:
    assessment_id = begin()
    client.sign_in(email("staff"))
    client.get(f"/assessments/{assessment_id}/items/1")
    save_item(actor("manager"), assessment_id, ONE, ItemDraft(2, "Theirs", "Their notes"), 0)
    page = client.submit("item-form", button="Save", rating="4", rationale="Mine", expect=409)
    rows = page.table("Both versions, field by field")
    assert rows[1] == ["Rating Differs", "2", "4"]
    assert rows[2] == ["Rationale Differs", "Theirs", "Mine"]
    assert rows[3] == ["Evidence notes Differs", "Their notes", "(empty)"]
    client.submit("item-form", button="Save")
    row = item_ratings(assessment_id)[ONE]
    assert (row.rating, row.rationale, row.version) == (4, "Mine", 2)


def test_a_stale_sheet_shows_what_stands_under_each_row(app: Flask, client: PageClient) -> None:
    assessment_id = begin()
    client.sign_in(email("staff"))
    client.get(f"/assessments/{assessment_id}/sheet")
    save_item(actor("manager"), assessment_id, ONE, ItemDraft(2, "Theirs"), 0)
    page = client.submit("sheet", fields={"r-1": "5", "r-2": "4"}, expect=409)
    assert "Saved by somebody else meanwhile: rating 2, “Theirs”" in page.text
    assert TWO not in item_ratings(assessment_id)
    page = client.submit("sheet")
    assert "2 items changed" in page.text


def test_a_spreadsheet_is_brought_in_through_the_sheet_all_or_nothing(app: Flask, client: PageClient) -> None:
    assessment_id = begin()
    address = f"/assessments/{assessment_id}/import"
    client.sign_in(email("staff"))
    client.get(address)
    assert client.submit(expect=400).errors
    bad = BytesIO(b"item,rating\n1,5\n1,4\n99,3\n2,six\n")
    page = client.submit(fields={"upload": (bad, "bad.csv")}, expect=400)
    assert len(page.table("3 problems in bad.csv")) == 4
    assert item_ratings(assessment_id) == {}
    lines = "".join(f"{number},{rating}\n" for number, rating in enumerate(ratings_for(104).values(), 1))
    good = BytesIO(b"item,rating\n" + lines.encode())
    client.get(address)
    page = client.submit(fields={"upload": (good, "good.csv")})
    assert "Not saved yet" in page.text
    assert item_ratings(assessment_id) == {}
    page = client.submit("sheet")
    assert "25 items changed" in page.text
    client.get(f"/assessments/{assessment_id}/template.xlsx")
    client.get(f"/assessments/{assessment_id}/template.pdf", expect=404)


def test_a_script_gets_its_answers_as_data(app: Flask, client: PageClient) -> None:
    assessment_id = begin()
    address = f"/assessments/{assessment_id}/items/1"
    client.sign_in(email("staff"))
    token = client.get(address).soup.find("input", attrs={"name": "csrf_token"})["value"]  # type: ignore[index]  # there is one
    said = {"Accept": "application/json"}
    form = {"csrf_token": token, "version": "0", "rating": "4", "in-clients": "46", "in-fte": "2.5"}
    saved = client.post(address, form, headers=said).json
    assert (saved["version"], saved["suggested"], saved["needs_reason"]) == (1, 5, True)
    stale = client.post(address, {**form, "rating": "3"}, headers=said, expect=409).json
    assert (stale["error"], stale["version"], stale["current"]["rating"]) == ("stale", 1, 4)
    assert client.post(address, {**form, "rating": "9"}, headers=said, expect=400).json["problems"]


@pytest.mark.parametrize("rated", [0, 25])
def test_the_pages_take_as_many_statements_with_rows_as_without(
    app: Flask, client: PageClient, rated: int
) -> None:
    assessment_id = begin()
    if rated:
        rate(assessment_id, 104)
    client.sign_in(email("staff"))
    counts = {}
    for page in ("", "/items/9", "/sheet"):
        client.get(f"/assessments/{assessment_id}{page}")  # what is read once per process is read
        with recorded(app) as statements:
            client.get(f"/assessments/{assessment_id}{page}")
        counts[page] = len(statements)
    assert counts == PINNED


PINNED = {"": 6, "/items/9": 7, "/sheet": 5}  # the seventh: what the practice library suggests
