"""What is kept of an EISM: account, leave, vetting, skills and days; and who may keep it."""

from __future__ import annotations

from collections.abc import Callable
from decimal import Decimal
from functools import partial

import pytest
from flask import Flask
from sqlalchemy import select

from portal.core.audit.models import AuditPayload, AuditRow
from portal.core.db import db
from portal.core.errors import Forbidden, Invalid, NotFound, Stale
from portal.workforce.posts.models import Eism, EismCapacity, EismLeave, EismSkill
from portal.workforce.posts.rules.words import EndReason
from portal.workforce.posts.service import (
    Holder,
    add_check,
    add_leave,
    add_skill,
    change_check,
    change_fte,
    change_leave,
    close_post,
    create_post,
    edit_eism,
    edit_post,
    end_holding,
    remove_check,
    remove_holding,
    remove_leave,
    remove_skill,
    set_capacity,
    start_holding,
)
from portal.workforce.posts.service.leave import LeaveDetails
from portal.workforce.posts.service.vetting import CheckDetails
from tests.support.assessing import actor, audit_rows, id_of
from tests.support.posts import SUPPLIER, day, details, eism_of, held, post


def test_a_name_is_given_its_account_once_there_is_one(app: Flask) -> None:
    ann = eism_of(held(post(), "Ann"))
    edit_eism(actor("lead"), ann, "Ann Lee", id_of("eism"), 1)
    bob = eism_of(held(post(), "Bob"))
    with pytest.raises(Invalid, match="belongs to another"):
        edit_eism(actor("lead"), bob, "Bob", id_of("eism"), 1)
    with pytest.raises(Invalid, match="from the list"):
        edit_eism(actor("lead"), bob, "Bob", id_of("manager"), 1)
    with pytest.raises(Stale):
        edit_eism(actor("lead"), ann, "Ann", None, 1)
    assert db.session.get_one(Eism, ann).person_id == id_of("eism")


def test_leave_is_added_changed_and_removed_and_the_audit_knows_no_kind(app: Flask) -> None:
    ann = eism_of(held(post(), "Ann"))
    leave = add_leave(actor("lead"), ann, LeaveDetails("unpaid", day(-5), None))
    change_leave(actor("lead"), leave, LeaveDetails("unpaid", day(-5), day(5)), 1)
    with pytest.raises(Stale):
        change_leave(actor("lead"), leave, LeaveDetails("unpaid", day(-5), day(9)), 1)
    for wrong in (LeaveDetails("holiday", day(0), None), LeaveDetails("unpaid", day(0), day(-1))):
        with pytest.raises(Invalid):
            add_leave(actor("lead"), ann, wrong)
    add_leave(actor("lead"), ann, LeaveDetails("unpaid", day(0), day(0)))
    remove_leave(actor("lead"), leave, 2)
    assert len(db.session.scalars(select(EismLeave)).all()) == 1
    query = select(AuditPayload.body).join(AuditRow, AuditRow.number == AuditPayload.number)
    said = [str(body) for body in db.session.scalars(query.where(AuditRow.verb.contains("leave")))]
    assert len(said) == 4
    assert "unpaid" not in " ".join(said)


def test_a_check_is_added_changed_and_removed(app: Flask) -> None:
    ann = eism_of(held(post(), "Ann"))
    made = add_check(actor("lead"), ann, CheckDetails("dbs-enhanced", day(-5), day(900)))
    change_check(actor("lead"), made, CheckDetails("dbs-enhanced", day(-5), day(800)), 1)
    with pytest.raises(Stale):
        change_check(actor("lead"), made, CheckDetails("dbs-enhanced", day(-5), None), 1)
    for wrong in (
        CheckDetails("nothing", day(-5), None),
        CheckDetails("references", day(1), None),
        CheckDetails("references", day(0), day(-1)),
    ):
        with pytest.raises(Invalid):
            add_check(actor("lead"), ann, wrong)
    remove_check(actor("lead"), made, 2)
    with pytest.raises(NotFound):
        remove_check(actor("lead"), made, 2)


def test_skills_and_days_are_kept_once_and_can_be_put_right(app: Flask) -> None:
    ann = eism_of(held(post(), "Ann"))
    for note in ("", "Led ten"):
        add_skill(actor("lead"), ann, "fidelity-review", day(-5), note)
    assert [row.note for row in db.session.scalars(select(EismSkill))] == ["Led ten"]
    with pytest.raises(Invalid, match="Choose a skill"):
        add_skill(actor("lead"), ann, "juggling", day(-5), "")
    remove_skill(actor("lead"), ann, "fidelity-review")
    with pytest.raises(NotFound):
        remove_skill(actor("lead"), ann, "fidelity-review")
    set_capacity(actor("lead"), ann, 2026, Decimal("42.5"), 0)
    set_capacity(actor("lead"), ann, 2026, Decimal(40), 1)
    with pytest.raises(Stale):
        set_capacity(actor("lead"), ann, 2026, Decimal(30), 1)
    assert [row.days for row in db.session.scalars(select(EismCapacity))] == [Decimal("40.0")]


@pytest.mark.parametrize(
    "days, sound",
    [("-0.5", False), ("0", True), ("0.5", True), ("0.25", False), ("366", True), ("366.5", False)],
)
def test_days_of_a_year_are_whole_or_half(app: Flask, days: str, sound: bool) -> None:
    ann = eism_of(held(post(), "Ann"))
    if sound:
        set_capacity(actor("lead"), ann, 2026, Decimal(days), 0)
    else:
        with pytest.raises(Invalid, match="whole or half"):
            set_capacity(actor("lead"), ann, 2026, Decimal(days), 0)


def test_nobody_but_the_suppliers_lead_manager_may(app: Flask) -> None:
    made = post()
    holding = held(made, "Ann")
    ann = eism_of(holding)
    leave = add_leave(actor("lead"), ann, LeaveDetails("annual", day(0), None))
    check = add_check(actor("lead"), ann, CheckDetails("references", day(0), None))
    before = audit_rows()
    for name in ("eism", "manager", "buyer", "administrator", "commissioner"):
        who = actor(name)
        tries: list[Callable[[], object]] = [
            partial(create_post, who, id_of(SUPPLIER), details()),
            partial(edit_post, who, made, details("Mine"), 1),
            partial(close_post, who, made, day(9), 1),
            partial(start_holding, who, made, Holder(name="Me"), Decimal(1), day(0)),
            partial(change_fte, who, holding, Decimal("0.1"), day(0), 1),
            partial(end_holding, who, holding, day(0), EndReason.OTHER, 1),
            partial(remove_holding, who, holding, 1),
            partial(edit_eism, who, ann, "Me", None, 1),
            partial(add_leave, who, ann, LeaveDetails("annual", day(0), None)),
            partial(change_leave, who, leave, LeaveDetails("annual", day(1), None), 1),
            partial(remove_leave, who, leave, 1),
            partial(add_check, who, ann, CheckDetails("references", day(0), None)),
            partial(change_check, who, check, CheckDetails("driving", day(0), None), 1),
            partial(remove_check, who, check, 1),
            partial(add_skill, who, ann, "data", day(0), ""),
            partial(remove_skill, who, ann, "data"),
            partial(set_capacity, who, ann, 2026, Decimal(1), 0),
        ]
        for attempt in tries:
            with pytest.raises(Forbidden):
                attempt()
    assert audit_rows() == before
