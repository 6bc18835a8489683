"""Another role or other hours from a day on: what was before stays, and the past with it."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from decimal import Decimal
from uuid import UUID

import pytest
from flask import Flask
from sqlalchemy import select

from portal.core import clock
from portal.core.db import db
from portal.core.errors import Forbidden, Invalid, Refused, Stale
from portal.workforce.staff.figures import workforce_of
from portal.workforce.staff.models import EarlierTerms, StaffMember
from portal.workforce.staff.rules.words import StaffRole
from portal.workforce.staff.service import (
    change_terms,
    details_of,
    edit_member,
    end_member,
    remove_member,
    take_back_terms,
)
from portal.workforce.staff.service.terms import since
from tests.support.assessing import SERVICE, actor, email
from tests.support.page_client import PageClient
from tests.support.staffing import KEY, day, member

ES, LEADER = StaffRole.SPECIALIST, StaffRole.TEAM_LEADER
HALF = Decimal("0.5")


def row(member_id: UUID) -> StaffMember:
    db.session.rollback()
    return db.session.get_one(StaffMember, member_id, populate_existing=True)


def earlier() -> list[tuple[StaffRole, Decimal, date, date]]:
    db.session.rollback()
    query = select(EarlierTerms).order_by(EarlierTerms.starts)
    return [(one.role, one.fte, one.starts, one.ends) for one in db.session.scalars(query)]


def change(
    member_id: UUID, fte: Decimal, first: int, version: int, role: StaffRole = ES, who: str = "manager"
) -> None:
    change_terms(actor(who), member_id, role, fte, day(first), version)


def test_hours_and_role_change_from_their_days_on(app: Flask) -> None:
    ann = member()
    change(ann, HALF, -200, 1)
    change(ann, Decimal(1), 0, 2, LEADER)
    assert earlier() == [(ES, 1, day(-400), day(-201)), (ES, HALF, day(-200), day(-1))]
    now = row(ann)
    assert (now.role, now.fte, now.version, since(now)) == (LEADER, 1, 3, day(0))


def test_the_past_stays_what_it_was_and_turnover_counts_nobody_as_gone(app: Flask) -> None:
    ann = member()
    before = workforce_of(SERVICE, clock.today())
    assert [{line.role: line.filled for line in lines}[ES] for _, lines in before.past] == [1] * 4
    last_quarter = before.past[0][0]
    change_terms(actor("manager"), ann, LEADER, HALF, last_quarter.last, 1)
    work = workforce_of(SERVICE, clock.today())
    filled = [{line.role: line.filled for line in lines} for _, lines in work.past]
    assert [one[LEADER] for one in filled] == [HALF, 0, 0, 0]
    assert [one[ES] for one in filled] == [0, 1, 1, 1]
    assert {line.role: line.filled for line in work.lines}[LEADER] == HALF
    assert work.turnover == before.turnover


def test_the_last_change_is_taken_back(app: Flask) -> None:
    ann = member()
    change(ann, HALF, -200, 1)
    with pytest.raises(Stale):
        take_back_terms(actor("manager"), ann, 1)
    take_back_terms(actor("manager"), ann, 2)
    assert earlier() == []
    assert (row(ann).fte, since(row(ann))) == (1, day(-400))
    with pytest.raises(Refused, match="not changed"):
        take_back_terms(actor("manager"), ann, 3)


def test_days_of_work_and_of_changes_stay_in_order(app: Flask) -> None:
    ann = member()
    change(ann, HALF, -200, 1)
    manager, as_is = actor("manager"), details_of(row(ann))
    with pytest.raises(Invalid, match="Enter an earlier day"):
        edit_member(manager, ann, replace(as_is, starts=day(-200)), 2)
    edit_member(manager, ann, replace(as_is, starts=day(-201)), 2)
    assert earlier() == [(ES, 1, day(-201), day(-201))]
    with pytest.raises(Invalid, match="that day or a later one"):
        end_member(manager, ann, day(-201), 3)
    end_member(manager, ann, day(-200), 3)
    with pytest.raises(Invalid, match="left before"):
        change(ann, Decimal(1), -199, 4)


def test_who_keeps_no_records_changes_nothing_and_a_removed_person_leaves_nothing(app: Flask) -> None:
    ann = member()
    for who in ("staff", "lead"):
        with pytest.raises(Forbidden):
            change(ann, HALF, -200, 1, who=who)
    with pytest.raises(Stale):
        change(ann, HALF, -200, 0)
    change(ann, HALF, -200, 1)
    remove_member(actor("manager"), ann, 2)
    assert earlier() == []


def test_the_page_enters_a_change_shows_what_was_and_takes_it_back(app: Flask, client: PageClient) -> None:
    member("Ann Bell")
    client.sign_in(email("manager"))
    client.get(f"/services/{KEY}/workforce")
    page = client.click("Role or hours of Ann Bell")
    page = client.submit("edit", expect=400)
    assert "Enter the first day, like 1 4 2026" in page.errors
    on = day(-30)
    fields = {"fte": "0.5", "first": [str(on.day), str(on.month), str(on.year)]}
    page = client.submit("edit", fields=fields)
    assert page.heading.startswith("Workforce of")
    page = client.click("Role or hours of Ann Bell")
    assert [line[1] for line in page.table("Roles and hours")] == ["FTE", "0.5", "1"]
    page = client.submit("take-back")
    assert "Taken back: they work as before." in page.text
    assert [line[1] for line in page.table("Roles and hours")] == ["FTE", "1"]
