"""A file of edits that a device saved: taken once, by its owner or into quarantine, and by nobody else."""

from __future__ import annotations

import hashlib
import io
import json
import uuid
from uuid import UUID

import pytest
from flask import Flask
from werkzeug.datastructures import FileStorage
from werkzeug.test import encode_multipart

from portal.core.db import db
from portal.core.errors import Forbidden, Invalid
from portal.reviews.offline.models import EvidencePhoto, OnSiteDevice
from portal.reviews.offline.rules import saved_file
from portal.reviews.offline.service.import_file import bring_in
from portal.reviews.offline.service.settling import Choice, Decision, settle
from tests.support import reviewing
from tests.support.assessing import actor, email
from tests.support.on_site import LEAD, OTHER_ITEM, SECOND, Tablet, audited, held, rating, stored
from tests.support.page_client import PageClient
from tests.support.saved_edits import saved, wrapped_for_somebody_else

SECRET = "Cornflower"
JPEG = b"\xff\xd8\xff\xe0" + b"picture" * 60_000


@pytest.fixture
def tablet(app: Flask) -> Tablet:
    return Tablet(reviewing.in_fieldwork())


def with_photo(tablet: Tablet) -> tuple[list[dict[str, object]], dict[str, bytes]]:
    new, key = tablet.note(), str(uuid.uuid4())
    fields = {"note": new["key"], "caption": "Board", "size": len(JPEG)}
    fields |= {"sha256": hashlib.sha256(JPEG).hexdigest(), "content_type": "image/jpeg"}
    return [new, tablet.edit(fields, kind="photo", key=key)], {key: JPEG}


def test_the_owners_edits_are_taken_as_if_the_device_had_sent_them(tablet: Tablet) -> None:
    first, second = tablet.edit({"rating": 4}), tablet.edit({"rating": 9}, key=OTHER_ITEM)
    done = bring_in(actor(LEAD), saved(tablet, [second, first]))
    assert (done.own, done.applied, done.quarantined, done.known) == (True, 1, 1, 0)
    row = rating(tablet.review_id)
    assert row is not None
    assert row.rating == 4
    assert db.session.get_one(OnSiteDevice, tablet.id).highest_seq == 2
    assert audited("offline.bring-in") == 1


def test_bringing_it_in_again_changes_nothing(tablet: Tablet) -> None:
    edits = [tablet.edit({"rating": 4})]
    tablet.send(*edits)
    for _ in range(2):
        done = bring_in(actor(LEAD), saved(tablet, edits))
        assert (done.applied, done.known) == (1, 1)
    assert audited("blind.apply") == 1


def test_the_photos_come_with_their_edits(tablet: Tablet) -> None:
    edits, photos = with_photo(tablet)
    done = bring_in(actor(LEAD), saved(tablet, edits, photos))
    assert (done.applied, done.photos, done.photos_waiting) == (2, 1, 0)
    photo = db.session.get_one(EvidencePhoto, UUID(next(iter(photos))), populate_existing=True)
    assert photo.attachment_id is not None


@pytest.mark.parametrize("who", [LEAD, "lead"])
def test_whoever_leads_or_plans_brings_in_anothers_into_quarantine(tablet: Tablet, who: str) -> None:
    second = Tablet(tablet.review_id, SECOND)
    edit = second.edit({"rating": 4, "rationale": SECRET})
    done = bring_in(actor(who), saved(second, [edit]))
    assert (done.own, done.applied, done.quarantined) == (False, 0, 1)
    assert held(edit["op_id"]).person_id == actor(SECOND).person_id
    assert "brought in from a saved file" in stored(edit["op_id"]).reason
    assert rating(tablet.review_id, SECOND) is None


def test_photos_of_somebody_elses_file_follow_once_their_edits_are_applied(tablet: Tablet) -> None:
    second = Tablet(tablet.review_id, SECOND)
    edits, photos = with_photo(second)
    file = saved(second, edits, photos)
    assert bring_in(actor(LEAD), file).photos_waiting == 1
    for edit in edits:
        decisions = dict.fromkeys(edit["fields"], Decision(Choice.YOURS))  # type: ignore[call-overload]  # a mapping
        settle(actor(LEAD), tablet.review_id, UUID(str(edit["op_id"])), decisions, 0)
    assert bring_in(actor(LEAD), file).photos == 1


@pytest.mark.parametrize("who", [SECOND, "observer", "moderator", "manager", "administrator"])
def test_nobody_else_brings_it_in(tablet: Tablet, who: str) -> None:
    file = saved(tablet, [tablet.edit({"rating": 4})])
    with pytest.raises(Forbidden):
        bring_in(actor(who), file)
    assert rating(tablet.review_id) is None


def test_edits_of_reviews_out_of_reach_are_left_out(tablet: Tablet) -> None:
    second = Tablet(tablet.review_id, SECOND)
    near, far = second.edit({"rating": 4}), second.edit({"rating": 4}) | {"review": str(uuid.uuid4())}
    done = bring_in(actor(LEAD), saved(second, [near, far]))
    assert (done.quarantined, done.left_out) == (1, 1)


