"""An EISM's name and account, skills, and days for reviews and coaching."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from uuid import UUID

from sqlalchemy import select

from portal.accounts.rules.actors import Actor
from portal.core.act import act
from portal.core.db import db
from portal.core.errors import Invalid, NotFound, demand_version
from portal.workforce.posts.definitions import skills
from portal.workforce.posts.models import Eism, EismCapacity, EismSkill
from portal.workforce.posts.queries import accounts_of
from portal.workforce.posts.rules.checking import LONGEST_NOTE, name_problem
from portal.workforce.posts.service.cases import eism_for

MOST_DAYS = 366


def edit_eism(actor: Actor, eism_id: UUID, name: str, person_id: UUID | None, version: int) -> None:
    """Another name, or the account that they have now. Raises NotFound, Forbidden, Invalid or Stale."""
    with act(actor, "workforce.edit-eism", ("eism", eism_id)) as work:
        row = eism_for(actor, eism_id)
        demand_version(version, row.version, {"name": row.name, "account": row.person_id})
        accounts = accounts_of(row.supplier_id)
        if person_id is not None and person_id not in accounts and person_id != row.person_id:
            raise Invalid({"account": "Choose somebody from the list"})
        if problem := name_problem(name):
            raise Invalid({"name": problem})
        if person_id is not None and person_id != row.person_id and _taken(row, person_id):
            raise Invalid({"account": "This account belongs to another EISM already"})
        if (name, person_id) == (row.name, row.person_id):
            work.unchanged()
            return
        work.note(person=[row.person_id, person_id], renamed=name != row.name)
        row.name, row.person_id = name, person_id
        row.version += 1


def add_skill(actor: Actor, eism_id: UUID, key: str, since: date, note: str) -> None:
    """Record a skill, or put one right. Raises NotFound, Forbidden or Invalid."""
    with act(actor, "workforce.add-skill", ("eism", eism_id)) as work:
        eism_for(actor, eism_id)
        if key not in skills():
            raise Invalid({"skill": "Choose a skill"})
        if len(note) > LONGEST_NOTE:
            raise Invalid({"note": f"The note must be {LONGEST_NOTE:,} characters or fewer"})
        row = _skill(eism_id, key)
        if row is not None and (row.since, row.note) == (since, note):
            work.unchanged()
            return
        if row is None:
            row = EismSkill(eism_id=eism_id, skill_key=key)
            db.session.add(row)
        row.since, row.note = since, note
        work.note(skill=key, since=since)


def remove_skill(actor: Actor, eism_id: UUID, key: str) -> None:
    """Take a skill off. Raises NotFound or Forbidden."""
    with act(actor, "workforce.remove-skill", ("eism", eism_id)) as work:
        eism_for(actor, eism_id)
        row = _skill(eism_id, key)
        if row is None:
            raise NotFound("This skill is not recorded any more.")
        db.session.delete(row)
        work.note(skill=key)


def set_capacity(actor: Actor, eism_id: UUID, year: int, days: Decimal, version: int) -> None:
    """Days for reviews and coaching in the financial year that starts in `year`. Version 0: none yet.

    Raises NotFound, Forbidden, Invalid or Stale.
    """
    with act(actor, "workforce.set-capacity", ("eism", eism_id)) as work:
        eism_for(actor, eism_id)
        if not days.is_finite() or not 0 <= days <= MOST_DAYS or days * 2 != int(days * 2):
            raise Invalid({"days": f"Enter days from 0 to {MOST_DAYS}, whole or half, like 42.5"})
        query = select(EismCapacity).where(EismCapacity.eism_id == eism_id, EismCapacity.year == year)
        row = db.session.execute(query).scalar_one_or_none()
        demand_version(version, row.version if row else 0, {"days": row.days if row else None})
        if row is not None and row.days == days:
            work.unchanged()
            return
        work.note(year=year, days=[row.days if row else None, days])
        if row is None:
            db.session.add(EismCapacity(eism_id=eism_id, year=year, days=days))
        else:
            row.days, row.version = days, row.version + 1


def _taken(row: Eism, person_id: UUID) -> bool:
    query = select(Eism.id).where(Eism.supplier_id == row.supplier_id, Eism.person_id == person_id)
    return db.session.execute(query).first() is not None


def _skill(eism_id: UUID, key: str) -> EismSkill | None:
    query = select(EismSkill).where(EismSkill.eism_id == eism_id, EismSkill.skill_key == key)
    return db.session.execute(query).scalar_one_or_none()
