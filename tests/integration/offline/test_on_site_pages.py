"""The On site page and what hangs on it: devices, warnings before it is too late, and photos."""

from __future__ import annotations

import uuid
from datetime import timedelta

import pytest
from flask import Flask

from portal.core import clock
from portal.core.act import operational
from portal.core.db import db
from portal.reviews.external.models.review import ExternalReview
from portal.reviews.external.rules.workflow import Action
from portal.reviews.external.service.scoring import save_own_sheet
from portal.reviews.offline.service.devices import Heard, give_back, hear
from tests.support import reviewing
from tests.support.assessing import actor, email
from tests.support.on_site import LEAD, SECOND, Tablet
from tests.support.on_site_pages import JPEG, disputed, on_site, photo, send_photo
from tests.support.page_client import PageClient
from tests.support.statements import recorded


@pytest.fixture
def tablet(app: Flask) -> Tablet:
    return Tablet(reviewing.in_fieldwork())


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
    assert "17 edits made on this device have not arrived: 3 to 19" in line[2]
    assert "17 edits waiting then" in line[4]
    assert "The browser may delete it" in line[5]
    assert "Say that it is lost" not in line[3]  # only whoever leads or plans, and whose it is


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
