"""`portal reminders`: send today's reminders now. The worker does it by itself once a day."""

from __future__ import annotations

import click

from portal.commands.application import application
from portal.reviews.external.service.reminding import remind


@click.command()
def reminders() -> None:
    """Write the reminders of review steps that are due today and not sent yet."""
    with application().app_context():
        written = remind()
    click.echo(f"{written} {'mail' if written == 1 else 'mails'} written.")


commands: list[click.Command] = [reminders]
