"""Who acts: a person with the memberships in force, or the portal itself."""

from __future__ import annotations

from dataclasses import dataclass
from uuid import UUID

from portal.accounts.rules.roles import ROLES, Role


@dataclass(frozen=True)
class Held:
    """A membership in force: a role in an organisation, for an EISM with their region."""

    role: Role
    organisation_id: UUID
    region: str | None = None


@dataclass(frozen=True)
class Actor:
    """A person as the rules see them. `person_id` None is the portal itself or nobody."""

    person_id: UUID | None
    name: str
    held: tuple[Held, ...] = ()
    is_portal: bool = False

    @property
    def label(self) -> str:
        """The kind of actor for the audit: roles, never a name."""
        if self.is_portal:
            return "portal"
        return ",".join(sorted({held.role.value for held in self.held}))[:40] or "anonymous"

    @property
    def roles(self) -> frozenset[Role]:
        return frozenset(held.role for held in self.held)

    def has(self, *roles: Role) -> bool:
        """Whether the person holds any of these roles."""
        return not self.roles.isdisjoint(roles)

    def organisations(self, *roles: Role) -> frozenset[UUID]:
        """The organisations in which the person holds any of these roles (any role when none given)."""
        return frozenset(held.organisation_id for held in self.held if not roles or held.role in roles)

    @property
    def role_titles(self) -> tuple[str, ...]:
        return tuple(dict.fromkeys(ROLES[held.role].title for held in self.held))


NOBODY = Actor(None, "Nobody")
PORTAL = Actor(None, "The portal", is_portal=True)
