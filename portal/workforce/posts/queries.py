"""Reads about EISM posts. Contracts count indicator 1 from `fte_rate`, and show `fte_breakdown` beside it.

    fte_rate(supplier_id, quarter, terms) -> Rate           FTE-days employed of those asked for
    fte_breakdown(supplier_id, quarter, terms) -> Breakdown the days and people it was counted from

Source: OHID specification 12 (indicator 1); contract.md, “How each percentage is made” and “Scope”: only
the posts of this contract's supplier.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from sqlalchemy import func, or_, select

from portal.accounts.models import Membership, Organisation, Person
from portal.accounts.queries import in_force
from portal.accounts.rules.actors import Actor
from portal.accounts.rules.permissions import Permission, Reach, reaches
from portal.accounts.rules.roles import OrganisationKind, Role
from portal.core.db import db
from portal.core.rules.quarters import Quarter
from portal.core.rules.rate import Rate
from portal.workforce.posts.definitions import leave_kinds
from portal.workforce.posts.models import Eism, EismHolding, EismLeave, EismPost
from portal.workforce.posts.rules.fte import Breakdown, Leave, Spell, breakdown
from portal.workforce.posts.rules.terms import ContractTerms

_NAME = func.coalesce(Person.name, Eism.name)


@dataclass(frozen=True)
class Employed:
    """Everything that a figure of a supplier may be counted from."""

    spells: tuple[Spell, ...]
    leaves: tuple[Leave, ...]

    def figure(self, first: date, last: date, terms: ContractTerms) -> Breakdown:
        """The figure of a period, both days included."""
        return breakdown(self.spells, self.leaves, (first, last), terms)


def fte_rate(supplier_id: UUID, quarter: Quarter, terms: ContractTerms) -> Rate:
    """Indicator 1 of a quarter. Two statements."""
    return fte_breakdown(supplier_id, quarter, terms).rate


def fte_breakdown(supplier_id: UUID, quarter: Quarter, terms: ContractTerms) -> Breakdown:
    """What indicator 1 of a quarter is counted from, day by day in runs. Two statements."""
    return employed(supplier_id, quarter.first, quarter.last, terms).figure(
        quarter.first, quarter.last, terms
    )


def fte_quarters(
    supplier_id: UUID, quarters: Iterable[Quarter], terms: ContractTerms
) -> list[tuple[Quarter, Breakdown]]:
    """The same for several quarters. Two statements, however many there are."""
    wanted = sorted(quarters)
    found = employed(supplier_id, wanted[0].first, wanted[-1].last, terms)
    return [(one, found.figure(one.first, one.last, terms)) for one in wanted]


def employed(supplier_id: UUID, first: date, last: date | None, terms: ContractTerms) -> Employed:
    """Who held posts and was on leave at any time in a period; without a last day also later."""
    spells = (
        select(
            EismHolding.eism_id,
            _NAME,
            EismPost.title,
            EismHolding.fte,
            EismHolding.starts,
            EismHolding.ends,
        )
        .join(EismPost, EismPost.id == EismHolding.post_id)
        .join(Eism, Eism.id == EismHolding.eism_id)
        .outerjoin(Person, Person.id == Eism.person_id)
        .where(
            EismPost.supplier_id == supplier_id,
            EismHolding.starts <= (last or date.max),
            or_(EismHolding.ends.is_(None), EismHolding.ends >= first),
        )
        .order_by(EismHolding.starts, EismHolding.id)
    )
    leaves = (
        select(EismLeave.eism_id, EismLeave.kind, EismLeave.starts, EismLeave.ends)
        .join(Eism, Eism.id == EismLeave.eism_id)
        .where(
            Eism.supplier_id == supplier_id,
            EismLeave.starts <= (last or date.max),
            or_(EismLeave.ends.is_(None), EismLeave.ends >= first),
        )
        .order_by(EismLeave.starts, EismLeave.id)
    )
    kinds = leave_kinds()
    return Employed(
        tuple(Spell(str(row[0]), *row[1:]) for row in db.session.execute(spells)),
        tuple(
            Leave(str(eism_id), kind, terms.counts(kinds[kind]), starts, ends)
            for eism_id, kind, starts, ends in db.session.execute(leaves)
        ),
    )


def accounts_of(supplier_id: UUID) -> Mapping[UUID, str]:
    """Who has an account as EISM or lead manager of this supplier today: their names, in order."""
    query = (
        select(Person.id, Person.name)
        .join(Membership, Membership.person_id == Person.id)
        .where(
            Membership.organisation_id == supplier_id,
            Membership.role.in_((Role.EISM, Role.LEAD_MANAGER)),
            in_force(),
            Person.disabled_at.is_(None),
        )
        .order_by(Person.name, Person.id)
    )
    return {row[0]: row[1] for row in db.session.execute(query)}


def eisms_of(supplier_id: UUID) -> Mapping[UUID, tuple[str, UUID | None]]:
    """Every EISM of a supplier that was ever entered: name and account, by name."""
    query = (
        select(Eism.id, _NAME.label("name"), Eism.person_id)
        .outerjoin(Person, Person.id == Eism.person_id)
        .where(Eism.supplier_id == supplier_id)
        .order_by("name", Eism.id)
    )
    return {row[0]: (row[1], row[2]) for row in db.session.execute(query)}


def suppliers_of(actor: Actor, permission: Permission) -> list[tuple[UUID, str]]:
    """The suppliers whose posts the actor may read or edit, by name: those with posts first."""
    held = reaches(actor, permission)
    query = select(Organisation.id, Organisation.name).where(Organisation.kind == OrganisationKind.SUPPLIER)
    if not any(reach is Reach.EVERY for _, reach in held):
        query = query.where(Organisation.id.in_({membership.organisation_id for membership, _ in held}))
    having = select(EismPost.id).where(EismPost.supplier_id == Organisation.id).exists()
    rows = db.session.execute(query.order_by(having.desc(), func.lower(Organisation.name), Organisation.id))
    return [(row[0], row[1]) for row in rows]
