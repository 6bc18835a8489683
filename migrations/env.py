"""Alembic's environment: our engine set-up, batch mode on SQLite, a lock timeout on PostgreSQL."""

from __future__ import annotations

from alembic import context
from sqlalchemy import create_engine, pool, text

import portal.features  # registers every model
from portal.core import frozen
from portal.core.audit import triggers
from portal.core.db import WRITE_OPTION, Base, set_up_engine

assert portal.features
config = context.config


def _run() -> None:
    engine = create_engine(config.attributes["url"], poolclass=pool.NullPool)
    set_up_engine(engine)
    with engine.connect().execution_options(**{WRITE_OPTION: True}) as connection:
        sqlite = connection.dialect.name == "sqlite"
        if sqlite:
            # Batch mode rebuilds tables; enforcement is off meanwhile and checked at the end.
            connection.connection.driver_connection.execute("PRAGMA foreign_keys=OFF")
        else:
            connection.execute(text("SET lock_timeout = '4s'"))
            connection.commit()
        context.configure(connection=connection, target_metadata=Base.metadata, render_as_batch=True)
        with context.begin_transaction():
            context.run_migrations()
            if connection.dialect.has_table(connection, "audit_rows"):
                triggers.install(connection)
            frozen.install(connection)
            if sqlite and connection.exec_driver_sql("PRAGMA foreign_key_check").first():
                raise RuntimeError("The migration left rows that point nowhere")
        connection.commit()  # where no revision was to run, Alembic has not: the triggers would be lost
    engine.dispose()


_run()
