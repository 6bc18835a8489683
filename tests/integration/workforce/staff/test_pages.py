"""The pages of services' workforce: what they say, who sees what, and that errors keep what was typed."""

from __future__ import annotations

import csv
import io
from datetime import date, timedelta
from decimal import Decimal

import pytest
from flask import Flask
from sqlalchemy import select

from portal.core import clock
from portal.core.db import db
from portal.core.rules.quarters import quarter_of
from portal.workforce.staff.figures import workforce_of
from portal.workforce.staff.models import StaffEntry, StaffMember, StrategyAction
from portal.workforce.staff.rules.words import EntryKind, StaffRole
from portal.workforce.staff.service import end_member, fund_posts
from tests.support.assessing import SERVICE, actor, email, id_of
from tests.support.page_client import PageClient
from tests.support.staffing import KEY, day, logged, member
from tests.support.statements import recorded

AT = f"/services/{KEY}/workforce"
NATIONAL = "/workforce/national"


def parts(on: date) -> list[str]:
    """A date as its three boxes."""
    return [str(on.day), str(on.month), str(on.year)]


def rows_of(client: PageClient, address: str) -> list[list[str]]:
    """A CSV file's rows."""
    return list(csv.reader(io.StringIO(client.get(address).response.data.decode("utf-8-sig"))))


def team(people: int = 5) -> list[StaffMember]:
    """So many specialists and a leader, with two of six and a half funded posts vacant."""
    ids = [member(f"Specialist {number}") for number in range(people)]
    member("Lea Ford", StaffRole.TEAM_LEADER)
    fund_posts(actor("manager"), SERVICE, StaffRole.SPECIALIST, Decimal(people + 2), day(-400))
    return [db.session.get_one(StaffMember, one) for one in ids]


def test_the_manager_records_a_team_from_nothing(app: Flask, client: PageClient) -> None:
    client.sign_in(email("manager"))
    page = client.get(AT)
    assert "Nothing is recorded yet" in page.text
    client.click("Funded posts")
    page = client.submit("edit", expect=400, fields={"role": "specialist", "fte": "many"})
    assert "Enter a number, like 12.5" in page.errors
    assert "Enter the first day, like 1 4 2026" in page.errors
    page = client.submit("edit", fields={"role": "specialist", "fte": "2", "starts": parts(day(-60))})
    assert page.table("Funded posts, the newest first")[1][:2] == ["Employment specialist", "2"]
    page = client.get(AT)
    assert "Employment specialist: 2 FTE of 2 vacant" in page.text
    client.click("Add a person")
    page = client.submit("edit", expect=400, fields={"name": "Ann Bell", "honorary": "held", "fte": "1"})
    assert "Choose the role" in page.errors
    assert 'value="Ann Bell"' in page.response.text
    fields = {"role": "specialist", "starts": parts(day(-50)), "honorary": "held"}
    page = client.submit("edit", expect=400, fields=fields)
    assert page.errors == ["Enter the date of the honorary contract"]
    page = client.submit("edit", fields={"honorary_on": parts(day(-40))})
    assert "Employment specialist: 1 FTE of 2 vacant" in page.text
    assert "1 person has had no individual supervision for over four weeks" in page.text
    assert "Nobody leads the team" in page.text


def test_none_may_be_funded(app: Flask, client: PageClient) -> None:
    client.sign_in(email("manager"))
    client.get(AT + "/funded")
    client.submit("edit", fields={"role": "senior", "fte": "0", "starts": parts(day(-1))})
    assert workforce_of(SERVICE, clock.today()).lines[1].funded == 0


def test_supervision_meetings_and_reviews_are_logged_in_one_form_and_taken_back(
    app: Flask, client: PageClient
) -> None:
    ann = member("Ann Bell")
    client.sign_in(email("manager"))
    client.get(AT)
    client.click("Log supervision, meetings and reviews")
    page = client.submit("edit", fields={"kind": "team-supervision", "on": parts(day(-1))})
    assert "Logged: team supervision." in page.text
    page = client.submit("edit", expect=400, fields={"kind": "individual-supervision", "on": parts(day(-1))})
    assert page.errors == ["Choose the person"]
    page = client.submit("edit", fields={"member": str(ann)})
    page = client.submit(
        "edit",
        expect=400,
        fields={"kind": "clinical-meetings", "member": str(ann), "count": "5", "out_of": "4"},
    )
    assert page.errors == ["Enter how many they attended, from 0 to 4"]
    page = client.submit("edit", fields={"count": "3"})
    page = client.submit("edit", expect=400, fields={"kind": "senior-review", "on": parts(day(1))})
    assert set(page.errors) == {
        "Enter today or a day that has passed",
        "Only a review with minutes counts. Tick this once there are minutes",
    }
    page = client.submit("edit", fields={"on": parts(day(-2)), "minuted": "y"})
    rows = page.table("The newest entries")[1:]
    assert [row[0] for row in rows][:2] == ["Individual supervision", "Team supervision"] or len(rows) == 4
    entry = db.session.scalars(select(StaffEntry.id).where(StaffEntry.kind == EntryKind.REVIEW)).one()
    client.submit(f"/workforce/staff/log/{entry}/remove")
    assert len(client.get(AT + "/log").table("The newest entries")) == 4


