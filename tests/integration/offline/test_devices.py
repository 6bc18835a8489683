"""What a device asks the server: taking a review, sending, returning, leaving a closed account’s edits."""

from __future__ import annotations

import uuid
from datetime import timedelta
from typing import Any
from uuid import UUID

import pytest
from flask import Flask

from portal.accounts.service.people import disable
from portal.core import clock
from portal.core.db import db
from portal.core.errors import Forbidden, NotFound, Refused, Stale
from portal.reviews.external.loading import load_review
from portal.reviews.external.rules.workflow import Action
from portal.reviews.offline.board import device_lines
from portal.reviews.offline.models import CheckOut, HeldWhy, OnSiteDevice
from portal.reviews.offline.service.devices import Heard, announce_lost, check_out, give_back, hear
from tests.support import reviewing
from tests.support.assessing import actor, email, id_of
from tests.support.on_site import LEAD, SECOND, Tablet, held, rating
from tests.support.page_client import PageClient
from tests.support.pages import Page
from tests.support.statements import recorded

API = "/on-site/api"


class Caller:
    """The on-site client's calls: JSON, with the form token in a header."""

    def __init__(self, client: PageClient) -> None:
        self.client, self.token = client, ""

    def begin(self, who: str) -> None:
        """Sign in and get a token."""
        self.client.sign_in(email(who))
        self.token = self.client.get(f"{API}/me").json["token"]

    def post(self, path: str, body: Any, *, expect: int = 200, **headers: str) -> Page:
        """Send JSON."""
        sent = {"X-CSRFToken": self.token, "Accept": "application/json", "Sec-Fetch-Site": "same-origin"}
        return self.client.post(
            f"{API}{path}", json=body, headers=sent | headers, expect=expect, follow=False
        )


@pytest.fixture
def call(client: PageClient) -> Caller:
    return Caller(client)


@pytest.fixture
def tablet(app: Flask) -> Tablet:
    return Tablet(reviewing.in_fieldwork())


def asked(review_id: UUID, device_id: UUID | None = None, **more: Any) -> dict[str, Any]:
    return {
        "check_out_id": str(uuid.uuid4()),
        "device_id": str(device_id or uuid.uuid4()),
        "device_name": "Chrome on Android",
        "review": str(review_id),
        "persisted": None,
        "fresh": True,
    } | more


def told(tablet: Tablet, *edits: dict[str, Any], **more: Any) -> dict[str, Any]:
    found = {"device_id": str(tablet.id), "highest_seq": tablet.seq, "waiting": 0, "persisted": True}
    return found | {"operations": list(edits)} | more


def test_me_says_who_is_signed_in(app: Flask, call: Caller) -> None:
    page = call.client.get(f"{API}/me", headers={"Accept": "application/json"}, expect=401, follow=False)
    assert page.json["error"] == "sign-in"
    call.begin(LEAD)
    me = call.client.get(f"{API}/me").json
    assert (me["person_id"], me["schema"]) == (str(id_of(LEAD)), 1)
    assert me["server_time"]
    assert me["build"]


def test_a_review_is_taken_with_its_pack_and_asking_again_gives_a_new_secret(
    app: Flask, call: Caller
) -> None:
    review_id = reviewing.in_fieldwork()
    call.begin(LEAD)
    wanted = asked(review_id)
    first, again = (call.post("/check-outs", wanted).json for _ in range(2))
    assert first["check_out_id"] == again["check_out_id"] == wanted["check_out_id"]
    assert first["deposit_token"] != again["deposit_token"]
    assert len(first["deposit_token"]) == 43
    assert first["pack"]["review"]["id"] == str(review_id)
    assert len(first["pack"]["items"]) == 25
    assert first["elsewhere"] == []
    other = call.post("/check-outs", asked(review_id)).json
    assert [one["device_name"] for one in other["elsewhere"]] == ["Chrome on Android"]


@pytest.mark.parametrize("who, status", [("manager", 403), ("lead", 403), ("administrator", 404)])
def test_only_the_team_takes_a_review(app: Flask, call: Caller, who: str, status: int) -> None:
    review_id = reviewing.in_fieldwork()
    call.begin(who)
    assert call.post("/check-outs", asked(review_id), expect=status).json["error"]
    assert db.session.query(CheckOut).count() == 0


