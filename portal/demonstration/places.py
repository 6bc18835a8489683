"""Invented providers, commissioners and people for every region. No name here is meant to be a real one's."""

from __future__ import annotations

import random
from collections.abc import Iterator
from uuid import UUID

from portal.accounts.rules.roles import REGIONS, OrganisationKind, Role
from portal.demonstration.people import (
    COMMISSIONER,
    DWP,
    EISM,
    MANAGER,
    NHS_ENGLAND,
    PEER_PROVIDER,
    PROGRAMME_TEAM,
    SHOWCASE,
    SUPPLIER,
    THRIVE_PROVIDER,
    DemoOrganisation,
    DemoPerson,
)

_STEMS = (
    "Ashlea", "Bramwell", "Briarfield", "Calderstone", "Cedar Row", "Clearwater", "Copsewood", "Dovecote",
    "Eastcliff", "Elm Lane", "Fairhaven", "Fernhill", "Foxglove", "Greenacre", "Harbourside", "Hawthorn",
    "Heathervale", "Juniper", "Kestrel", "Larkfield", "Lindenhurst", "Longmeadow", "Maplewood", "Millrace",
    "Mossbank", "Northlight", "Oakenshaw", "Orchard Gate", "Quarrydene", "Redstart", "Rowanbank", "Sandpiper",
    "Silverbirch", "Stonebridge", "Swallowtail", "Tanglewood", "Thistle", "Wayfarer", "Willowmere", "Yarrow",
)  # fmt: skip
_ENDINGS = ("Works", "Recovery and Work", "Employment Partnership", "Pathways", "Community Support")
_BODIES = ("integrated care commissioners", "public health commissioners")
_FIRST = (
    "Aisha", "Alan", "Amara", "Ben", "Bridget", "Callum", "Chen", "Daniel", "Deepa", "Diane", "Eilidh",
    "Farah", "Femi", "Grace", "Hannah", "Hugo", "Imran", "Ines", "Jack", "Joanna", "Kamal", "Kirsty", "Leah",
    "Liam", "Maria", "Megan", "Nasreen", "Noah", "Olu", "Paula", "Rhys", "Rosa", "Samira", "Tom", "Uma",
)  # fmt: skip
_LAST = (
    "Adeyemi", "Ahmed", "Barker", "Bell", "Carr", "Chowdhury", "Dawson", "Ellis", "Fletcher", "Gill", "Hall",
    "Hussain", "Jarvis", "Kaur", "Lam", "Lewis", "Mistry", "Murphy", "Novak", "Owen", "Parry", "Quinn", "Rao",
    "Sharpe", "Singh", "Stone", "Tanner", "Underhill", "Vaughan", "Walsh", "Yates",
)  # fmt: skip
PROVIDERS_IN_ALL = 40


def providers() -> list[DemoOrganisation]:
    """Forty providers: the three of the sign-ins, the others spread over the regions."""
    found = [SHOWCASE, PEER_PROVIDER, THRIVE_PROVIDER]
    for number in range(PROVIDERS_IN_ALL - len(found)):
        stem, ending = _STEMS[number], _ENDINGS[number % len(_ENDINGS)]
        region = REGIONS[number % len(REGIONS)]
        found.append(DemoOrganisation(f"{stem} {ending}", OrganisationKind.PROVIDER, region))
    return found


def commissioners() -> list[DemoOrganisation]:
    """Twenty commissioners: two of the sign-ins, and two in each region."""
    return [COMMISSIONER, PROGRAMME_TEAM] + [
        DemoOrganisation(f"{region} {body}", OrganisationKind.COMMISSIONER, region)
        for region in REGIONS
        for body in _BODIES
    ]


def supporting_people() -> list[DemoPerson]:
    """People without a password: an EISM for each region, and the staff of every organisation."""
    names = _names()
    found = [_person(next(names), Role.EISM, SUPPLIER, region) for region in REGIONS if region != EISM.region]
    for provider in providers():
        found.append(_person(next(names), Role.PROVIDER_MANAGER, provider))
        found.append(_person(next(names), Role.PROVIDER_STAFF, provider))
        if provider.region in REGIONS[::3]:
            found.append(_person(next(names), Role.PEER_REVIEWER, provider))
    found += [_person(next(names), Role.COMMISSIONER, body) for body in commissioners()]
    found += [_person(next(names), Role.GOVERNANCE_READER, body) for body in (DWP, NHS_ENGLAND)]
    return found


def manager_of(provider: DemoOrganisation) -> UUID:
    """Who manages a provider: of the showcase somebody who signs in."""
    if provider == SHOWCASE:
        return MANAGER.id
    role = Role.PROVIDER_MANAGER
    people = supporting_people()
    return next(one.id for one in people if one.organisation == provider and one.role is role)


def colleague(role: Role) -> DemoPerson:
    """Somebody of the showcase in this role who does not sign in."""
    return next(one for one in supporting_people() if one.organisation == SHOWCASE and one.role is role)


def _names() -> Iterator[str]:
    chooser = random.Random("names")  # noqa: S311  invented names, no secret
    pairs = [f"{first} {last}" for first in _FIRST for last in _LAST]
    chooser.shuffle(pairs)
    return iter(pairs)


def _person(name: str, role: Role, organisation: DemoOrganisation, region: str | None = None) -> DemoPerson:
    email = f"{name.lower().replace(' ', '.')}@example.org"
    return DemoPerson(name, email, role, organisation, region)
