"""What a record of a service's workforce must be, and whose cap counts."""

from __future__ import annotations

import uuid
from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal

import pytest

from portal.workforce.staff.definitions import cap_of
from portal.workforce.staff.rules.checking import (
    LONGEST_BAND,
    LONGEST_NAME,
    LONGEST_NOTE,
    LONGEST_TEXT,
    MOST_CLIENTS,
    MOST_MEETINGS,
    ActionDetails,
    EntryDetails,
    MemberDetails,
    action_problems,
    entry_problems,
    funded_problem,
    member_problems,
    terms_problems,
)
from portal.workforce.staff.rules.counting import Spell
from portal.workforce.staff.rules.words import EntryKind, Honorary, StaffRole

TODAY = date(2026, 11, 22)
ANN = MemberDetails("Ann", StaffRole.SPECIALIST, Decimal(1), TODAY)
SOMEBODY = uuid.uuid4()


@pytest.mark.parametrize(
    "fte, sound",
    [("0", False), ("0.01", True), ("0.99", True), ("1", True), ("1.01", False), ("0.655", False)],
)
def test_an_fte_is_above_nought_and_up_to_one(fte: str, sound: bool) -> None:
    assert bool(member_problems(replace(ANN, fte=Decimal(fte)), None, TODAY)) is not sound


@pytest.mark.parametrize("extra, sound", [(-1, True), (0, True), (1, False)])
def test_texts_have_a_longest_length(extra: int, sound: bool) -> None:
    assert bool(member_problems(replace(ANN, name="x" * (LONGEST_NAME + extra)), None, TODAY)) is not sound
    assert (
        bool(member_problems(replace(ANN, pay_band="x" * (LONGEST_BAND + extra)), None, TODAY)) is not sound
    )
    action = ActionDetails("Do it", "OHID", TODAY)
    for field, longest in (("text", LONGEST_TEXT), ("owner", LONGEST_NAME), ("note", LONGEST_NOTE)):
        assert bool(action_problems(replace(action, **{field: "x" * (longest + extra)}))) is not sound


@pytest.mark.parametrize("shift, sound", [(-1, True), (0, True), (1, False)])
def test_the_first_client_was_met_by_today(shift: int, sound: bool) -> None:
    there = replace(ANN, starts=TODAY - timedelta(days=30), first_client_on=TODAY + timedelta(days=shift))
    assert bool(member_problems(there, None, TODAY)) is not sound


@pytest.mark.parametrize("shift, sound", [(-1, False), (0, True), (1, True)])
def test_the_first_client_was_met_no_earlier_than_the_first_day(shift: int, sound: bool) -> None:
    starts = TODAY - timedelta(days=30)
    there = replace(ANN, starts=starts, first_client_on=starts + timedelta(days=shift))
    assert bool(member_problems(there, None, TODAY)) is not sound


@pytest.mark.parametrize("shift, sound", [(-1, True), (0, True), (1, False)])
def test_the_first_client_was_met_no_later_than_the_last_day(shift: int, sound: bool) -> None:
    ends = TODAY - timedelta(days=5)
    there = replace(ANN, starts=TODAY - timedelta(days=30), first_client_on=ends + timedelta(days=shift))
    assert bool(member_problems(there, ends, TODAY)) is not sound


def test_a_team_leader_has_no_first_client_to_be_wrong_about() -> None:
    leader = replace(ANN, role=StaffRole.TEAM_LEADER, first_client_on=TODAY + timedelta(days=9))
    assert member_problems(leader, None, TODAY) == {}


def test_what_is_missing_is_named_by_field() -> None:
    assert set(member_problems(replace(ANN, name="", honorary=Honorary.HELD), None, TODAY)) == {
        "name",
        "honorary_on",
    }
    assert set(action_problems(ActionDetails("", "", TODAY))) == {"text", "owner"}


@pytest.mark.parametrize("shift, sound", [(-1, True), (0, True), (1, False)])
def test_nobody_begins_after_their_last_day(shift: int, sound: bool) -> None:
    starts = TODAY + timedelta(days=shift)
    assert bool(member_problems(replace(ANN, starts=starts), TODAY, TODAY)) is not sound


@pytest.mark.parametrize(
    "fte, sound",
    [("-0.01", False), ("0", True), ("0.01", True), ("499.99", True), ("500", True), ("500.01", False)],
)
def test_funded_posts_may_be_none_and_have_a_most(fte: str, sound: bool) -> None:
    assert (funded_problem(Decimal(fte)) is None) is sound
    assert funded_problem(Decimal("NaN"))
    assert funded_problem(Decimal("1.005"))


