"""Notes of the team: saved as one goes, shared, removed and put back; never the provider's to see."""

from __future__ import annotations

import uuid
from datetime import timedelta

import pytest
from flask import Flask
from sqlalchemy import select

from portal.core import clock
from portal.core.act import operational
from portal.core.audit.models import AuditPayload, AuditRow
from portal.core.db import db
from portal.core.errors import Forbidden, Invalid, NotFound, Refused, Stale
from portal.reviews.external.fieldwork_notes import Wanted, narrowed, note_of, notes_of, notes_on
from portal.reviews.external.models.fieldwork import FieldNote
from portal.reviews.external.rules.notes import LONGEST_TEXT, NoteKind
from portal.reviews.external.rules.workflow import Action
from portal.reviews.external.service.fieldwork import remove_note, save_note
from tests.support import reviewing
from tests.support.assessing import OTHER_SERVICE, actor, audit_rows
from tests.support.fieldwork import WORDS, draft, saved
from tests.support.reviewing import fresh, in_fieldwork, planned


def test_a_note_is_added_changed_and_saved_again_without_a_second_row(app: Flask) -> None:
    assessment_id, note_id, me = in_fieldwork(), uuid.uuid4(), actor("lead-reviewer")
    before = audit_rows()

    assert save_note(me, assessment_id, note_id, draft("One"), 0).version == 1
    assert save_note(me, assessment_id, note_id, draft("One"), 0).version == 1  # sent again
    assert save_note(me, assessment_id, note_id, draft("Two"), 1).version == 2

    line = note_of(assessment_id, note_id)
    assert line is not None
    assert (line.text, line.source, line.by) == ("Two", "INT", "Lead reviewer Person")
    assert audit_rows() == before + 2
    assert len(notes_of(assessment_id)) == 1


def test_the_audit_says_which_fields_changed_and_never_what_they_say(app: Flask) -> None:
    assessment_id = in_fieldwork()
    saved(assessment_id, heading="A heading of its own")

    query = select(AuditPayload.body).join(AuditRow, AuditRow.number == AuditPayload.number)
    text = str(list(db.session.execute(query.where(AuditRow.verb == "reviews.note")).scalars()))

    assert "'text'" in text
    assert WORDS not in text
    assert "heading of its own" not in text


def test_whoever_saves_second_gets_what_stands(app: Flask) -> None:
    assessment_id = in_fieldwork()
    note_id = saved(assessment_id)
    save_note(actor("second-reviewer"), assessment_id, note_id, draft("Theirs"), 1)

    with pytest.raises(Stale) as stale:
        save_note(actor("lead-reviewer"), assessment_id, note_id, draft("Mine"), 1)

    assert stale.value.current["text"] == "Theirs"
    assert stale.value.version == 2


@pytest.mark.parametrize(
    ("more", "field"),
    [
        ({"role": ""}, "role"),
        ({"role": "cleaner"}, "role"),
        ({"taken_on": None}, "taken_on"),
        ({"item_keys": ("no-such-item",)}, "item_keys"),
        ({"heading": "x" * 201}, "heading"),
        ({"text": "x" * (LONGEST_TEXT + 1)}, "text"),
        ({"text": "Record 943 476 5919 was read"}, "text"),
    ],
)
def test_what_cannot_be_taken_is_refused_at_its_field(
    app: Flask, more: dict[str, object], field: str
) -> None:
    assessment_id = in_fieldwork()

    with pytest.raises(Invalid) as invalid:
        save_note(actor("lead-reviewer"), assessment_id, uuid.uuid4(), draft(**more), 0)  # type: ignore[arg-type]  # fields of a note

    assert set(invalid.value.problems) == {field}
    assert notes_of(assessment_id) == []


@pytest.mark.parametrize(("days", "taken"), [(-1, True), (0, True), (1, False)])
def test_a_note_is_never_of_tomorrow(app: Flask, days: int, taken: bool) -> None:
    assessment_id, day = in_fieldwork(), clock.today() + timedelta(days=days)

    if taken:
        saved(assessment_id, taken_on=day)
    else:
        with pytest.raises(Invalid):
            saved(assessment_id, taken_on=day)


