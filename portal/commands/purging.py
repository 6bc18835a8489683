"""`portal purge`: delete personal data that is due. The worker does it by itself once a day."""

from __future__ import annotations

import json
from dataclasses import asdict

import click

from portal.commands.application import application
from portal.core.filters import plural
from portal.reviews.external.service.purging import due_reviews, purge_due, would_empty
from portal.reviews.offline.service import purging as devices
from portal.workforce.staff.service.forgetting import forget_leavers, would_forget


@click.group()
def purge() -> None:
    """Delete personal data that is due to go."""


@purge.command("fieldwork")
@click.option("--dry-run", is_flag=True, help="Say what would be emptied; change nothing.")
@click.option("--json", "as_json", is_flag=True, help="Print JSON.")
def fieldwork(dry_run: bool, as_json: bool) -> None:
    """Empty the notes and other free text of fieldwork of every published review that is due.

    What devices sent of a purged review goes with it: edits and photos. Reviews on legal hold are named and
    left alone.
    """
    with application().app_context():
        due = due_reviews()
        done = [(one, would_empty(one.assessment_id)) for one in due if not one.held]
        done = done if dry_run else purge_due()
        sent = [] if dry_run else devices.purge_due()
    held = [one for one in due if one.held]
    if as_json:
        told = {
            "dry_run": dry_run,
            "purged": [
                {"review": str(one.assessment_id), "service": one.service, "due": str(one.due)}
                | asdict(counts)
                for one, counts in done
            ],
            "devices": [{"review": str(one)} | asdict(emptied) for one, emptied in sent],
            "held": [
                {"review": str(one.assessment_id), "service": one.service, "due": str(one.due)}
                for one in held
            ],
        }
        click.echo(json.dumps(told, indent=2))
        return
    for one, counts in done:
        click.echo(f"{one.service}, due {one.due}: {counts.words}{' (dry run)' if dry_run else ''}.")
    for review_id, emptied in sent:
        click.echo(f"Review {review_id}: {emptied.words}.")
    for one in held:
        click.echo(f"{one.service}, due {one.due}: on legal hold, left as it is.")
    if not due:
        click.echo("Nothing is due.")


@purge.command("leavers")
@click.option("--dry-run", is_flag=True, help="Say how many would be removed; change nothing.")
def leavers(dry_run: bool) -> None:
    """Remove the names of people who left a service as long ago as PORTAL_LEAVER_NAME_MONTHS says."""
    with application().app_context():
        count = would_forget() if dry_run else forget_leavers()
    click.echo(f"{plural(count, 'name')}{' would be' if dry_run else ''} removed.")


commands: list[click.Command] = [purge]
