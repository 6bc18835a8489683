"""The On site page and what hangs on it: devices, edits that wait, warnings, photos; and what nobody sees."""

from __future__ import annotations

import hashlib
import uuid
from datetime import timedelta
from uuid import UUID

import pytest
from flask import Flask

from portal.core import clock
from portal.core.act import operational
from portal.core.db import db
from portal.reviews.external.models.review import ExternalReview
from portal.reviews.external.rules.workflow import Action
from portal.reviews.external.service.scoring import change_own_item, lock, save_own_sheet
from portal.reviews.offline.service.devices import Heard, give_back, hear
from portal.reviews.offline.service.photos import take_piece
from tests.support import reviewing
from tests.support.assessing import actor, email
from tests.support.on_site import ITEM, LEAD, SECOND, Tablet, held, note, rating
from tests.support.page_client import PageClient
from tests.support.statements import recorded

SECRET = "Cornflower"
JPEG = b"\xff\xd8\xff\xe0" + b"picture" * 300_000


@pytest.fixture
def tablet(app: Flask) -> Tablet:
    return Tablet(reviewing.in_fieldwork())


def on_site(tablet: Tablet) -> str:
    return f"/reviews/{tablet.review_id}/on-site"


def waiting(tablet: Tablet, edit: dict[str, str]) -> str:
    return f"{on_site(tablet)}/held/{edit['op_id']}"


def disputed(tablet: Tablet) -> dict[str, str]:
    """A note of the lead's that the second reviewer changed first: the edit that lost."""
    new = tablet.note()
    tablet.send(new)
    other = Tablet(tablet.review_id, SECOND)
    other.send(other.edit({"text": "Theirs"}, kind="note", key=new["key"], version=1))
    edit = tablet.edit({"text": "Ours"}, kind="note", key=new["key"], version=1, base={"text": "Seen"})
    tablet.send(edit)
    return edit


def token(client: PageClient) -> dict[str, str]:
    """The form token of the last page."""
    assert client.page is not None
    field = client.page.soup.find("input", {"name": "csrf_token"})
    assert field is not None
    return {"csrf_token": str(field.get("value"))}


def photo(tablet: Tablet, data: bytes = JPEG) -> tuple[str, str]:
    """A photo announced with its note: the keys of both."""
    new = tablet.note()
    fields = {
        "note": new["key"],
        "caption": "Board in the office",
        "sha256": hashlib.sha256(data).hexdigest(),
        "size": len(data),
        "content_type": "image/jpeg",
    }
    edit = tablet.edit(fields, kind="photo", key=str(uuid.uuid4()))
    tablet.send(new, edit)
    return new["key"], edit["key"]


def send_photo(tablet: Tablet, key: str, data: bytes) -> None:
    for start in range(0, len(data), 262_144):
        take_piece(actor(tablet.who), UUID(key), start, data[start : start + 262_144])


def test_a_review_that_is_on_no_device_says_how_that_begins(app: Flask, client: PageClient) -> None:
    review_id = reviewing.in_fieldwork()
    client.sign_in(email(LEAD))
    page = client.get(f"/reviews/{review_id}/on-site")
    assert "Nobody has taken this review to a device." in page.text
    assert "Nothing waits." in page.text
    link = page.link("Work on this device without a network")
    assert link == f"/on-site/#/check-out/{review_id}"


def test_the_devices_say_what_has_not_arrived(tablet: Tablet, client: PageClient) -> None:
    tablet.send(tablet.edit({"rating": 4}), tablet.edit({"rating": 3}, version=1))
    hear(actor(LEAD), tablet.id, Heard(19, 17, False))
    client.sign_in(email(SECOND))
    page = client.get(on_site(tablet))
    _, line = page.table("Devices that this review was taken to, those still out first")
    assert "17 edits made on this device have not arrived: 3 to 19" in line[4]
    assert "17 edits waiting then" in line[3]
    assert "The browser may delete it" in line[5]
    assert "Say that it is lost" not in line[2]  # only whoever leads or plans, and whose it is