@pytest.mark.parametrize("shift, sound", [(-1, True), (0, True), (1, False)])
def test_nothing_is_logged_before_it_took_place(shift: int, sound: bool) -> None:
    entry = EntryDetails(EntryKind.TEAM, TODAY + timedelta(days=shift))
    assert bool(entry_problems(entry, TODAY)) is not sound


@pytest.mark.parametrize(
    "count, sound", [(-1, False), (0, True), (MOST_CLIENTS, True), (MOST_CLIENTS + 1, False), (None, False)]
)
def test_a_caseload_is_a_count_of_people(count: int | None, sound: bool) -> None:
    entry = EntryDetails(EntryKind.CASELOAD, TODAY, SOMEBODY, count)
    assert bool(entry_problems(entry, TODAY)) is not sound


@pytest.mark.parametrize(
    "count, held, field",
    [
        (0, 1, None),
        (0, 0, "out_of"),
        (-1, 4, "count"),
        (3, 4, None),
        (4, 4, None),
        (5, 4, "count"),
        (None, 4, "count"),
        (1, None, "out_of"),
        (1, MOST_MEETINGS, None),
        (1, MOST_MEETINGS + 1, "out_of"),
    ],
)
def test_meetings_attended_are_no_more_than_those_held(
    count: int | None, held: int | None, field: str | None
) -> None:
    found = entry_problems(EntryDetails(EntryKind.MEETINGS, TODAY, SOMEBODY, count, held), TODAY)
    assert set(found) == ({field} if field else set())


def test_a_review_needs_its_minutes_and_a_supervision_its_person() -> None:
    assert set(entry_problems(EntryDetails(EntryKind.REVIEW, TODAY), TODAY)) == {"minuted"}
    assert not entry_problems(EntryDetails(EntryKind.REVIEW, TODAY, minuted=True), TODAY)
    for kind in (EntryKind.INDIVIDUAL, EntryKind.CLINICAL):
        assert set(entry_problems(EntryDetails(kind, TODAY), TODAY)) == {"member"}


@pytest.mark.parametrize(
    "programme, role, clients",
    [
        ("ips-smi", StaffRole.SPECIALIST, 20),  # none of its own: item 1 of the scale
        ("ips-ad", StaffRole.SENIOR, 20),
        (None, StaffRole.SPECIALIST, 20),
        ("gone", StaffRole.SPECIALIST, 20),
        ("ips-beyond-smi", StaffRole.SPECIALIST, 25),
        ("ips-beyond-smi", StaffRole.SENIOR, 20),
        ("seqf", StaffRole.SENIOR, 15),  # no cap for seniors of its own
        ("wm-thrive", StaffRole.SPECIALIST, 30),
        ("scr-trial", StaffRole.SPECIALIST, 35),  # the metric's 30 is another figure
    ],
)
def test_the_cap_is_the_programmes_own_or_the_scales(
    programme: str | None, role: StaffRole, clients: int
) -> None:
    found = cap_of(programme, role)
    assert found is not None
    assert found.clients == clients
    assert found.source


def test_a_team_leader_has_no_cap() -> None:
    assert cap_of("seqf", StaffRole.TEAM_LEADER) is None


@pytest.mark.parametrize(
    "first, said",
    [
        (-11, "since 12 November 2026. Enter a later day"),
        (-10, "since 12 November 2026. Enter a later day"),
        (-9, ""),
        (0, ""),
        (1, "Enter today or a day that has passed"),
    ],
)
def test_hours_change_after_they_began_and_by_today(first: int, said: str) -> None:
    present = Spell(StaffRole.SPECIALIST, Decimal(1), TODAY - timedelta(days=10))
    wanted = replace(present, fte=Decimal("0.5"), first=TODAY + timedelta(days=first))
    assert said in terms_problems(wanted, present, TODAY).get("first", "" if not said else "nothing")


@pytest.mark.parametrize("first, sound", [(-4, True), (-3, True), (-2, False)])
def test_hours_change_while_they_work_there(first: int, sound: bool) -> None:
    left = TODAY - timedelta(days=3)
    present = Spell(StaffRole.SPECIALIST, Decimal(1), TODAY - timedelta(days=10), left)
    wanted = replace(present, fte=Decimal("0.5"), first=TODAY + timedelta(days=first))
    assert ("first" not in terms_problems(wanted, present, TODAY)) is sound


@pytest.mark.parametrize("fte, sound", [("0", False), ("0.01", True), ("1", False), ("1.01", False)])
def test_what_changes_is_another_fte_within_full_time(fte: str, sound: bool) -> None:
    present = Spell(StaffRole.SPECIALIST, Decimal(1), TODAY - timedelta(days=10))
    wanted = replace(present, fte=Decimal(fte), first=TODAY)
    assert ("fte" not in terms_problems(wanted, present, TODAY)) is sound
