"""Posts, holdings, leave, vetting, skills and capacity: the verbs, on both engines."""

from __future__ import annotations

import uuid
from collections.abc import Callable
from dataclasses import replace
from decimal import Decimal

import pytest
from flask import Flask
from sqlalchemy import select

from portal.core.db import db
from portal.core.errors import Forbidden, Invalid, NotFound, Stale
from portal.workforce.posts.models import Eism, EismCapacity, EismHolding, EismLeave, EismPost, EismSkill
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
from tests.support.posts import SUPPLIER, day, details, held, post


def holdings(post_id: uuid.UUID) -> list[tuple[Decimal, int, int | None, EndReason | None]]:
    """FTE, first and last day counted from today, and reason, in order."""
    query = select(EismHolding).where(EismHolding.post_id == post_id).order_by(EismHolding.starts)
    return [
        (row.fte, (row.starts - day(0)).days, (row.ends - day(0)).days if row.ends else None, row.reason)
        for row in db.session.scalars(query)
    ]


def eism_of(holding_id: uuid.UUID) -> uuid.UUID:
    return db.session.scalars(select(EismHolding.eism_id).where(EismHolding.id == holding_id)).one()


def test_a_post_is_opened_edited_closed_and_opened_again_with_one_row_each(app: Flask) -> None:
    before = audit_rows()
    made = post()
    edit_post(actor("lead"), made, details("South post", "0.8"), 1)
    for _ in range(2):  # the same again changes nothing
        edit_post(actor("lead"), made, details("South post", "0.8"), 2)
    close_post(actor("lead"), made, day(10), 2)
    close_post(actor("lead"), made, None, 3)
    row = db.session.get_one(EismPost, made)
    assert (row.title, row.fte, row.closes, row.version) == ("South post", Decimal("0.80"), None, 4)
    assert audit_rows() == before + 4


def test_a_post_that_somebody_else_changed_is_shown_as_it_stands(app: Flask) -> None:
    made = post()
    edit_post(actor("lead"), made, details("South post"), 1)
    with pytest.raises(Stale) as caught:
        edit_post(actor("lead"), made, details("East post"), 1)
    assert caught.value.current["title"] == "South post"
    with pytest.raises(Stale):
        close_post(actor("lead"), made, day(10), 1)


@pytest.mark.parametrize(
    "fte, sound",
    [("-0.01", False), ("0", False), ("0.01", True), ("0.99", True), ("1", True), ("1.01", False)],
)
def test_an_fte_is_above_nought_and_up_to_one(app: Flask, fte: str, sound: bool) -> None:
    if sound:
        holding = held(post(fte=fte), "Ann", fte)
        assert db.session.get_one(EismHolding, holding).fte == Decimal(fte)
        return
    with pytest.raises(Invalid, match="up to 1"):
        post(fte=fte)
    made = post()
    with pytest.raises(Invalid, match="up to 1"):
        held(made, "Ann", fte)


@pytest.mark.parametrize("fte", ["0.655", "NaN", "Infinity"])
def test_an_fte_has_two_places_and_is_a_number(app: Flask, fte: str) -> None:
    with pytest.raises(Invalid):
        post(fte=fte)


def test_what_is_missing_from_a_post_is_said_field_by_field(app: Flask) -> None:
    with pytest.raises(Invalid) as caught:
        create_post(actor("lead"), id_of(SUPPLIER), replace(details(""), region="Atlantis"))
    assert set(caught.value.problems) == {"title", "region"}


@pytest.mark.parametrize("shift, sound", [(-1, False), (0, True), (1, True)])
def test_nobody_holds_a_post_before_it_opens(app: Flask, shift: int, sound: bool) -> None:
    made = post(opens=-100)
    if sound:
        held(made, "Ann", first=-100 + shift)
    else:
        with pytest.raises(Invalid, match="opens on"):
            held(made, "Ann", first=-100 + shift)


@pytest.mark.parametrize("shift, sound", [(-1, False), (0, True), (1, True)])
def test_a_post_closes_only_after_its_last_holder_has_left(app: Flask, shift: int, sound: bool) -> None:
    made = post()
    end_holding(actor("lead"), held(made, "Ann"), day(20), EndReason.RESIGNED, 1)
    if sound:
        close_post(actor("lead"), made, day(20 + shift), 1)
        with pytest.raises(Invalid, match="closes on"):
            held(made, "Bob", first=5)
    else:
        with pytest.raises(Invalid, match="Ann holds the post"):
            close_post(actor("lead"), made, day(20 + shift), 1)


@pytest.mark.parametrize("shift, sound", [(-1, True), (0, True), (1, False)])
def test_a_post_opens_no_later_than_somebody_holds_it(app: Flask, shift: int, sound: bool) -> None:
    made = post()
    held(made, "Ann", first=-50)
    if sound:
        edit_post(actor("lead"), made, details(opens=-50 + shift), 1)
    else:
        with pytest.raises(Invalid, match="Somebody holds"):
            edit_post(actor("lead"), made, details(opens=-50 + shift), 1)


