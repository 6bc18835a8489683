"""Every migration up, down and up again, with rows present; and the models agree with what they build."""

from __future__ import annotations

from pathlib import Path

import pytest
from alembic import command
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from flask import Flask
from sqlalchemy import inspect, text

from portal.core.audit import triggers
from portal.core.audit.service import verify
from portal.core.db import Base, db
from portal.core.migrating import alembic_config, upgrade
from tests.integration.access import things
from tests.support import databases

REVISIONS = [
    script.revision
    for script in reversed(list(ScriptDirectory.from_config(alembic_config("")).walk_revisions()))
]


def _config(app: Flask) -> object:
    return alembic_config(app.config["SQLALCHEMY_DATABASE_URI"])


def _counts(app: Flask) -> dict[str, int]:
    with app.app_context(), db.engine.connect() as connection:
        names = inspect(connection).get_table_names()
        return {
            name: connection.execute(text(f'SELECT count(*) FROM "{name}"')).scalar_one()  # noqa: S608  names are the schema's own
            for name in names
            if name != "alembic_version"
        }


def _absent(app: Flask) -> list[str]:
    with app.app_context(), db.engine.connect() as connection:
        return triggers.missing(connection)


@pytest.mark.parametrize("revision", REVISIONS)
def test_down_to_each_revision_and_up_again_keeps_what_lay_below(
    engine_name: str, tmp_path: Path, revision: str
) -> None:
    with databases.copy_of_template(engine_name, tmp_path, "access", things.fill) as url:
        settings = databases.settings_for(url, tmp_path / "data")
        from portal.app import create_app

        with databases.closing(create_app(settings)) as app:
            before = _counts(app)
            assert before["audit_rows"] > 20
            with app.app_context():
                db.session.remove()
                db.engine.dispose()
            command.downgrade(_config(app), revision)  # type: ignore[arg-type]  # Alembic's Config
            below = _counts(app)
            assert {name: before[name] for name in below} == below
            assert _absent(app) == []
            with app.app_context():
                db.engine.dispose()
            upgrade(app)
            after = _counts(app)
            assert {name: after[name] for name in below} == below
            assert set(after) == set(before)
            assert _absent(app) == []
            with app.app_context():
                assert verify(db.session())[1] == []


def test_models_and_migrations_agree(app: Flask) -> None:
    with db.engine.connect() as connection:
        context = MigrationContext.configure(connection, opts={"compare_type": True})
        assert compare_metadata(context, Base.metadata) == []


def test_all_the_way_down_leaves_nothing_and_up_again_works(app: Flask) -> None:
    db.session.remove()
    db.engine.dispose()
    command.downgrade(_config(app), "base")  # type: ignore[arg-type]  # Alembic's Config
    assert set(_counts(app)) == set()
    upgrade(app)
    assert _absent(app) == []
