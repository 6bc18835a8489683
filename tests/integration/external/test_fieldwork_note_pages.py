"""The pages of notes: what was typed is kept, both versions are shown, and who sees nothing."""

from __future__ import annotations

import pytest

from portal.core import clock
from portal.reviews.external.fieldwork_notes import note_of
from portal.reviews.external.rules.workflow import Action
from portal.reviews.external.service.consensus import agree_identical
from portal.reviews.external.service.fieldwork import save_note
from tests.support import reviewing, statements
from tests.support.assessing import actor, email
from tests.support.fieldwork import WORDS, draft, posted, saved, value
from tests.support.html_judge import words
from tests.support.page_client import PageClient
from tests.support.reviewing import in_consensus, in_fieldwork


def test_the_page_keeps_what_was_typed_and_shows_both_versions(client: PageClient) -> None:
    with client.app.app_context():
        assessment_id = in_fieldwork()
        note_id = saved(assessment_id)
    client.sign_in(email("lead-reviewer"))
    client.get(f"/reviews/{assessment_id}/fieldwork/notes/{note_id}")
    with client.app.app_context():
        save_note(actor("second-reviewer"), assessment_id, note_id, draft("Theirs"), 1)

    page = client.submit("note-form", button="save", text="Mine", expect=409)

    assert "Both versions" in page.text
    assert "Theirs" in page.text
    assert value(page, "#text").strip() == "Mine"
    page = client.submit("note-form", button="save", text="Mine and theirs")
    assert "Mine and theirs" in page.text
    with client.app.app_context():
        line = note_of(assessment_id, note_id)
        assert line is not None
        assert (line.text, line.version) == ("Mine and theirs", 3)


def test_a_script_gets_receipts_and_reasons_as_data(client: PageClient) -> None:
    with client.app.app_context():
        assessment_id = in_fieldwork()
    client.sign_in(email("lead-reviewer"))
    page = client.get(f"/reviews/{assessment_id}/fieldwork/notes/new?kind=interview&role=client")
    address = str(page.form("note-form")["action"])
    data = {
        "csrf_token": value(page, "#note-form [name=csrf_token]"),
        "version": "0",
        "kind": "interview",
        "role": "client",
        "taken_on": clock.today().isoformat(),
        "text": WORDS,
    }
    status, body = posted(client, address, **data)
    assert (status, body["version"]) == (200, 1)
    status, body = posted(client, address, **{**data, "text": "Other"})
    assert (status, body["error"]) == (409, "stale")
    status, body = posted(client, address, **{**data, "version": "1", "role": ""})
    assert (status, set(body["problems"])) == (400, {"role"})


@pytest.mark.parametrize("name", ["manager", "staff", "moderator", "buyer", "other-manager"])
def test_others_are_told_that_nothing_is_there(client: PageClient, name: str) -> None:
    with client.app.app_context():
        assessment_id = in_fieldwork()
        note_id = saved(assessment_id)
    client.sign_in(email(name))
    for path in ("fieldwork", "gaps", f"fieldwork/notes/{note_id}", "worksheets/records"):
        page = client.get(f"/reviews/{assessment_id}/{path}", expect=404)
        assert WORDS not in page.text


def test_the_lead_manager_reads_and_finds_no_form(client: PageClient) -> None:
    with client.app.app_context():
        assessment_id = in_fieldwork()
        note_id = saved(assessment_id, item_keys=("caseload-size",))
    client.sign_in(email("lead"))

    page = client.get(f"/reviews/{assessment_id}/fieldwork/notes/{note_id}")

    assert WORDS in page.text
    assert "Caseload size" in page.text
    assert "note-form" not in page.text
    assert "Take notes" not in client.get(f"/reviews/{assessment_id}/fieldwork").text


def test_notes_are_taken_removed_and_put_back_by_links_and_buttons(client: PageClient) -> None:
    with client.app.app_context():
        assessment_id = in_fieldwork()
    client.sign_in(email("second-reviewer"))
    client.get(f"/reviews/{assessment_id}/fieldwork/notes/new?kind=interview&role=clinician")
    page = client.submit("note-form", button="another", text=WORDS, fields={"items": ["zero-exclusion"]})
    assert "Note saved" in page.text
    page = client.get(f"/reviews/{assessment_id}/fieldwork?role=clinician")
    assert WORDS in page.text
    page = client.click("Interview: clinicians")
    note = str(page.form("note-form")["action"])
    page = client.post(f"{note}/remove", {"csrf_token": value(page, "#note-form [name=csrf_token]")})
    assert "Removed notes (1)" in page.text
    page = client.submit(f"{note}/restore")
    assert "The note is back" in page.text


def test_moderators_read_notes_from_moderation_on(client: PageClient) -> None:
    with client.app.app_context():
        assessment_id = in_consensus()
        saved(assessment_id)
    client.sign_in(email("moderator"))
    client.get(f"/reviews/{assessment_id}/fieldwork", expect=404)
    with client.app.app_context():
        agree_identical(actor("lead-reviewer"), assessment_id)
        reviewing.move(assessment_id, Action.SUBMIT, "lead-reviewer")
    assert WORDS in client.get(f"/reviews/{assessment_id}/fieldwork").text


def test_the_list_of_notes_takes_as_many_statements_with_one_note_as_with_ten(client: PageClient) -> None:
    with client.app.app_context():
        assessment_id = in_fieldwork()
        saved(assessment_id)
    client.sign_in(email("lead-reviewer"))
    address = f"/reviews/{assessment_id}/fieldwork"
    client.get(address)
    with statements.recorded(client.app) as one:
        client.get(address)
    with client.app.app_context():
        for _ in range(9):
            saved(assessment_id)
    with statements.recorded(client.app) as ten:
        assert "10 notes" in client.get(address).text
    assert len(one) == len(ten)


def test_the_visit_lists_what_is_planned_and_whom_else_the_scale_asks(client: PageClient) -> None:
    with client.app.app_context():
        assessment_id = in_fieldwork()
        saved(assessment_id)
    client.sign_in(email("observer"))

    lines = [
        words(line) for line in client.get(f"/reviews/{assessment_id}/fieldwork").soup.select(".portal-line")
    ]

    clients = next(line for line in lines if line.startswith("Clients"))
    assert "1 note with clients" in clients
    assert "Questions for clients" in clients
    assert any(line.startswith("Employers Not planned") for line in lines)
    assert any(line.startswith("IPS team meeting No time yet") for line in lines)