@pytest.mark.parametrize("shift, sound", [(-1, False), (0, False), (1, True)])
def test_nobody_holds_one_post_twice_on_a_day(app: Flask, shift: int, sound: bool) -> None:
    made = post()
    first = held(made, "Ann")
    end_holding(actor("lead"), first, day(-20), EndReason.OTHER, 1)
    again = Holder(eism_id=eism_of(first))
    if sound:
        start_holding(actor("lead"), made, again, Decimal(1), day(-20 + shift))
    else:
        with pytest.raises(Invalid, match="already"):
            start_holding(actor("lead"), made, again, Decimal(1), day(-20 + shift))
    start_holding(actor("lead"), post("Other"), again, Decimal(1), day(-20))  # another post is another matter


def test_other_hours_end_the_old_ones_the_day_before(app: Flask) -> None:
    made = post()
    first = held(made, "Ann")
    new = change_fte(actor("lead"), first, Decimal("0.6"), day(-10), 1)
    end_holding(actor("lead"), new, day(30), EndReason.RETIRED, 1)
    assert holdings(made) == [
        (Decimal("1.00"), -50, -11, EndReason.HOURS),
        (Decimal("0.60"), -10, 30, EndReason.RETIRED),
    ]
    assert change_fte(actor("lead"), new, Decimal("0.5"), day(-10), 2) == new  # a slip put right
    assert holdings(made)[1][0] == Decimal("0.50")


@pytest.mark.parametrize(
    "shift, sound", [(-51, False), (-50, True), (-49, True), (29, True), (30, True), (31, False)]
)
def test_other_hours_begin_while_the_post_is_held(app: Flask, shift: int, sound: bool) -> None:
    made = post()
    first = held(made, "Ann")
    end_holding(actor("lead"), first, day(30), EndReason.OTHER, 1)
    if sound:
        change_fte(actor("lead"), first, Decimal("0.6"), day(shift), 2)
    else:
        with pytest.raises(Invalid, match="Enter a day"):
            change_fte(actor("lead"), first, Decimal("0.6"), day(shift), 2)


def test_an_end_needs_its_reason_and_can_be_taken_back(app: Flask) -> None:
    made = post()
    first = held(made, "Ann")
    with pytest.raises(Invalid, match="Choose the reason"):
        end_holding(actor("lead"), first, day(1), None, 1)
    with pytest.raises(Invalid, match="It began"):
        end_holding(actor("lead"), first, day(-51), EndReason.OTHER, 1)
    end_holding(actor("lead"), first, day(-50), EndReason.OTHER, 1)
    with pytest.raises(Stale):
        end_holding(actor("lead"), first, day(5), EndReason.OTHER, 1)
    end_holding(actor("lead"), first, None, None, 2)
    assert holdings(made) == [(Decimal("1.00"), -50, None, None)]
    second = held(made, "Bob")
    end_holding(actor("lead"), first, day(-30), EndReason.OTHER, 3)
    remove_holding(actor("lead"), second, 1)
    with pytest.raises(NotFound):
        remove_holding(actor("lead"), second, 1)
    assert len(holdings(made)) == 1


def test_who_has_an_account_is_one_eism_whichever_post_they_hold(app: Flask) -> None:
    by_account = Holder(person_id=id_of("eism"))
    first = start_holding(actor("lead"), post(), by_account, Decimal("0.5"), day(-9))
    second = start_holding(actor("lead"), post("Other"), by_account, Decimal("0.5"), day(-9))
    assert eism_of(first) == eism_of(second)
    for nobody in (Holder(), Holder(person_id=id_of("manager")), Holder(eism_id=uuid.uuid4())):
        with pytest.raises(Invalid):
            start_holding(actor("lead"), post("Third"), nobody, Decimal(1), day(-9))


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
    from portal.core.audit.models import AuditPayload, AuditRow

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
            lambda who=who: create_post(who, id_of(SUPPLIER), details()),  # type: ignore[misc]
            lambda who=who: edit_post(who, made, details("Mine"), 1),  # type: ignore[misc]
            lambda who=who: close_post(who, made, day(9), 1),  # type: ignore[misc]
            lambda who=who: start_holding(who, made, Holder(name="Me"), Decimal(1), day(0)),  # type: ignore[misc]
            lambda who=who: change_fte(who, holding, Decimal("0.1"), day(0), 1),  # type: ignore[misc]
            lambda who=who: end_holding(who, holding, day(0), EndReason.OTHER, 1),  # type: ignore[misc]
            lambda who=who: remove_holding(who, holding, 1),  # type: ignore[misc]
            lambda who=who: edit_eism(who, ann, "Me", None, 1),  # type: ignore[misc]
            lambda who=who: add_leave(who, ann, LeaveDetails("annual", day(0), None)),  # type: ignore[misc]
            lambda who=who: change_leave(who, leave, LeaveDetails("annual", day(1), None), 1),  # type: ignore[misc]
            lambda who=who: remove_leave(who, leave, 1),  # type: ignore[misc]
            lambda who=who: add_check(who, ann, CheckDetails("references", day(0), None)),  # type: ignore[misc]
            lambda who=who: change_check(who, check, CheckDetails("driving", day(0), None), 1),  # type: ignore[misc]
            lambda who=who: remove_check(who, check, 1),  # type: ignore[misc]
            lambda who=who: add_skill(who, ann, "data", day(0), ""),  # type: ignore[misc]
            lambda who=who: remove_skill(who, ann, "data"),  # type: ignore[misc]
            lambda who=who: set_capacity(who, ann, 2026, Decimal(1), 0),  # type: ignore[misc]
        ]
        for attempt in tries:
            with pytest.raises(Forbidden):
                attempt()
    assert audit_rows() == before
