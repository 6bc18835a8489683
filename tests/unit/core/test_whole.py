"""Whole numbers that a browser sent."""

from __future__ import annotations

import pytest

from portal.core.rules.whole import whole


@pytest.mark.parametrize(("text", "number"), [("0", 0), ("12", 12), ("99999999", 99_999_999)])
def test_plain_digits_are_read(text: str, number: int) -> None:
    assert whole(text) == number


@pytest.mark.parametrize("text", [None, "", "-1", "1.0", " 1", "٣", "²", "100000000", "1e3"])
def test_anything_else_is_none(text: str | None) -> None:
    assert whole(text) is None
