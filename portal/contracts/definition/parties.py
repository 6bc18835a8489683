"""Which organisations are party to a contract. A definition names them by key; here are their rows."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from uuid import UUID

from sqlalchemy import select

from portal.accounts.models import Organisation
from portal.accounts.rules.actors import Actor
from portal.accounts.rules.permissions import Links, Permission, allowed, may_ever
from portal.accounts.rules.roles import Role
from portal.contracts.definition.registry import contracts, own_keys
from portal.contracts.definition.rules.terms import Contract
from portal.core.db import db


@dataclass(frozen=True)
class Party:
    """An organisation that a contract names. `id` is None where the portal has no such organisation."""

    key: str
    name: str
    id: UUID | None


@dataclass(frozen=True)
class Parties:
    """Who buys, who delivers and who governs."""

    buyer: Party
    supplier: Party
    governance: tuple[Party, ...]

    @property
    def links(self) -> Links:
        """What the permission table asks."""
        governing = frozenset(one.id for one in self.governance if one.id is not None)
        return Links(buyer=self.buyer.id, contractor=self.supplier.id, governance=governing)


def parties_of(contract: Contract) -> Parties:
    """The parties of one contract. One statement."""
    return _parties([contract])[contract.key]


def contracts_of(actor: Actor, permission: Permission = Permission.CONTRACT_READ) -> list[Contract]:
    """The contracts over which the actor holds a permission, the one that started last first.

    One statement for all of them.
    """
    known = list(contracts().values())
    parties = _parties(known)
    own = [one for one in known if allowed(actor, permission, parties[one.key].links)]
    return sorted(own, key=lambda one: (-one.signed.starts.toordinal(), one.key))


def has_use_of_contracts(actor: Actor) -> bool:
    """Whether the page of contracts has a use for the actor; asks no database, since every page asks this.

    Providers and commissioners are party to none until the operator puts a file of theirs into place.
    """
    national = actor.has(Role.LEAD_MANAGER, Role.BUYER, Role.GOVERNANCE_READER)
    return national or (bool(own_keys()) and may_ever(actor, Permission.CONTRACT_READ))


def all_parties(those: Iterable[Contract]) -> Mapping[str, Parties]:
    """The parties of several contracts by key of the contract. One statement."""
    return _parties(list(those))


def _parties(those: list[Contract]) -> dict[str, Parties]:
    terms = {one.key: one.latest for one in those}
    keys = {key for one in terms.values() for key in (one.buyer, one.supplier, *one.governance)}
    columns = select(Organisation.key, Organisation.name, Organisation.id)
    rows = db.session.execute(columns.where(Organisation.key.in_(keys))).all() if keys else []
    found = {row.key: Party(row.key, row.name, row.id) for row in rows}

    def party(key: str) -> Party:
        return found.get(key) or Party(key, key, None)

    return {
        key: Parties(party(one.buyer), party(one.supplier), tuple(party(each) for each in one.governance))
        for key, one in terms.items()
    }
