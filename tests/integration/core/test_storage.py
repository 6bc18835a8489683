"""Attachments: what is taken, where it lies, and what becomes of a file whose verb failed."""

from __future__ import annotations

import dataclasses
import hashlib
import os
import time
import uuid
from pathlib import Path

import pytest
from flask import Flask
from sqlalchemy import func, select
from sqlalchemy.exc import IntegrityError

from portal.accounts.rules.actors import PORTAL
from portal.core.act import act
from portal.core.db import db
from portal.core.errors import Invalid, Refused
from portal.core.storage import service as storage
from portal.core.storage.models import Attachment

PDF = b"%PDF-1.7\nfidelity"
MIB = 1024 * 1024


def attach(name: str = "report.pdf", data: bytes = PDF) -> Attachment:
    saved = storage.save(name, data)
    with act(PORTAL, "test.attach", ("test", "1")):
        return storage.record(PORTAL, saved)


def attach_in_vain(saved: storage.Saved) -> None:
    with act(PORTAL, "test.attach", ("test", "1")):
        storage.record(PORTAL, saved)
        raise Refused("No")


def change_setting(app: Flask, **values: object) -> None:
    app.config["SETTINGS"] = dataclasses.replace(app.config["SETTINGS"], **values)  # type: ignore[arg-type]  # settings of any type


def test_a_file_is_kept_under_a_name_of_our_own_with_its_digest(app: Flask) -> None:
    attachment = attach("../My report.pdf")

    kept = storage.folder() / attachment.stored_name
    assert kept.read_bytes() == PDF
    assert kept.parent == Path(app.config["SETTINGS"].data_dir).resolve() / "attachments"
    assert "report" not in attachment.stored_name
    assert attachment.original_name == "My report.pdf"
    assert (attachment.content_type, attachment.size) == ("application/pdf", len(PDF))
    assert attachment.sha256 == hashlib.sha256(PDF).hexdigest()


@pytest.mark.parametrize("extra, taken", [(-1, True), (0, True), (1, False)])
def test_the_limit_on_size_is_exact(app: Flask, extra: int, taken: bool) -> None:
    change_setting(app, attachment_max_mib=1)
    data = PDF.ljust(MIB + extra, b"x")

    if taken:
        assert attach(data=data).size == MIB + extra
    else:
        with pytest.raises(Invalid) as refused:
            storage.save("report.pdf", data)
        assert refused.value.problems == {"file": "The file must be smaller than 1 MB"}
        assert list(storage.folder().iterdir()) == []


def test_what_is_refused_leaves_nothing_behind(app: Flask) -> None:
    for name, data in (("a.svg", b"<svg/>"), ("a.pdf", b""), ("a.pdf", b"MZ")):
        with pytest.raises(Invalid):
            storage.save(name, data)

    assert list(storage.folder().iterdir()) == []


def test_a_file_whose_verb_failed_is_swept_after_an_hour_and_no_other(app: Flask) -> None:
    kept = attach()
    saved = storage.save("orphan.pdf", PDF)
    with pytest.raises(Refused):
        attach_in_vain(saved)
    orphan = storage.folder() / saved.stored_name

    assert storage.sweep() == 0
    two_hours_ago = time.time() - 7200
    for path in storage.folder().iterdir():
        os.utime(path, (two_hours_ago, two_hours_ago))
    assert storage.sweep() == 1
    assert not orphan.exists()
    assert (storage.folder() / kept.stored_name).exists()
    assert db.session.scalar(select(func.count()).select_from(Attachment)) == 1


def test_a_scanner_that_finds_something_refuses_the_file(app: Flask) -> None:
    change_setting(app, scan_command="sh -c '! grep -q EICAR'")

    with pytest.raises(Invalid, match="refused by the virus check"):
        storage.save("report.pdf", PDF + b"EICAR")
    assert attach().size == len(PDF)


@pytest.mark.parametrize("command", ["/nowhere/scanner", "sh -c 'exit 2'"])
def test_a_scanner_that_cannot_answer_refuses_the_file(app: Flask, command: str) -> None:
    change_setting(app, scan_command=command)

    with pytest.raises(Invalid):
        storage.save("report.pdf", PDF)
    assert list(storage.folder().iterdir()) == []


def test_a_download_is_never_shown_in_a_page(app: Flask) -> None:
    attachment = attach("Bericht “é”.pdf")
    with app.test_request_context():
        response = app.process_response(storage.download(attachment))

    assert response.headers["Content-Disposition"].startswith("attachment; filename")
    assert response.headers["X-Content-Type-Options"] == "nosniff"
    assert response.headers["Cache-Control"] == "private, no-store"
    assert response.content_type == "application/pdf"
    response.close()


def test_the_database_refuses_an_empty_file(app: Flask) -> None:
    saved = storage.Saved(uuid.uuid4().hex, "a.pdf", "application/pdf", 0, "0" * 64)

    with pytest.raises(IntegrityError), act(PORTAL, "test.attach", ("test", "1")):
        storage.record(PORTAL, saved)
