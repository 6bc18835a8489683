"""The pages of the practice library, and where other pages suggest materials."""

from __future__ import annotations

import csv
import io
import uuid

from flask import Flask
from sqlalchemy import select

from portal.accounts.rules.actors import PORTAL
from portal.core.db import db
from portal.library.catalogue import filed
from portal.library.service.materials import save_version
from portal.plans.models import Action
from portal.plans.service import Origin, WeakItem, draft_plan
from tests.support.assessing import SERVICE, actor, begin, email, id_of
from tests.support.page_client import PageClient
from tests.support.shelving import SUPPLIER, day, shelved, text

NOTE = "note-disclosure"
TITLE = filed()[NOTE].text.title


def test_anybody_signed_in_finds_reads_and_downloads(app: Flask, client: PageClient) -> None:
    client.sign_in(email("staff"))
    client.get("/")
    page = client.click("Library")
    assert "Add a material" not in page.text
    page = client.get("/library?q=disclosure&kind=note")
    rows = page.soup.select("tbody tr")
    assert rows[0].th.a.text == TITLE
    assert "best match first" in page.soup.caption.text
    page = client.click(TITLE)
    assert "Fidelity and implementation team" in page.text
    assert "Write a new version" not in page.text
    answer = client.browser.get(f"/library/{NOTE}/file")
    assert answer.data.startswith(b"{\\rtf1")
    assert answer.headers["Content-Disposition"] == f'attachment; filename="{NOTE}.rtf"'
    assert "nobody has changed it here" in client.get(f"/library/{NOTE}/history").text


def test_a_search_without_a_match_says_what_to_do(app: Flask, client: PageClient) -> None:
    client.sign_in(email("staff"))
    assert "Use fewer words" in client.get("/library?q=xylophone").text


def test_the_list_is_downloaded_as_it_is_filtered(app: Flask, client: PageClient) -> None:
    client.sign_in(email("staff"))
    answer = client.browser.get("/library.csv?item=caseload-size")
    rows = list(csv.reader(io.StringIO(answer.data.decode("utf-8-sig"))))
    assert [row[0] for row in rows] == ["Title", filed()["note-caseload-size"].text.title]


def test_states_are_for_those_who_keep_materials(app: Flask, client: PageClient) -> None:
    shelved()
    client.sign_in(email("staff"))
    assert "Diaries of employers" in client.get("/library?state=retired").text
    client.sign_in(email("lead"))
    assert "No materials match" in client.get("/library?state=retired").text


def test_a_material_is_added_and_errors_keep_what_was_typed(app: Flask, client: PageClient) -> None:
    client.sign_in(email("eism"))
    client.get("/library")
    client.click("Add a material")
    page = client.submit("edit", expect=400, title="Our note", summary="S", body="An **open mark")
    assert any("“**” is not closed" in error for error in page.errors)
    assert 'value="Our note"' in page.response.text
    page = client.submit("edit", body="## Why\n\n- one\n- two", items=["disclosure"])
    assert "The material is in the library." in page.text
    assert "<li>one</li>" in page.response.text
    assert "Eism Person" in page.text


def test_a_material_of_a_file_gets_a_version_of_ones_own(app: Flask, client: PageClient) -> None:
    client.sign_in(email("lead"))
    client.get(f"/library/{NOTE}")
    client.click("Write a new version")
    page = client.submit("edit", expect=400, body="Ours now.")
    assert page.errors == ["Say what changed, for those who used the version before"]
    page = client.submit("edit", what="Shorter")
    assert "Version 2 is in the library." in page.text
    page = client.click("history")
    assert [row[:2] for row in page.table("2 versions")[1:]] == [
        ["Version 2", "Shorter"],
        ["Version 1", "As it came with the portal"],
    ]
    page = client.click("Version 1")
    assert "This is an earlier version." in page.text
    client.get(f"/library/{NOTE}/versions/9", expect=404)


def test_a_version_saved_meanwhile_is_shown_beside_what_was_typed(app: Flask, client: PageClient) -> None:
    key = shelved()
    client.sign_in(email("lead"))
    client.get(f"/library/{key}/edit")
    save_version(actor("eism"), id_of(SUPPLIER), key, text(body="Theirs"), id_of("lead"), 1, "Theirs")
    page = client.submit("edit", expect=409, body="Mine", what="Mine")
    assert ["Text", "Mine", "Theirs"] in page.table("Where yours and theirs differ")
    assert "Version 3 is in the library." in client.submit("edit").text


def test_retiring_is_undone_from_the_page_that_follows(app: Flask, client: PageClient) -> None:
    client.sign_in(email("lead"))
    client.get(f"/library/{NOTE}")
    page = client.submit("retire")
    assert "is retired" in page.text
    client.sign_in(email("staff"))
    client.get(f"/library/{NOTE}", expect=404)
    client.sign_in(email("lead"))
    client.get(f"/library/{NOTE}")
    assert "is back in the library" in client.submit("put-back").text


def test_a_reader_may_not_change_what_they_read(app: Flask, client: PageClient) -> None:
    client.sign_in(email("staff"))
    client.get(f"/library/{NOTE}/edit", expect=403)
    client.get("/library/new", expect=403)


def test_a_passed_review_date_is_not_offered_again(app: Flask, client: PageClient) -> None:
    key = shelved(review_on=day(400))
    client.sign_in(email("lead"))
    assert f'value="{day(400).year}"' in client.get(f"/library/{key}/edit").response.text


def test_the_item_page_of_an_assessment_suggests_materials(app: Flask, client: PageClient) -> None:
    assessment = begin()
    client.sign_in(email("staff"))
    page = client.get(f"/assessments/{assessment}/items/13")
    assert "From the practice library" in page.text
    assert f'href="/library/{NOTE}"' in page.response.text


def test_the_page_of_an_action_suggests_materials(app: Flask, client: PageClient) -> None:
    origin = Origin("assessment", uuid.uuid4(), "Self-assessment")
    plan_id = draft_plan(PORTAL, SERVICE, origin, [WeakItem("disclosure", "13. Disclosure", 1, "Begin")])
    action_id = db.session.scalars(select(Action.id).where(Action.plan_id == plan_id)).one()
    client.sign_in(email("manager"))
    page = client.get(f"/plans/{plan_id}/actions/{action_id}")
    assert "From the practice library" in page.text
    assert f'href="/library/{NOTE}"' in page.response.text
