"""The ledger adds up whatever is entered, and what may not be entered is not."""

from __future__ import annotations

import uuid
from collections import Counter
from datetime import date
from fractions import Fraction

from hypothesis import given
from hypothesis import strategies as st

from portal.contracts.payments.rules.deciding import (
    reading,
    retention,
    why_not_due,
    why_not_release,
    why_not_retain,
    why_not_reverse,
)
from portal.contracts.payments.rules.ledger import Entry, Kind, Ledger, ledger
from portal.core.rules.quarters import Quarter
from tests.support.contract_terms import BANDS

QUARTERS = tuple(Quarter(2023, 2).plus(step) for step in range(3))
CEILING, PART = 10_000, Fraction(1, 20)
AFTER, ENDS = date(2026, 1, 1), date(2025, 3, 31)
PLACES = st.sampled_from(QUARTERS)
STEPS = st.one_of(
    st.tuples(st.just("due"), PLACES, st.integers(1, 6_000), st.integers(0, 100)),
    st.tuples(st.just("retain"), PLACES, st.integers(0, 1), st.just(0)),
    st.tuples(st.just("release"), PLACES, st.integers(-5, 400), st.integers(8, 10)),
    st.tuples(st.just("reverse"), PLACES, st.integers(0, 20), st.just(0)),
)


def book(entries: list[Entry], *, vat_included: bool = True) -> Ledger:
    return ledger(entries, dict.fromkeys(QUARTERS, 0), CEILING, vat_included=vat_included)


def step(entries: list[Entry], what: tuple[str, Quarter, int, int], *, vat_included: bool) -> Entry | None:
    """The entry that a step makes, if the rules let it."""
    kind, quarter, first, second = what
    now = book(entries, vat_included=vat_included)
    line = now.line(quarter)
    assert line is not None
    if kind == "due":
        why = why_not_due(now, quarter, first, min(second, first), ENDS, AFTER)
        made = Entry(uuid.uuid4(), quarter, Kind.DUE, first, min(second, first))
    elif kind == "retain":
        why = why_not_retain(line, first, PART)
        made = Entry(uuid.uuid4(), quarter, Kind.RETAINED, retention(line.due, PART))
    elif kind == "release":
        why = why_not_release(line, first, reading(quarter, second, 10, BANDS))
        made = Entry(uuid.uuid4(), quarter, Kind.RELEASED, first)
    else:
        if not entries:
            return None
        old = entries[first % len(entries)]
        at = now.line(old.quarter)
        assert at is not None
        why = why_not_reverse(old, at, {one.reverses for one in entries if one.reverses})
        made = Entry(uuid.uuid4(), old.quarter, old.kind, -old.pence, -old.vat, old.id)
    return None if why else made


@given(st.lists(STEPS, max_size=30), st.booleans())
def test_no_course_of_decisions_breaks_the_ledger(
    steps: list[tuple[str, Quarter, int, int]], vat_included: bool
) -> None:
    entries: list[Entry] = []
    for what in steps:
        made = step(entries, what, vat_included=vat_included)
        if made is not None:
            entries.append(made)
        found = book(entries, vat_included=vat_included)
        for line in found.lines:
            sums = Counter[Kind]()
            for entry in entries:
                if entry.quarter == line.quarter:
                    sums[entry.kind] += entry.pence
            assert (line.due, line.retained, line.released) == tuple(sums[kind] for kind in Kind)
            assert min(line.due, line.vat, line.retained, line.released, line.held, line.payable) >= 0
            assert line.retained == line.released + line.held
            assert line.retained in (0, retention(line.due, PART))
            assert line.due == line.payable + line.held
            assert line.total <= CEILING
        assert found.total == sum(line.counted for line in found.lines) <= CEILING
        assert found.left == CEILING - found.total >= 0
        assert found.payable + found.held == found.due


def test_the_total_runs_from_quarter_to_quarter() -> None:
    entries = [
        Entry(uuid.uuid4(), QUARTERS[2], Kind.DUE, 30, 5),
        Entry(uuid.uuid4(), QUARTERS[0], Kind.DUE, 100, 20),
    ]
    assert [line.total for line in book(entries).lines] == [100, 100, 130]
    assert [line.total for line in book(entries, vat_included=False).lines] == [80, 80, 105]


def test_an_entry_outside_the_forecast_has_a_line_of_its_own() -> None:
    late = Quarter(2030, 1)
    found = book([Entry(uuid.uuid4(), late, Kind.DUE, 7)])
    assert found.lines[-1].quarter == late
    assert found.lines[-1].forecast is None


def test_a_ledger_without_a_quarter_comes_to_nothing() -> None:
    empty = ledger([], {}, CEILING)
    assert (empty.total, empty.left, empty.due, empty.vat, empty.line(QUARTERS[0])) == (
        0,
        CEILING,
        0,
        0,
        None,
    )
