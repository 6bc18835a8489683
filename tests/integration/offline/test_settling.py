"""Deciding about edits that wait: field by field, by those who may, once, and never silently."""

from __future__ import annotations

import uuid
from uuid import UUID

import pytest
from flask import Flask
from sqlalchemy import select

from portal.core.audit.models import AuditPayload, AuditRow
from portal.core.db import db
from portal.core.errors import Forbidden, Invalid, NotFound, Refused, Stale
from portal.reviews.external.rules.workflow import Action
from portal.reviews.external.service.fieldwork import remove_note
from portal.reviews.external.service.scoring import change_own_item, lock, save_own_sheet
from portal.reviews.offline.models import EvidencePhoto
from portal.reviews.offline.rules.parts import Choice, Decision
from portal.reviews.offline.service.settling import open_again, set_aside, settle
from tests.support import reviewing
from tests.support.assessing import actor, id_of
from tests.support.on_site import ITEM, LEAD, SECOND, Tablet, audited, held, note, rating, stored

pytestmark = pytest.mark.usefixtures("app")
YOURS, THEIRS = Decision(Choice.YOURS), Decision(Choice.THEIRS)


def third(text: str) -> Decision:
    return Decision(Choice.THIRD, text)


@pytest.fixture
def tablet(app: Flask) -> Tablet:
    return Tablet(reviewing.in_fieldwork())


def disputed(tablet: Tablet, **ours: str) -> dict[str, str]:
    """A note of the lead's that the second reviewer changed first: the edit that lost."""
    new = tablet.note()
    tablet.send(new)
    change = {"text": "Theirs", "heading": "Their ward"}
    other = Tablet(tablet.review_id, SECOND)
    other.send(other.edit(change, kind="note", key=new["key"], version=1, base={"text": "Seen"}))
    edit = tablet.edit(
        ours or {"text": "Ours"}, kind="note", key=new["key"], version=1, base={"text": "Seen"}
    )
    (receipt,) = tablet.send(edit)
    assert receipt["outcome"] == "conflict"
    return edit


def quarantined_rating(tablet: Tablet) -> dict[str, str]:
    edit = tablet.edit({"rating": 9, "rationale": "Cornflower"})
    (receipt,) = tablet.send(edit)
    assert receipt["outcome"] == "quarantined"
    return edit


def payload(verb: str) -> dict[str, object]:
    """What the newest audit row of this verb says."""
    query = select(AuditPayload.body).join(AuditRow, AuditRow.number == AuditPayload.number)
    newest = query.where(AuditRow.verb == verb).order_by(AuditRow.number.desc()).limit(1)
    return dict(db.session.execute(newest).scalar_one() or {})


def test_yours_is_applied_and_the_choice_is_audited_without_words(tablet: Tablet) -> None:
    edit = disputed(tablet)
    assert settle(actor(LEAD), tablet.review_id, UUID(edit["op_id"]), {"text": YOURS}, 2) == "yours"
    assert (note(edit["key"]).text, note(edit["key"]).heading) == ("Ours", "Their ward")
    waiting = held(edit["op_id"])
    assert (waiting.choice, waiting.settled_by) == ("yours", id_of(LEAD))
    assert waiting.settled_at is not None
    assert audited("offline.settle") == 1


def test_theirs_stays_and_nothing_is_written_to_the_note(tablet: Tablet) -> None:
    edit = disputed(tablet)
    assert settle(actor(LEAD), tablet.review_id, UUID(edit["op_id"]), {"text": THEIRS}, 2) == "theirs"
    assert (note(edit["key"]).text, note(edit["key"]).version) == ("Theirs", 2)
    assert held(edit["op_id"]).choice == "theirs"
    assert (stored(edit["op_id"]).payload or {})["fields"] == {"text": "Ours"}


def test_a_third_is_written(tablet: Tablet) -> None:
    edit = disputed(tablet)
    assert settle(actor(LEAD), tablet.review_id, UUID(edit["op_id"]), {"text": third("Both")}, 2) == "third"
    assert note(edit["key"]).text == "Both"


def test_fields_are_chosen_one_by_one(tablet: Tablet) -> None:
    edit = disputed(tablet, text="Ours", heading="Our ward")
    choice = settle(actor(LEAD), tablet.review_id, UUID(edit["op_id"]), {"text": YOURS, "heading": THEIRS}, 2)
    assert choice == "mixed"
    assert (note(edit["key"]).text, note(edit["key"]).heading) == ("Ours", "Their ward")


