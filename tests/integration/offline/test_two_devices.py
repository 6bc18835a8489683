"""One person with one review on two devices: each is counted, sent and returned by itself."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from uuid import UUID

import pytest
from flask import Flask

from portal.core.errors import Refused
from portal.reviews.external.loading import load_review
from portal.reviews.offline.board import device_lines
from portal.reviews.offline.rules.parts import Choice, Decision
from portal.reviews.offline.service.devices import announce_lost, give_back
from portal.reviews.offline.service.settling import settle
from tests.support import reviewing
from tests.support.assessing import actor
from tests.support.on_site import ITEM, LEAD, OTHER_ITEM, Tablet, audited, held, rating
from tests.support.racing import race


@pytest.fixture
def devices(app: Flask) -> tuple[Tablet, Tablet]:
    """A tablet, and then a telephone."""
    tablet = Tablet(reviewing.in_fieldwork())
    return tablet, Tablet(tablet.review_id)


def test_the_second_device_is_told_of_the_first_and_both_send(devices: tuple[Tablet, Tablet]) -> None:
    tablet, phone = devices
    assert tablet.taken.elsewhere == ()
    assert [one.device_name for one in phone.taken.elsewhere] == ["Tablet"]
    assert tablet.send(tablet.edit({"rating": 4}))[0]["outcome"] == "applied"
    assert phone.send(phone.edit({"rating": 2}, key=OTHER_ITEM))[0]["outcome"] == "applied"
    for key, expected in ((ITEM, 4), (OTHER_ITEM, 2)):
        row = rating(tablet.review_id, key=key)
        assert row is not None
        assert row.rating == expected


def test_an_item_rated_on_both_keeps_the_first_and_the_person_settles_it(
    devices: tuple[Tablet, Tablet],
) -> None:
    tablet, phone = devices
    first, second = tablet.edit({"rating": 4}), phone.edit({"rating": 2})
    assert tablet.send(first)[0]["outcome"] == "applied"
    (receipt,) = phone.send(second)
    assert (receipt["outcome"], receipt["current"]["rating"]) == ("conflict", 4)
    assert held(second["op_id"]).stood_by == actor(LEAD).person_id, "their own, on the other device"
    settle(actor(LEAD), phone.review_id, UUID(second["op_id"]), {"rating": Decision(Choice.YOURS)}, 1)
    row = rating(phone.review_id)
    assert row is not None
    assert (row.rating, row.version) == (2, 2)


def test_both_send_at_one_moment_and_one_of_the_two_is_kept_beside_the_other(
    app: Flask, devices: tuple[Tablet, Tablet]
) -> None:
    runs: list[Callable[[], object]] = [
        partial(device.send, device.edit({"rating": mark}))
        for device, mark in zip(devices, (4, 2), strict=True)
    ]
    ends = race(app, *runs)
    receipts = [end[0] for end in ends if isinstance(end, list)]
    assert len(receipts) == 2, f"each is answered, neither fails: {ends}"
    outcomes = [receipt["outcome"] for receipt in receipts]
    assert sorted(outcomes) == ["applied", "conflict"]
    row = rating(devices[0].review_id)
    assert row is not None
    assert row.rating == (4, 2)[outcomes.index("applied")]
    assert audited("blind.apply") == 1


def test_each_is_returned_or_lost_by_itself(devices: tuple[Tablet, Tablet]) -> None:
    tablet, phone = devices
    phone.send(phone.edit({"rating": 2}))
    give_back(actor(LEAD), tablet.taken.check_out_id, 0)
    lines = device_lines(actor(LEAD), load_review(tablet.review_id))
    out = {line.check_out_id for line in lines if line.out}
    assert out == {phone.taken.check_out_id}
    assert announce_lost(actor(LEAD), phone.review_id, phone.taken.check_out_id) == 0
    with pytest.raises(Refused):
        give_back(actor(LEAD), phone.taken.check_out_id, 1)
    assert Tablet(tablet.review_id).taken.elsewhere == ()
