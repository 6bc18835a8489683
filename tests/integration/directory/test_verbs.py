"""The directory's verbs."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal

import pytest
from sqlalchemy import select

from portal.accounts.rules.actors import PORTAL
from portal.core.audit.models import AuditPayload, AuditRow
from portal.core.db import db
from portal.core.errors import Forbidden, Invalid, NotFound, Refused, Stale
from portal.directory import service as verbs
from portal.directory.models import Service
from portal.directory.queries import service_profile
from portal.directory.rules.details import NewLink, ServiceDetails, TeamDetails
from portal.directory.rules.settings import LinkKind, Setting

BARNSLEY, LEEDS, DUDLEY = "E08000016", "E08000035", "E08000027"
START = date(2024, 4, 1)
DETAILS = ServiceDetails("Barnsley IPS", Setting.OTHER, (BARNSLEY,), starts=START)
DAY = timedelta(days=1)


def last_row() -> tuple[str, dict]:
    query = select(AuditRow.verb, AuditPayload.body).join(
        AuditPayload, AuditPayload.number == AuditRow.number
    )
    return tuple(db.session.execute(query.order_by(AuditRow.number.desc()).limit(1)).one())


def test_a_service_is_created_with_its_links_in_one_audited_step(world) -> None:
    service = verbs.create_service(world.actor("leo"), DETAILS, world.links())
    profile = service_profile(service.key)
    assert (profile.key, profile.region) == ("barnsley-ips", "Yorkshire and The Humber")
    assert {line.kind for line in profile.links} == set(LinkKind) - {LinkKind.PROGRAMME}
    verb, body = last_row()
    assert verb == "directory.create_service"
    assert body["details"]["name"] == "Barnsley IPS"


def test_the_first_authority_gives_the_region(world) -> None:
    assert world.service("A", authorities=(DUDLEY, LEEDS)).region == "West Midlands"
    assert world.service("B", authorities=(LEEDS, DUDLEY)).region == "Yorkshire and The Humber"


def test_two_services_of_one_name_have_two_keys(world) -> None:
    assert [world.service().key, world.service().key] == ["barnsley-ips", "barnsley-ips-2"]


def test_everything_wrong_with_a_new_service_is_said_at_once_and_nothing_stays(world) -> None:
    with pytest.raises(Invalid) as refusal:
        verbs.create_service(world.actor("ada"), replace(DETAILS, name="", specialists_fte=Decimal(-1)), [])
    assert set(refusal.value.problems) == {"name", "specialists_fte", "provider"}
    assert db.session.scalars(select(Service)).all() == []


def test_a_lead_manager_cannot_create_a_service_out_of_their_own_reach(world) -> None:
    with pytest.raises(Invalid) as refusal:
        verbs.create_service(
            world.actor("leo"), DETAILS, [NewLink(LinkKind.PROVIDER, world.organisations["hillside"], START)]
        )
    assert set(refusal.value.problems) == {"supplier"}
    assert db.session.scalars(select(Service)).all() == []


@pytest.mark.parametrize("name", ["mo", "esi", "cora", "sam"])
def test_only_administrators_and_lead_managers_create_services(world, name: str) -> None:
    with pytest.raises(Forbidden):
        verbs.create_service(world.actor(name), DETAILS, world.links())


def test_an_edit_notes_what_changed_and_raises_the_version(world) -> None:
    service = world.service()
    verbs.edit_service(
        world.actor("mo"),
        service.id,
        1,
        replace(DETAILS, name="New name", specialists_fte=Decimal("4.5"), setting=Setting.DRUG_AND_ALCOHOL),
    )
    assert service_profile("barnsley-ips").version == 2
    assert last_row() == (
        "directory.edit_service",
        {"before": {"name": "Barnsley IPS"}, "after": {"name": "New name"}},
    )


def test_an_edit_that_changes_nothing_writes_nothing(world) -> None:
    service = world.service()
    same = replace(DETAILS, specialists_fte=Decimal("4.50"), setting=Setting.DRUG_AND_ALCOHOL)
    verbs.edit_service(world.actor("mo"), service.id, 1, same)
    assert service_profile(service.key).version == 1
    assert last_row()[0] == "directory.create_service"


def test_a_stale_edit_is_refused_with_what_stands(world) -> None:
    service = world.service()
    verbs.edit_service(world.actor("mo"), service.id, 1, replace(DETAILS, name="Theirs"))
    with pytest.raises(Stale) as refusal:
        verbs.edit_service(world.actor("leo"), service.id, 1, replace(DETAILS, name="Mine"))
    assert (refusal.value.current["name"], refusal.value.version) == ("Theirs", 2)
    assert service_profile(service.key).name == "Theirs"


@pytest.mark.parametrize("name", ["rita", "sam", "cora", "esi"])
def test_only_the_own_provider_the_supplier_and_administrators_edit(world, name: str) -> None:
    service = world.service()
    with pytest.raises(Forbidden):
        verbs.edit_service(world.actor(name), service.id, 1, DETAILS)


def test_a_verb_on_no_service_says_so(world) -> None:
    with pytest.raises(NotFound):
        verbs.edit_service(world.actor("ada"), world.people["mo"], 1, DETAILS)


def test_host_teams_are_added_changed_and_removed_in_one_go(world) -> None:
    service = world.service()
    east, west = (
        TeamDetails("East", 40, Decimal(2), Decimal(3)),
        TeamDetails("West", 20, Decimal("1.5"), Decimal("2.5")),
    )
    verbs.set_host_teams(world.actor("mo"), service.id, 1, [east, west])
    stood = {team.name: team for team in service_profile(service.key).teams}
    verbs.set_host_teams(
        world.actor("mo"), service.id, 2, [replace(stood["West"], clients=21), TeamDetails("North")]
    )
    teams = service_profile(service.key).teams
    assert [(team.name, team.clients) for team in teams] == [("North", 0), ("West", 21)]
    assert teams[1].id == stood["West"].id
    assert service_profile(service.key).team_totals.clients == 21
    assert [team["name"] for team in last_row()[1]["before"]] == ["East", "West"]


def test_a_stale_save_of_teams_is_refused_with_those_that_stand(world) -> None:
    service = world.service()
    verbs.set_host_teams(world.actor("mo"), service.id, 1, [TeamDetails("East", 40)])
    with pytest.raises(Stale) as refusal:
        verbs.set_host_teams(world.actor("leo"), service.id, 1, [])
    assert [team.name for team in refusal.value.current["teams"]] == ["East"]


def test_a_new_provider_ends_the_old_one_the_day_before(world) -> None:
    service = world.service()
    link = NewLink(LinkKind.PROVIDER, world.organisations["riverbank"], date(2025, 4, 1))
    verbs.start_link(world.actor("leo"), service.id, 1, link)
    lines = [line for line in service_profile(service.key).links if line.kind is LinkKind.PROVIDER]
    assert [(line.name, line.starts, line.ends) for line in lines] == [
        ("Riverbank", date(2025, 4, 1), None),
        ("Hillside", START, date(2025, 3, 31)),
    ]
    assert service_profile(service.key).provider == "Riverbank"


def test_a_service_can_have_two_commissioners(world) -> None:
    from portal.accounts.rules.roles import OrganisationKind

    service, council = world.service(), world.organisation("council", OrganisationKind.COMMISSIONER)
    verbs.start_link(world.actor("ada"), service.id, 1, NewLink(LinkKind.COMMISSIONER, council, START))
    assert {line.name for line in service_profile(service.key).linked("commissioner")} == {"Icb", "Council"}


def test_a_link_that_stands_already_is_refused(world) -> None:
    service = world.service()
    with pytest.raises(Refused):
        verbs.start_link(
            world.actor("leo"),
            service.id,
            1,
            NewLink(LinkKind.PROVIDER, world.organisations["hillside"], START + DAY),
        )


def test_a_link_leads_to_the_right_kind_of_thing(world) -> None:
    service, leo = world.service(), world.actor("leo")
    for kind, target in (
        (LinkKind.PROVIDER, world.organisations["summit"]),
        (LinkKind.PROGRAMME, "moon-landing"),
        (LinkKind.EISM, world.people["mo"]),
        (LinkKind.EISM, world.organisations["summit"]),
    ):
        with pytest.raises(Invalid) as refusal:
            verbs.start_link(leo, service.id, 1, NewLink(kind, target, START))
        assert list(refusal.value.problems) == [kind.value]
    assert service_profile(service.key).version == 1


def test_a_programme_of_the_registry_can_be_linked(world) -> None:
    service = world.service()
    verbs.start_link(world.actor("leo"), service.id, 1, NewLink(LinkKind.PROGRAMME, "ips-ad", START))
    assert service_profile(service.key).programme.default_scale == "ips-25-ad"


@pytest.mark.parametrize(("days", "sound"), [(-1, False), (0, True), (1, True)])
def test_a_link_ends_on_its_first_day_at_the_earliest(world, days: int, sound: bool) -> None:
    service = world.service()
    link = service_profile(service.key).linked("eism")[0]
    if sound:
        verbs.end_link(world.actor("leo"), service.id, 1, link.id, START + days * DAY)
        assert service_profile(service.key).linked("eism") == ()
    else:
        with pytest.raises(Invalid):
            verbs.end_link(world.actor("leo"), service.id, 1, link.id, START + days * DAY)


def test_the_provider_link_cannot_simply_end(world) -> None:
    service = world.service()
    with pytest.raises(Refused):
        verbs.end_link(
            world.actor("leo"), service.id, 1, service_profile(service.key).linked("provider")[0].id, START
        )


def test_a_provider_manager_cannot_change_links_or_close(world) -> None:
    service, mo = world.service(), world.actor("mo")
    with pytest.raises(Forbidden):
        verbs.start_link(mo, service.id, 1, NewLink(LinkKind.PROGRAMME, "ips-ad", START))
    with pytest.raises(Forbidden):
        verbs.close_service(mo, service.id, 1, START)


@pytest.mark.parametrize(("days", "sound"), [(-1, False), (0, True), (1, True)])
def test_a_service_closes_on_its_first_day_at_the_earliest_and_opens_again(
    world, days: int, sound: bool
) -> None:
    service, leo = world.service(), world.actor("leo")
    if not sound:
        with pytest.raises(Invalid):
            verbs.close_service(leo, service.id, 1, START + days * DAY)
        return
    verbs.close_service(leo, service.id, 1, START + days * DAY)
    with pytest.raises(Refused):
        verbs.close_service(leo, service.id, 2, START + DAY)
    verbs.reopen_service(leo, service.id, 2)
    assert service_profile(service.key).closed is None


def test_the_portal_itself_may_do_everything(world) -> None:
    service = world.service(links=world.links())
    verbs.close_service(PORTAL, service.id, 1, START)
    assert service_profile(service.key).is_closed
