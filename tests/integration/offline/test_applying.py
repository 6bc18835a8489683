"""Edits from devices: applied once, or kept as a proposal or in quarantine; never dropped."""

from __future__ import annotations

import uuid

import pytest
from flask import Flask
from sqlalchemy import select, text
from sqlalchemy.exc import DatabaseError

from portal.core.act import operational
from portal.core.db import db
from portal.core.jobs.models import Mail
from portal.reviews.external.models.fieldwork import WorksheetRow
from portal.reviews.external.rules.workflow import Action
from portal.reviews.external.service.fieldwork import remove_note
from portal.reviews.external.service.scoring import lock, save_own_sheet
from portal.reviews.offline.models import HeldWhy
from portal.reviews.offline.rules.schema import CURRENT
from tests.support import reviewing
from tests.support.assessing import actor
from tests.support.on_site import LEAD, OTHER_ITEM, SECOND, Tablet, audited, held, note, rating, stored

pytestmark = pytest.mark.usefixtures("app")


@pytest.fixture
def tablet(app: Flask) -> Tablet:
    return Tablet(reviewing.in_fieldwork())


def test_a_rating_is_applied_with_its_audit_row(tablet: Tablet) -> None:
    edit = tablet.edit({"rating": 4, "rationale": "Seen in the minutes."})
    (receipt,) = tablet.send(edit)
    assert (receipt["outcome"], receipt["version"], receipt["op_id"]) == ("applied", 1, edit["op_id"])
    row = rating(tablet.review_id)
    assert row is not None
    assert (row.rating, row.rationale, row.version) == (4, "Seen in the minutes.", 1)
    assert audited("blind.apply") == 1
    assert stored(edit["op_id"]).payload == edit


def test_only_the_fields_that_changed_are_touched(tablet: Tablet) -> None:
    first, second = tablet.edit({"rating": 4}), tablet.edit({"rationale": "Because"}, version=1)
    assert [one["version"] for one in tablet.send(first, second)] == [1, 2]
    row = rating(tablet.review_id)
    assert row is not None
    assert (row.rating, row.rationale) == (4, "Because")


def test_a_replay_changes_nothing_and_gets_the_same_answer(tablet: Tablet) -> None:
    edit = tablet.edit({"rating": 4})
    answers = [tablet.send(edit) for _ in range(3)]
    assert answers[0] == answers[1] == answers[2]
    assert audited("blind.apply") == 1
    row = rating(tablet.review_id)
    assert row is not None
    assert row.version == 1


def test_the_same_id_with_another_content_is_refused_and_stays_on_the_device(tablet: Tablet) -> None:
    edit = tablet.edit({"rating": 4})
    tablet.send(edit)
    (receipt,) = tablet.send(edit | {"fields": {"rating": 1}})
    assert receipt["outcome"] == "mismatch"
    row = rating(tablet.review_id)
    assert row is not None
    assert row.rating == 4


def test_edits_made_one_after_another_without_a_network_follow_each_other(tablet: Tablet) -> None:
    first = tablet.edit({"rating": 2})
    second = tablet.edit({"rating": 3}, after=first["op_id"])
    third = tablet.edit({"rating": 5}, after=second["op_id"])
    assert [one["outcome"] for one in tablet.send(first, second, third)] == ["applied"] * 3
    row = rating(tablet.review_id)
    assert row is not None
    assert (row.rating, row.version) == (5, 3)


