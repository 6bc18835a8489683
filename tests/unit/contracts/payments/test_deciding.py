"""What may be entered, retained, released and taken back, at every edge."""

from __future__ import annotations

import uuid
from dataclasses import replace
from datetime import date
from fractions import Fraction

import pytest

from portal.contracts.definition.rules.terms import Unit
from portal.contracts.payments.rules.deciding import (
    NO_QUARTER,
    Reading,
    reading,
    release_bands,
    retention,
    why_not_due,
    why_not_release,
    why_not_retain,
    why_not_reverse,
)
from portal.contracts.payments.rules.ledger import Entry, Kind, Ledger, QuarterLine, ledger
from portal.core.rules.quarters import Quarter
from tests.support.contract_terms import BANDS, INDICATOR, SIGNED

QUARTER, ELSEWHERE = Quarter(2024, 3), Quarter(2030, 1)
PART = Fraction(1, 20)
ENDS, AFTER = date(2025, 3, 31), date(2025, 1, 1)


def entry(kind: Kind, pence: int, reverses: uuid.UUID | None = None) -> Entry:
    return Entry(uuid.uuid4(), QUARTER, kind, pence, 0, reverses)


def book(*entries: Entry, ceiling: int = 1000, vat_included: bool = True) -> Ledger:
    return ledger(entries, {QUARTER: 0}, ceiling, vat_included=vat_included)


def line(*entries: Entry) -> QuarterLine:
    found = book(*entries).line(QUARTER)
    assert found is not None
    return found


@pytest.mark.parametrize(("pence", "may"), [(999, True), (1000, True), (1001, False)])
def test_the_total_reaches_the_ceiling_and_never_passes_it(pence: int, may: bool) -> None:
    why = why_not_due(book(), QUARTER, pence, 0, ENDS, AFTER)
    assert (why == "") is may
    assert may or "£10.00 is left" in why


@pytest.mark.parametrize(("pence", "may"), [(1099, True), (1100, True), (1101, False)])
def test_a_value_without_vat_is_a_ceiling_without_vat(pence: int, may: bool) -> None:
    why = why_not_due(book(vat_included=False), QUARTER, pence, 100, ENDS, AFTER)
    assert (why == "") is may


@pytest.mark.parametrize(
    ("today", "may"), [(date(2024, 12, 30), False), (date(2024, 12, 31), False), (date(2025, 1, 1), True)]
)
def test_payment_is_in_arrears(today: date, may: bool) -> None:
    assert (why_not_due(book(), QUARTER, 1, 0, ENDS, today) == "") is may


def test_a_part_quarter_at_the_end_is_over_when_the_contract_is() -> None:
    ends = date(2024, 11, 15)
    assert "arrears" in why_not_due(book(), QUARTER, 1, 0, ends, ends)
    assert why_not_due(book(), QUARTER, 1, 0, ends, date(2024, 11, 16)) == ""


def test_an_amount_is_entered_once_until_it_is_taken_back() -> None:
    first = entry(Kind.DUE, 100)
    assert "entered already" in why_not_due(book(first), QUARTER, 1, 0, ENDS, AFTER)
    back = entry(Kind.DUE, -100, first.id)
    assert why_not_due(book(first, back), QUARTER, 1, 0, ENDS, AFTER) == ""


def test_a_quarter_that_the_contract_does_not_reach_takes_nothing() -> None:
    assert why_not_due(book(), ELSEWHERE, 1, 0, ENDS, AFTER) == NO_QUARTER
    assert why_not_retain(None, 1, PART) == why_not_release(None, 1, None) == NO_QUARTER


@pytest.mark.parametrize(
    ("due", "held"), [(9, 0), (10, 1), (11, 1), (29, 1), (30, 2), (31, 2), (143_125_50, 7_156_28)]
)
def test_five_per_cent_is_rounded_half_up_to_the_penny(due: int, held: int) -> None:
    assert retention(due, PART) == held


@pytest.mark.parametrize(("plans", "may"), [(0, False), (1, True), (2, True)])
def test_without_a_plan_submitted_nothing_is_retained(plans: int, may: bool) -> None:
    assert (why_not_retain(line(entry(Kind.DUE, 100)), plans, PART) == "") is may


