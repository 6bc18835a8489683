"""When the name of somebody who left goes: every edge at −1, 0 and +1."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from portal.workforce.staff.rules.forgetting import left_by

TODAY = date(2026, 11, 22)


@pytest.mark.parametrize("later, goes", [(-1, True), (0, True), (1, False)])
def test_a_name_is_kept_for_its_months(later: int, goes: bool) -> None:
    left = date(2024, 11, 22) + timedelta(days=later)
    assert (left <= left_by(TODAY, 24)) is goes
