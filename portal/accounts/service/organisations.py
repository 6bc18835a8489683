"""Organisations: adding and renaming them."""

from __future__ import annotations

import re
import unicodedata
from uuid import UUID

from sqlalchemy import func, select

from portal.accounts.models import Organisation
from portal.accounts.rules.actors import Actor
from portal.accounts.rules.permissions import Permission, demand
from portal.accounts.rules.roles import OrganisationKind
from portal.core.act import act
from portal.core.db import db
from portal.core.errors import Invalid, NotFound, Stale

LONGEST_NAME = 200


def create_organisation(
    actor: Actor, name: str, kind: OrganisationKind, id_: UUID | None = None, stem: str = ""
) -> UUID:
    """Add an organisation. Raises Invalid where the name is missing or taken.

    `stem`: what its key is made from in place of the name; definitions of contracts name parties by key.
    """
    with act(actor, "organisation.create", ("organisation", id_ or "new")) as work:
        demand(actor, Permission.ACCOUNTS_MANAGE)
        name = _checked(name, None)
        organisation = Organisation(key=_free_key(stem or name), name=name, kind=kind)
        if id_ is not None:
            organisation.id = id_
        db.session.add(organisation)
        db.session.flush()
        work.subject = ("organisation", str(organisation.id))
        work.note(name=name, kind=kind)
    return organisation.id


def rename_organisation(actor: Actor, organisation_id: UUID, name: str, version: int) -> None:
    """Give an organisation another name. Its kind stays: roles hang on it. Raises Invalid, Stale."""
    with act(actor, "organisation.rename", ("organisation", organisation_id)) as work:
        demand(actor, Permission.ACCOUNTS_MANAGE)
        organisation = db.session.get(Organisation, organisation_id, with_for_update=True)
        if organisation is None:
            raise NotFound("There is no such organisation.")
        if organisation.version != version:
            reason = "Somebody else has renamed this organisation meanwhile."
            raise Stale(reason, {"name": organisation.name}, organisation.version)
        name = _checked(name, organisation_id)
        if name == organisation.name:
            work.unchanged()
            return
        work.note(before=organisation.name, after=name)
        organisation.name, organisation.version = name, version + 1


def _checked(name: str, own: UUID | None) -> str:
    name = " ".join(name.split())
    if not name:
        raise Invalid({"name": "Enter the organisation’s name"})
    if len(name) > LONGEST_NAME:
        raise Invalid({"name": f"Name must be {LONGEST_NAME} characters or fewer"})
    same = select(Organisation.id).where(func.lower(Organisation.name) == name.lower())
    if any(found != own for found in db.session.scalars(same)):
        raise Invalid({"name": f"There is an organisation called “{name}” already"})
    return name


def _free_key(name: str) -> str:
    plain = unicodedata.normalize("NFKD", name).encode("ascii", "ignore").decode().lower()
    stem = re.sub(r"[^a-z0-9]+", "-", plain).strip("-")[:70] or "organisation"
    taken = set(db.session.scalars(select(Organisation.key).where(Organisation.key.startswith(stem))))
    number, key = 1, stem
    while key in taken:
        number += 1
        key = f"{stem}-{number}"
    return key
