"""`portal db`: bring the database up to date."""

from __future__ import annotations

import click

from portal.commands.application import application
from portal.core.migrating import upgrade as run


@click.group()
def db() -> None:
    """The database."""


@db.command()
def upgrade() -> None:
    """Run the migrations that are missing, then check the audit's triggers."""
    run(application())
    click.echo("The database is up to date.")


commands: list[click.Command] = [db]
