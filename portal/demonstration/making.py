"""A new SQLite database with the demonstration in it, made aside and moved into place when it is whole.

A start that is interrupted leaves nothing half-done, and while it is made the file need not reach the
disk after every one of its thousands of commits: once, at the end, is enough.
"""

from __future__ import annotations

import os
from dataclasses import replace
from pathlib import Path
from typing import Any

from sqlalchemy import event

from portal.app import create_app
from portal.core.config import Settings
from portal.core.db import db
from portal.core.migrating import upgrade
from portal.demonstration.building import Built, Size, build


def is_new(settings: Settings) -> bool:
    """Whether the database is to be SQLite in the data folder and is not there yet."""
    return not settings.database_url and not _target(settings).exists()


def make_aside(settings: Settings, size: Size = "full") -> Built:
    """Make the data folder's database. Only where `is_new`."""
    target = _target(settings)
    aside = target.with_name("portal.sqlite.new")
    _remove(aside)
    app = create_app(replace(settings, database_url=f"sqlite:///{aside.resolve()}"))
    with app.app_context():
        event.listen(db.engine, "connect", _without_waiting)
    upgrade(app)
    built = build(app, size)
    with app.app_context():
        db.session.remove()
        db.engine.dispose()  # the last connection folds the write-ahead log into the file
    with aside.open("rb") as file:
        os.fsync(file.fileno())
    aside.replace(target)
    return built


def _without_waiting(connection: Any, _record: Any) -> None:
    connection.execute("PRAGMA synchronous=OFF")


def _target(settings: Settings) -> Path:
    return Path(settings.data_dir) / "portal.sqlite"


def _remove(database: Path) -> None:
    for suffix in ("", "-wal", "-shm"):
        database.with_name(database.name + suffix).unlink(missing_ok=True)
