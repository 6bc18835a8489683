"""Evidence files: attached to a draft, removed and put back, downloaded by those who work on it."""

from __future__ import annotations

from io import BytesIO

import pytest
from flask import Flask
from sqlalchemy import select

from portal.core.db import db
from portal.core.errors import Forbidden, Invalid, NotFound, Refused
from portal.core.storage.service import folder
from portal.reviews.assessment.evidence import attachment_of, files_of
from portal.reviews.assessment.models import EvidenceFile
from portal.reviews.assessment.rules.workflow import Action, Kind
from portal.reviews.assessment.service.filing import MOST_FILES, add_file, remove_file, restore_file
from tests.support.assessing import actor, audit_rows, begin, email, fresh, item_key, move, rate
from tests.support.page_client import PageClient

ONE, TWO = item_key(1), item_key(2)
CSV = b"name,hours\nrota,37\n"


def test_a_file_is_added_removed_and_put_back_with_one_row_each(app: Flask) -> None:
    assessment_id, before = begin(), audit_rows()
    file_id = add_file(actor("staff"), assessment_id, ONE, "rota.csv", CSV)
    assert [(line.id, line.name, line.size_words) for line in files_of(assessment_id, ONE)] == [
        (file_id, "rota.csv", f"{len(CSV)} bytes")
    ]
    assert files_of(assessment_id, TWO) == []
    assert audit_rows() == before + 1
    for _ in range(2):
        assert remove_file(actor("manager"), assessment_id, file_id) == ONE
    assert files_of(assessment_id, ONE) == []
    assert [line.removed for line in files_of(assessment_id, ONE, with_removed=True)] == [True]
    assert attachment_of(assessment_id, file_id) is None
    for _ in range(2):
        restore_file(actor("manager"), assessment_id, file_id)
    assert len(files_of(assessment_id, ONE)) == 1
    assert audit_rows() == before + 3


def test_who_may_not_and_when_it_is_refused_nothing_is_written(app: Flask) -> None:
    assessment_id = begin(Kind.SELF)
    file_id = add_file(actor("staff"), assessment_id, ONE, "rota.csv", CSV)
    before, there = audit_rows(), len(list(folder().iterdir()))
    for name, error in (("eism", Forbidden), ("other-manager", NotFound), ("buyer", NotFound)):
        with pytest.raises(error):
            add_file(actor(name), assessment_id, ONE, "rota.csv", CSV)
        with pytest.raises(error):
            remove_file(actor(name), assessment_id, file_id)
    with pytest.raises(Invalid):
        add_file(actor("staff"), assessment_id, ONE, "rota.exe", b"MZ")
    assert len(list(folder().iterdir())) == there
    with pytest.raises(NotFound):
        add_file(actor("staff"), assessment_id, "no-such-item", "rota.csv", CSV)
    rate(assessment_id, 125)
    move(assessment_id, Action.CONFIRM, "manager")
    with pytest.raises(Refused):
        add_file(actor("staff"), assessment_id, ONE, "rota.csv", CSV)
    with pytest.raises(Refused):
        remove_file(actor("staff"), assessment_id, file_id)
    assert audit_rows() == before + 2


def test_an_item_takes_so_many_files_and_no_more(app: Flask, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("portal.reviews.assessment.service.filing.MOST_FILES", 2)
    assert MOST_FILES > 2
    assessment_id, staff = begin(), actor("staff")
    first = add_file(staff, assessment_id, ONE, "a.csv", CSV)
    add_file(staff, assessment_id, ONE, "b.csv", CSV)
    with pytest.raises(Refused, match="2 files at most"):
        add_file(staff, assessment_id, ONE, "c.csv", CSV)
    remove_file(staff, assessment_id, first)
    add_file(staff, assessment_id, ONE, "c.csv", CSV)
    with pytest.raises(Refused, match="2 files at most"):
        restore_file(staff, assessment_id, first)


def test_a_file_is_sent_as_a_download_to_those_who_work_on_it(app: Flask, client: PageClient) -> None:
    assessment_id = begin(Kind.SELF)
    file_id = add_file(actor("staff"), assessment_id, ONE, "rota.csv", CSV)
    address = f"/assessments/{assessment_id}/files/{file_id}"
    client.sign_in(email("eism"))
    page = client.get(address)
    assert page.response.data == CSV
    assert page.response.headers["Content-Disposition"].startswith("attachment")
    assert page.response.headers["X-Content-Type-Options"] == "nosniff"
    client.get(f"/assessments/{assessment_id}/files/{assessment_id}", expect=404)
    client.sign_in(email("other-manager"))
    client.get(address, expect=404)
    rate(assessment_id, 125)
    move(assessment_id, Action.CONFIRM, "manager")
    client.sign_in(email("buyer"))
    page = client.get(f"/assessments/{assessment_id}/items/1")
    assert "Evidence files" not in page.text
    client.get(address, expect=404)


def test_words_typed_and_not_saved_survive_the_file_buttons(app: Flask, client: PageClient) -> None:
    assessment_id = begin()
    client.sign_in(email("staff"))
    client.get(f"/assessments/{assessment_id}/items/1")
    page = client.submit("item-form", button="Add file", rationale="Not saved yet", expect=400)
    assert page.errors == ["Choose a file first"]
    assert "Not saved yet" in page.text
    page = client.submit(
        "item-form", button="Add file", fields={"upload": (BytesIO(b"MZ"), "a.exe")}, expect=400
    )
    assert "Not saved yet" in page.text
    page = client.submit("item-form", button="Add file", fields={"upload": (BytesIO(CSV), "rota.csv")})
    assert "Added rota.csv" in page.text
    page = client.submit("item-form", button="Remove rota.csv", evidence="On the desk")
    assert "Removed rota.csv" in page.text
    page = client.submit("item-form", button="Put back rota.csv")
    assert "rota.csv is back" in page.text
    assert "On the desk" in page.text
    assert fresh(assessment_id).version == 1
    assert len(db.session.scalars(select(EvidenceFile)).all()) == 1


def test_a_stale_save_beside_a_file_shows_both_versions_and_keeps_the_file(
    app: Flask, client: PageClient
) -> None:
    assessment_id = begin()
    client.sign_in(email("staff"))
    client.get(f"/assessments/{assessment_id}/items/1")
    rate(assessment_id, 125, by="manager")
    upload = {"upload": (BytesIO(CSV), "rota.csv")}
    page = client.submit("item-form", button="Add file", rationale="Mine", fields=upload, expect=409)
    assert "Somebody else saved this item first" in page.text
    assert "Mine" in page.text
    assert len(files_of(assessment_id, ONE)) == 1
