"""The directory's pages, driven as a browser would."""

from __future__ import annotations

import pytest

from portal.accounts.rules.actors import PORTAL
from portal.core.db import db
from portal.directory import service as verbs
from portal.directory.queries import service_profile
from portal.directory.rules.details import ServiceDetails, TeamDetails
from portal.directory.rules.settings import Setting

BARNSLEY, LEEDS, DUDLEY = "E08000016", "E08000035", "E08000027"


def test_a_lead_manager_adds_a_service(world, client) -> None:
    client.sign_in("leo@example.com")
    client.get("/services/new")
    client.submit(
        name="Dudley IPS", setting="primary-care", authorities=DUDLEY, also=[LEEDS], areas=["wm-dudley"],
        specialists_fte="3.5", provider=str(world.organisations["hillside"]),
        supplier=str(world.organisations["summit"]), eism=str(world.people["esi"]), programme="wm-thrive",
        follow=False, expect=302,
    )  # fmt: skip
    profile = service_profile("dudley-ips")
    assert (profile.authorities, profile.areas, profile.region) == (
        ("Dudley", "Leeds"),
        ("Dudley",),
        "West Midlands",
    )
    assert profile.programme.key == "wm-thrive"
    assert [line.name for line in profile.linked("eism")] == ["Esi"]


def test_a_wrong_form_says_everything_at_once_and_keeps_what_was_typed(world, client) -> None:
    client.sign_in("ada@example.com")
    client.get("/services/new")
    page = client.submit(
        name="", setting="other", authorities=DUDLEY, also=[LEEDS], specialists_fte="many",
        about="Kept words",
        expect=400, fields={"starts": ["31", "2", "2024"]},
    )  # fmt: skip
    assert page.errors == [
        "Enter the service’s name",
        "Enter a real date, like 27 3 2026",
        "Enter a number, like 12.5",
    ]
    assert page.soup.find(id="about").get_text().strip() == "Kept words"
    assert page.soup.find(id=f"also-{LEEDS}").has_attr("checked")
    assert page.soup.find(id="specialists_fte")["value"] == "many"


def test_a_missing_provider_is_said_at_its_field(world, client) -> None:
    client.sign_in("ada@example.com")
    client.get("/services/new")
    page = client.submit(name="X", setting="other", authorities=DUDLEY, expect=400)
    assert page.errors == ["Choose the provider"]
    assert page.soup.select(".govuk-error-summary a")[0]["href"] == "#provider"


def test_a_stale_edit_shows_both_versions_and_a_second_save_is_a_choice(world, client) -> None:
    service = world.service()
    client.sign_in("mo@example.com")
    client.get(f"/services/{service.key}/edit")
    theirs = ServiceDetails("Theirs", Setting.DRUG_AND_ALCOHOL, (BARNSLEY,), starts=service.starts)
    verbs.edit_service(PORTAL, service.id, 1, theirs)
    page = client.submit(name="Mine", expect=409)
    assert page.table("Where yours and theirs differ")[1:] == [
        ["Name", "Mine", "Theirs"],
        ["Specialists (FTE)", "4.50", "0.00"],
    ]
    assert page.soup.find(id="name")["value"] == "Mine"
    client.submit(follow=False, expect=303)
    db.session.expire_all()  # the test's own session still holds what it saved
    assert service_profile(service.key).name == "Mine"


@pytest.mark.parametrize(
    ("person", "status"),
    [("mo", 200), ("leo", 200), ("ada", 200), ("sam", 403), ("cora", 403), ("rita", 404)],
)
def test_editing_is_403_for_readers_and_404_for_strangers(world, client, person: str, status: int) -> None:
    world.service()
    client.sign_in(f"{person}@example.com")
    client.get("/services/barnsley-ips/edit", expect=status)
    client.get("/services/barnsley-ips/teams", expect=status)


@pytest.mark.parametrize(("person", "status"), [("leo", 200), ("ada", 200), ("mo", 403), ("rita", 404)])
def test_links_and_closing_are_for_administrators_and_the_supplier(
    world, client, person: str, status: int
) -> None:
    world.service()
    client.sign_in(f"{person}@example.com")
    for part in ("links", "links/provider/start", "close"):
        client.get(f"/services/barnsley-ips/{part}", expect=status)


