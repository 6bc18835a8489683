"""`portal import`: bring in what was recorded before the portal."""

from __future__ import annotations

import json
from pathlib import Path
from typing import NoReturn

import click
from sqlalchemy import select

from portal.accounts.current import held_by
from portal.accounts.models import Person
from portal.accounts.rules.actors import PORTAL, Actor
from portal.commands.application import application
from portal.core import clock
from portal.core.db import db
from portal.core.errors import PortalError
from portal.reviews.external.service.history import LIMITS, Checked, FileProblems, check, import_history
from portal.reviews.external.service.history_holding import as_read

REFUSED, BAD_INPUT = 1, 2


@click.group("import")
def importing() -> None:
    """Bring in what was recorded before the portal."""


@importing.command("history")
@click.argument("file", type=click.Path(path_type=Path))
@click.option(
    "--check", "only_check", is_flag=True, help="Say what FILE holds or what is wrong; write nothing."
)
@click.option("--as", "email", default="", help="The person who brings it in; otherwise the portal itself.")
@click.option("--json", "as_json", is_flag=True, help="Print JSON.")
def history(file: Path, only_check: bool, email: str, as_json: bool) -> None:
    """Bring in the past reviews in FILE (CSV or XLSX): all of them, or none.

    Exit codes: 0 done, or nothing left to do; 1 not allowed; 2 something is wrong with the file.
    """
    data = _bytes(file)
    with application().app_context():
        try:
            actor = _actor(email)
            checked = check(actor, file.name, data) if only_check else import_history(actor, file.name, data)
        except FileProblems as error:
            checked = error.checked
        except PortalError as error:
            _stop(REFUSED, f"portal: {error.reason}")
        _tell(checked, only_check, as_json)
    if checked.file.problems:
        raise SystemExit(BAD_INPUT)


def _bytes(file: Path) -> bytes:
    try:
        with file.open("rb") as stream:
            return as_read(stream.read(LIMITS.size + 1))
    except OSError as error:
        _stop(BAD_INPUT, f"{file}: {(error.strerror or 'cannot be read').lower()}")


def _actor(email: str) -> Actor:
    if not email:
        return PORTAL
    person = db.session.scalars(select(Person).where(Person.email == email.strip().lower())).one_or_none()
    if person is None or person.disabled_at is not None:
        _stop(BAD_INPUT, f"portal: nobody signs in as {email}")
    return Actor(person.id, person.name, held_by(list(person.memberships), clock.today()))


def _tell(checked: Checked, only_check: bool, as_json: bool) -> None:
    problems = checked.file.problems
    if as_json:
        click.echo(json.dumps(_as_data(checked, only_check), ensure_ascii=False))
        return
    for problem in problems:
        click.echo(f"{checked.name}, {problem}", err=True)
    if problems:
        click.echo(f"{checked.name}: nothing was brought in, problems: {len(problems):,}", err=True)
    elif checked.already:
        click.echo(f"{checked.name}: all {len(checked.file.reviews):,} reviews are in the portal already")
    else:
        services = len({review.service.id for review in checked.reviews})
        done = "would be brought in" if only_check else "brought in"
        click.echo(f"{checked.name}: {done}: {len(checked.reviews):,} reviews of {services:,} services")


def _as_data(checked: Checked, only_check: bool) -> dict[str, object]:
    return {
        "file": checked.name,
        "sha256": checked.digest,
        "written": bool(checked.reviews) and not only_check,
        "already": checked.already,
        "problems": [
            {"row": one.line, "column": one.column, "reason": one.reason} for one in checked.file.problems
        ],
        "reviews": [
            {
                "row": one.line,
                "service": one.service.key,
                "date": one.on.isoformat(),
                "kind": one.kind.value,
                "scale": one.scale.key,
                "total": one.result.total,
                "band": one.result.band.key if one.result.band else None,
            }
            for one in checked.reviews
        ],
    }


def _stop(code: int, message: str) -> NoReturn:
    click.echo(message, err=True)
    raise SystemExit(code)


commands: list[click.Command] = [importing]
