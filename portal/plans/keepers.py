"""Whose a plan is, and so who may read, edit and agree it.

    keep("contract", Keeper(links, {Permission.PLAN_EDIT: Permission.CONTRACT_REPORT, …}))

A plan of a service needs nothing of this. Parts of the portal above this one name their own kinds, once,
when the application starts.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field

from portal.accounts.rules.permissions import Links, Permission
from portal.directory.scope import links_of
from portal.plans.models import SERVICE, Plan


@dataclass(frozen=True)
class Keeper:
    """`links`: to whom a plan is linked today, or None. `rights`: what stands for permissions here."""

    links: Callable[[Plan], Links | None]
    rights: Mapping[Permission, Permission] = field(default_factory=dict)

    def right(self, permission: Permission) -> Permission:
        """The permission that stands for one of the plans' own."""
        return self.rights.get(permission, permission)


def _links_of_service(plan: Plan) -> Links | None:
    return links_of(plan.service_id) if plan.service_id is not None else None


_KEEPERS: dict[str, Keeper] = {SERVICE: Keeper(_links_of_service)}


def keep(kind: str, keeper: Keeper) -> None:
    """Name a kind of keeper; the same again changes nothing."""
    _KEEPERS[kind] = keeper


def keeper_of(plan: Plan) -> Keeper | None:
    """Who keeps a plan; None where nobody here knows its kind."""
    return _KEEPERS.get(plan.keeper)
