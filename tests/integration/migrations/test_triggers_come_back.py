"""A database that is up to date gets a trigger it lacks: from an older portal, or lost to a rebuilt table."""

from __future__ import annotations

from flask import Flask

from portal.core.audit import triggers
from portal.core.db import db
from portal.core.migrating import upgrade


def test_missing_triggers_are_put_back_though_no_revision_runs(app: Flask) -> None:
    with db.engine.begin() as connection:
        triggers.drop(connection)
    with db.engine.connect() as connection:
        assert triggers.missing(connection)
    upgrade(app)
    with db.engine.connect() as connection:
        assert triggers.missing(connection) == []