def test_a_review_that_is_unblinded_is_not_taken(app: Flask, call: Caller) -> None:
    review_id = reviewing.in_consensus()
    call.begin(LEAD)
    assert "nothing to do on site" in call.post("/check-outs", asked(review_id), expect=409).json["error"]


@pytest.mark.parametrize(
    "change", [{"review": "x"}, {"device_id": 7}, {"device_name": None}, {"persisted": "yes"}]
)
def test_what_is_no_call_is_told_so(app: Flask, call: Caller, change: dict[str, Any]) -> None:
    review_id = reviewing.in_fieldwork()
    call.begin(LEAD)
    assert call.post("/check-outs", asked(review_id) | change, expect=400).json["error"]


def test_a_stale_form_token_is_a_400_and_nothing_is_taken(tablet: Tablet, call: Caller) -> None:
    call.begin(LEAD)
    edit = tablet.edit({"rating": 4})
    call.token = "stale"
    assert call.post("/sync", told(tablet, edit), expect=400).json["error"] == "token"
    assert rating(tablet.review_id) is None


def test_edits_are_sent_and_what_is_missing_is_told(tablet: Tablet, call: Caller) -> None:
    call.begin(LEAD)
    tablet.seq = 1
    answer = call.post("/sync", told(tablet, tablet.edit({"rating": 4}), highest_seq=4, waiting=2)).json
    assert [one["outcome"] for one in answer["receipts"]] == ["applied"]
    assert answer["missing"] == [[1, 1], [3, 4]]
    device = db.session.get_one(OnSiteDevice, tablet.id, populate_existing=True)
    assert (device.highest_seq, device.waiting, device.persisted) == (4, 1, True)
    assert call.post("/sync", told(tablet)).json["receipts"] == []


def test_a_lone_newest_edit_tells_of_itself_and_a_gap_before_it_is_still_seen(
    app: Flask, tablet: Tablet, call: Caller
) -> None:
    call.begin(LEAD)
    with recorded(app) as statements:
        call.post("/sync", told(tablet, tablet.edit({"rating": 4}), waiting=1))
    assert not [one for one in statements if one.startswith("UPDATE on_site_devices")]
    answer = call.post("/sync", told(tablet, tablet.edit({"rating": 3}), waiting=1)).json
    assert answer["missing"] == []
    tablet.seq += 1  # one that never arrives
    answer = call.post("/sync", told(tablet, tablet.edit({"rating": 2}), waiting=1)).json
    assert answer["missing"] == [[3, 3]]
    review = load_review(tablet.review_id)
    assert review is not None
    [line] = device_lines(actor(LEAD), review)
    assert (line.told, line.missing, line.waiting) == (4, ((3, 3),), 0)
    with pytest.raises(Stale):
        give_back(actor(LEAD), tablet.taken.check_out_id, 4)


@pytest.mark.parametrize("seconds, heard_anew", [(59, False), (60, True), (61, True)])
def test_the_time_last_heard_is_exact_to_a_minute(
    tablet: Tablet, call: Caller, seconds: int, heard_anew: bool
) -> None:
    call.begin(LEAD)
    first = db.session.get_one(OnSiteDevice, tablet.id, populate_existing=True).heard_at
    with clock.at(first + timedelta(seconds=seconds)):
        call.post("/sync", told(tablet, tablet.edit({"rating": 3}), waiting=1))
    later = db.session.get_one(OnSiteDevice, tablet.id, populate_existing=True).heard_at
    assert (later > first) is heard_anew


def test_a_device_is_its_owners_only(tablet: Tablet, call: Caller) -> None:
    call.begin(SECOND)
    edit = tablet.edit({"rating": 4})
    assert call.post("/sync", told(tablet, edit), expect=403).json["error"] == "device"
    call.post("/check-outs", asked(tablet.review_id, tablet.id), expect=403)
    unknown = told(tablet, edit, device_id=str(uuid.uuid4()))
    assert call.post("/sync", unknown, expect=409).json["error"] == "unknown-device"
    assert rating(tablet.review_id) is None


