"""The calendar of communications: planning, changing, moving, and its list."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from uuid import UUID, uuid4

import pytest
from flask import Flask

from portal.comms import queries
from portal.comms.models import CalendarEntry
from portal.comms.queries import Asked
from portal.comms.rules.planning import EntryDetails, EntryKind, EntryMove, EntryState
from portal.comms.service import edit_entry, move_entry, plan_entry
from portal.core import clock
from portal.core.db import db
from portal.core.errors import Forbidden, Invalid, NotFound, Refused, Stale
from tests.support.assessing import actor, audit_rows, email, id_of
from tests.support.page_client import PageClient

LEAD = id_of("lead")


def details(days: int = 10, kind: EntryKind = EntryKind.SOCIAL, title: str = "A post") -> EntryDetails:
    return EntryDetails(kind, title, clock.today() + timedelta(days=days), "LinkedIn")


def planned(days: int = 10, kind: EntryKind = EntryKind.SOCIAL, title: str = "A post") -> UUID:
    return plan_entry(actor("lead"), id_of("support"), LEAD, details(days, kind, title))


def test_an_entry_belongs_to_somebody_of_the_supplier(app: Flask) -> None:
    with pytest.raises(Invalid) as error:
        plan_entry(actor("lead"), id_of("support"), id_of("manager"), details())
    assert error.value.problems == {"owner": "Choose the owner from the list"}
    with pytest.raises(Forbidden):
        plan_entry(actor("manager"), id_of("support"), LEAD, details())


def test_the_overdue_stand_apart_and_what_is_done_is_not_among_them(app: Flask) -> None:
    late, out = planned(-40, title="Late"), planned(-41, title="Out")
    for move in (EntryMove.BEGIN, EntryMove.FINISH, EntryMove.SEND_OUT):
        move_entry(actor("lead"), out, move)
    soon = planned(60, EntryKind.DOCUMENT, "Soon")
    lines = queries.entries(id_of("support"), Asked())
    assert [(line.id, line.overdue) for line in lines] == [(late, True), (soon, False)]
    assert [month for month, _ in queries.by_month(lines)] == [details(60).due.replace(day=1)]
    past = queries.entries(id_of("support"), Asked(month=details(-41).due.replace(day=1)))
    assert out in {line.id for line in past}
    assert [line.id for line in queries.entries(id_of("support"), Asked(kind=EntryKind.DOCUMENT))] == [soon]
    assert queries.entries(id_of("support"), Asked(owner=uuid4())) == []


def test_a_save_over_a_newer_one_is_stale_and_one_that_changes_nothing_leaves_no_row(app: Flask) -> None:
    made = planned()
    before = audit_rows()
    assert not edit_entry(actor("lead"), made, LEAD, details(), 1)
    assert audit_rows() == before
    assert edit_entry(actor("lead"), made, LEAD, replace(details(), channel="Print"), 1)
    with pytest.raises(Stale) as error:
        edit_entry(actor("lead"), made, LEAD, details(11), 1)
    assert (error.value.version, error.value.current["channel"]) == (2, "Print")


def test_a_move_that_cannot_be_made_is_refused(app: Flask) -> None:
    made = planned()
    with pytest.raises(Refused, match="Planned"):
        move_entry(actor("lead"), made, EntryMove.SEND_OUT)
    assert move_entry(actor("lead"), made, EntryMove.DROP, 1) is EntryState.DROPPED
    with pytest.raises(Stale):
        move_entry(actor("lead"), made, EntryMove.RESTORE, 1)
    assert move_entry(actor("lead"), made, EntryMove.RESTORE, 2) is EntryState.PLANNED
    with pytest.raises(Forbidden):
        move_entry(actor("manager"), made, EntryMove.BEGIN)
    with pytest.raises(NotFound):
        move_entry(actor("lead"), uuid4(), EntryMove.BEGIN)


def test_the_way_on_the_pages(app: Flask, client: PageClient) -> None:
    client.sign_in(email("lead"))
    assert "Nothing is planned yet" in client.get("/communications").text
    client.get("/communications/new")
    client.submit(expect=400, title="=A leaflet")
    made = plan_entry(actor("lead"), id_of("support"), LEAD, details(-1, title="=A leaflet"))
    assert "Overdue: 1 entry" in client.get("/communications").text
    page = client.get(f"/communications/{made}")
    assert "it was due on" in page.text
    assert "is in draft." in client.submit(f"/communications/{made}/do/begin").text
    assert db.session.get_one(CalendarEntry, made, populate_existing=True).state is EntryState.DRAFT
    lines = client.get("/communications.csv").response.text.splitlines()
    assert "'=A leaflet" in lines[1]  # no formula for a spreadsheet
    assert lines[1].rstrip().endswith("yes")
