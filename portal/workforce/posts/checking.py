"""Vetting checks that press: those in use that have expired or soon will."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from uuid import UUID

from sqlalchemy import func, or_, select

from portal.accounts.models import Person
from portal.core.db import db
from portal.workforce.posts.definitions import check_kinds
from portal.workforce.posts.models import Eism, EismCheck, EismHolding
from portal.workforce.posts.rules.checks import SOON_DAYS, CheckStanding, check_standing, in_use


@dataclass(frozen=True)
class CheckLine:
    """A check of somebody who holds a post, or is to."""

    id: UUID
    eism_id: UUID
    name: str
    title: str
    valid_until: date
    standing: CheckStanding
    told_of: date | None


def pressing_checks(supplier_id: UUID, today: date) -> list[CheckLine]:
    """Checks that have expired or expire within SOON_DAYS, the earliest first. One statement.

    Of people who hold a post no longer, and checks that have been renewed, nothing is said.
    """
    working = select(EismHolding.eism_id).where(or_(EismHolding.ends.is_(None), EismHolding.ends >= today))
    name = func.coalesce(Person.name, Eism.name)
    query = (
        select(EismCheck, name)
        .join(Eism, Eism.id == EismCheck.eism_id)
        .outerjoin(Person, Person.id == Eism.person_id)
        .where(Eism.supplier_id == supplier_id, Eism.id.in_(working))
    )
    rows = [(row[0], row[1]) for row in db.session.execute(query)]
    names = {check.eism_id: name for check, name in rows}
    kinds, found = check_kinds(), []
    for eism_id, own in names.items():
        for check in in_use(check for check, _ in rows if check.eism_id == eism_id):
            if check.valid_until is not None and check.valid_until <= today + timedelta(days=SOON_DAYS):
                title, standing = kinds[check.kind].title, check_standing(check.valid_until, today)
                line = CheckLine(check.id, eism_id, own, title, check.valid_until, standing, check.told_of)
                found.append(line)
    return sorted(found, key=lambda one: (one.valid_until, one.name.casefold(), one.title))
