"""What devices sent goes when the fieldwork of its review has gone, and not a day before."""

from __future__ import annotations

import hashlib
import uuid
from datetime import timedelta
from uuid import UUID

import pytest
from click.testing import CliRunner
from flask import Flask

from portal.commands import purging as command
from portal.core import clock
from portal.core.act import operational
from portal.core.db import db
from portal.core.errors import Refused
from portal.core.jobs import daily, worker
from portal.core.storage import service as storage
from portal.core.storage.models import Attachment
from portal.reviews.external.models.review import ExternalReview
from portal.reviews.offline.models import EvidencePhoto
from portal.reviews.offline.service.photos import path_of, take_piece
from portal.reviews.offline.service.purging import JOB, Emptied, due, purge, purge_due, purge_strays
from portal.reviews.offline.strays import strays
from tests.support import reviewing
from tests.support.assessing import actor, email
from tests.support.on_site import LEAD, SECOND, Tablet, audited, held, stored
from tests.support.page_client import PageClient

JPEG = b"\xff\xd8\xff\xe0" + b"picture" * 1_000


@pytest.fixture
def tablet(app: Flask) -> Tablet:
    return Tablet(reviewing.in_fieldwork())


def filled(tablet: Tablet) -> tuple[dict[str, str], dict[str, str], dict[str, str]]:
    """An edit that lost, a photo that is whole, and one of which half is here."""
    new = tablet.note()
    tablet.send(new)
    other = Tablet(tablet.review_id, SECOND)
    other.send(other.edit({"text": "Theirs"}, kind="note", key=new["key"], version=1))
    lost = tablet.edit({"text": "Ours"}, kind="note", key=new["key"], version=1)
    fields = {"note": new["key"], "caption": "Board", "size": len(JPEG), "content_type": "image/jpeg"}
    fields |= {"sha256": hashlib.sha256(JPEG).hexdigest()}
    whole, half = (tablet.edit(fields, kind="photo", key=str(uuid.uuid4())) for _ in range(2))
    tablet.send(lost, whole, half)
    take_piece(actor(LEAD), UUID(whole["key"]), 0, JPEG)
    take_piece(actor(LEAD), UUID(half["key"]), 0, JPEG[:3_000])
    return lost, whole, half


def fieldwork_purged(tablet: Tablet) -> None:
    with operational():
        db.session.get_one(ExternalReview, tablet.review_id).purged_at = clock.now()


def photo(edit: dict[str, str]) -> EvidencePhoto:
    db.session.rollback()
    return db.session.get_one(EvidencePhoto, UUID(edit["key"]), populate_existing=True)


def test_nothing_goes_while_the_fieldwork_stands(tablet: Tablet) -> None:
    lost, whole, _ = filled(tablet)
    assert due() == []
    assert purge(tablet.review_id) == Emptied(0, 0)
    assert stored(lost["op_id"]).payload is not None
    assert photo(whole).attachment_id is not None
    assert audited(JOB) == 0


def test_words_and_pictures_go_and_numbers_stay(tablet: Tablet) -> None:
    lost, whole, half = filled(tablet)
    attachment = db.session.get_one(Attachment, photo(whole).attachment_id)
    files = [storage.folder() / attachment.stored_name, path_of(photo(half))]
    assert all(path.exists() for path in files)
    receipt = stored(lost["op_id"]).receipt
    fieldwork_purged(tablet)
    assert purge_due() == [(tablet.review_id, Emptied(5, 2))]
    row = stored(lost["op_id"])
    assert row.payload is None
    assert row.receipt == receipt | {"current": None}
    assert held(lost["op_id"]).stood is None
    for edit in (whole, half):
        assert (photo(edit).caption, photo(edit).attachment_id) == ("", None)
        assert photo(edit).purged_at is not None
    assert not any(path.exists() for path in files)
    assert audited(JOB) == 1
    assert purge_due() == []


def test_a_replay_after_the_purge_still_changes_nothing(tablet: Tablet) -> None:
    lost, _, half = filled(tablet)
    fieldwork_purged(tablet)
    purge_due()
    (receipt,) = tablet.send(lost)
    assert receipt["outcome"] == "conflict"
    with pytest.raises(Refused, match="deleted"):
        take_piece(actor(LEAD), UUID(half["key"]), 0, JPEG)


def test_what_arrives_after_the_purge_goes_with_the_next(tablet: Tablet) -> None:
    filled(tablet)
    fieldwork_purged(tablet)
    purge_due()
    late = tablet.note() | {"schema": 7}
    tablet.send(late)
    assert purge_due() == [(tablet.review_id, Emptied(1, 0))]
    assert stored(late["op_id"]).payload is None


def test_other_reviews_keep_theirs(tablet: Tablet) -> None:
    lost, _, _ = filled(tablet)
    fieldwork_purged(tablet)
    with operational():
        db.session.get_one(ExternalReview, tablet.review_id).purged_at = None
    assert purge_due() == []
    assert stored(lost["op_id"]).payload is not None


def test_it_is_done_every_day(app: Flask, tablet: Tablet) -> None:
    lost, _, _ = filled(tablet)
    fieldwork_purged(tablet)
    morning = clock.now().replace(hour=8) + timedelta(days=1)
    with clock.at(morning):
        assert daily.look() >= 1
        worker.run_all()
    assert stored(lost["op_id"]).payload is None


def test_the_command_does_it_too(tablet: Tablet, monkeypatch: pytest.MonkeyPatch, app: Flask) -> None:
    lost, _, _ = filled(tablet)
    fieldwork_purged(tablet)
    monkeypatch.setattr(command, "application", lambda: app)
    told = CliRunner().invoke(command.purge, ["fieldwork", "--dry-run"])
    assert stored(lost["op_id"]).payload is not None
    told = CliRunner().invoke(command.purge, ["fieldwork"])
    assert told.exit_code == 0, told.output
    assert "5 edits from devices, 2 photos" in told.output
    assert stored(lost["op_id"]).payload is None


def stray(tablet: Tablet) -> dict[str, str]:
    """An edit that names no review of this portal."""
    edit = tablet.edit({"rating": 2, "rationale": "Seen in no review"}) | {"review": str(uuid.uuid4())}
    tablet.send(edit)
    return edit


def test_an_edit_that_names_no_review_is_shown_to_its_author_alone(
    tablet: Tablet, client: PageClient
) -> None:
    stray(tablet)
    client.sign_in(email(LEAD))
    assert "Seen in no review" in client.get("/on-site/import").text
    client.sign_in(email(SECOND))
    assert "name no review" not in client.get("/on-site/import").text


@pytest.mark.parametrize("days, emptied", [(89, 0), (90, 0), (91, 1)])
def test_an_edit_that_names_no_review_is_emptied_after_ninety_days(
    tablet: Tablet, days: int, emptied: int
) -> None:
    edit = stray(tablet)
    with clock.at(stored(edit["op_id"]).received_at + timedelta(days=days)):
        assert purge_strays() == emptied
        assert len(strays(actor(LEAD))) == 1 - emptied
        assert (stored(edit["op_id"]).payload is None) is bool(emptied)
        assert audited("offline.purge-strays") == emptied
