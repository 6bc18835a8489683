"""Keeping files: checked and written before the verb, recorded inside it, swept when no verb came.

    saved = save(name, data)            # outside any transaction: it reads, scans and writes
    with act(actor, …):
        attachment = record(actor, saved)

The file is on the disk, with its folder synced, before its row exists; so a row never lacks its file.
A file whose verb failed lies unnamed until `sweep` takes it.
"""

from __future__ import annotations

import hashlib
import logging
import os
import shlex
import subprocess
import uuid
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path

from flask import Response, current_app, send_file
from sqlalchemy import select

from portal.core import clock
from portal.core.act import Acting
from portal.core.config import Settings
from portal.core.db import db
from portal.core.errors import Invalid
from portal.core.rules.uploads import NotAllowed, clean_name, recognise
from portal.core.storage.models import Attachment

log = logging.getLogger("portal")
FIELD = "file"  # the form field that a problem belongs to
SCAN_LIMIT = 60  # seconds
ORPHAN_AFTER = timedelta(hours=1)  # a verb takes no longer than that to record its file


@dataclass(frozen=True)
class Saved:
    """A file on the disk that no row names yet."""

    stored_name: str
    original_name: str
    content_type: str
    size: int
    sha256: str


def save(name: str, data: bytes) -> Saved:
    """Check a file and write it down. Raises Invalid (field `file`) where it cannot be taken."""
    settings = _settings()
    if len(data) > settings.attachment_max_mib * 1024 * 1024:
        raise Invalid({FIELD: f"The file must be smaller than {settings.attachment_max_mib} MB"})
    shown = clean_name(name)
    try:
        kind = recognise(shown, data)
    except NotAllowed as reason:
        raise Invalid({FIELD: str(reason)}) from reason
    _scan(settings.scan_command, data)
    stored_name = uuid.uuid4().hex
    _write(folder() / stored_name, data)
    return Saved(stored_name, shown, kind.content_type, len(data), hashlib.sha256(data).hexdigest())


def record(actor: Acting, saved: Saved) -> Attachment:
    """The row of a saved file. Call inside the verb that attaches it."""
    attachment = Attachment(
        id=uuid.uuid4(),
        stored_name=saved.stored_name,
        original_name=saved.original_name,
        content_type=saved.content_type,
        size=saved.size,
        sha256=saved.sha256,
        created_at=clock.now(),
        created_by=actor.person_id,
    )
    db.session.add(attachment)
    db.session.flush()  # what belongs to it points at it
    return attachment


def download(attachment: Attachment) -> Response:
    """The file as a download: never shown inside a page, whatever it holds."""
    response = send_file(
        folder() / attachment.stored_name,
        mimetype=attachment.content_type,
        as_attachment=True,
        download_name=attachment.original_name,
    )
    response.headers["Cache-Control"] = "private, no-store"
    return response


def read_unnamed(stored_name: str) -> bytes | None:
    """The bytes of a file that was saved and that no row names yet; None where it is gone.

    The name is one that `save` made: anything else is no file of ours.
    """
    if len(stored_name) != 32 or not set(stored_name) <= set("0123456789abcdef"):
        return None
    try:
        return (folder() / stored_name).read_bytes()
    except FileNotFoundError:
        return None


def sweep() -> int:
    """Remove files that no row names and that are over an hour old. Returns how many."""
    before = (clock.now() - ORPHAN_AFTER).timestamp()
    old = [path for path in folder().iterdir() if path.is_file() and path.stat().st_mtime < before]
    named = set(db.session.execute(select(Attachment.stored_name)).scalars())
    orphans = [path for path in old if path.name not in named]
    for path in orphans:
        path.unlink(missing_ok=True)
    return len(orphans)


def folder() -> Path:
    """Where attachments lie; made on first use, readable by the portal only."""
    path = Path(_settings().data_dir).resolve() / "attachments"
    path.mkdir(mode=0o700, parents=True, exist_ok=True)
    return path


def _settings() -> Settings:
    settings: Settings = current_app.config["SETTINGS"]
    return settings


def _write(path: Path, data: bytes) -> None:
    """Write and sync a new file, under another name until it is whole."""
    unfinished = path.with_suffix(".part")
    with unfinished.open("xb") as file:
        file.write(data)
        file.flush()
        os.fsync(file.fileno())
    unfinished.rename(path)
    directory = os.open(path.parent, os.O_RDONLY)
    try:
        os.fsync(directory)
    finally:
        os.close(directory)


def _scan(command: str, data: bytes) -> None:
    """Ask the virus scanner, where there is one. A scanner that cannot answer refuses (it fails closed)."""
    if not command:
        return
    try:
        done = subprocess.run(
            shlex.split(command), input=data, timeout=SCAN_LIMIT, capture_output=True, check=False
        )
    except (OSError, subprocess.TimeoutExpired):
        log.exception("The scanner could not be run")
        raise Invalid({FIELD: "The file could not be checked for viruses. Try again later"}) from None
    if done.returncode:
        log.warning("The scanner refused a file: exit code %s", done.returncode)
        raise Invalid({FIELD: "The file was refused by the virus check. Choose another file"})
