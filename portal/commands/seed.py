"""`portal seed`: fill an empty database with demonstration data."""

from __future__ import annotations

import click

from portal.accounts.rules.roles import ROLES
from portal.commands.application import application
from portal.core.config import Settings
from portal.core.errors import Refused
from portal.core.migrating import upgrade
from portal.demonstration import building
from portal.demonstration.making import is_new, make_aside
from portal.demonstration.people import PASSWORD, SIGN_INS


@click.command()
@click.option("--small", is_flag=True, help="A few services in seconds, with every role and every state.")
def seed(small: bool) -> None:
    """Bring the database up to date and fill it with demonstration data. It must be empty."""
    app = application()
    size: building.Size = "small" if small else "full"
    settings: Settings = app.config["SETTINGS"]
    try:
        if is_new(settings):
            report(make_aside(settings, size))
        else:
            upgrade(app)
            report(building.build(app, size))
    except Refused as refused:
        click.echo(f"portal: {refused.reason}", err=True)
        raise SystemExit(1) from refused
    click.echo(sign_ins_text())


def report(built: building.Built) -> None:
    """Say what was made."""
    click.echo(
        f"{built.services} services, {built.people} people and {built.assessments} assessments "
        f"made in {built.seconds:.0f} s."
    )


def sign_ins_text() -> str:
    """The demonstration's sign-ins, one for each role."""
    widest = max(len(person.email) for person in SIGN_INS)
    lines = [f"  {person.email:{widest}}  {ROLES[person.role].title}" for person in SIGN_INS]
    heading = f"Demonstration data. Everybody’s password here is: {PASSWORD}"
    return "\n".join([heading, *lines])


commands: list[click.Command] = [seed]