@pytest.mark.parametrize("days, stands_out", [(2, False), (3, False), (4, True)])
def test_a_device_stands_out_more_than_three_days_after_the_visit(
    tablet: Tablet, client: PageClient, days: int, stands_out: bool
) -> None:
    with operational():
        review = db.session.get_one(ExternalReview, tablet.review_id)
        review.fieldwork_from = review.fieldwork_to = clock.today() - timedelta(days=days)
    client.sign_in(email(LEAD))
    assert ("Overdue" in client.get(on_site(tablet)).text) is stands_out
    own_page = client.get(f"/reviews/{tablet.review_id}").text
    assert ("1 device has not returned this review" in own_page) is stands_out
    assert ("1 device not returned" in client.get("/").text) is stands_out


def test_a_device_stands_out_when_the_team_has_left_the_site(tablet: Tablet, client: PageClient) -> None:
    reviewing.move(tablet.review_id, Action.LEAVE_SITE, LEAD, "The rest is asked by telephone.")
    client.sign_in(email(LEAD))
    assert "Overdue" in client.get(on_site(tablet)).text
    give_back(actor(LEAD), tablet.taken.check_out_id, 0)
    page = client.get(on_site(tablet))
    assert "Overdue" not in page.text
    assert "Returned" in page.text
    assert "has not returned" not in client.get(f"/reviews/{tablet.review_id}").text


def test_a_device_is_said_to_be_lost(tablet: Tablet, client: PageClient) -> None:
    hear(actor(LEAD), tablet.id, Heard(2, 2, True))
    client.sign_in(email(LEAD))
    page = client.get(f"{on_site(tablet)}/devices/{tablet.taken.check_out_id}/lost")
    assert "2 edits made on this device have not arrived: 1 to 2" in page.text
    page = client.submit()
    assert "2 edits known to be on it never arrived." in page.text
    assert "said by Lead reviewer Person" in page.text
    assert "2 edits never arrived" in page.text


def test_somebody_else_is_sent_back_from_saying_so(tablet: Tablet, client: PageClient) -> None:
    address = f"{on_site(tablet)}/devices/{tablet.taken.check_out_id}/lost"
    client.sign_in(email(SECOND))
    assert client.get(address).path == on_site(tablet)
    client.get(f"{on_site(tablet)}/devices/{uuid.uuid4()}/lost", expect=404)


def test_both_versions_are_shown_field_by_field_and_one_is_chosen(tablet: Tablet, client: PageClient) -> None:
    edit = disputed(tablet)
    client.sign_in(email(LEAD))
    client.get(on_site(tablet))
    page = client.get(waiting(tablet, edit))
    assert page.heading == "Note"
    for words in (
        "Both began from: Seen",
        "Yours, typed on Tablet",
        "Ours",
        "Theirs (Second reviewer Person",
    ):
        assert words in page.text
    page = client.submit(expect=400)
    assert page.errors == ["Note: choose what is to stand"]
    page = client.submit(fields={"choice-text": "third", "third-text": "Both of them"})
    assert "Saved. What you chose stands now." in page.text
    assert note(edit["key"]).text == "Both of them"
    page = client.get(waiting(tablet, edit))
    assert "A third was written" in page.text
    assert "Ours" in page.text


def test_what_changed_meanwhile_shows_the_page_anew_with_the_choice_kept(
    tablet: Tablet, client: PageClient
) -> None:
    edit = disputed(tablet)
    client.sign_in(email(LEAD))
    client.get(waiting(tablet, edit))
    other = Tablet(tablet.review_id, SECOND)
    other.send(other.edit({"text": "Newest"}, kind="note", key=edit["key"], version=2))
    page = client.submit(fields={"choice-text": "third", "third-text": "Both"}, expect=409)
    assert "changed again while you were choosing" in page.errors[0]
    assert "Newest" in page.text
    assert "This was changed again after the edit arrived." in page.text
    client.submit()
    assert note(edit["key"]).text == "Both"


def test_a_second_decision_is_told_so(tablet: Tablet, client: PageClient) -> None:
    edit = disputed(tablet)
    client.sign_in(email(LEAD))
    client.get(waiting(tablet, edit))
    sent = {"choice-text": "theirs", "version": "2"} | token(client)
    client.submit(fields={"choice-text": "theirs"})
    page = client.post(waiting(tablet, edit), sent, expect=409)
    assert "This was decided already." in page.errors


def test_later_edits_of_the_same_note_name_the_earlier(tablet: Tablet, client: PageClient) -> None:
    edit = disputed(tablet)
    later = tablet.edit({"heading": "Later"}, kind="note", key=edit["key"], version=1, after=edit["op_id"])
    tablet.send(later)
    client.sign_in(email(LEAD))
    page = client.get(waiting(tablet, later))
    assert "Decide the earliest first." in page.text
    assert waiting(tablet, edit) in {str(link.get("href")) for link in page.soup.find_all("a")}


