"""Counting in calendar months keeps to the month, in both directions."""

from __future__ import annotations

from datetime import date

import pytest

from portal.core.rules.months import months_after, months_before


@pytest.mark.parametrize(
    ("on", "months", "expected"),
    [
        (date(2026, 1, 31), 1, date(2026, 2, 28)),
        (date(2024, 1, 31), 1, date(2024, 2, 29)),
        (date(2024, 2, 29), 12, date(2025, 2, 28)),
        (date(2026, 12, 15), 1, date(2027, 1, 15)),
        (date(2026, 11, 30), 3, date(2027, 2, 28)),
        (date(2026, 5, 31), 0, date(2026, 5, 31)),
    ],
)
def test_months_after(on: date, months: int, expected: date) -> None:
    assert months_after(on, months) == expected


@pytest.mark.parametrize(
    ("on", "months", "expected"),
    [
        (date(2026, 3, 31), 1, date(2026, 2, 28)),
        (date(2024, 3, 31), 1, date(2024, 2, 29)),
        (date(2026, 1, 15), 1, date(2025, 12, 15)),
        (date(2026, 12, 31), 12, date(2025, 12, 31)),
    ],
)
def test_months_before(on: date, months: int, expected: date) -> None:
    assert months_before(on, months) == expected


@pytest.mark.parametrize(("on", "months"), [(date(9999, 12, 1), 1), (date(1, 1, 1), -1)])
def test_the_calendar_ends(on: date, months: int) -> None:
    with pytest.raises(OverflowError):
        months_after(on, months)