@pytest.mark.parametrize("count, status", [(99, 200), (100, 200), (101, 400)])
def test_a_batch_holds_a_hundred_edits(tablet: Tablet, call: Caller, count: int, status: int) -> None:
    call.begin(LEAD)
    edits = [tablet.edit({"rating": 4}) | {"op_id": "x"} for _ in range(count)]  # answered, kept nowhere
    call.post("/sync", told(tablet, *edits), expect=status)


def test_nobody_signed_in_sends_nothing(tablet: Tablet, call: Caller) -> None:
    answer = call.post("/sync", told(tablet, tablet.edit({"rating": 4})), expect=401)
    assert answer.json["error"] == "sign-in"
    assert rating(tablet.review_id) is None


def test_a_review_is_returned_when_everything_has_arrived(tablet: Tablet, call: Caller) -> None:
    call.begin(LEAD)
    path = f"/check-outs/{tablet.taken.check_out_id}/return"
    answer = call.post(path, {"highest_seq": 1}, expect=409).json
    assert answer["missing"] == 1
    tablet.send(tablet.edit({"rating": 4}))
    for _ in range(2):
        assert call.post(path, {"highest_seq": 1}).json == {"returned": True}
    call.begin(SECOND)
    call.post(path, {"highest_seq": 1}, expect=404)


def test_a_lost_device_is_counted_and_not_returned(tablet: Tablet, call: Caller) -> None:
    hear(actor(LEAD), tablet.id, Heard(3, 3, True))
    with pytest.raises(Forbidden):
        announce_lost(actor(SECOND), tablet.review_id, tablet.taken.check_out_id)
    with pytest.raises(NotFound):
        announce_lost(actor(LEAD), tablet.review_id, uuid.uuid4())
    assert announce_lost(actor("lead"), tablet.review_id, tablet.taken.check_out_id) == 3
    with pytest.raises(Refused):
        announce_lost(actor(LEAD), tablet.review_id, tablet.taken.check_out_id)
    call.begin(LEAD)
    path = f"/check-outs/{tablet.taken.check_out_id}/return"
    call.post(path, {"highest_seq": 3}, expect=409)
    assert tablet.send(tablet.edit({"rating": 4}))[0]["outcome"] == "applied"  # it turned up


def test_the_edits_of_a_closed_account_are_left_with_the_devices_secret(tablet: Tablet, call: Caller) -> None:
    second = Tablet(tablet.review_id, SECOND)
    edit = second.edit({"rating": 4})
    bearer = f"Bearer {second.taken.deposit_token}"
    assert (
        call.post("/deposit", told(second, edit), expect=401, Authorization=bearer).json["error"] == "sign-in"
    )
    disable(actor("administrator"), id_of(SECOND))
    for wrong in ("", "Bearer guessed", "Basic x"):
        call.post("/deposit", told(second, edit), expect=403, Authorization=wrong)
    call.post("/deposit", told(tablet, edit), expect=403, Authorization=bearer)  # another device
    (receipt,) = call.post("/deposit", told(second, edit), Authorization=bearer).json["receipts"]
    assert receipt["outcome"] == "quarantined"
    assert held(edit["op_id"]).why is HeldWhy.QUARANTINE
    assert rating(tablet.review_id, SECOND) is None


def test_a_new_check_out_makes_the_old_secret_worthless(tablet: Tablet, call: Caller) -> None:
    old = tablet.taken.deposit_token
    check_out(actor(LEAD), tablet.review_id, uuid.uuid4(), tablet.id, "Tablet", True)
    call.post("/deposit", told(tablet), expect=403, Authorization=f"Bearer {old}")


def test_the_pack_holds_nobody_elses_ratings(tablet: Tablet, call: Caller) -> None:
    tablet.send(tablet.edit({"rating": 4, "rationale": "Cornflower"}))
    reviewing.move(tablet.review_id, Action.LEAVE_SITE, LEAD, "The rest is asked by telephone.")
    call.begin(SECOND)
    page = call.client.get(f"{API}/packs/{tablet.review_id}")
    assert "Cornflower" not in page.response.text
    assert page.json["ratings"] == {}
    assert page.response.headers["Cache-Control"] == "no-store"
    call.begin("lead")
    call.client.get(f"{API}/packs/{tablet.review_id}", expect=404)