def test_every_kind_of_record_is_shown_in_words(tablet: Tablet, client: PageClient) -> None:
    row = tablet.edit({"joined": "1/3/2026"}, kind="row", key="records:3") | {"schema": 7}
    new = tablet.note(item_keys=[ITEM]) | {"schema": 7}
    own = tablet.edit({"rating": 9, "entries": {"clients": "40"}})
    odd = tablet.edit({"rating": 9}) | {"kind": "mood", "fields": {"colour": [1]}}
    tablet.send(row, new, own, odd)
    client.sign_in(email(LEAD))
    client.get(on_site(tablet))
    assert "record 3" in client.get(waiting(tablet, row)).heading
    page = client.get(waiting(tablet, new))
    assert "Interview" in page.text
    assert "Clinicians" in page.text
    page = client.get(waiting(tablet, own))
    assert page.heading.startswith("Your rating of 1.")
    assert "Rating" in page.text
    client.get(waiting(tablet, odd))


def test_the_lead_reviewer_applies_or_sets_aside_and_opens_again(tablet: Tablet, client: PageClient) -> None:
    second = Tablet(tablet.review_id, SECOND)
    late = second.note(taken_on="2999-01-01")
    second.send(late)
    client.sign_in(email(LEAD))
    page = client.get(waiting(tablet, late))
    aside = f"{waiting(tablet, late)}/aside"
    page = client.submit(aside)
    assert "Set aside. It is kept, and you can open it again." in page.text
    client.get(waiting(tablet, late))
    page = client.submit(f"{waiting(tablet, late)}/again")
    page = client.submit(waiting(tablet, late), expect=400)
    assert page.errors == ["The date of a note cannot be later than today"]
    fields = {"choice-taken_on": "third", "third-taken_on": clock.today().isoformat()}
    page = client.submit(waiting(tablet, late), fields=fields)
    assert "Saved." in page.text
    assert note(late["key"]).text == "Seen"


def test_nobody_but_the_author_learns_anything_of_ratings(tablet: Tablet, client: PageClient) -> None:
    """Another reviewer, the observer, the lead manager; a moderator and an administrator see no page at all."""
    change_own_item(actor(LEAD), tablet.review_id, ITEM, {"rating": 2, "rationale": f"{SECRET} first"}, 0)
    conflict = tablet.edit({"rating": 5, "rationale": f"{SECRET} why"}, base={"rationale": f"{SECRET} base"})
    late = tablet.edit({"rating": 9, "rationale": f"{SECRET} late"})
    odd = tablet.edit({"rationale": f"{SECRET} odd"}) | {"kind": "mood"}
    assert [one["outcome"] for one in tablet.send(conflict, late, odd)] == ["conflict", *["quarantined"] * 2]
    title = "Caseload"
    for who in (SECOND, "observer", "lead"):
        client.sign_in(email(who))
        page = client.get(on_site(tablet))
        assert page.text.count("Only Lead reviewer Person can read it.") == 3
        for address in (on_site(tablet), *(waiting(tablet, edit) for edit in (conflict, late, odd))):
            shown = client.get(address).response.text
            assert SECRET not in shown
            assert ITEM not in shown
            assert title not in shown
        sent = {"choice-rating": "yours", "version": "0"} | token(client)
        client.post(waiting(tablet, late), sent, expect=403)
    for who in ("moderator", "administrator", "manager", "eism"):
        client.sign_in(email(who))
        client.get(on_site(tablet), expect=404)
        client.get(waiting(tablet, late), expect=404)
    client.sign_in(email(LEAD))
    assert f"{SECRET} late" in client.get(waiting(tablet, late)).text
    assert f"{SECRET} why" in client.get(waiting(tablet, conflict)).text


def test_a_moderator_sees_only_that_there_were_ratings(tablet: Tablet, client: PageClient) -> None:
    reviewing.move(tablet.review_id, Action.LEAVE_SITE, LEAD, "The rest is asked by telephone.")
    for who in (LEAD, SECOND):
        save_own_sheet(actor(who), tablet.review_id, reviewing.sheet(), {})
        lock(actor(who), tablet.review_id)
    late = tablet.edit({"rating": 1, "rationale": SECRET}, version=1)
    tablet.send(late)
    reviewing.agree_identical(actor(LEAD), tablet.review_id)
    reviewing.move(tablet.review_id, Action.SUBMIT, LEAD)
    client.sign_in(email("moderator"))
    assert SECRET not in client.get(on_site(tablet)).response.text
    assert SECRET not in client.get(waiting(tablet, late)).response.text


