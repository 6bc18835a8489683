"""What is wrong with a decision on a comment, and with a proposed correction."""

from __future__ import annotations

import pytest

from portal.core.rules.texts import plain
from portal.reviews.external.rules import accuracy, corrections
from portal.reviews.external.rules.accuracy import LONGEST_REASON, Decision
from portal.reviews.external.rules.corrections import LONGEST_COMMENT, LONGEST_WHY, ItemWords, changes

STANDING = 3


@pytest.mark.parametrize(
    ("decision", "fields"),
    [
        (Decision(accepted=True, reason="Yes"), set()),
        (Decision(accepted=True, reason="Yes", rating=4), set()),
        (Decision(accepted=False, reason="No"), set()),
        (Decision(accepted=False, reason="No", rating=STANDING), set()),  # what stands is no change
        (Decision(None, "Why"), {"decision"}),
        (Decision(accepted=True, reason=" \n"), {"reason"}),
        (Decision(accepted=False, reason="No", rating=4), {"rating"}),
        (Decision(None, ""), {"decision", "reason"}),
    ],
)
def test_a_decision_is_made_has_a_reason_and_changes_a_rating_only_by_accepting(
    decision: Decision, fields: set[str]
) -> None:
    assert set(accuracy.problems(decision, 1, 5, STANDING)) == fields


@pytest.mark.parametrize(("rating", "taken"), [(0, False), (1, True), (5, True), (6, False)])
def test_a_decision_keeps_to_the_scale(rating: int, taken: bool) -> None:
    found = accuracy.problems(Decision(accepted=True, reason="Yes", rating=rating), 1, 5, STANDING)
    assert (found == {}) is taken


@pytest.mark.parametrize(("more", "taken"), [(-1, True), (0, True), (1, False)])
def test_a_reason_may_be_so_long(more: int, taken: bool) -> None:
    decision = Decision(accepted=True, reason="x" * (LONGEST_REASON + more))
    assert (accuracy.problems(decision, 1, 5, STANDING) == {}) is taken


def test_text_is_kept_with_one_kind_of_line_end_and_nothing_around_it() -> None:
    assert plain("  One\r\ntwo\x00 \n") == "One\ntwo"


STANDS = {"one": ItemWords(3, "Seen."), "two": ItemWords(4, ""), "three": ItemWords(5, "All.")}


def test_only_what_differs_is_a_change_in_the_order_of_the_scale() -> None:
    wanted = {"three": ItemWords(4, "All."), "one": ItemWords(3, "Seen twice."), "two": ItemWords(4, "")}
    found = changes(STANDS, wanted)
    assert list(found) == ["one", "three"]
    assert found["three"] == (ItemWords(5, "All."), ItemWords(4, "All."))


def test_items_that_are_not_of_the_scale_change_nothing() -> None:
    assert changes(STANDS, {"nine": ItemWords(1, "")}) == {}


@pytest.mark.parametrize(
    ("wanted", "why", "fields"),
    [
        ({"one": ItemWords(4, "Seen.")}, "Why", set()),
        ({}, "Why", {"form"}),
        ({"one": ItemWords(4, "Seen.")}, " ", {"why"}),
        ({"one": ItemWords(4, "Seen.")}, "x" * LONGEST_WHY, set()),
        ({"one": ItemWords(4, "Seen.")}, "x" * (LONGEST_WHY + 1), {"why"}),
        ({"one": ItemWords(0, "Seen.")}, "Why", {"one"}),
        ({"one": ItemWords(6, "Seen.")}, "Why", {"one"}),
        ({"one": ItemWords(None, "Seen.")}, "Why", {"one"}),
        ({"one": ItemWords(3, "x" * LONGEST_COMMENT)}, "Why", set()),
        ({"one": ItemWords(3, "x" * (LONGEST_COMMENT + 1))}, "Why", {"one"}),
    ],
)
def test_a_proposal_changes_something_says_why_and_keeps_to_the_scale(
    wanted: dict[str, ItemWords], why: str, fields: set[str]
) -> None:
    assert set(corrections.problems(changes(STANDS, wanted), why, 1, 5)) == fields
