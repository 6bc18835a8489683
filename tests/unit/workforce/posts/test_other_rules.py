"""Vetting, placement, and the data of the feature."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from fractions import Fraction

import pytest

from portal.workforce.posts.definitions import check_kinds, leave_kinds, skills
from portal.workforce.posts.rules.checks import SOON_DAYS, CheckStanding, check_standing, in_use
from portal.workforce.posts.rules.placement import Placed, PostAt, ServiceAt, placement, stream_of
from portal.workforce.posts.rules.words import Stream
from tests.support.posts_terms import TERMS

TODAY = date(2026, 11, 22)


@pytest.mark.parametrize(
    "left, standing",
    [
        (-1, CheckStanding.EXPIRED), (0, CheckStanding.SOON), (1, CheckStanding.SOON),
        (SOON_DAYS - 1, CheckStanding.SOON), (SOON_DAYS, CheckStanding.SOON),
        (SOON_DAYS + 1, CheckStanding.VALID),
    ],
)  # fmt: skip
def test_a_check_stands_by_the_days_left(left: int, standing: CheckStanding) -> None:
    assert check_standing(TODAY + timedelta(days=left), TODAY) is standing


def test_a_check_without_a_last_day_stays_valid() -> None:
    assert check_standing(None, TODAY) is CheckStanding.VALID


@dataclass(frozen=True)
class Check:
    kind: str
    checked_on: date
    valid_until: date | None


def test_of_two_checks_of_a_kind_the_one_that_holds_longest_is_in_use() -> None:
    old, new = Check("dbs", TODAY, TODAY + timedelta(days=3)), Check("dbs", TODAY, TODAY + timedelta(days=4))
    ever, other = Check("refs", TODAY, None), Check("refs", TODAY, TODAY + timedelta(days=900))
    assert in_use([new, old, ever, other]) == [new, ever]


@pytest.mark.parametrize(
    "drugs, trial, stream",
    [
        (True, False, Stream.DRUG_ALCOHOL), (False, True, Stream.DRUG_ALCOHOL),
        (True, True, Stream.DRUG_ALCOHOL),
        (False, False, Stream.NHS),
    ],
)  # fmt: skip
def test_health_led_trials_are_in_the_stream_of_drugs_and_alcohol(
    drugs: bool, trial: bool, stream: Stream
) -> None:
    assert stream_of(drugs, trial) is stream


def test_where_nobody_is_in_post_for_services_comes_first_then_the_most_services_for_an_fte() -> None:
    posts = [
        PostAt("London", Stream.NHS, Decimal("0.8"), Decimal("0.8")),
        PostAt("London", Stream.NHS, Decimal(1), Decimal(0)),
        PostAt("North East", Stream.NHS, Decimal(1), Decimal(1)),
        PostAt("South West", Stream.NHS, Decimal(1), Decimal(0)),
    ]
    services = [
        *[ServiceAt("London", Stream.NHS)] * 4,
        *[ServiceAt("North East", Stream.NHS)] * 6,
        ServiceAt("London", Stream.DRUG_ALCOHOL),
    ]
    rows = placement(posts, services)
    assert rows == [
        Placed("London", Stream.DRUG_ALCOHOL, 0, Decimal(0), Decimal(0), 1),
        Placed("North East", Stream.NHS, 1, Decimal(1), Decimal(1), 6),
        Placed("London", Stream.NHS, 2, Decimal("1.8"), Decimal("0.8"), 4),
        Placed("South West", Stream.NHS, 1, Decimal(1), Decimal(0), 0),
    ]
    assert [row.per_fte for row in rows] == [None, Fraction(6), Fraction(5), None]
    assert [row.uncovered for row in rows] == [True, False, False, False]


def test_paid_leave_counts_unpaid_does_not_and_being_lent_does_not() -> None:
    counted = {key: TERMS.counts(kind) for key, kind in leave_kinds().items()}
    assert counted == {key: kind.paid and key != "lent" for key, kind in leave_kinds().items()}
    assert set(counted.values()) == {True, False}


def test_every_key_fits_its_column() -> None:
    keys = [*leave_kinds(), *check_kinds(), *skills()]
    assert len(keys) == len(set(keys))
    assert max(map(len, keys)) <= 30
