"""What may be said of a service and its teams."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal

import pytest

from portal.accounts.rules.roles import REGIONS
from portal.directory.rules.details import (
    ServiceDetails,
    TeamDetails,
    detail_problems,
    key_from,
    team_problems,
    totals,
)
from portal.directory.rules.settings import Setting

GOOD = ServiceDetails("Barnsley IPS", Setting.OTHER, ("E1",), specialists_fte=Decimal("4.5"))
KNOWN = {"E1": "London"}
TEAM = TeamDetails("East", 40, Decimal("2.5"), Decimal(3))


def problems(**changes: object) -> dict[str, str]:
    return detail_problems(replace(GOOD, **changes), KNOWN, {"lot"})  # type: ignore[arg-type]  # tests


def test_a_sound_service_has_no_problem() -> None:
    assert problems() == {}


@pytest.mark.parametrize(("length", "sound"), [(159, True), (160, True), (161, False)])
def test_a_name_has_at_most_160_characters(length: int, sound: bool) -> None:
    assert ("name" not in problems(name="x" * length)) is sound


@pytest.mark.parametrize("name", ["", "   "])
def test_a_name_is_needed(name: str) -> None:
    assert problems(name=name)["name"] == "Enter the service’s name"


@pytest.mark.parametrize(
    ("fte", "sound"),
    [("-0.01", False), ("0", True), ("0.01", True), ("499.99", True), ("500", True), ("500.01", False),
     ("4.25", True), ("4.255", False), ("NaN", False), ("Infinity", False)],
)  # fmt: skip
def test_full_time_equivalents_are_0_to_500_with_two_decimals(fte: str, sound: bool) -> None:
    assert ("specialists_fte" not in problems(specialists_fte=Decimal(fte))) is sound


@pytest.mark.parametrize(("length", "sound"), [(3999, True), (4000, True), (4001, False)])
def test_the_description_has_at_most_4000_characters(length: int, sound: bool) -> None:
    assert ("about" not in problems(about="x" * length)) is sound


def test_authorities_and_areas_must_be_known() -> None:
    assert problems(authorities=())["authorities"] == "Choose at least one local authority"
    assert "E9" in problems(authorities=("E1", "E9"))["authorities"]
    assert "moon" in problems(areas=("lot", "moon"))["areas"]


@pytest.mark.parametrize(
    ("changes", "field"),
    [({"name": " "}, "name"), ({"clients": -1}, "clients"), ({"clients": 10_001}, "clients"),
     ({"colocation_days": Decimal("7.1")}, "colocation_days"),
     ({"colocation_days": Decimal("2.25")}, "colocation_days"),
     ({"specialists": Decimal("-0.1")}, "specialists"), ({"specialists": Decimal("1.333")}, "specialists")],
)  # fmt: skip
def test_a_teams_problem_names_its_field_and_row(changes: dict[str, object], field: str) -> None:
    wrong = replace(TEAM, name="West")
    assert list(team_problems([TEAM, replace(wrong, **changes)])) == [f"{field}-1"]  # type: ignore[arg-type]  # named fields


@pytest.mark.parametrize("days", ["0", "6.9", "7"])
def test_a_team_may_meet_up_to_seven_days_a_week(days: str) -> None:
    assert team_problems([replace(TEAM, colocation_days=Decimal(days))]) == {}


def test_two_teams_of_one_name_are_refused_whatever_the_case() -> None:
    assert team_problems([TEAM, replace(TEAM, name="EAST ")]) == {"name-1": "There are two teams called EAST"}


@pytest.mark.parametrize(("count", "sound"), [(29, True), (30, True), (31, False)])
def test_a_service_has_at_most_thirty_teams(count: int, sound: bool) -> None:
    assert (team_problems([replace(TEAM, name=f"T{n}") for n in range(count)]) == {}) is sound


def test_totals_add_up_the_teams() -> None:
    both = totals([TEAM, replace(TEAM, clients=2)])
    assert (both.teams, both.clients, both.specialists) == (2, 42, Decimal("5.0"))


def test_keys_are_slugs_and_never_taken() -> None:
    assert key_from("Barnsley IPS", ()) == "barnsley-ips"
    assert key_from("Barnsley IPS", {"barnsley-ips", "barnsley-ips-2"}) == "barnsley-ips-3"
    assert key_from("Café – Łódź!", ()) == "cafe-odz"
    assert key_from("就労", ()) == "service"
    assert len(key_from("x" * 200, ())) == 70


def test_there_are_nine_regions() -> None:
    assert len(REGIONS) == 9
