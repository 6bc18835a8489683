"""A reviewer's own sheet: item by item, on one page, and the lock; nothing of anybody else's is shown."""

from __future__ import annotations

import json
from uuid import UUID

import pytest
from flask import Flask

from portal.core import clock
from portal.core.act import operational
from portal.core.db import db
from portal.reviews.external import blind
from portal.reviews.external.models.fieldwork import FieldNote
from portal.reviews.external.rules.notes import NoteKind
from portal.reviews.external.rules.workflow import Stage
from portal.reviews.external.service.scoring import lock, save_own_item, save_own_sheet
from tests.support.assessing import actor, email, id_of, item_key
from tests.support.page_client import PageClient
from tests.support.reviewing import fresh, in_consensus, in_fieldwork, in_scoring, planned, sheet
from tests.support.statements import recorded

ONE, TWO, FIVE = item_key(1), item_key(2), item_key(5)


def own(name: str, assessment_id: UUID) -> dict[str, int | None]:
    rows = blind.own_sheet(actor(name), fresh(assessment_id))
    return {key: row.rating for key, row in rows.items()}


def test_the_page_before_fieldwork_says_when_rating_begins(app: Flask, client: PageClient) -> None:
    assessment_id = planned()
    client.sign_in(email("lead-reviewer"))
    page = client.get(f"/reviews/{assessment_id}/scoring")
    assert "You can rate from the day the lead reviewer begins fieldwork." in page.text
    assert not page.soup.find("form", id="item-form")


def test_an_item_is_saved_and_the_next_one_follows(app: Flask, client: PageClient) -> None:
    assessment_id = in_fieldwork()
    client.sign_in(email("lead-reviewer"))
    client.get(f"/reviews/{assessment_id}/scoring")
    client.click("Start with item 1")
    page = client.submit("item-form", button="next", rating="4", rationale="", evidence="Caseload report")
    assert page.text.startswith("2. ")
    assert own("lead-reviewer", assessment_id) == {ONE: 4}
    page = client.get(f"/reviews/{assessment_id}/scoring")
    assert "1 of 25 rated" in page.text
    assert "You can rate now, and lock when the lead reviewer has closed fieldwork." in page.text


def test_the_last_item_leads_back_to_the_list(app: Flask, client: PageClient) -> None:
    assessment_id = in_scoring()
    client.sign_in(email("second-reviewer"))
    client.get(f"/reviews/{assessment_id}/scoring/25")
    page = client.submit("item-form", button="next", rating="2")
    assert page.response.request.path == f"/reviews/{assessment_id}/scoring"


def test_a_rating_beside_its_suggestion_asks_for_the_reason(app: Flask, client: PageClient) -> None:
    assessment_id = in_scoring()
    client.sign_in(email("lead-reviewer"))
    client.get(f"/reviews/{assessment_id}/scoring/1")
    figures = {"in-clients": "102", "in-fte": "5"}
    page = client.submit("item-form", button="next", fields={**figures, "rating": "5"})
    assert "Say why you chose a rating other than the suggested one" in page.text
    assert "Suggested rating: 4" in page.text


def test_the_script_gets_a_receipt_and_a_conflict_as_data(app: Flask, client: PageClient) -> None:
    assessment_id = in_scoring()
    client.sign_in(email("lead-reviewer"))
    page = client.get(f"/reviews/{assessment_id}/scoring/1")
    token = page.soup.find("input", attrs={"name": "csrf_token"})["value"]  # type: ignore[index]  # it is there
    address, said = f"/reviews/{assessment_id}/scoring/1", {"Accept": "application/json"}
    form = {"csrf_token": token, "version": "0", "rating": "4"}
    answer = client.browser.post(address, data=form, headers=said)
    assert answer.status_code == 200
    assert json.loads(answer.text)["version"] == 1
    answer = client.browser.post(address, data={**form, "rating": "3"}, headers=said)
    assert answer.status_code == 409
    assert json.loads(answer.text)["current"]["rating"] == 4