def test_the_second_device_to_save_gets_a_conflict_and_its_value_is_kept(tablet: Tablet) -> None:
    mine = tablet.note(text="From the ward")
    tablet.send(mine)
    other = Tablet(tablet.review_id, SECOND)
    theirs = other.edit({"text": "Theirs"}, kind="note", key=mine["key"], version=1, base={"text": "Seen"})
    ours = tablet.edit({"text": "Ours"}, kind="note", key=mine["key"], version=1, base={"text": "Seen"})
    assert other.send(theirs)[0]["outcome"] == "applied"
    (receipt,) = tablet.send(ours)
    assert (receipt["outcome"], receipt["held"], receipt["version"]) == ("conflict", ours["op_id"], 2)
    assert receipt["current"]["text"] == "Theirs"
    waiting = held(ours["op_id"])
    assert waiting.why is HeldWhy.PROPOSAL
    assert waiting.stood is not None
    assert waiting.stood["text"] == "Theirs"
    assert waiting.stood_by == actor(SECOND).person_id
    assert note(mine["key"]).text == "Theirs"
    assert (stored(ours["op_id"]).payload or {})["fields"] == {"text": "Ours"}
    assert (audited("offline.apply"), audited("offline.propose")) == (2, 1)


def test_what_follows_a_conflict_joins_it(tablet: Tablet) -> None:
    key = tablet.note()
    tablet.send(key)
    Tablet(tablet.review_id, SECOND).send(
        Tablet.edit(tablet, {"text": "First"}, kind="note", key=key["key"], version=1)
    )
    lost = tablet.edit({"text": "Late"}, kind="note", key=key["key"], version=1)
    later = tablet.edit({"heading": "Later"}, kind="note", key=key["key"], version=1, after=lost["op_id"])
    assert [one["outcome"] for one in tablet.send(lost, later)] == ["conflict", "conflict"]


def test_saying_what_stands_already_is_no_conflict(tablet: Tablet) -> None:
    tablet.send(tablet.edit({"rating": 4}))
    (receipt,) = tablet.send(tablet.edit({"rating": 4}, version=0))
    assert (receipt["outcome"], receipt["version"]) == ("applied", 1)


@pytest.mark.parametrize(
    "change, reason",
    [
        ({"kind": "mood"}, "what it changes"),
        ({"fields": {"rating": "four"}}, "cannot be read"),
        ({"fields": {"rating": 9}}, "from 1 to 5"),
        ({"fields": {"colour": 1}}, "cannot be read"),
        ({"fields": {}}, "changes nothing"),
        ({"key": "no-such-item"}, "no item"),
        ({"kind": "row", "key": "records:1", "fields": {"no-such-question": "x"}}, "no question"),
        ({"kind": "row", "key": "records:201", "fields": {"joined": "1/3/2026"}}, "no such worksheet or row"),
        ({"schema": CURRENT + 1}, "not known here"),
        ({"review": str(uuid.uuid4())}, "no such review"),
        ({"review": "x"}, "what it changes"),
        ({"base_version": -1}, "which version"),
    ],
)
def test_what_cannot_be_taken_goes_to_quarantine(
    tablet: Tablet, change: dict[str, object], reason: str
) -> None:
    edit = tablet.edit({"rating": 4}) | change
    (receipt,) = tablet.send(edit)
    assert receipt["outcome"] == "quarantined"
    assert reason in receipt["reason"]
    assert stored(edit["op_id"]).payload == edit
    assert held(edit["op_id"]).why is HeldWhy.QUARANTINE
    assert rating(tablet.review_id) is None


def test_an_edit_without_an_id_is_told_so(tablet: Tablet) -> None:
    (receipt,) = tablet.send(tablet.edit({"rating": 4}) | {"op_id": "x"})
    assert receipt["outcome"] == "mismatch"


def test_a_bad_edit_does_not_keep_the_rest_of_its_batch(tablet: Tablet) -> None:
    found = tablet.send(tablet.edit({"rating": 9}), tablet.edit({"rating": 4}, key=OTHER_ITEM))
    assert [one["outcome"] for one in found] == ["quarantined", "applied"]


