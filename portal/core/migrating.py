"""Running the migrations from code: start-up, commands and tests."""

from __future__ import annotations

from pathlib import Path

from alembic import command
from alembic.config import Config
from flask import Flask, current_app

from portal.core import frozen
from portal.core.audit import triggers
from portal.core.db import db

MIGRATIONS = Path(__file__).resolve().parent.parent.parent / "migrations"


def alembic_config(url: str) -> Config:
    """Alembic's configuration for a database address, without an ini file."""
    config = Config()
    config.set_main_option("script_location", str(MIGRATIONS))
    config.attributes["url"] = url
    return config


def upgrade(app: Flask | None = None, revision: str = "head") -> None:
    """Migrate the app's database, then see that audit and published reports have their triggers."""
    app = app or current_app
    with app.app_context():
        command.upgrade(alembic_config(app.config["SQLALCHEMY_DATABASE_URI"]), revision)
        db.session.remove()
        with db.engine.connect() as connection:
            absent = triggers.missing(connection) + frozen.missing(connection)
    if absent and revision == "head":
        raise RuntimeError(f"Triggers are missing after the migration: {', '.join(absent)}")
