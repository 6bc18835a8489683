"""Who may review a service, and why not: each rule and each edge."""

from __future__ import annotations

import uuid
from dataclasses import replace
from datetime import date, timedelta

import pytest

from portal.reviews.external.rules.independence import (
    Candidate,
    Capacity,
    bars,
    missing,
)

ON = date(2026, 11, 23)
DAY = timedelta(days=1)


def somebody(capacity: Capacity = Capacity.LEAD, **facts: object) -> Candidate:
    """A person against whom nothing speaks, but for these facts."""
    one = Candidate(uuid.uuid4(), "Rosa Delgado", capacity, accredited_until=ON)
    return replace(one, **facts)  # type: ignore[arg-type]  # each test names fields of Candidate


def words(*people: Candidate) -> list[str]:
    return [bar.words for bar in bars(people, on=ON, months=12)]


def test_nothing_speaks_against_an_accredited_stranger() -> None:
    assert words(somebody(), somebody(Capacity.SECOND), somebody(Capacity.MODERATOR)) == []


@pytest.mark.parametrize("capacity", list(Capacity))
def test_nobody_of_the_provider_whatever_the_reason(capacity: Capacity) -> None:
    one = somebody(capacity, of_provider=True, override_reason="Short of people")
    (bar,) = bars([one], on=ON, months=12)
    assert bar.stands
    assert not bar.overridable
    assert "belongs to the provider" in bar.words


@pytest.mark.parametrize("capacity", list(Capacity))
def test_a_stranger_to_the_supplier_is_barred(capacity: Capacity) -> None:
    assert "no role in the supplier" in words(somebody(capacity, may_review=False))[0]


@pytest.mark.parametrize(
    ("last_day", "barred"),
    [(date(2025, 11, 22), False), (date(2025, 11, 23), True), (date(2025, 11, 24), True), (None, False)],
)
def test_the_last_twelve_months_begin_on_the_same_day_a_year_before(
    last_day: date | None, barred: bool
) -> None:
    assert bool(words(somebody(supported_until=last_day))) is barred


def test_having_supported_the_service_is_overridden_by_a_reason_that_is_kept() -> None:
    one = somebody(supported_until=ON)
    (without,) = bars([one], on=ON, months=12)
    (blank,) = bars([replace(one, override_reason="  ")], on=ON, months=12)
    (with_reason,) = bars([replace(one, override_reason=" Nobody else can travel. ")], on=ON, months=12)
    assert without.stands
    assert without.overridable
    assert blank.stands
    assert not with_reason.stands
    assert with_reason.overridden == "Nobody else can travel."


@pytest.mark.parametrize(
    ("until", "barred"), [(ON - DAY, True), (ON, False), (ON + DAY, False), (None, True)]
)
def test_only_the_lead_needs_accreditation_and_on_the_first_day(until: date | None, barred: bool) -> None:
    assert bool(words(somebody(accredited_until=until))) is barred
    assert words(somebody(Capacity.SECOND, accredited_until=until)) == []
    assert words(somebody(Capacity.MODERATOR, accredited_until=until)) == []


@pytest.mark.parametrize("capacity", [Capacity.LEAD, Capacity.SECOND, Capacity.OBSERVER])
def test_a_moderator_is_not_on_the_team(capacity: Capacity) -> None:
    one = somebody(capacity)
    twice = replace(one, capacity=Capacity.MODERATOR)
    assert any("on the team" in text for text in words(one, twice))


def test_what_a_team_still_needs() -> None:
    assert missing([]) == ("lead reviewer", "second reviewer", "moderator")
    assert missing([somebody(), somebody(Capacity.OBSERVER)]) == ("second reviewer", "moderator")
    assert missing([somebody(one) for one in Capacity]) == ()
