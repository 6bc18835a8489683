"""Organisations, people and services of the demonstration, made as an administrator would make them."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from uuid import UUID

from portal.accounts.rules.actors import PORTAL
from portal.accounts.rules.roles import Role
from portal.accounts.service import links as invitations
from portal.accounts.service.organisations import create_organisation
from portal.accounts.service.people import Invitee, invite
from portal.core import clock
from portal.demonstration.people import (
    ADMINISTRATOR,
    CONTRACT_PARTIES,
    CORE_ORGANISATIONS,
    LEAD_MANAGER,
    PASSWORD,
    SIGN_INS,
    SUPPLIER,
    DemoOrganisation,
    DemoPerson,
)
from portal.demonstration.places import commissioners, providers, supporting_people
from portal.demonstration.script import actor
from portal.demonstration.services import DemoService, host_teams, specialists
from portal.directory.rules.details import NewLink, ServiceDetails
from portal.directory.rules.settings import LinkKind
from portal.directory.service import create_service, load_reference, set_host_teams
from portal.directory.service.reference import authority_rows

ABOUT = "An invented service of the portal’s demonstration. Its figures and assessments are invented too."

WHOLE = 100  # with more services than this, everybody is invited


def set_up(wanted: Sequence[DemoService]) -> None:
    """Everything that stands before the first assessment."""
    load_reference(PORTAL)
    cast = _cast(wanted)
    organisations = _organisations(wanted, cast)
    for organisation in organisations:
        stem = organisation.name if organisation in CONTRACT_PARTIES else ""
        create_organisation(PORTAL, organisation.full_name, organisation.kind, organisation.id, stem)
    for person in cast:
        _let_in(person)
    lead = actor(LEAD_MANAGER.id)
    eisms = {person.region: person.id for person in cast if person.role is Role.EISM}
    for service in wanted:
        region = authority_rows()[service.authority]["region"]
        create_service(lead, _details(service), _links(service, eisms[region]), service.id)
        set_host_teams(lead, service.id, 1, host_teams(service))


def _cast(wanted: Sequence[DemoService]) -> list[DemoPerson]:
    """Everybody who signs in, and of the others those whom these services need."""
    regions = {authority_rows()[service.authority]["region"] for service in wanted}
    busy = {service.provider for service in wanted} | {service.commissioner for service in wanted}
    others = [
        person
        for person in supporting_people()
        if person.organisation in busy
        or (person.role is Role.EISM and person.region in regions)
        or len(wanted) > WHOLE
    ]
    return [*SIGN_INS, *others]


def _organisations(wanted: Sequence[DemoService], cast: Sequence[DemoPerson]) -> list[DemoOrganisation]:
    named = [person.organisation for person in cast]
    everywhere = [*providers(), *commissioners()] if len(wanted) > WHOLE else []
    return list(dict.fromkeys([*CORE_ORGANISATIONS, *named, *everywhere]))


def _let_in(person: DemoPerson) -> None:
    by = PORTAL if person is ADMINISTRATOR else actor(ADMINISTRATOR.id)
    invitee = Invitee(person.name, person.email, person.organisation.id, person.role, person.region)
    _, link = invite(by, invitee, person.id)
    if person.signs_in:
        invitations.set_by_link(link.rpartition("/")[2], PASSWORD)


def _details(service: DemoService) -> ServiceDetails:
    chance = service.chance("start")
    year, month = clock.today().year - chance.randint(0, 4), chance.randint(1, 7)
    return ServiceDetails(
        name=service.name,
        setting=service.setting,
        authorities=(service.authority,),
        areas=service.areas,
        starts=date(year, month, 1),
        specialists_fte=specialists(service),
        about=ABOUT,
    )


def _links(service: DemoService, eism: UUID) -> list[NewLink]:
    today = clock.today()
    return [
        NewLink(LinkKind.SUPPLIER, SUPPLIER.id, today),
        NewLink(LinkKind.PROVIDER, service.provider.id, today),
        NewLink(LinkKind.COMMISSIONER, service.commissioner.id, today),
        NewLink(LinkKind.PROGRAMME, service.programme, today),
        NewLink(LinkKind.EISM, eism, today),
    ]
