"""Finding what the routes of EISM posts are about."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any
from uuid import UUID

from flask import request
from sqlalchemy import select

from portal.accounts.current import current_actor
from portal.accounts.models import Person
from portal.accounts.rules.permissions import Links, Permission
from portal.core.db import db
from portal.core.errors import NotFound
from portal.workforce.posts.models import Eism, EismCheck, EismHolding, EismLeave, EismPost
from portal.workforce.posts.queries import suppliers_of


@dataclass(frozen=True)
class Subject:
    """A row with the EISM it is about (None for a post) and its post (None for a person)."""

    row: Any
    supplier_id: UUID
    eism: Eism | None = None
    name: str = ""
    post: EismPost | None = None


@dataclass(frozen=True)
class Supplier:
    """The supplier that a page is about, and the others that the person may choose."""

    id: UUID
    name: str
    others: tuple[tuple[UUID, str], ...]


def asked_supplier(permission: Permission = Permission.POSTS_READ) -> Supplier | None:
    """The supplier in the address among those the person may read; else the first. None where none is."""
    own = suppliers_of(current_actor(), permission)
    asked = request.args.get("supplier")
    found = next((one for one in own if asked is None or str(one[0]) == asked), None)
    if found is None and asked is not None:
        raise NotFound("There is no supplier at this address whose posts you may see.")
    if found is None:
        return None
    return Supplier(*found, tuple(one for one in own if one != found))


def post_subject(post_id: UUID, **_: object) -> tuple[Subject, Links] | None:
    """A post."""
    post = db.session.get(EismPost, post_id)
    return _subject(post, post.supplier_id, None, post) if post else None


def eism_subject(eism_id: UUID, **_: object) -> tuple[Subject, Links] | None:
    """An EISM."""
    eism = db.session.get(Eism, eism_id)
    return _subject(eism, eism.supplier_id, eism) if eism else None


def holding_subject(holding_id: UUID, **_: object) -> tuple[Subject, Links] | None:
    """Somebody holding a post."""
    row = db.session.get(EismHolding, holding_id)
    return _subject(row, row.post.supplier_id, row.eism, row.post) if row else None


def leave_subject(leave_id: UUID, **_: object) -> tuple[Subject, Links] | None:
    """Leave of an EISM."""
    row = db.session.get(EismLeave, leave_id)
    return _subject(row, row.eism.supplier_id, row.eism) if row else None


def check_subject(check_id: UUID, **_: object) -> tuple[Subject, Links] | None:
    """A vetting check of an EISM."""
    row = db.session.get(EismCheck, check_id)
    return _subject(row, row.eism.supplier_id, row.eism) if row else None


def _subject(
    row: Any, supplier_id: UUID, eism: Eism | None, post: EismPost | None = None
) -> tuple[Subject, Links]:
    name = ""
    if eism is not None:
        account = select(Person.name).where(Person.id == eism.person_id)
        name = db.session.execute(account).scalar_one_or_none() or eism.name
    return Subject(row, supplier_id, eism, name, post), Links(supplier=supplier_id)
