"""What a material must have, and how it stands with its review date."""

from dataclasses import replace
from datetime import date, timedelta
from typing import Any

import pytest

from portal.library.rules.material import (
    LONGEST_BODY,
    LONGEST_SUMMARY,
    LONGEST_TITLE,
    SOON_DAYS,
    Kind,
    Standing,
    Text,
    problems,
    standing,
)

TODAY = date(2026, 11, 22)
GOOD = Text(
    Kind.NOTE,
    "A note",
    "What it is for",
    "Some words",
    ("disclosure",),
    ("Scale, item 13",),
    date(2027, 1, 1),
)


@pytest.mark.parametrize(
    "left, expected",
    [
        (-1, Standing.DUE),
        (0, Standing.DUE),
        (1, Standing.SOON),
        (SOON_DAYS - 1, Standing.SOON),
        (SOON_DAYS, Standing.SOON),
        (SOON_DAYS + 1, Standing.CURRENT),
    ],
)
def test_a_material_is_due_on_its_review_date_and_soon_thirty_days_before(
    left: int, expected: Standing
) -> None:
    on = TODAY + timedelta(days=left)
    assert standing(on, False, TODAY) is expected
    assert standing(on, True, TODAY) is Standing.RETIRED


def test_a_sound_text_has_no_problems() -> None:
    assert problems(GOOD, {"disclosure"}, TODAY) == {}


@pytest.mark.parametrize(
    "field, longest", [("title", LONGEST_TITLE), ("summary", LONGEST_SUMMARY), ("body", LONGEST_BODY)]
)
def test_texts_are_needed_and_have_their_longest(field: str, longest: int) -> None:
    for value, wrong in (("", True), ("  ", True), ("x" * longest, False), ("x" * (longest + 1), True)):
        text = replace(GOOD, **{field: value})
        assert (field in problems(text, {"disclosure"}, TODAY)) is wrong, len(value)


@pytest.mark.parametrize(
    "change, field",
    [
        ({"body": "An **open mark"}, "body"),
        ({"body": "## Heading\nwithout a gap"}, "body"),
        ({"items": ("juggling",)}, "items"),
        ({"sources": ("x" * 301,)}, "sources"),
        ({"review_on": TODAY}, "review_on"),
    ],
)
def test_what_does_not_hold_is_named_by_its_field(change: dict[str, Any], field: str) -> None:
    assert list(problems(replace(GOOD, **change), {"disclosure"}, TODAY)) == [field]


def test_tomorrow_will_do_as_the_next_review() -> None:
    assert problems(replace(GOOD, review_on=TODAY + timedelta(days=1)), {"disclosure"}, TODAY) == {}
