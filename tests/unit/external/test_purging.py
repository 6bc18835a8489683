"""When a purge is due, how it stands, and letters that count as the words did."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from portal.programmes.registry import default_review
from portal.reviews.external.rules.purging import Counts, PurgeState, due_on, lettered, state_of

PUBLISHED = date(2026, 11, 1)
DUE = due_on(default_review(), PUBLISHED)


def test_the_purge_is_due_two_weeks_after_the_final_report() -> None:
    assert date(2026, 11, 15) == DUE


@pytest.mark.parametrize(
    ("days", "state"), [(-1, PurgeState.WAITING), (0, PurgeState.DUE), (1, PurgeState.DUE)]
)
def test_it_is_due_from_its_day_on(days: int, state: PurgeState) -> None:
    assert state_of(DUE, DUE + timedelta(days=days), held=False, purged=False) is state


def test_a_hold_stops_it_and_what_is_purged_stays_purged() -> None:
    assert state_of(DUE, DUE, held=True, purged=False) is PurgeState.HELD
    assert state_of(DUE, DUE, held=True, purged=True) is PurgeState.PURGED


def test_counts_are_said_in_words_without_what_there_was_none_of() -> None:
    assert Counts(notes=1, answers=2).words == "1 note, 2 answers in words"
    assert Counts().words == "nothing to empty"
    assert Counts(1, 2, 3, 4) + Counts(1, 1, 1, 1) == Counts(2, 3, 4, 5)


def test_letters_go_on_after_z_as_the_columns_of_a_spreadsheet_do() -> None:
    texts = [f"job {number}" for number in range(28)]
    letters = lettered(texts)
    assert [letters[text] for text in (texts[0], texts[25], texts[26], texts[27])] == ["A", "Z", "AA", "AB"]


def test_the_same_words_in_another_case_get_the_same_letter() -> None:
    assert lettered(["Bar work", "bar  WORK", "Cleaner"]) == {
        "Bar work": "A",
        "bar  WORK": "A",
        "Cleaner": "B",
    }


@given(st.lists(st.text(min_size=1, max_size=8), max_size=60))
def test_as_many_letters_as_there_were_different_texts(texts: list[str]) -> None:
    different = {" ".join(text.split()).casefold() for text in texts}
    assert len(set(lettered(texts).values())) == len(different)
