"""What each role may do, and to which things: `granted` is the table.

A permission is granted to a role with a *reach*: over which things it holds. Whether a thing is
within reach follows from its `Links`, the dated links in force today. Routes, verbs, templates and
the API all ask `allowed`; lists ask the same question in SQL (`portal.directory.queries`), and a
test holds the two together.
"""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from uuid import UUID

from portal.accounts.rules.actors import Actor, Held
from portal.accounts.rules.granted import TABLE, Permission, Reach
from portal.accounts.rules.roles import Role
from portal.core.errors import Forbidden

__all__ = [
    "NO_LINKS",
    "Links",
    "Permission",
    "Reach",
    "allowed",
    "demand",
    "grants",
    "may_ever",
    "reaches",
]


@dataclass(frozen=True)
class Links:
    """To whom a thing is linked today. Organisation and person ids; `named` for the one assessment."""

    provider: UUID | None = None
    supplier: UUID | None = None
    commissioners: frozenset[UUID] = frozenset()
    eisms: frozenset[UUID] = frozenset()
    region: str | None = None
    named: frozenset[UUID] = frozenset()
    buyer: UUID | None = None  # of a contract, as are the next two
    contractor: UUID | None = None
    governance: frozenset[UUID] = frozenset()


NO_LINKS = Links()


def grants(permission: Permission) -> dict[Role, Reach]:
    """The roles a permission is granted to, each with its reach."""
    return dict(TABLE[permission])


def reaches(actor: Actor, permission: Permission) -> tuple[tuple[Held, Reach], ...]:
    """Each membership of the actor that carries the permission, with its reach."""
    table = TABLE[permission]
    return tuple((held, table[held.role]) for held in actor.held if held.role in table)


def may_ever(actor: Actor, permission: Permission) -> bool:
    """Whether the person holds the permission over anything at all."""
    return bool(reaches(actor, permission))


def allowed(actor: Actor, permission: Permission, links: Links) -> bool:
    """Whether the person may do this to a thing with these links."""
    return any(_within(actor, held, reach, links) for held, reach in reaches(actor, permission))


def demand(actor: Actor, permission: Permission, links: Links = NO_LINKS) -> None:
    """For verbs: raise Forbidden unless the actor may. The portal itself may do everything."""
    if not actor.is_portal and not allowed(actor, permission, links):
        raise Forbidden("You may not do this.")


def _within(actor: Actor, held: Held, reach: Reach, links: Links) -> bool:
    match reach:
        case Reach.EVERY:
            return True
        case Reach.SUPPORTED:
            in_region = held.region is not None and held.region == links.region
            return held.organisation_id == links.supplier and (in_region or actor.person_id in links.eisms)
        case Reach.NAMED:
            return actor.person_id in links.named
    return held.organisation_id in _organisations(reach, links)


def _organisations(reach: Reach, links: Links) -> Collection[UUID | None]:
    """The organisations whose people a reach holds for."""
    return {
        Reach.PROVIDER: (links.provider,),
        Reach.SUPPLIER: (links.supplier,),
        Reach.COMMISSIONER: links.commissioners,
        Reach.PARTY: (links.buyer, links.contractor, *links.governance),
        Reach.BUYS: (links.buyer,),
        Reach.DELIVERS: (links.contractor,),
    }[reach]
