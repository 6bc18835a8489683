"""Sources against what the team noted, tallied and was sent; and the reason for leaving with gaps."""

from __future__ import annotations

import uuid

from flask import Flask
from sqlalchemy import update

from portal.core import clock
from portal.core.act import operational
from portal.reviews.external import fieldwork_sources
from portal.reviews.external.facts import facts_of
from portal.reviews.external.models.portfolio import RequestedDocument
from portal.reviews.external.rules.notes import NoteDraft, NoteKind
from portal.reviews.external.rules.portfolio import DocumentState
from portal.reviews.external.rules.workflow import Action
from portal.reviews.external.service.fieldwork import remove_note, save_note
from portal.reviews.external.service.fieldwork_rows import save_row
from tests.support import reviewing, statements
from tests.support.assessing import actor, email
from tests.support.page_client import PageClient
from tests.support.reviewing import fresh, in_fieldwork


def seen(assessment_id: uuid.UUID, key: str) -> frozenset[str]:
    return fieldwork_sources.seen(fresh(assessment_id)).get(key, frozenset())


def note(assessment_id: uuid.UUID, kind: NoteKind, *keys: str) -> uuid.UUID:
    note_id, me = uuid.uuid4(), actor("lead-reviewer")
    role = "client" if kind is NoteKind.INTERVIEW else ""
    save_note(me, assessment_id, note_id, NoteDraft(kind, clock.today(), role, item_keys=keys), 0)
    return note_id


def test_each_way_of_looking_closes_its_gap(app: Flask) -> None:
    assessment_id = in_fieldwork()
    assert 1 in fieldwork_sources.gaps(fresh(assessment_id))
    interview = note(assessment_id, NoteKind.INTERVIEW, "caseload-size")
    assert seen(assessment_id, "caseload-size") == {"INT"}
    save_row(actor("observer"), assessment_id, "caseload", 1, {"clients": "20"}, 0)
    assert seen(assessment_id, "caseload-size") == {"INT"}  # no figure yet: the post is missing
    save_row(actor("observer"), assessment_id, "caseload", 1, {"clients": "20", "fte": "1"}, 1)
    assert seen(assessment_id, "caseload-size") == {"INT", "MIS", "DOC"}
    assert 1 not in fieldwork_sources.gaps(fresh(assessment_id))
    remove_note(actor("lead-reviewer"), assessment_id, interview)
    assert 1 in fieldwork_sources.gaps(fresh(assessment_id))


def test_a_document_counts_once_it_is_supplied(app: Flask) -> None:
    assessment_id = in_fieldwork()
    with operational() as session:
        session.execute(
            update(RequestedDocument)
            .where(RequestedDocument.document_key == "caseload-list")
            .values(state=DocumentState.SUPPLIED)
        )
    informed = {key for key, codes in fieldwork_sources.seen(fresh(assessment_id)).items() if "DOC" in codes}
    assert "caseload-size" in informed


def test_the_lead_needs_a_reason_to_leave_while_a_source_is_missing(app: Flask) -> None:
    assessment_id = in_fieldwork()
    facts = facts_of(actor("lead-reviewer"), fresh(assessment_id))
    assert facts.gaps == tuple(range(1, 26))
    found = fresh(assessment_id)
    keys = [item.key for item in found.scale.items]
    for kind, source in (
        (NoteKind.INTERVIEW, ""),
        (NoteKind.OBSERVATION, ""),
        (NoteKind.DOCUMENT, "DOC"),
        (NoteKind.DOCUMENT, "MIS"),
        (NoteKind.RECORD, "ISP"),
    ):
        role = "client" if kind is NoteKind.INTERVIEW else ""
        draft = NoteDraft(kind, clock.today(), role, source, item_keys=tuple(keys))
        save_note(actor("second-reviewer"), assessment_id, uuid.uuid4(), draft, 0)
    assert facts_of(actor("lead-reviewer"), fresh(assessment_id)).gaps == ()
    reviewing.move(assessment_id, Action.LEAVE_SITE, "lead-reviewer")  # no reason is asked for


def test_gaps_take_three_statements_however_many_notes(app: Flask) -> None:
    assessment_id = in_fieldwork()
    for _ in range(3):
        note(assessment_id, NoteKind.OBSERVATION, "team-contact")
    found = fresh(assessment_id)

    with statements.recorded(app) as made:
        fieldwork_sources.gaps(found)

    assert len(made) == 3, made


def test_the_page_shows_gaps_first_and_whom_to_ask(client: PageClient) -> None:
    with client.app.app_context():
        assessment_id = in_fieldwork()
        note(assessment_id, NoteKind.INTERVIEW, "jobcentre-plus")
    client.sign_in(email("lead-reviewer"))

    page = client.get(f"/reviews/{assessment_id}/gaps")

    rows = page.table("Each item with the sources it asks for, those with gaps first")
    assert rows[0] == ["Item", "MIS", "DOC", "INT", "OBS", "ISP"]
    by_item = {row[0].split(".")[0]: row[1:] for row in rows[1:]}
    assert by_item["6"] == ["not asked for", "Gap", "✓ seen", "Gap", "Gap"]
    counts = [row.count("Gap") for row in rows[1:]]
    assert counts == sorted(counts, reverse=True)
    assert "Jobcentre Plus:" not in page.text  # item 6 has its interview
    assert "Take me through last week, day by day: what did you do?" in page.text


def test_the_guide_has_the_questions_of_one_role(client: PageClient) -> None:
    with client.app.app_context():
        assessment_id = in_fieldwork()
    client.sign_in(email("observer"))
    page = client.get(f"/reviews/{assessment_id}/fieldwork/guide/jobcentre")
    assert "6. Collaboration with Jobcentre Plus" in page.text
    client.get(f"/reviews/{assessment_id}/fieldwork/guide/cleaner", expect=404)
