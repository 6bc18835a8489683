"""Training before clients: by person, by service, by region, on both engines."""

from __future__ import annotations

import csv
import io
from dataclasses import replace
from datetime import date
from uuid import UUID

from flask import Flask

from portal.accounts.rules.permissions import Permission
from portal.core import clock
from portal.core.act import operational
from portal.core.filters import short_day
from portal.workforce.learning.gate import before_clients, by_region, people_at_gate
from portal.workforce.learning.models import Completion, How
from portal.workforce.learning.rules.gate import GateState
from portal.workforce.staff.rules.words import EntryKind, StaffRole
from portal.workforce.staff.service import add_member, count_caseloads
from tests.support.assessing import SERVICE, actor, email, id_of
from tests.support.page_client import PageClient
from tests.support.staffing import day, details, logged, member
from tests.support.statements import recorded

AT = "/services/alder-ips/training-before-clients"
REGIONS = "/workforce/national/training"
READ = Permission.LEARNING_READ


def linked(name: str, who: str, first_client: int | None, role: StaffRole = StaffRole.SPECIALIST) -> UUID:
    """Somebody of the first service with their account."""
    first = None if first_client is None else day(first_client)
    one = replace(details(name, role), person_id=id_of(who), first_client_on=first)
    return add_member(actor("manager"), SERVICE, one)


def trained(who: str, on: date, leave_out: int = 0) -> None:
    """Everything that must come before clients, completed on a day; so many courses left out."""
    with operational() as session:
        for one in before_clients(StaffRole.SPECIALIST)[leave_out:]:
            session.add(
                Completion(
                    person_id=id_of(who),
                    course=one.course,
                    how=How.EXTERNAL,
                    completed_on=on,
                    note="Seen",
                    recorded_at=clock.now(),
                )
            )


def states(who: str = "manager") -> dict[str, GateState]:
    return {one.member.name: one.standing.state for one in people_at_gate(actor(who), day(0), READ)}


def rows_of(client: PageClient, address: str) -> list[list[str]]:
    return list(csv.reader(io.StringIO(client.get(address).response.data.decode("utf-8-sig"))))


def test_everybody_stands_where_their_record_and_their_learning_say(app: Flask) -> None:
    trained("staff", day(-90))
    trained("own-peer", day(-20), leave_out=1)
    linked("In time", "staff", -90)
    linked("In time, senior", "staff", -89, StaffRole.SENIOR)
    linked("Missing", "own-peer", -30)
    linked("No clients", "own-peer", None)
    linked("Leads", "own-peer", None, StaffRole.TEAM_LEADER)
    member("No account")
    assert states() == {
        "In time": GateState.TRAINED,
        "In time, senior": GateState.TRAINED,
        "Missing": GateState.MISSING,
        "No clients": GateState.NO_CLIENTS,
        "No account": GateState.NOT_LINKED,
    }
    trained("own-peer", day(-1))
    assert states()["Missing"] is GateState.LATE
    assert states("far-eism") == states("other-manager") == {}


def test_a_caseload_above_nought_shows_the_first_client(app: Flask) -> None:
    ann = linked("Ann", "staff", None)
    trained("staff", day(-40))
    logged(EntryKind.CASELOAD, -60, ann, 0)
    assert states()["Ann"] is GateState.NO_CLIENTS
    count_caseloads(actor("manager"), SERVICE, day(-50), {ann: 2})
    (one,) = people_at_gate(actor("manager"), day(0), READ, SERVICE)
    assert (one.first_client_on, one.counted, one.standing.state) == (day(-50), True, GateState.LATE)


def test_the_service_page_names_people_and_what_is_missing(app: Flask, client: PageClient) -> None:
    client.sign_in(email("manager"))
    assert "No employment specialist works here today" in client.get(AT).text
    trained("staff", day(-90), leave_out=6)
    linked("Ann Lee", "staff", -30)
    member("Bo Ray")
    page = client.get(AT)
    rows = page.table("2 employment specialists, the most pressing first")
    assert rows[1][0].startswith("Ann Lee")
    assert rows[1][1] == "Clients before training"
    assert rows[1][2] == short_day(day(-30))
    assert rows[1][3].startswith("Missing: ")
    assert rows[2][1] == "Not linked to an account"
    client.click("Link or change the record of Bo Ray")
    page = client.submit("edit", fields={"person_id": str(id_of("own-peer"))})
    assert client.get(AT).table("2 employment specialists, the most pressing first")[2][1] == "No clients yet"
    assert [row[1] for row in rows_of(client, AT + ".csv")[1:]] == ["Ann Lee", "Bo Ray"]
    client.sign_in(email("eism"))
    assert "Link or change" not in client.get(AT).text


def test_the_list_counts_by_service_in_few_statements(app: Flask, client: PageClient) -> None:
    client.sign_in(email("lead"))
    assert "No employment specialist is recorded yet" in client.get("/learning/gate").text
    trained("staff", day(-90))
    linked("Ann", "staff", -30)
    linked("Bo", "own-peer", -30)
    page = client.get("/learning/gate")
    assert page.table("1 service, most clients before training first")[1] == [
        "Alder Ips", "2", "1", "0", "0", "0", "1",
    ]  # fmt: skip
    assert "50% · 1 of 2" in page.text
    assert len(rows_of(client, "/learning/gate.csv")) == 3
    with recorded(app) as statements:
        client.get("/learning/gate")
    assert len(statements) <= 7, statements


def test_regions_hide_small_groups_and_name_nobody(app: Flask, client: PageClient) -> None:
    client.sign_in(email("buyer"))
    assert "No employment specialist is recorded yet" in client.get(REGIONS).text
    for number in range(4):
        member(f"Specialist {number}")
    page = client.get(REGIONS)
    assert "Hidden" in page.text
    assert rows_of(client, REGIONS + ".csv")[1][1] == "Hidden: a small group"
    member("Specialist 5")
    page = client.get(REGIONS)
    assert page.table("Employment specialists by region")[1][1:] == ["5", "0", "0", "5", "0", "0"]
    assert "Specialist" not in page.text.replace("specialist", "")
    assert rows_of(client, REGIONS + ".csv")[2][:2] == ["All regions", "5"]
    lines = by_region(people_at_gate(actor("buyer"), day(0), Permission.STAFF_NATIONAL))
    assert [one.people for one in lines] == [5, 5]
