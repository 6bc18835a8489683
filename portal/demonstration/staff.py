"""Who works in the demonstration's services: eighteen months of people, posts, supervision and caseloads.

The first service of the provider that signs in has a caseload over its cap, its second two vacancies. A
third of the services elsewhere have recorded their people and posts, so that regions can be compared.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from decimal import Decimal
from functools import partial
from uuid import UUID

from portal.accounts.rules.roles import Role
from portal.core.db import db
from portal.core.rules.quarters import last_quarters, quarter_of
from portal.demonstration.people import (
    LEAD_MANAGER,
    MANAGER,
    SHOWCASE,
    STAFF,
    SUPPLIER,
    DemoPerson,
    demo_id,
)
from portal.demonstration.places import colleague, supporting_people
from portal.demonstration.script import Step, actor, moment
from portal.demonstration.services import DemoService
from portal.workforce.staff.models import StaffMember
from portal.workforce.staff.rules.checking import ActionDetails, EntryDetails, MemberDetails
from portal.workforce.staff.rules.words import ActionState, EntryKind, Honorary, StaffRole
from portal.workforce.staff.service import (
    add_action,
    add_member,
    change_terms,
    count_caseloads,
    details_of,
    edit_member,
    end_member,
    fund_posts,
    log_entry,
)

BEGAN = 545  # days before the anchor: a year and a half
ONE_IN = 3  # every third service elsewhere has records
INITIALS = ("A. Sharma", "B. Lowe", "C. Adeyemi", "D. Walsh", "E. Novak", "F. Grainger", "G. Mensah")
ES, SENIOR, LEADER = StaffRole
ACTIONS = (
    ("Write to universities and colleges about the role before their spring fairs", "Lead manager", 70),
    ("Agree with providers which vacancies are hardest to fill, and why", "OHID and lead manager", -20),
    ("Offer shadowing days to applicants with lived experience", "Providers, with the lead manager", 130),
)


@dataclass(frozen=True)
class Colleague:
    """Somebody of a demonstration service. `left`: days before the anchor, as all days here."""

    number: int
    role: StaffRole = ES
    fte: str = "1"
    began: int = BEGAN
    left: int | None = None
    clients: int = 17
    account: DemoPerson | None = None
    first_client: int | None = None  # days before the anchor
    was: str = ""  # the FTE before it changed
    changed: int = 0  # so many days before the anchor

    @property
    def name(self) -> str:
        if self.account is None:
            return INITIALS[self.number]
        first, last = self.account.name.split()
        return f"{first[0]}. {last}"


TEAM = (
    Colleague(0, LEADER),
    Colleague(1, SENIOR, clients=14),
    Colleague(2),
    Colleague(3, fte="0.6", clients=11),
    Colleague(4, began=300, clients=19),
    Colleague(5, left=210),
)
OVER_CAP = (
    TEAM[0],
    replace(TEAM[1], account=colleague(Role.PEER_REVIEWER), first_client=520),  # never trained
    replace(TEAM[2], clients=26),  # not linked to an account
    replace(  # trained in time, and full time once
        TEAM[3], account=colleague(Role.PROVIDER_STAFF), first_client=505, was="1", changed=200
    ),
    replace(TEAM[4], account=STAFF, first_client=280),  # some of it came late
    TEAM[5],
)
TWO_VACANT = (*TEAM[:3], TEAM[5], Colleague(6, began=400, left=45))
ELSEWHERE = TEAM[:4]


def steps(wanted: Sequence[DemoService], anchor: date, size: str) -> Iterator[Step]:
    """Steps of every service with records, and of the workforce strategy."""
    own = [one for one in wanted if one.provider == SHOWCASE]
    yield from _recorded(own[0], MANAGER.id, OVER_CAP, Decimal(4), anchor)
    yield from _recorded(own[1], MANAGER.id, TWO_VACANT, Decimal(3), anchor)
    if size == "full":
        managers: Mapping[object, UUID] = {
            one.organisation: one.id for one in supporting_people() if one.role is Role.PROVIDER_MANAGER
        }
        for service in [one for one in wanted if one not in own][::ONE_IN]:
            manager = managers.get(service.provider)
            if manager is not None:
                yield from _people(service, manager, ELSEWHERE, Decimal(2), anchor)
    for number, (text, owner, days) in enumerate(ACTIONS):
        details = ActionDetails(text, owner, anchor + timedelta(days=days), list(ActionState)[number % 2])
        yield Step(moment(anchor, 120 - number, 15), partial(_act, details, number))


def _recorded(
    service: DemoService, manager: UUID, team: Sequence[Colleague], funded: Decimal, anchor: date
) -> Iterator[Step]:
    """People and posts, and what is logged of those who work there still."""
    yield from _people(service, manager, team, funded, anchor)
    for week in range(12):
        yield _logged(service, manager, EntryDetails(EntryKind.TEAM, anchor - timedelta(days=7 * week + 3)))
    for quarter in list(last_quarters(quarter_of(anchor).plus(-1), 3)):
        yield _logged(
            service, manager, EntryDetails(EntryKind.REVIEW, quarter.last - timedelta(days=9), minuted=True)
        )
    for one in [one for one in team if one.left is None and one.role.has_caseload]:
        id_ = _id(service, one)
        missed = 0 if one.number % 2 else 3  # every other person has no supervision in one of the spans
        for span in [span for span in range(6) if span != missed or one.number % 2]:
            on = anchor - timedelta(days=28 * span + 4 + one.number)
            yield _logged(service, manager, EntryDetails(EntryKind.INDIVIDUAL, on, id_))
        on = anchor - timedelta(days=30 + one.number)
        yield _logged(service, manager, EntryDetails(EntryKind.CLINICAL, on, id_))
        month = (anchor.replace(day=1) - timedelta(days=1)).replace(day=1)
        yield _logged(service, manager, EntryDetails(EntryKind.MEETINGS, month, id_, 3 + one.number % 2, 4))
    yield Step(moment(anchor, 2, 9), partial(_count, service, manager, team, anchor))


def _people(
    service: DemoService, manager: UUID, team: Sequence[Colleague], funded: Decimal, anchor: date
) -> Iterator[Step]:
    for role, fte in ((ES, funded), (SENIOR, Decimal(1)), (LEADER, Decimal(1))):
        begins = anchor - timedelta(days=BEGAN)
        yield Step(moment(anchor, BEGAN, 9), partial(_fund, service, manager, role, fte, begins))
    for one in team:
        yield Step(moment(anchor, one.began, 10), partial(_add, service, manager, one, anchor))
        if one.left is not None:
            last = anchor - timedelta(days=one.left)
            yield Step(moment(anchor, one.left + 20, 10), partial(_end, service, manager, one, last))
        if one.was:
            yield Step(moment(anchor, one.changed, 9), partial(_change, service, manager, one, anchor))
        if one.first_client is not None:
            first = anchor - timedelta(days=one.first_client)
            yield Step(moment(first, -1, 9), partial(_meet, service, manager, one, first))


def _logged(service: DemoService, manager: UUID, entry: EntryDetails) -> Step:
    def log() -> None:
        log_entry(actor(manager), service.id, entry)

    return Step(moment(entry.on, -1, 8), log)


def _id(service: DemoService, one: Colleague) -> UUID:
    return demo_id("staff", service.short_name, one.name)


def _fund(service: DemoService, manager: UUID, role: StaffRole, fte: Decimal, starts: date) -> None:
    fund_posts(actor(manager), service.id, role, fte, starts)


def _add(service: DemoService, manager: UUID, one: Colleague, anchor: date) -> None:
    band = "Band 6" if one.role is LEADER else "Band 5"
    starts = anchor - timedelta(days=one.began)
    held = one.number % 3 != 2
    details = MemberDetails(one.name, one.role, Decimal(one.was or one.fte), starts, band)
    if held:
        details = replace(details, honorary=Honorary.HELD, honorary_on=starts)
    add_member(actor(manager), service.id, details, _id(service, one))


def _change(service: DemoService, manager: UUID, one: Colleague, anchor: date) -> None:
    member = db.session.get_one(StaffMember, _id(service, one))
    first = anchor - timedelta(days=one.changed)
    change_terms(actor(manager), member.id, one.role, Decimal(one.fte), first, member.version)


def _meet(service: DemoService, manager: UUID, one: Colleague, first: date) -> None:
    """Their first client, and the account that they have."""
    member = db.session.get_one(StaffMember, _id(service, one))
    account = one.account.id if one.account else None
    details = replace(details_of(member), first_client_on=first, person_id=account)
    edit_member(actor(manager), member.id, details, member.version)


def _end(service: DemoService, manager: UUID, one: Colleague, last: date) -> None:
    member = db.session.get_one(StaffMember, _id(service, one))
    end_member(actor(manager), member.id, last, member.version)


def _count(service: DemoService, manager: UUID, team: Sequence[Colleague], anchor: date) -> None:
    there = [one for one in team if one.left is None and one.role.has_caseload]
    clients = {_id(service, one): one.clients for one in there}
    count_caseloads(actor(manager), service.id, anchor - timedelta(days=2), clients)


def _act(details: ActionDetails, number: int) -> None:
    add_action(actor(LEAD_MANAGER.id), SUPPLIER.id, details, demo_id("workforce-action", str(number)))
