"""Text as it is kept."""

from __future__ import annotations

import pytest

from portal.core.rules.texts import plain


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ("  Because\r\nof this \n", "Because\nof this"),
        ("a\x00b", "ab"),
        ("a\ud800b", "a?b"),
        ("\x00 \r\n", ""),
        ("one\n\ntwo", "one\n\ntwo"),
        ("", ""),
    ],
)
def test_line_ends_nul_and_outer_blanks(typed: str, kept: str) -> None:
    assert plain(typed) == kept