def test_edits_after_the_lock_go_to_quarantine_and_the_lead_reviewer_is_told_once(tablet: Tablet) -> None:
    reviewing.move(tablet.review_id, Action.LEAVE_SITE, LEAD, "The rest is asked by telephone.")
    save_own_sheet(actor(LEAD), tablet.review_id, reviewing.sheet(), {})
    lock(actor(LEAD), tablet.review_id)
    found = tablet.send(tablet.edit({"rating": 1}, version=1), tablet.edit({"rating": 2}, version=1))
    assert [one["outcome"] for one in found] == ["quarantined"] * 2
    assert "locked" in found[0]["reason"]
    mails = (
        db.session.execute(select(Mail).where(Mail.subject.startswith("Work from a device"))).scalars().all()
    )
    assert len(mails) == 1
    assert "lead-reviewer" in mails[0].recipient
    row = rating(tablet.review_id)
    assert row is not None
    assert row.rating == 4


def test_a_note_is_removed_and_put_back(tablet: Tablet) -> None:
    new = tablet.note()
    gone = tablet.edit({"removed": True}, kind="note", key=new["key"], after=new["op_id"])
    assert [one["outcome"] for one in tablet.send(new, gone)] == ["applied"] * 2
    assert note(new["key"]).removed_at is not None
    back = tablet.edit({"removed": False, "text": "Back"}, kind="note", key=new["key"], version=1)
    assert tablet.send(back)[0]["outcome"] == "applied"
    assert note(new["key"]).removed_at is None
    assert note(new["key"]).text == "Back"


def test_a_note_that_was_removed_meanwhile_keeps_what_was_typed(tablet: Tablet) -> None:
    new = tablet.note()
    tablet.send(new)
    remove_note(actor(SECOND), tablet.review_id, uuid.UUID(new["key"]))
    (receipt,) = tablet.send(tablet.edit({"text": "More"}, kind="note", key=new["key"], version=1))
    assert receipt["outcome"] == "quarantined"
    assert "Put it back" in receipt["reason"]


def test_worksheet_rows_are_filled_and_added(tablet: Tablet) -> None:
    first = tablet.edit({"joined": "1/3/2026"}, kind="row", key="records:1")
    beyond = tablet.edit({"joined": "2/3/2026"}, kind="row", key="records:14")
    assert [one["outcome"] for one in tablet.send(first, beyond)] == ["applied"] * 2
    rows = db.session.execute(select(WorksheetRow.position).order_by(WorksheetRow.position)).scalars().all()
    assert rows == [1, 14]


def test_an_edit_never_changes_afterwards(tablet: Tablet) -> None:
    edit = tablet.edit({"rating": 4})
    tablet.send(edit)
    for statement in ("UPDATE on_site_operations SET outcome = 'conflict'", "DELETE FROM on_site_operations"):
        with pytest.raises(DatabaseError), operational() as session:
            session.execute(text(statement))


@pytest.mark.parametrize("odd", ["a\x00b", "a\ud800b"])
def test_text_that_no_database_keeps_does_no_harm(tablet: Tablet, odd: str) -> None:
    edits = (
        tablet.edit({"rationale": odd}),
        tablet.edit({odd: "x"}),
        tablet.edit({"rating": 4}) | {"schema": odd},
        tablet.edit({"rating": 4}) | {"key": odd, "kind": odd},
        tablet.edit({odd: "x"}, kind="row", key="records:1"),
        tablet.note(text=odd, heading=odd, role=odd),
    )
    found = [one["outcome"] for one in tablet.send(*edits)]
    assert found == ["applied", *["quarantined"] * 5]
    for edit in edits:
        assert stored(edit["op_id"]).payload is not None


def test_what_follows_an_edit_in_quarantine_is_still_applied(tablet: Tablet) -> None:
    wrong = tablet.edit({"rating": 9})
    right = tablet.edit({"rating": 5}, after=wrong["op_id"])
    assert [one["outcome"] for one in tablet.send(wrong, right)] == ["quarantined", "applied"]


def test_another_person_who_sends_the_same_edit_learns_nothing(tablet: Tablet) -> None:
    edit = tablet.edit({"rating": 4})
    tablet.send(edit)
    (receipt,) = Tablet(tablet.review_id, SECOND).send(edit)
    assert (receipt["outcome"], receipt["current"], receipt["version"]) == ("mismatch", None, None)
