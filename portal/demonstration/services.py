"""The services of the demonstration: which programme, where, by whom, how good."""

from __future__ import annotations

import random
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal
from uuid import UUID

from portal.accounts.rules.roles import OrganisationKind
from portal.demonstration.people import (
    COMMISSIONER,
    MARK,
    PEER_PROVIDER,
    PROGRAMME_TEAM,
    SHOWCASE,
    THRIVE_PROVIDER,
    DemoOrganisation,
    demo_id,
)
from portal.demonstration.places import commissioners, providers
from portal.directory.rules.details import TeamDetails
from portal.directory.rules.settings import Setting
from portal.directory.service.reference import area_rows, authority_rows


@dataclass(frozen=True)
class DemoService:
    """A service to make. `scale`: what it is assessed on; empty where its scale is not complete."""

    short_name: str
    programme: str
    setting: Setting
    scale: str
    provider: DemoOrganisation
    commissioner: DemoOrganisation
    authority: str  # ONS code
    areas: tuple[str, ...] = ()

    @property
    def name(self) -> str:
        return f"{self.short_name} {MARK}"

    @property
    def id(self) -> UUID:
        return demo_id("service", self.short_name)

    def chance(self, purpose: str) -> random.Random:
        """Chance of this service's own, so that one more service changes no other."""
        return random.Random(f"{purpose} of {self.short_name}")  # noqa: S311  invented data, no secret


# What a service of each programme is called, its settings, its scale, and how many there are beside the
# showcase and the lots: 150 in all.
_KINDS = (
    ("ips-smi", "IPS employment service", (Setting.SECONDARY_MENTAL_HEALTH,), "ips-25", 64),
    ("ips-ad", "IPS in treatment", (Setting.DRUG_AND_ALCOHOL,), "ips-25-ad", 44),
    ("ips-beyond-smi", "IPS in primary care", (Setting.PRIMARY_CARE, Setting.OTHER), "ips-25", 20),
    ("seqf", "supported employment", (Setting.OTHER,), "", 6),
)
_SHOWCASE_PLACES = (
    "Hartlepool", "Middlesbrough", "Redcar and Cleveland", "Stockton-on-Tees", "Darlington", "County Durham",
    "Northumberland",
)  # fmt: skip
_LOT_AUTHORITIES = {
    "scr-bassetlaw": "Nottinghamshire",  # no upper-tier authority of its own
    "wm-birmingham-south-and-central": "Birmingham",
    "wm-sandwell-and-west-birmingham": "Sandwell",
}


def showcase() -> list[DemoService]:
    """The seven services of the provider that signs in: one for each state an assessment can be in."""
    codes = {row["name"]: code for code, row in authority_rows().items()}
    return [
        DemoService(
            f"{place} IPS",
            "ips-smi",
            Setting.SECONDARY_MENTAL_HEALTH,
            "ips-25",
            SHOWCASE,
            COMMISSIONER,
            codes[place],
        )
        for place in _SHOWCASE_PLACES
    ]


def lots() -> list[DemoService]:
    """One service for each lot of the two regional programmes."""
    codes = {row["name"]: code for code, row in authority_rows().items()}
    northern = next(body for body in commissioners() if body.region == "Yorkshire and The Humber")
    found = []
    for key, area in area_rows().items():
        thrive = area["programme_key"] == "wm-thrive"
        found.append(
            DemoService(
                f"{area['name']} {'Thrive employment support' if thrive else 'trial employment support'}",
                area["programme_key"],
                Setting.PRIMARY_CARE,
                "thrive-24" if thrive else "scr",
                THRIVE_PROVIDER if thrive else _provider_in("Yorkshire and The Humber", 0),
                PROGRAMME_TEAM if thrive else northern,
                codes[_LOT_AUTHORITIES.get(key, area["name"])],
                (key,),
            )
        )
    return found


def services(size: str) -> list[DemoService]:
    """Every service of a size: `full` has 150, `small` the showcase and one lot."""
    if size == "small":
        return [*showcase(), next(service for service in lots() if service.programme == "wm-thrive")]
    return [*showcase(), *lots(), *_elsewhere()]


def _elsewhere() -> Iterator[DemoService]:
    rows = authority_rows()
    bodies: dict[str, list[DemoOrganisation]] = {}
    for body in commissioners():
        if body not in (COMMISSIONER, PROGRAMME_TEAM):
            bodies.setdefault(body.region, []).append(body)
    for programme, label, settings, scale, count in _KINDS:
        codes = sorted(rows)
        random.Random(programme).shuffle(codes)  # noqa: S311  invented data, no secret
        for number, code in enumerate(codes[:count]):
            region = rows[code]["region"]
            yield DemoService(
                f"{rows[code]['name']} {label}",
                programme,
                settings[number % len(settings)],
                scale,
                _provider_in(region, number),
                bodies[region][number % 2],
                code,
            )


def _provider_in(region: str, number: int) -> DemoOrganisation:
    own = [
        body
        for body in providers()
        if body.region == region and body.kind is OrganisationKind.PROVIDER and body != SHOWCASE
    ]
    return own[number % len(own)] if own else PEER_PROVIDER


def specialists(service: DemoService) -> Decimal:
    """Full-time equivalent specialists, from 2 to 9 in halves."""
    return Decimal(service.chance("team").randint(4, 18)) / 2


def host_teams(service: DemoService) -> list[TeamDetails]:
    """One to four clinical or treatment teams, which share the specialists and their clients."""
    chance = service.chance("host teams")
    kind = "treatment team" if service.setting is Setting.DRUG_AND_ALCOHOL else "community team"
    if service.setting is Setting.PRIMARY_CARE:
        kind = "practice network"
    number = chance.randint(1, 4)
    share = (specialists(service) / number).quantize(Decimal("0.1"))
    return [
        TeamDetails(
            f"{quarter} {kind}",
            int(share * chance.randint(14, 24)),
            share,
            Decimal(chance.choice(("1", "2", "2.5", "3", "4"))),
        )
        for quarter in ("North", "South", "East", "West")[:number]
    ]
