"""The roles people hold, and in which kind of organisation (permissions: table)."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class OrganisationKind(StrEnum):
    """What an organisation is to the services."""

    OPERATOR = "operator"
    PROVIDER = "provider"
    SUPPLIER = "supplier"
    BUYER = "buyer"
    COMMISSIONER = "commissioner"
    EVALUATOR = "evaluator"


class Role(StrEnum):
    """What a person is in an organisation."""

    ADMINISTRATOR = "administrator"
    LEAD_MANAGER = "lead-manager"
    EISM = "eism"
    PROVIDER_MANAGER = "provider-manager"
    PROVIDER_STAFF = "provider-staff"
    PEER_REVIEWER = "peer-reviewer"
    COMMISSIONER = "commissioner"
    PROGRAMME_TEAM = "programme-team"
    BUYER = "buyer"
    GOVERNANCE_READER = "governance-reader"
    EVALUATOR = "evaluator"


@dataclass(frozen=True)
class RoleInfo:
    """How a role is named and where it may be held."""

    title: str
    held_in: frozenset[OrganisationKind]
    second_factor: bool = True  # required of every role but provider staff


def _info(title: str, *kinds: OrganisationKind, second_factor: bool = True) -> RoleInfo:
    return RoleInfo(title, frozenset(kinds), second_factor)


ROLES: dict[Role, RoleInfo] = {
    Role.ADMINISTRATOR: _info("Administrator", OrganisationKind.OPERATOR),
    Role.LEAD_MANAGER: _info("Lead manager", OrganisationKind.SUPPLIER),
    Role.EISM: _info("Expert implementation and support manager", OrganisationKind.SUPPLIER),
    Role.PROVIDER_MANAGER: _info("Provider manager", OrganisationKind.PROVIDER),
    Role.PROVIDER_STAFF: _info("Provider staff", OrganisationKind.PROVIDER, second_factor=False),
    Role.PEER_REVIEWER: _info("Peer reviewer", OrganisationKind.PROVIDER),
    Role.COMMISSIONER: _info("Commissioner", OrganisationKind.COMMISSIONER),
    Role.PROGRAMME_TEAM: _info("Local programme team", OrganisationKind.COMMISSIONER),
    Role.BUYER: _info("Buyer", OrganisationKind.BUYER),
    Role.GOVERNANCE_READER: _info("Governance reader", OrganisationKind.BUYER),
    Role.EVALUATOR: _info("National evaluator", OrganisationKind.EVALUATOR),
}