def test_teams_are_added_and_removed_without_script(world, client) -> None:
    service = world.service()
    client.sign_in("mo@example.com")
    client.get(f"/services/{service.key}/teams")
    client.submit(
        button="Add another team",
        fields={"name-0": "East", "clients-0": "40", "specialists-0": "2", "colocation_days-0": "3"},
    )
    page = client.submit(button="Add another team", fields={"name-1": "West", "clients-1": "21"})
    assert "2 teams, 61 clients, 2 of 4.5 full-time equivalent attached" in page.text
    client.submit(button="Remove team 3")
    client.submit(button="Save the host teams", follow=False, expect=302)
    assert [(team.name, team.clients) for team in service_profile(service.key).teams] == [
        ("East", 40),
        ("West", 21),
    ]


def test_a_wrong_team_is_named_and_keeps_what_was_typed(world, client) -> None:
    service = world.service()
    client.sign_in("mo@example.com")
    client.get(f"/services/{service.key}/teams")
    page = client.submit(
        button="Save the host teams",
        fields={"name-0": "", "clients-0": "4", "colocation_days-0": "8"},
        expect=400,
    )
    assert page.errors == ["Enter the team’s name", "Days together a week must be between 0 and 7"]
    assert page.soup.find(id="colocation_days-0")["value"] == "8"
    page = client.submit(button="Save the host teams", fields={"clients-0": "four"}, expect=400)
    assert page.errors == ["Clients from it must be a number, like 12"]


def test_a_stale_save_of_teams_shows_those_that_stand(world, client) -> None:
    service = world.service()
    client.sign_in("mo@example.com")
    client.get(f"/services/{service.key}/teams")
    verbs.set_host_teams(PORTAL, service.id, 1, [TeamDetails("Theirs", 7)])
    page = client.submit(button="Save the host teams", fields={"name-0": "Mine"}, expect=409)
    assert "Theirs: 7 clients" in page.text
    client.submit(button="Save the host teams", follow=False, expect=302)
    db.session.expire_all()  # the test's own session still holds what it saved
    assert [team.name for team in service_profile(service.key).teams] == ["Mine"]


def test_a_link_is_changed_and_the_old_one_kept_as_ended(world, client) -> None:
    world.service()
    client.sign_in("leo@example.com")
    client.get("/services/barnsley-ips/links")
    client.click("Change Provider")
    client.submit(
        provider=str(world.organisations["riverbank"]), fields={"starts": ["1", "4", "2025"]}, expect=200
    )
    ended = client.page.table("Ended")[1]
    assert ended == ["Provider", "Hillside", "1 Apr 2024", "31 Mar 2025"]


def test_a_link_needs_a_target_a_day_and_a_known_kind(world, client) -> None:
    world.service()
    client.sign_in("leo@example.com")
    client.get("/services/barnsley-ips/links/commissioner/start")
    assert client.submit(expect=400).errors == ["Enter the first day"]
    page = client.submit(fields={"starts": ["1", "4", "2025"]}, expect=400)
    assert page.errors == ["Choose the commissioner"]
    client.get("/services/barnsley-ips/links/moon/start", expect=404)


def test_a_link_gets_its_last_day(world, client) -> None:
    world.service()
    client.sign_in("leo@example.com")
    client.get("/services/barnsley-ips/links")
    client.click("End the link to Esi")
    assert client.submit(fields={"ends": ["1", "1", "2020"]}, expect=400).errors == [
        "The link cannot end before it starts"
    ]
    client.submit(fields={"ends": ["1", "5", "2025"]})
    assert client.page.table("Ended")[1] == ["Supporting EISM", "Esi", "1 Apr 2024", "1 May 2025"]


def test_a_service_is_closed_and_opened_again(world, client) -> None:
    world.service()
    client.sign_in("leo@example.com")
    client.get("/services/barnsley-ips/close")
    client.submit(fields={"closed": ["1", "5", "2025"]}, follow=False, expect=303)
    assert service_profile("barnsley-ips").is_closed
    client.get("/services/barnsley-ips/close")
    client.submit(follow=False, expect=303)
    assert service_profile("barnsley-ips").closed is None