def test_the_lead_reviewer_sets_anothers_ratings_aside_unread(tablet: Tablet, client: PageClient) -> None:
    second = Tablet(tablet.review_id, SECOND)
    edit = second.edit({"rating": 9, "rationale": SECRET})
    second.send(edit)
    client.sign_in(email(LEAD))
    page = client.get(waiting(tablet, edit))
    assert page.heading == "Ratings"
    assert SECRET not in page.response.text
    client.submit()
    assert held(edit["op_id"]).choice == "aside"
    assert rating(tablet.review_id, SECOND) is None


def test_locking_warns_of_what_is_still_on_a_device(tablet: Tablet, client: PageClient) -> None:
    reviewing.move(tablet.review_id, Action.LEAVE_SITE, LEAD, "The rest is asked by telephone.")
    save_own_sheet(actor(LEAD), tablet.review_id, reviewing.sheet(), {})
    tablet.seq = 14
    hear(actor(LEAD), tablet.id, Heard(17, 3, True))
    tablet.seq = 0
    tablet.send(*(tablet.edit({"rationale": str(number)}, version=1) for number in range(14)))
    client.sign_in(email(LEAD))
    page = client.get(f"/reviews/{tablet.review_id}/scoring/lock")
    assert "Tablet last told of 17 edits; 3 have not arrived. Send them first" in page.text
    give_back_late = Tablet(tablet.review_id, SECOND)
    assert "Tablet" in client.get(f"/reviews/{tablet.review_id}/scoring/lock").text
    give_back(actor(SECOND), give_back_late.taken.check_out_id, 0)


def test_leaving_the_site_names_every_device(tablet: Tablet, client: PageClient) -> None:
    Tablet(tablet.review_id, SECOND)
    hear(actor(LEAD), tablet.id, Heard(2, 2, True))
    client.sign_in(email(LEAD))
    page = client.get(f"/reviews/{tablet.review_id}/do/leave-site")
    assert "Tablet of Lead reviewer Person last told of 2 edits" in page.text
    assert "Tablet of Second reviewer Person last told of 0 edits" in page.text


def test_photos_of_a_note_are_listed_and_downloaded(tablet: Tablet, client: PageClient) -> None:
    note_key, key = photo(tablet)
    send_photo(tablet, key, JPEG)
    client.sign_in(email(SECOND))
    assert "1 photo" in client.get(f"/reviews/{tablet.review_id}/fieldwork").text
    page = client.get(f"/reviews/{tablet.review_id}/fieldwork/notes/{note_key}")
    assert "2.1 MB" in page.text
    response = client.get(page.link("Board in the office")).response
    assert response.data == JPEG
    assert response.headers["Content-Disposition"].startswith("attachment")
    assert response.headers["Cache-Control"] == "private, no-store"
    client.sign_in(email("manager"))
    client.get(f"{on_site(tablet)}/photos/{key}", expect=404)


def test_a_photo_that_is_not_whole_says_how_much_is_here(tablet: Tablet, client: PageClient) -> None:
    note_key, key = photo(tablet)
    send_photo(tablet, key, JPEG[:1_200_000])
    client.sign_in(email(SECOND))
    page = client.get(f"/reviews/{tablet.review_id}/fieldwork/notes/{note_key}")
    assert "1.2 of 2.1 MB have arrived." in page.text
    assert "not all wholly here yet" in client.get(f"/reviews/{tablet.review_id}/fieldwork").text
    client.get(f"{on_site(tablet)}/photos/{key}", expect=404)


def test_the_page_takes_as_many_statements_however_many_devices_and_edits(
    app: Flask, tablet: Tablet, client: PageClient
) -> None:
    client.sign_in(email(LEAD))
    client.get(on_site(tablet))
    with recorded(app) as few:
        client.get(on_site(tablet))
    for _ in range(3):
        disputed(tablet)
    with recorded(app) as many:
        client.get(on_site(tablet))
    assert len(many) == len(few)
