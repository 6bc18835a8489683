"""Vacancies in every state, the public pages of all services, and two people who hear of new vacancies."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from functools import partial
from uuid import UUID

from sqlalchemy import select

from portal.core.db import db
from portal.demonstration.people import LEAD_MANAGER, MANAGER, MARK, SHOWCASE, demo_id
from portal.demonstration.script import Step, actor, moment
from portal.demonstration.services import DemoService
from portal.directory.rules.public import PublicDetails
from portal.directory.rules.settings import Setting
from portal.directory.service.public_page import save_public_page, show_public_page
from portal.directory.service.reference import authority_rows
from portal.workforce.hub.models import VacancySubscription
from portal.workforce.hub.rules.checking import Contract, Details
from portal.workforce.hub.rules.moving import Move
from portal.workforce.hub.service import ask, confirm, move_vacancy, write_vacancy
from portal.workforce.hub.service.subscribing import confirm_token

PAY = {  # invented figures, in pounds
    "employment-specialist": (30_000, 35_500),
    "senior-employment-specialist": (34_000, 38_500),
    "team-leader": (38_000, 44_000),
    "peer-employment-specialist": (28_500, 32_000),
}
TITLES = {
    "employment-specialist": "Employment specialist",
    "senior-employment-specialist": "Senior employment specialist",
    "team-leader": "IPS team leader",
    "peer-employment-specialist": "Peer employment specialist",
}
DESCRIPTION = (
    "An invented vacancy of the portal’s demonstration.\n\nYou help people who are in treatment or have a "
    "health condition to find a paid job that they want, and to keep it. You will have a small caseload of "
    "your own, meet employers face to face every week, and be part of a clinical team.\n\nYou bring "
    "optimism, initiative and an ease with people. Training comes before your first client, and a team "
    "leader goes out with you."
)


@dataclass(frozen=True)
class Plan:
    """A vacancy to make. `moves`: days before the anchor, and what was done then. `closes`: days after it."""

    role: str
    opened: int
    closes: int
    moves: tuple[tuple[int, Move], ...] = ()
    published: bool = True
    fte: str = "1"
    contract: Contract = Contract.PERMANENT
    part_time: bool = True


_OWN = (
    Plan("employment-specialist", 12, 40),
    Plan("team-leader", 20, 25, part_time=False),
    Plan("employment-specialist", 45, -5, ((4, Move.SHORTLIST),), fte="2"),
    Plan("employment-specialist", 160, -110, ((105, Move.SHORTLIST), (98, Move.FILL))),
    Plan("senior-employment-specialist", 230, -190, ((180, Move.FILL),), part_time=False),
    Plan("employment-specialist", 90, -60, ((72, Move.WITHDRAW),), contract=Contract.SECONDMENT),
    Plan("peer-employment-specialist", 3, 30, published=False, fte="0.6"),
)
_ELSEWHERE = (
    Plan("employment-specialist", 8, 60, fte="0.6"),
    Plan("employment-specialist", 15, 33, contract=Contract.FIXED_TERM),
    Plan("senior-employment-specialist", 5, 50, part_time=False),
    Plan("peer-employment-specialist", 10, 45, fte="0.5"),
    Plan("employment-specialist", 30, 20, ((9, Move.SHORTLIST),)),
    Plan("team-leader", 130, -90, ((80, Move.FILL),), part_time=False),
    Plan("employment-specialist", 2, 90, contract=Contract.BANK),
)


def steps(wanted: Sequence[DemoService], anchor: date) -> Iterator[Step]:
    """The steps of all of it."""
    own = [service for service in wanted if service.provider == SHOWCASE]
    others = [service for service in wanted if service.provider != SHOWCASE]
    spread = others[:: max(1, len(others) // len(_ELSEWHERE))]
    for poster, services, plans in ((MANAGER.id, own, _OWN), (LEAD_MANAGER.id, spread, _ELSEWHERE)):
        for service, plan in zip(services, plans, strict=False):
            yield from _vacancy(service, plan, poster, anchor)
    for number, service in enumerate(wanted):
        yield Step(moment(anchor, 100, 8, number % 60), partial(_public_page, service, number))
    for days, (email, regions) in enumerate(
        (("job-seeker@example.org", ("North East",)), ("careers@example.org", ())), start=40
    ):
        yield Step(moment(anchor, days, 11), partial(_subscribe, email, regions))


def _vacancy(service: DemoService, plan: Plan, poster: UUID, anchor: date) -> Iterator[Step]:
    made = demo_id("vacancy", service.short_name)
    yield Step(moment(anchor, plan.opened, 9), partial(_write, service, plan, poster, anchor, made))
    doings = [(plan.opened, Move.PUBLISH), *plan.moves] if plan.published else []
    for days, move in doings:
        yield Step(moment(anchor, days, 15), partial(_move, poster, made, move))


def _write(service: DemoService, plan: Plan, poster: UUID, anchor: date, made: UUID) -> None:
    place = authority_rows()[service.authority]
    low, high = PAY[plan.role]
    hours = Decimal("37.5")
    write_vacancy(
        actor(poster),
        service.id,
        Details(
            title=f"{TITLES[plan.role]} {MARK}",
            role=plan.role,
            place=place["name"],
            region=place["region"],
            fte=Decimal(plan.fte),
            weekly_hours=hours * Decimal(plan.fte) if Decimal(plan.fte) < 1 else hours,
            part_time=plan.part_time,
            contract=plan.contract,
            closes_on=anchor + timedelta(days=plan.closes),
            description=DESCRIPTION,
            apply_url=f"https://jobs.example.org/{made.hex[:8]}",
            salary_from=low * 100,
            salary_to=high * 100,
        ),
        made,
    )


def _move(poster: UUID, made: UUID, move: Move) -> None:
    move_vacancy(actor(poster), made, move)


def _public_page(service: DemoService, number: int) -> None:
    lead, place = actor(LEAD_MANAGER.id), authority_rows()[service.authority]["name"]
    who = {
        Setting.DRUG_AND_ALCOHOL: "Adults in drug or alcohol treatment",
        Setting.SECONDARY_MENTAL_HEALTH: "Adults who are with a community mental health team",
    }.get(service.setting, "Adults with a health condition or disability")
    details = PublicDetails(
        offers=f"We help people in {place} to find a paid job that they want, and to keep it. You say what "
        "you would like to do; an employment specialist looks with you, talks with employers if you agree, "
        "and stays in touch once you have started. An invented service of the portal’s demonstration.",
        who_for=f"{who} in {place} who would like to work. Nobody is turned away for not being ready.",
        place=f"{place}: we meet you where it suits you",
        phone=f"01632 96{number % 1000:04}",  # numbers that Ofcom keeps for drama
        referral_url=f"https://{service.id.hex[:8]}.example.org/refer",
        languages="English; interpreters on request",
        formats="Large print and easy read on request",
    )
    save_public_page(lead, service.id, details, 0)
    show_public_page(lead, service.id, True)


def _subscribe(email: str, regions: tuple[str, ...]) -> None:
    ask(email, regions, "192.0.2.1")
    query = select(VacancySubscription.id).where(VacancySubscription.email == email)
    confirm(confirm_token(db.session.scalars(query).one()))
