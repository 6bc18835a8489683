"""Who is in the demonstration: one printed sign-in for each role, and the people around them.

The password is published on purpose. It opens invented data only: the portal makes demonstration data
by itself only where nobody but this machine can reach it (commands/serve.py).
"""

from __future__ import annotations

import uuid
from dataclasses import dataclass

from portal.accounts.rules.roles import OrganisationKind, Role

PASSWORD = "violet harbour lantern spoon"  # noqa: S105  published on purpose, see above
MARK = "(demonstration)"
_SPACE = uuid.UUID("6f1d3f0e-7f5b-5c55-9a0b-6c6a5d0a2f11")


def demo_id(*parts: str) -> uuid.UUID:
    """The id of a thing of the demonstration: the same in every copy."""
    return uuid.uuid5(_SPACE, "/".join(parts))


@dataclass(frozen=True)
class DemoOrganisation:
    """An organisation to make. `region` is where a provider or commissioner works."""

    name: str
    kind: OrganisationKind
    region: str = ""

    @property
    def full_name(self) -> str:
        return f"{self.name} {MARK}"

    @property
    def id(self) -> uuid.UUID:
        return demo_id("organisation", self.name)


@dataclass(frozen=True)
class DemoPerson:
    """A person to invite. Only those with `signs_in` get a password."""

    name: str
    email: str
    role: Role
    organisation: DemoOrganisation
    region: str | None = None
    signs_in: bool = False

    @property
    def id(self) -> uuid.UUID:
        return demo_id("person", self.email)


OPERATOR = DemoOrganisation("Portal operator", OrganisationKind.OPERATOR)
SUPPLIER = DemoOrganisation("Fidelity support partnership", OrganisationKind.SUPPLIER)
SHOWCASE = DemoOrganisation("Estuary Work and Recovery", OrganisationKind.PROVIDER, "North East")
PEER_PROVIDER = DemoOrganisation("Alderbrook Pathways", OrganisationKind.PROVIDER, "North East")
THRIVE_PROVIDER = DemoOrganisation("Copperfield Employment", OrganisationKind.PROVIDER, "West Midlands")
COMMISSIONER = DemoOrganisation(
    "North East employment and health board", OrganisationKind.COMMISSIONER, "North East"
)
PROGRAMME_TEAM = DemoOrganisation("West Midlands team", OrganisationKind.COMMISSIONER, "West Midlands")
OHID = DemoOrganisation("OHID", OrganisationKind.BUYER)
DHSC = DemoOrganisation("DHSC", OrganisationKind.BUYER)
DWP = DemoOrganisation("DWP", OrganisationKind.BUYER)
NHS_ENGLAND = DemoOrganisation("NHS England", OrganisationKind.BUYER)
EVALUATOR = DemoOrganisation("National evaluation team", OrganisationKind.EVALUATOR)

CORE_ORGANISATIONS = (
    OPERATOR, SUPPLIER, SHOWCASE, PEER_PROVIDER, THRIVE_PROVIDER, COMMISSIONER, PROGRAMME_TEAM,
    OHID, DHSC, DWP, NHS_ENGLAND, EVALUATOR,
)  # fmt: skip

# The shipped contracts name these by key: ohid, dhsc and so on.
CONTRACT_PARTIES = (SUPPLIER, OHID, DHSC, DWP, NHS_ENGLAND)


def _signs_in(
    name: str, role: Role, organisation: DemoOrganisation, region: str | None = None, as_: str = ""
) -> DemoPerson:
    """Somebody whose sign-in is printed; `as_` where the role alone would not tell them apart."""
    email = f"{as_ or role.value}@example.org"
    return DemoPerson(name, email, role, organisation, region, signs_in=True)


ADMINISTRATOR = _signs_in("Ada Okafor", Role.ADMINISTRATOR, OPERATOR)
LEAD_MANAGER = _signs_in("Leonard Marsh", Role.LEAD_MANAGER, SUPPLIER)
EISM = _signs_in("Esther Whitlock", Role.EISM, SUPPLIER, "North East")
MANAGER = _signs_in("Maya Thornton", Role.PROVIDER_MANAGER, SHOWCASE)
STAFF = _signs_in("Sam Ibrahim", Role.PROVIDER_STAFF, SHOWCASE)
PEER = _signs_in("Priya Nair", Role.PEER_REVIEWER, PEER_PROVIDER)
LEAD_REVIEWER = _signs_in("Rosa Delgado", Role.EISM, SUPPLIER, "London", "lead-reviewer")
SECOND_REVIEWER = _signs_in("Owen Hughes", Role.EISM, SUPPLIER, "South West", "second-reviewer")
OBSERVER = _signs_in("Olive Banks", Role.EISM, SUPPLIER, "East of England", "observer")
MODERATOR = _signs_in("Moira Grant", Role.EISM, SUPPLIER, "South East", "moderator")
SIGN_INS = (
    ADMINISTRATOR,
    LEAD_MANAGER,
    EISM,
    LEAD_REVIEWER,
    SECOND_REVIEWER,
    OBSERVER,
    MODERATOR,
    MANAGER,
    STAFF,
    PEER,
    _signs_in("Colin Reeve", Role.COMMISSIONER, COMMISSIONER),
    _signs_in("Tessa Bright", Role.PROGRAMME_TEAM, PROGRAMME_TEAM),
    _signs_in("Beatrice Lowe", Role.BUYER, OHID),
    _signs_in("Gareth Pugh", Role.GOVERNANCE_READER, DHSC),
    _signs_in("Nadia Evans", Role.EVALUATOR, EVALUATOR),
)