def test_nobody_makes_anothers_edits_their_own(tablet: Tablet) -> None:
    """The label inside each encrypted part names its person: the file's open words cannot change that."""
    edit = tablet.edit({"rating": 4, "rationale": SECRET})
    mine = Tablet(tablet.review_id, SECOND)
    stolen = json.loads(saved(tablet, [edit]))
    person = {"person_id": str(actor(SECOND).person_id), "device_id": str(mine.id)}
    with pytest.raises(Invalid, match="belongs to somebody else"):
        bring_in(actor(SECOND), json.dumps(stolen | person).encode())
    relabelled = [stolen["operations"][0] | {"aad": f"operations|{person['person_id']}|{edit['op_id']}"}]
    with pytest.raises(Invalid, match="damaged"):
        bring_in(actor(SECOND), json.dumps(stolen | person | {"operations": relabelled}).encode())
    assert rating(tablet.review_id, SECOND) is None


def test_the_device_of_another_is_refused_and_a_forgotten_one_is_known_again(tablet: Tablet) -> None:
    other = Tablet(tablet.review_id, SECOND)
    edits = [tablet.edit({"rating": 4})]
    with pytest.raises(Forbidden):
        bring_in(actor(LEAD), saved(tablet, edits, device_id=str(other.id)))
    forgotten = uuid.uuid4()
    assert bring_in(actor(LEAD), saved(tablet, edits, device_id=str(forgotten))).applied == 1
    assert db.session.get_one(OnSiteDevice, forgotten).person_id == actor(LEAD).person_id


@pytest.mark.parametrize(
    "change, said",
    [
        ({"format": "something"}, "not a file of edits"),
        ({"version": 2}, "not known here"),
        ({"wrapped_key": "!"}, "missing or damaged"),
        ({"wrapped_key": "AAAA"}, "not made for this portal"),
        ({"person_id": 7}, "missing or damaged"),
        ({"operations": {}}, "missing or damaged"),
        ({"person_id": str(uuid.uuid4()), "operations": []}, "not known here"),
    ],
)
def test_what_is_no_such_file_is_refused_in_words(
    tablet: Tablet, change: dict[str, object], said: str
) -> None:
    with pytest.raises(Invalid, match=said):
        bring_in(actor(LEAD), saved(tablet, [tablet.edit({"rating": 4})], **change))
    assert rating(tablet.review_id) is None


@pytest.mark.parametrize("data", [b"", b"\xff\xfe", b"[1]", b'"x"', b"[" * 100_000])
def test_rubbish_is_refused_in_words(app: Flask, data: bytes) -> None:
    with pytest.raises(Invalid, match="not a file of edits"):
        bring_in(actor(LEAD), data)


def test_a_file_for_another_portal_is_told_so(tablet: Tablet) -> None:
    file = saved(tablet, [tablet.edit({"rating": 4})], wrapped_key=wrapped_for_somebody_else())
    with pytest.raises(Invalid, match="not made for this portal"):
        bring_in(actor(LEAD), file)


@pytest.mark.parametrize("count, taken", [(2, True), (3, True), (4, False)])
def test_a_file_holds_so_many_edits_at_most(
    tablet: Tablet, monkeypatch: pytest.MonkeyPatch, count: int, taken: bool
) -> None:
    monkeypatch.setattr(saved_file, "MOST_OPERATIONS", 3)
    file = saved(tablet, [tablet.edit({"evidence": str(number)}) for number in range(count)])
    if taken:
        assert sum(vars(bring_in(actor(LEAD), file))[name] for name in ("applied", "conflicts")) == count
        return
    with pytest.raises(Invalid, match="at most"):
        bring_in(actor(LEAD), file)


def test_the_page_tells_what_became_of_the_file(tablet: Tablet, client: PageClient) -> None:
    edits, photos = with_photo(tablet)
    client.sign_in(email(LEAD))
    client.get("/on-site/import")
    page = client.submit(expect=400)
    assert page.errors == ["Choose a file first"]
    upload = (io.BytesIO(saved(tablet, edits, photos)), "x.ipsedits")
    page = client.submit(fields={"upload": upload})
    assert "Your edits were read" in page.text
    assert "2 edits are applied." in page.text
    assert "1 photo is here." in page.text
    client.sign_in(email("manager"))
    client.get("/on-site/import")
    page = client.submit(fields={"upload": (io.BytesIO(saved(tablet, edits)), "x.ipsedits")}, expect=403)
    assert "nothing was taken" in page.errors[0]


def test_a_file_may_be_larger_than_an_attachment(tablet: Tablet, client: PageClient) -> None:
    client.sign_in(email(LEAD))
    token = client.get("/on-site/import").form().select_one("[name=csrf_token]")
    assert token is not None
    sent = {
        "csrf_token": str(token["value"]),
        "upload": FileStorage(io.BytesIO(b" " * 12_000_000), "x.ipsedits"),
    }
    boundary, body = encode_multipart(sent)  # in memory: the client itself would leave a file open
    page = client.post(
        "/on-site/import",
        expect=400,
        input_stream=io.BytesIO(body),
        content_type=f"multipart/form-data; boundary={boundary}",
        content_length=len(body),
    )
    assert "not a file of edits" in page.errors[0]