def test_every_field_that_differs_needs_a_choice(tablet: Tablet) -> None:
    edit = disputed(tablet, text="Ours", heading="Our ward")
    with pytest.raises(Invalid) as caught:
        settle(actor(LEAD), tablet.review_id, UUID(edit["op_id"]), {"text": YOURS}, 2)
    assert caught.value.problems == {"heading": "Heading: choose what is to stand"}
    assert held(edit["op_id"]).settled_at is None


def test_deciding_twice_is_refused(tablet: Tablet) -> None:
    edit = disputed(tablet)
    settle(actor(LEAD), tablet.review_id, UUID(edit["op_id"]), {"text": THEIRS}, 2)
    with pytest.raises(Refused, match="decided already"):
        settle(actor(LEAD), tablet.review_id, UUID(edit["op_id"]), {"text": YOURS}, 2)
    assert note(edit["key"]).text == "Theirs"


def test_what_changed_while_one_chose_is_told(tablet: Tablet) -> None:
    edit = disputed(tablet)
    with pytest.raises(Stale) as caught:
        settle(actor(LEAD), tablet.review_id, UUID(edit["op_id"]), {"text": YOURS}, 1)
    assert caught.value.version == 2
    assert held(edit["op_id"]).settled_at is None


def test_what_the_rules_refuse_leaves_the_edit_waiting(tablet: Tablet) -> None:
    edit = disputed(tablet)
    remove_note(actor(SECOND), tablet.review_id, UUID(edit["key"]))
    with pytest.raises(Refused, match="Put it back"):
        settle(actor(LEAD), tablet.review_id, UUID(edit["op_id"]), {"text": YOURS}, 2)
    assert held(edit["op_id"]).settled_at is None


def test_the_team_may_decide_about_a_note_and_nobody_else(tablet: Tablet) -> None:
    edit = disputed(tablet)
    with pytest.raises(Forbidden):  # sees inside, but writes no notes
        settle(actor("lead"), tablet.review_id, UUID(edit["op_id"]), {"text": YOURS}, 2)
    with pytest.raises(NotFound):
        settle(actor("manager"), tablet.review_id, UUID(edit["op_id"]), {"text": YOURS}, 2)
    settle(actor(SECOND), tablet.review_id, UUID(edit["op_id"]), {"text": YOURS}, 2)
    assert note(edit["key"]).text == "Ours"


def test_an_edit_of_another_review_is_not_found(tablet: Tablet) -> None:
    edit = disputed(tablet)
    with pytest.raises(NotFound):
        settle(actor(LEAD), uuid.uuid4(), UUID(edit["op_id"]), {"text": YOURS}, 2)


def test_the_author_decides_about_a_rating_saved_twice(tablet: Tablet) -> None:
    change_own_item(actor(LEAD), tablet.review_id, ITEM, {"rating": 2, "entries": {"clients": "40"}}, 0)
    edit = tablet.edit({"rating": 4, "entries": {"clients": "41", "fte": "2"}})
    assert tablet.send(edit)[0]["outcome"] == "conflict"
    decisions = {"rating": third("3"), "entries.clients": THEIRS, "entries.fte": YOURS}
    assert settle(actor(LEAD), tablet.review_id, UUID(edit["op_id"]), decisions, 1) == "mixed"
    row = rating(tablet.review_id)
    assert row is not None
    assert (row.rating, row.entries) == (3, {"clients": "40", "fte": "2"})
    assert (audited("blind.settle"), audited("offline.settle")) == (1, 0)


@pytest.mark.parametrize("who", [SECOND, "lead", "observer"])
def test_nobody_but_the_author_decides_about_a_rating(tablet: Tablet, who: str) -> None:
    edit = quarantined_rating(tablet)
    with pytest.raises(Forbidden):
        settle(actor(who), tablet.review_id, UUID(edit["op_id"]), {"rating": third("4")}, 0)


def test_the_author_mends_a_rating_that_could_not_be_taken(tablet: Tablet) -> None:
    edit = quarantined_rating(tablet)
    with pytest.raises(Invalid):
        settle(actor(LEAD), tablet.review_id, UUID(edit["op_id"]), {"rating": YOURS, "rationale": YOURS}, 0)
    settle(actor(LEAD), tablet.review_id, UUID(edit["op_id"]), {"rating": third("4"), "rationale": YOURS}, 0)
    row = rating(tablet.review_id)
    assert row is not None
    assert (row.rating, row.rationale) == (4, "Cornflower")