def test_caseloads_are_counted_on_one_page_and_one_over_the_cap_stands_out(
    app: Flask, client: PageClient
) -> None:
    ann, bob = member("Ann Bell"), member("Bob Ray", fte="0.5")
    member("Lea Ford", StaffRole.TEAM_LEADER)
    client.sign_in(email("manager"))
    client.get(AT)
    page = client.click("Count caseloads")
    assert "Lea Ford" not in page.text
    page = client.submit("edit", expect=400, fields={f"m_{ann.hex}": "300", f"m_{bob.hex}": "10"})
    assert page.errors == ["Enter a whole number from 0 to 200"]
    page = client.submit("edit", fields={f"m_{ann.hex}": "21"})
    assert "1 caseload is over the programme’s cap" in page.text
    people = {row[0].split(" since")[0]: row[2] for row in page.table("3 people today")[1:]}
    assert next(text for name, text in people.items() if name.startswith("Ann")).startswith("21 of 20 Over")
    assert next(text for name, text in people.items() if name.startswith("Bob")).startswith("10 of 10 ")


def test_somebody_leaves_and_is_put_back(app: Flask, client: PageClient) -> None:
    ann = member("Ann Bell")
    client.sign_in(email("manager"))
    client.get(AT)
    client.click("Last day of Ann Bell")
    page = client.submit("edit", fields={"ends": parts(day(-1))})
    assert page.table("Left in the last twelve months")[1][0] == "Ann Bell"
    back = f"/workforce/staff/people/{ann}/put-back"
    page = client.submit(back, version="1")
    assert "Somebody else has changed this first" in page.text
    page = client.submit(back)
    assert "They stay after all." in page.text
    assert page.table("1 person today")[1][0].startswith("Ann Bell")


def test_whoever_saves_second_sees_both_versions(app: Flask, client: PageClient) -> None:
    ann = member("Ann Bell")
    client.sign_in(email("manager"))
    client.get(f"/workforce/staff/people/{ann}/edit")
    end_member(actor("manager"), ann, day(5), 1)
    page = client.submit("edit", expect=409, fields={"fte": "0.6"})
    assert page.table("Where yours and theirs differ")[1] == ["Full-time equivalent", "0.6", "1"]
    client.submit("edit", fields={"fte": "0.6"})
    assert db.session.get_one(StaffMember, ann, populate_existing=True).fte == Decimal("0.60")


@pytest.mark.parametrize("who", ["manager", "staff", "eism", "lead"])
def test_names_are_for_the_service_its_eism_and_the_lead_manager(
    app: Flask, client: PageClient, who: str
) -> None:
    team()
    client.sign_in(email(who))
    assert "Lea Ford" in client.get(AT).text
    assert next(row[0] for row in rows_of(client, AT + ".csv")[1:]) == "Lea Ford"
    client.get(AT + "/people/new", expect=200 if who == "manager" else 403)


def test_a_commissioner_reads_figures_without_names(app: Flask, client: PageClient) -> None:
    people = team(4)
    logged(EntryKind.CASELOAD, -1, people[0].id, 30)
    client.sign_in(email("commissioner"))
    page = client.get(AT)
    assert "Lea Ford" not in page.response.text
    assert "Specialist 0" not in page.response.text
    assert "Turnover over 12 months" in page.text
    assert "1 caseload is over the programme’s cap" in page.text
    client.get(AT + ".csv", expect=403)


def test_of_fewer_than_five_people_a_commissioner_reads_no_share(app: Flask, client: PageClient) -> None:
    people = team(3)  # with their leader four
    logged(EntryKind.CASELOAD, -1, people[0].id, 30)
    client.sign_in(email("commissioner"))
    page = client.get(AT)
    assert "Fewer than five people work here" in page.text
    assert "Turnover over 12 months" not in page.text
    assert "over the programme’s cap" not in page.text
    assert "Employment specialist: 2 FTE of 5 vacant" in page.text
    client.sign_out()
    client.sign_in(email("lead"))
    assert "1 caseload is over the programme’s cap" in client.get(AT).text