def test_a_note_counts_as_a_source_that_fits_its_kind(app: Flask) -> None:
    assessment_id = in_fieldwork()
    saved(assessment_id, source="DOC")
    saved(assessment_id, kind=NoteKind.RECORD, source="MIS")
    saved(assessment_id, kind=NoteKind.OBSERVATION, source="MIS", role="client")

    found = {(line.kind, line.source, line.role) for line in notes_of(assessment_id)}

    assert found == {
        (NoteKind.INTERVIEW, "INT", "client"),
        (NoteKind.RECORD, "MIS", ""),
        (NoteKind.OBSERVATION, "OBS", ""),
    }


def test_removing_and_putting_back_are_safe_to_repeat(app: Flask) -> None:
    assessment_id = in_fieldwork()
    note_id, before = saved(assessment_id), audit_rows()
    for _ in range(2):
        remove_note(actor("second-reviewer"), assessment_id, note_id)
    assert notes_of(assessment_id) == []
    with pytest.raises(Refused, match="Put it back first"):
        save_note(actor("lead-reviewer"), assessment_id, note_id, draft("More"), 1)
    for _ in range(2):
        remove_note(actor("second-reviewer"), assessment_id, note_id, back=True)
    assert len(notes_of(assessment_id)) == 1
    assert audit_rows() == before + 2


def test_a_purged_note_stays_as_it_is(app: Flask) -> None:
    assessment_id = in_fieldwork()
    note_id = saved(assessment_id)
    with operational() as session:
        row = session.get_one(FieldNote, note_id)
        row.text, row.heading, row.purged_at = "", "", clock.now()

    with pytest.raises(Refused, match="emptied"):
        save_note(actor("lead-reviewer"), assessment_id, note_id, draft("Back"), 1)
    with pytest.raises(Refused, match="emptied"):
        remove_note(actor("lead-reviewer"), assessment_id, note_id)
    line = note_of(assessment_id, note_id)
    assert line is not None
    assert line.purged


def test_who_may_not_and_when_nothing_is_written(app: Flask) -> None:
    assessment_id, other = in_fieldwork(), uuid.uuid4()
    before = audit_rows()
    for name, error in (
        ("lead", Forbidden),  # the contract's lead manager reads
        ("moderator", Forbidden),
        ("manager", Forbidden),  # the provider sees the review, never its notes
        ("staff", Forbidden),
        ("other-manager", NotFound),
        ("buyer", NotFound),
    ):
        with pytest.raises(error):
            save_note(actor(name), assessment_id, other, draft(), 0)
    assert audit_rows() == before
    saved(assessment_id, by="observer")  # in training, and part of the team
    assert len(notes_of(assessment_id)) == 1


def test_notes_open_with_fieldwork_and_close_when_the_team_hands_in(app: Flask) -> None:
    early = planned()
    reviewing.move(early, Action.OPEN, "lead")
    with pytest.raises(Refused):
        saved(early)
    reviewing.move(early, Action.BEGIN_FIELDWORK, "lead-reviewer")
    saved(early)


def test_notes_can_be_added_up_to_consensus_and_not_after(app: Flask) -> None:
    assessment_id = reviewing.agreed()
    saved(assessment_id)
    reviewing.move(assessment_id, Action.SUBMIT, "lead-reviewer")
    with pytest.raises(Refused):
        saved(assessment_id)


def test_a_note_of_another_review_is_not_there(app: Flask) -> None:
    here = in_fieldwork()
    note_id = saved(here)
    there = planned(service_id=OTHER_SERVICE)
    reviewing.move(there, Action.OPEN, "lead")
    reviewing.move(there, Action.BEGIN_FIELDWORK, "lead-reviewer")

    with pytest.raises(NotFound):
        save_note(actor("lead-reviewer"), there, note_id, draft("Elsewhere"), 1)
    with pytest.raises(NotFound):
        remove_note(actor("lead-reviewer"), there, note_id)
    assert note_of(there, note_id) is None


def test_lists_are_narrowed_by_role_item_source_and_words(app: Flask) -> None:
    assessment_id = in_fieldwork()
    saved(assessment_id, item_keys=("caseload-size",))
    saved(assessment_id, kind=NoteKind.DOCUMENT, source="MIS", text="Caseload report of March")
    lines = notes_of(assessment_id)

    def count(**wanted: str) -> int:
        return len(narrowed(lines, Wanted(**wanted)))

    assert (count(), count(role="client"), count(source="MIS")) == (2, 1, 1)
    assert (count(item="caseload-size"), count(text="MARCH report"), count(text="april")) == (1, 1, 0)
    assert [line.role for line in notes_on(fresh(assessment_id), "caseload-size")] == ["client"]
