"""What a reviewer is told of their own sheet, and of the others': only whether they have locked."""

from __future__ import annotations

from dataclasses import fields
from types import SimpleNamespace
from typing import cast

import pytest

from portal.reviews.external.loading import LoadedReview
from portal.reviews.external.rules.workflow import Stage
from portal.reviews.external.scoring_page import Lock, standing


def test_of_another_nothing_is_told_but_name_capacity_and_whether_locked() -> None:
    assert [one.name for one in fields(Lock)] == ["name", "capacity", "locked", "own"]


@pytest.mark.parametrize(
    "stage, locked, words",
    [
        (Stage.PLANNED, False, "from the day the lead reviewer begins fieldwork"),
        (Stage.PREPARING, False, "from the day the lead reviewer begins fieldwork"),
        (Stage.FIELDWORK, False, "lock when the lead reviewer has closed fieldwork"),
        (Stage.SCORING, False, ""),
        (Stage.SCORING, True, "Consensus opens when both reviewers have locked"),
        (Stage.CONSENSUS, True, "stay as they are"),
        (Stage.CONSENSUS, False, "was not locked, so it is closed"),
        (Stage.PUBLISHED, True, "stay as they are"),
    ],
)
def test_a_sheet_says_where_it_stands(stage: Stage, locked: bool, words: str) -> None:
    said = standing(cast(LoadedReview, SimpleNamespace(stage=stage)), locked)
    assert words in said
    assert bool(said) is bool(words)