def test_money_is_retained_once_a_quarter_however_many_plans_there_are() -> None:
    due, held = entry(Kind.DUE, 100), entry(Kind.RETAINED, 5)
    assert "once a quarter" in why_not_retain(line(due, held), 3, PART)
    assert why_not_retain(line(due, held, entry(Kind.RETAINED, -5, held.id)), 3, PART) == ""
    released = entry(Kind.RELEASED, 5)
    assert "once a quarter" in why_not_retain(line(due, held, released), 3, PART)


def test_nothing_is_retained_of_nothing_or_where_the_contract_gives_no_right() -> None:
    assert "before the quarter" in why_not_retain(line(), 1, PART)
    assert "no right" in why_not_retain(line(entry(Kind.DUE, 100)), 1, Fraction(0))


@pytest.mark.parametrize(
    ("done", "tasks", "band", "enough"),
    [
        (899, 1000, "improve", False),
        (900, 1000, "approaching", True),
        (901, 1000, "approaching", True),
        (949, 1000, "approaching", True),
        (951, 1000, "good", True),
        (9, 10, "approaching", True),
        (8, 9, "improve", False),  # 88.9%
        (799, 1000, "inadequate", False),
        (1, 1, "good", True),
        (0, 1, "inadequate", False),
    ],
)
def test_tasks_are_read_with_the_bands_of_indicator_one(
    done: int, tasks: int, band: str, enough: bool
) -> None:
    found = reading(QUARTER, done, tasks, release_bands(SIGNED))
    assert found is not None
    assert found.band is not None
    assert (found.band.key, found.enough) == (band, enough)


def test_from_no_task_nothing_can_be_read() -> None:
    assert reading(QUARTER, 0, 0, BANDS) is None
    assert "No task" in why_not_release(line(entry(Kind.DUE, 100), entry(Kind.RETAINED, 5)), 1, None)


def test_a_contract_without_such_bands_asks_for_every_task() -> None:
    counts = replace(INDICATOR, unit=Unit.COUNT)
    assert release_bands(replace(SIGNED, indicators=(counts,))) == ()
    marked = replace(INDICATOR, number="7", critical=True)
    assert release_bands(replace(SIGNED, indicators=(counts, marked))) == BANDS
    for done, enough in ((9, False), (10, True)):
        found = reading(QUARTER, done, 10, ())
        assert found == Reading(QUARTER, done, 10, None, enough)


@pytest.mark.parametrize(("pence", "may"), [(0, False), (1, True), (5, True), (6, False), (-1, False)])
def test_no_more_is_released_than_is_held(pence: int, may: bool) -> None:
    held = line(entry(Kind.DUE, 100), entry(Kind.RETAINED, 5))
    assert (why_not_release(held, pence, reading(QUARTER, 1, 1, BANDS)) == "") is may


def test_money_is_released_in_parts_until_nothing_is_held() -> None:
    read = reading(QUARTER, 9, 10, BANDS)
    entries = [entry(Kind.DUE, 100), entry(Kind.RETAINED, 5), entry(Kind.RELEASED, 3)]
    assert why_not_release(line(*entries), 2, read) == ""
    assert "at most what is held, £0.02" in why_not_release(line(*entries), 3, read)
    assert "Nothing is held" in why_not_release(line(*entries, entry(Kind.RELEASED, 2)), 1, read)


def test_below_approaching_target_nothing_is_released() -> None:
    held = line(entry(Kind.DUE, 100), entry(Kind.RETAINED, 5))
    assert "8 of 9 are done, 88.9%" in why_not_release(held, 1, reading(QUARTER, 8, 9, BANDS))


def test_an_entry_is_taken_back_once_and_in_the_order_that_keeps_the_ledger_whole() -> None:
    due, held, released = entry(Kind.DUE, 100), entry(Kind.RETAINED, 5), entry(Kind.RELEASED, 3)
    whole = line(due, held, released)
    assert "retention back first" in why_not_reverse(due, whole, ())
    assert "release back first" in why_not_reverse(held, whole, ())
    assert why_not_reverse(released, whole, ()) == ""
    assert "already" in why_not_reverse(released, whole, {released.id})
    back = entry(Kind.RELEASED, -3, released.id)
    assert "anew" in why_not_reverse(back, line(due, held, released, back), {released.id})
    assert why_not_reverse(held, line(due, held, released, back), {released.id}) == ""
    assert why_not_reverse(due, line(due), ()) == ""
