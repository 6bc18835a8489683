"""`portal people`: the first administrator, and who there is."""

from __future__ import annotations

import json

import click
from flask import Flask
from sqlalchemy import select

from portal.accounts import queries
from portal.accounts.models import Organisation
from portal.accounts.rules.actors import PORTAL
from portal.accounts.rules.roles import OrganisationKind, Role
from portal.accounts.service.organisations import create_organisation
from portal.accounts.service.people import Invitee, invite
from portal.commands.application import application
from portal.core.db import db
from portal.core.errors import PortalError

OPERATOR = "Operator of the portal"


@click.group()
def people() -> None:
    """The people who sign in."""


@people.command("add-administrator")
@click.argument("email")
@click.argument("name")
def add_administrator(email: str, name: str) -> None:
    """Invite an administrator and print the link with which they set their password."""
    with application().app_context():
        try:
            link = _invite(email, name)
        except PortalError as error:
            click.echo(f"portal: {error.reason}", err=True)
            raise SystemExit(2) from error
    click.echo(link)


@people.command("list")
@click.option("--search", default="", help="Only people whose name, address or organisation contains this.")
@click.option("--json", "as_json", is_flag=True, help="Print JSON.")
def list_people(search: str, as_json: bool) -> None:
    """List the people with their roles and state."""
    rows = _everybody(application(), search)
    if as_json:
        click.echo(json.dumps(rows, indent=1, ensure_ascii=False))
        return
    for row in rows:
        click.echo(f"{row['email']:40} {row['state']:9} {row['name']} – {row['roles'] or 'no role'}")


def _invite(email: str, name: str) -> str:
    query = select(Organisation.id).where(Organisation.kind == OrganisationKind.OPERATOR)
    operator = db.session.scalars(query.order_by(Organisation.name).limit(1)).first()
    operator = operator or create_organisation(PORTAL, OPERATOR, OrganisationKind.OPERATOR)
    _, link = invite(PORTAL, Invitee(name, email, operator, Role.ADMINISTRATOR))
    return link


def _everybody(app: Flask, search: str) -> list[dict[str, str]]:
    found, page = [], 1
    with app.app_context():
        while True:
            rows, paging = queries.people(search, "name", str(page))
            found += rows
            if page >= paging.last:
                break
            page += 1
    return [
        {
            "name": row.name,
            "email": row.email,
            "state": row.state,
            "roles": "; ".join(f"{held.title}, {held.organisation}" for held in row.current),
        }
        for row in found
    ]


commands: list[click.Command] = [people]