def test_two_devices_of_one_reviewer_see_both_versions(app: Flask, client: PageClient) -> None:
    assessment_id = in_scoring()
    client.sign_in(email("lead-reviewer"))
    client.get(f"/reviews/{assessment_id}/scoring/1")
    save_own_item(actor("lead-reviewer"), assessment_id, ONE, sheet(words="On the tablet")[ONE], 0)
    page = client.submit("item-form", button="save", rating="2", rationale="On the laptop", expect=409)
    assert "You saved this item elsewhere" in page.text
    assert "On the tablet" in page.text
    assert "On the laptop" in page.text
    client.submit("item-form", button="save")
    assert own("lead-reviewer", assessment_id) == {ONE: 2}


def test_the_sheet_saves_all_items_and_shows_what_was_saved_elsewhere(app: Flask, client: PageClient) -> None:
    assessment_id = in_scoring()
    client.sign_in(email("lead-reviewer"))
    client.get(f"/reviews/{assessment_id}/scoring/sheet")
    page = client.submit("sheet", fields={"r-1": "4", "r-2": "3"})
    assert "Saved: 2 items changed." in page.text
    save_own_item(actor("lead-reviewer"), assessment_id, ONE, sheet()[ONE], 1)
    page = client.submit("sheet", fields={"r-1": "5"}, expect=409)
    assert "You saved some of these items elsewhere" in page.text
    assert "Saved by you elsewhere meanwhile: rating 4" in page.text
    client.submit("sheet")
    assert own("lead-reviewer", assessment_id) == {ONE: 5, TWO: 3}


def test_the_page_says_who_has_locked_and_nothing_else_of_others(app: Flask, client: PageClient) -> None:
    assessment_id = in_scoring()
    secret = sheet(1, {TWO: 5}, words="Xylophone")
    save_own_sheet(actor("second-reviewer"), assessment_id, secret, {})
    lock(actor("second-reviewer"), assessment_id)
    client.sign_in(email("lead-reviewer"))
    for path in ("", "/1", "/2", "/sheet", "/lock"):
        page = client.get(f"/reviews/{assessment_id}/scoring{path}")
        assert "Xylophone" not in page.text
    page = client.get(f"/reviews/{assessment_id}/scoring")
    rows = [" ".join(row.get_text(" ").split()) for row in page.soup.select(".portal-locks li")]
    assert rows == [
        "Lead reviewer Person (you) Lead reviewer Not locked yet",
        "Second reviewer Person Second reviewer Locked",
        "Observer Person Observer in training Not locked yet",
    ]
    assert "0 of 25 rated" in page.text


@pytest.mark.parametrize(
    "name", ["lead", "moderator", "manager", "staff", "eism", "administrator", "spare-reviewer"]
)
def test_nobody_but_the_team_has_a_sheet(app: Flask, client: PageClient, name: str) -> None:
    assessment_id = in_scoring()
    client.sign_in(email(name))
    for path in ("", "/1", "/sheet", "/lock"):
        client.get(f"/reviews/{assessment_id}/scoring{path}", expect=404)


def test_the_check_before_locking_lists_what_is_missing(app: Flask, client: PageClient) -> None:
    assessment_id = in_scoring()
    client.sign_in(email("lead-reviewer"))
    almost = {key: draft for key, draft in sheet().items() if key != FIVE}
    save_own_sheet(actor("lead-reviewer"), assessment_id, almost, {})
    page = client.get(f"/reviews/{assessment_id}/scoring/lock")
    assert "Not ready yet" in page.text
    missing = [link.get_text() for link in page.soup.select(".govuk-inset-text a")]
    assert len(missing) == 1
    assert missing[0].startswith("5. ")
    assert not page.soup.find("button", string="Lock my ratings")


