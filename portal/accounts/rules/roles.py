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

# The regions of England as the authorities' data spell them; they bound an EISM's own services.
REGIONS = (
    "East Midlands",
    "East of England",
    "London",
    "North East",
    "North West",
    "South East",
    "South West",
    "West Midlands",
    "Yorkshire and The Humber",
)
# Whom a provider's manager may invite to their own organisation.
STAFF_ROLES = (Role.PROVIDER_STAFF, Role.PROVIDER_MANAGER)
KIND_TITLES = {
    OrganisationKind.OPERATOR: "Operator of the portal",
    OrganisationKind.PROVIDER: "Provider",
    OrganisationKind.SUPPLIER: "Supplier",
    OrganisationKind.BUYER: "Buyer",
    OrganisationKind.COMMISSIONER: "Commissioner",
    OrganisationKind.EVALUATOR: "Evaluator",
}


def membership_problems(role: Role, kind: OrganisationKind, region: str | None) -> dict[str, str]:
    """What is wrong with holding a role in an organisation of this kind, by field. Empty where nothing is."""
    problems = {}
    if kind not in ROLES[role].held_in:
        places = " or ".join(sorted(KIND_TITLES[place].lower() for place in ROLES[role].held_in))
        problems["role"] = f"“{ROLES[role].title}” can only be held in an organisation of the kind {places}"
    if role is Role.EISM and region not in REGIONS:
        problems["region"] = "Choose the region whose services this person supports"
    if role is not Role.EISM and region:
        problems["region"] = "Only an expert implementation and support manager has a region"
    return problems
