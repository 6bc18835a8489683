"""The names of people who left go when their months are over; what figures are counted from stays."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from uuid import UUID

import pytest
from flask import Flask
from sqlalchemy import select

from portal.core import clock
from portal.core.act import operational
from portal.core.audit.models import AuditPayload, AuditRow
from portal.core.db import db
from portal.core.rules.months import months_before
from portal.workforce.staff.models import StaffMember
from portal.workforce.staff.rules.forgetting import FORGOTTEN
from portal.workforce.staff.service import end_member
from portal.workforce.staff.service.forgetting import JOB, forget_leavers, would_forget
from tests.support.assessing import actor, audit_rows
from tests.support.staffing import day, member


def left(name: str, on: date) -> UUID:
    """Somebody whose last day was this."""
    member_id = member(name, first=-2000)
    end_member(actor("manager"), member_id, on, 1)
    with operational() as session:
        session.get_one(StaffMember, member_id).pay_band = "Band 5"
    return member_id


def fresh(member_id: UUID) -> StaffMember:
    db.session.rollback()
    return db.session.get_one(StaffMember, member_id, populate_existing=True)


def test_a_name_goes_on_the_day_on_which_its_months_are_over(app: Flask) -> None:
    due = months_before(clock.today(), 24)
    days = [left(f"Person {count}", due + timedelta(days=count)) for count in (-1, 0, 1)]
    stays = member("Still there")
    assert would_forget() == 2
    assert forget_leavers() == 2
    assert [fresh(one).name for one in days] == [FORGOTTEN, FORGOTTEN, "Person 1"]
    assert fresh(stays).name == "Still there"
    gone = fresh(days[0])
    assert (gone.pay_band, gone.person_id) == ("", None)
    assert (gone.fte, gone.starts, gone.ends) == (1, day(-2000), due - timedelta(days=1))
    assert would_forget() == forget_leavers() == 0


def test_the_audit_says_how_many_and_never_who(app: Flask) -> None:
    left("Cornflower", day(-900))
    before = audit_rows()
    forget_leavers()
    forget_leavers()
    assert audit_rows() == before + 1
    query = select(AuditPayload.body).join(AuditRow, AuditRow.number == AuditPayload.number)
    (body,) = db.session.scalars(query.where(AuditRow.verb == JOB)).all()
    assert body == {"names": 1, "months": 24}
    assert "Cornflower" not in str(db.session.scalars(select(AuditPayload.body)).all())


@pytest.mark.parametrize("months, count", [(12, 1), (48, 0)])
def test_the_months_are_the_operators_setting(app: Flask, months: int, count: int) -> None:
    left("Ann", months_before(clock.today(), 30))
    app.config["SETTINGS"] = replace(app.config["SETTINGS"], leaver_name_months=months)
    assert forget_leavers() == count
