"""Rows of the host team form as they are typed."""

from __future__ import annotations

from decimal import Decimal

import pytest

from portal.directory.forms.teams import TeamRow, read_rows, rearranged, teams_from

ROW = TeamRow("East", "40", "2.5", "3")


def test_rows_are_read_in_order_until_one_is_missing() -> None:
    sent = {"name-0": " East ", "clients-0": "40", "name-1": "West", "name-3": "Lost"}
    assert [row.name for row in read_rows(sent)] == ["East", "West"]


def test_add_appends_an_empty_row_and_remove_takes_one_out() -> None:
    assert rearranged([ROW], "add") == [ROW, TeamRow()]
    assert rearranged([ROW, TeamRow("West")], "remove-0") == [TeamRow("West")]
    assert rearranged([ROW], "remove-0") == [TeamRow()]
    assert rearranged([ROW], "save") is None
    assert rearranged([ROW], "remove-x") is None


def test_numbers_are_read_exactly() -> None:
    teams, problems = teams_from([ROW])
    assert problems == {}
    assert (teams[0].clients, teams[0].specialists, teams[0].colocation_days) == (
        40,
        Decimal("2.5"),
        Decimal(3),
    )


@pytest.mark.parametrize(("field", "text"), [("clients", "4.5"), ("clients", "-1"), ("clients", "many"),
                                             ("specialists", "NaN"), ("colocation_days", "1,5")])  # fmt: skip
def test_what_is_no_number_is_named_by_field_and_row(field: str, text: str) -> None:
    _, problems = teams_from([ROW, TeamRow("West", **{field: text})])
    assert list(problems) == [f"{field}-1"]
