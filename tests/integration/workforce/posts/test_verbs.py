"""Posts, holdings, leave, vetting, skills and capacity: the verbs, on both engines."""

from __future__ import annotations

import uuid
from dataclasses import replace
from decimal import Decimal

import pytest
from flask import Flask
from sqlalchemy import select

from portal.core.db import db
from portal.core.errors import Invalid, NotFound, Stale
from portal.workforce.posts.models import EismHolding, EismPost
from portal.workforce.posts.rules.words import EndReason
from portal.workforce.posts.service import (
    Holder,
    change_fte,
    close_post,
    create_post,
    edit_post,
    end_holding,
    remove_holding,
    start_holding,
)
from tests.support.assessing import actor, audit_rows, id_of
from tests.support.posts import SUPPLIER, day, details, eism_of, held, post


def holdings(post_id: uuid.UUID) -> list[tuple[Decimal, int, int | None, EndReason | None]]:
    """FTE, first and last day counted from today, and reason, in order."""
    query = select(EismHolding).where(EismHolding.post_id == post_id).order_by(EismHolding.starts)
    return [
        (row.fte, (row.starts - day(0)).days, (row.ends - day(0)).days if row.ends else None, row.reason)
        for row in db.session.scalars(query)
    ]


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