def test_locking_is_a_deliberate_act_and_the_second_lock_opens_consensus(
    app: Flask, client: PageClient
) -> None:
    assessment_id = in_scoring()
    for name in ("lead-reviewer", "second-reviewer"):
        save_own_sheet(actor(name), assessment_id, sheet(), {})
    client.sign_in(email("lead-reviewer"))
    client.get(f"/reviews/{assessment_id}/scoring/lock")
    page = client.submit(f"/reviews/{assessment_id}/scoring/lock", expect=400)
    assert "Confirm that you want to lock your ratings for ever" in page.text
    page = client.submit(f"/reviews/{assessment_id}/scoring/lock", sure="yes")
    assert "Consensus opens when both reviewers have locked." in page.text
    client.sign_in(email("second-reviewer"))
    client.get(f"/reviews/{assessment_id}/scoring/lock")
    page = client.submit(f"/reviews/{assessment_id}/scoring/lock", sure="yes")
    assert page.response.request.path == f"/reviews/{assessment_id}/consensus"
    assert fresh(assessment_id).stage is Stage.CONSENSUS


def test_a_locked_sheet_is_read_and_not_written(app: Flask, client: PageClient) -> None:
    assessment_id = in_consensus()
    client.sign_in(email("lead-reviewer"))
    page = client.get(f"/reviews/{assessment_id}/scoring/1")
    assert "Your ratings are locked and stay as they are." in page.text
    assert page.soup.find("form", id="item-form") is None
    page = client.get(f"/reviews/{assessment_id}/scoring/sheet")
    token = page.soup.find("input", attrs={"name": "csrf_token"})["value"]  # type: ignore[index]  # it is there
    for path, form in (("/1", {"rating": "1", "version": "1"}), ("/sheet", {"r-1": "1", "v-1": "1"})):
        client.post(f"/reviews/{assessment_id}/scoring{path}", {"csrf_token": token, **form}, expect=409)
    client.post(
        f"/reviews/{assessment_id}/scoring/lock",
        {"csrf_token": token, "sure": "yes"},
        follow=False,
        expect=303,
    )
    assert set(own("lead-reviewer", assessment_id).values()) == {4}


def test_an_observer_is_told_that_the_sheet_enters_nothing(app: Flask, client: PageClient) -> None:
    assessment_id = in_scoring()
    save_own_sheet(actor("observer"), assessment_id, sheet(), {})
    client.sign_in(email("observer"))
    page = client.get(f"/reviews/{assessment_id}/scoring/lock")
    assert "it enters neither consensus nor the agreement figures" in page.text


def test_the_teams_notes_stand_beside_the_item_they_inform(app: Flask, client: PageClient) -> None:
    assessment_id = in_scoring()
    now = clock.now()
    with operational():
        for key, text in ((ONE, "Twenty clients each."), (TWO, "Something else.")):
            db.session.add(
                FieldNote(
                    assessment_id=assessment_id,
                    kind=NoteKind.INTERVIEW,
                    role="team-leader",
                    source="INT",
                    text=text,
                    item_keys=[key],
                    taken_on=clock.today(),
                    added_at=now,
                    added_by=id_of("second-reviewer"),
                    changed_at=now,
                )
            )
    client.sign_in(email("lead-reviewer"))
    page = client.get(f"/reviews/{assessment_id}/scoring/1")
    assert "Twenty clients each." in page.text
    assert "Something else." not in page.text


def test_the_pages_take_as_many_statements_with_rows_as_without(app: Flask, client: PageClient) -> None:
    assessment_id = in_scoring()
    client.sign_in(email("lead-reviewer"))
    counts = []
    for _ in range(2):
        taken = []
        for path in ("", "/1", "/sheet"):
            client.get(f"/reviews/{assessment_id}/scoring{path}")
            with recorded(app) as statements:
                client.get(f"/reviews/{assessment_id}/scoring{path}")
            taken.append(len(statements))
        counts.append(taken)
        save_own_sheet(actor("lead-reviewer"), assessment_id, sheet(), {})
    assert counts[0] == counts[1]
    assert max(counts[0]) <= 14, counts