@pytest.mark.parametrize("who", ["other-manager", "far-eism", "administrator", "buyer"])
def test_of_another_services_people_nothing_is_known(app: Flask, client: PageClient, who: str) -> None:
    client.sign_in(email(who))
    client.get(AT, expect=404)
    client.get(AT + ".csv", expect=404)


def test_the_figures_of_a_service_are_counted_from_its_records(app: Flask) -> None:
    people, today = team(), clock.today()
    end_member(actor("manager"), people[0].id, day(-100), 1)
    for week in range(12):
        logged(EntryKind.TEAM, -7 * week - 1)
    logged(EntryKind.INDIVIDUAL, -1, people[1].id)
    last = quarter_of(today).plus(-1)
    logged(EntryKind.REVIEW, (last.first - today).days)
    logged(EntryKind.MEETINGS, (today.replace(day=1) - timedelta(days=1) - today).days, people[1].id, 3, 4)
    found = workforce_of(SERVICE, today)
    assert (found.team.numerator, found.team.denominator) == (12, 12)
    assert (found.individual.numerator, found.individual.denominator) == (1, 24)
    assert found.reviews.numerator == 1
    assert (found.meetings.numerator, found.meetings.denominator) == (3, 4)
    assert found.turnover.numerator == 1
    assert found.ratio.per_leader == 4
    assert [one.member.name for one in found.people if not one.supervision_late] == [
        "Lea Ford",
        "Specialist 1",
    ]
    assert [one.name for one in found.former] == ["Specialist 0"]


def test_a_services_page_sends_as_many_statements_for_many_people(app: Flask, client: PageClient) -> None:
    client.sign_in(email("staff"))
    counts = []
    for number in (1, 8):
        for person in team(number):
            logged(EntryKind.INDIVIDUAL, -1, person.id)
        with recorded(app) as statements:
            client.get(AT)
        counts.append(len(statements))
    assert counts[0] == counts[1]


@pytest.mark.parametrize("who", ["lead", "buyer"])
def test_the_national_page_counts_vacancies_and_turnover_by_region(
    app: Flask, client: PageClient, who: str
) -> None:
    team(5)
    client.sign_in(email(who))
    page = client.get(NATIONAL)
    table = page.table("Demand and supply by region, in full-time equivalents (FTE)")
    assert table[1][:5] == ["North East", "1 of 2", "7", "6", "2"]
    assert "Lea Ford" not in page.response.text
    assert "No action yet" in page.text
    row = rows_of(client, NATIONAL + ".csv")[1]
    assert (row[0], [Decimal(cell) for cell in row[1:6]]) == ("North East", [2, 1, 7, 6, 2])


def test_a_region_of_four_people_is_hidden(app: Flask, client: PageClient) -> None:
    team(3)
    client.sign_in(email("buyer"))
    page = client.get(NATIONAL)
    table = page.table("Demand and supply by region, in full-time equivalents (FTE)")
    assert table[1] == ["North East", "1 of 2", "5", "Hidden", "Hidden", "Hidden"]
    assert table[2][3:] == ["Hidden", "Hidden", "Hidden"]
    assert rows_of(client, NATIONAL + ".csv")[2][4:] == ["Hidden: a small group"] * 3


def test_an_action_of_the_strategy_is_added_and_marked_done(app: Flask, client: PageClient) -> None:
    client.sign_in(email("buyer"))
    client.get(NATIONAL)
    client.click("Add an action")
    page = client.submit("edit", expect=400, fields={"text": "Two recruitment days"})
    assert "Say who does it" in page.errors
    assert 'value="Two recruitment days"' in page.response.text
    page = client.submit("edit", fields={"owner": "OHID", "due": parts(day(-1)), "state": "open"})
    assert "Overdue" in page.text
    client.click("Change : Two recruitment days")
    page = client.submit("edit", fields={"state": "done"})
    assert "Overdue" not in page.text
    action = db.session.scalars(select(StrategyAction)).one()
    assert (action.supplier_id, action.version) == (id_of("support"), 2)


@pytest.mark.parametrize("who", ["manager", "staff", "eism", "commissioner", "administrator"])
def test_the_national_page_is_for_lead_manager_and_buyer(app: Flask, client: PageClient, who: str) -> None:
    client.sign_in(email(who))
    client.get(NATIONAL, expect=403)
    client.get(NATIONAL + "/actions/new", expect=403)
