"""`portal audit`: check the audit chain."""

from __future__ import annotations

import json

import click
from sqlalchemy import select

from portal.commands.application import application
from portal.core.audit.models import AuditHead
from portal.core.audit.service import verify as walk
from portal.core.db import db


@click.group()
def audit() -> None:
    """The audit chain."""


@audit.command()
@click.option("--head", help="A head noted elsewhere, as NUMBER:DIGEST.")
@click.option("--json", "as_json", is_flag=True, help="Print JSON.")
def verify(head: str | None, as_json: bool) -> None:
    """Walk the whole chain; exit 1 when a row was edited, deleted or reordered."""
    expected = _noted(head)
    with application().app_context():
        rows, findings = walk(db.session(), expected)
        found = db.session.execute(select(AuditHead.number, AuditHead.digest)).one_or_none()
        number, digest = found or (0, "missing")
    if as_json:
        problems = [{"number": finding.number, "problem": finding.problem} for finding in findings]
        click.echo(json.dumps({"rows": rows, "head": f"{number}:{digest}", "problems": problems}))
    else:
        for finding in findings:
            click.echo(f"row {finding.number}: {finding.problem}", err=True)
        click.echo(f"{rows} rows, {len(findings)} problems. Head {number}:{digest}")
    if findings:
        raise SystemExit(1)


def _noted(head: str | None) -> tuple[int, str] | None:
    if head is None:
        return None
    number, _, digest = head.partition(":")
    if not number.isdigit() or len(digest) != 64:
        raise click.BadParameter("write it as NUMBER:DIGEST, as the last run printed it", param_hint="--head")
    return int(number), digest


commands: list[click.Command] = [audit]