def test_the_lead_reviewer_sets_anothers_ratings_aside_and_opens_them_again(tablet: Tablet) -> None:
    second = Tablet(tablet.review_id, SECOND)
    edit = quarantined_rating(second)
    with pytest.raises(Forbidden):
        set_aside(actor("observer"), tablet.review_id, UUID(edit["op_id"]))
    set_aside(actor(LEAD), tablet.review_id, UUID(edit["op_id"]))
    assert held(edit["op_id"]).choice == "aside"
    assert stored(edit["op_id"]).payload == edit
    with pytest.raises(Refused):
        set_aside(actor(LEAD), tablet.review_id, UUID(edit["op_id"]))
    open_again(actor(LEAD), tablet.review_id, UUID(edit["op_id"]))
    assert held(edit["op_id"]).settled_at is None
    assert (audited("blind.set-aside"), audited("blind.open-again")) == (1, 1)


def test_a_proposal_is_not_set_aside_and_what_was_chosen_is_not_opened_again(tablet: Tablet) -> None:
    edit = disputed(tablet)
    with pytest.raises(Refused):
        set_aside(actor(LEAD), tablet.review_id, UUID(edit["op_id"]))
    settle(actor(LEAD), tablet.review_id, UUID(edit["op_id"]), {"text": THEIRS}, 2)
    with pytest.raises(Refused):
        open_again(actor(LEAD), tablet.review_id, UUID(edit["op_id"]))


def test_the_lead_reviewer_applies_a_note_as_their_own_act_and_the_audit_names_the_author(
    tablet: Tablet,
) -> None:
    second = Tablet(tablet.review_id, SECOND)
    new = second.note() | {"schema": 7}
    assert second.send(new)[0]["outcome"] == "quarantined"
    decisions = dict.fromkeys(new["fields"], YOURS)
    with pytest.raises(Invalid):  # its shape is still not known
        settle(actor(LEAD), tablet.review_id, UUID(new["op_id"]), decisions, 0)
    late = second.note(taken_on="2999-01-01")
    assert second.send(late)[0]["outcome"] == "quarantined"
    decisions |= {"taken_on": third(new["fields"]["taken_on"])}
    settle(actor(LEAD), tablet.review_id, UUID(late["op_id"]), decisions, 0)
    assert note(late["key"]).added_by == id_of(LEAD)
    assert payload("offline.settle")["author"] == str(id_of(SECOND))


def test_only_author_and_lead_reviewer_decide_about_a_quarantine(tablet: Tablet) -> None:
    new = tablet.note() | {"schema": 7}
    tablet.send(new)
    with pytest.raises(Forbidden):
        settle(actor(SECOND), tablet.review_id, UUID(new["op_id"]), dict.fromkeys(new["fields"], YOURS), 0)


def test_after_the_lock_nothing_is_applied_and_the_lead_reviewer_is_told_why(tablet: Tablet) -> None:
    reviewing.move(tablet.review_id, Action.LEAVE_SITE, LEAD, "The rest is asked by telephone.")
    save_own_sheet(actor(LEAD), tablet.review_id, reviewing.sheet(), {})
    lock(actor(LEAD), tablet.review_id)
    edit = tablet.edit({"rating": 1}, version=1)
    tablet.send(edit)
    with pytest.raises(Refused, match="locked"):
        settle(actor(LEAD), tablet.review_id, UUID(edit["op_id"]), {"rating": YOURS}, 1)
    row = rating(tablet.review_id)
    assert row is not None
    assert row.rating == 4


def test_a_photo_that_the_lead_reviewer_applies_is_still_sent_by_its_own_device(tablet: Tablet) -> None:
    second = Tablet(tablet.review_id, SECOND)
    new = second.note()
    fields = {
        "note": new["key"],
        "caption": "Board",
        "sha256": "0" * 64,
        "size": 10,
        "content_type": "image/jpeg",
    }
    photo = second.edit(fields, kind="photo", key=str(uuid.uuid4()))
    assert second.send(photo)[0]["outcome"] == "quarantined"  # its note is not here yet
    second.send(new)
    settle(actor(LEAD), tablet.review_id, UUID(photo["op_id"]), dict.fromkeys(fields, YOURS), 0)
    row = db.session.get_one(EvidencePhoto, UUID(photo["key"]), populate_existing=True)
    assert (row.person_id, row.caption) == (id_of(SECOND), "Board")
