"""The guide's overview and what agreeing would come to; the provider's answers; sizes of files."""

from __future__ import annotations

import pytest

from portal.reviews.assessment.evidence import size_words
from portal.reviews.assessment.guide_page import GuideForm, form_from, outcome, overview, read_form
from portal.reviews.assessment.rules.settlement import Response
from portal.reviews.assessment.rules.workflow import Kind
from tests.unit.assessment.rows import SCALE, key, last, last_times, proposal, sheet

PROPOSALS = {
    key(4): proposal(4, 3),
    key(5): proposal(5, 1),
    key(6): proposal(6, 4),
    key(7): proposal(7, 2, Response.ACCEPTED),
    key(8): proposal(8, 2, Response.KEPT),
    key(9): proposal(9, 2, Response.KEPT, came_round=True),
}


def test_the_widest_differences_come_first_then_by_number() -> None:
    page = overview(SCALE, sheet(4), PROPOSALS, {key(5): [object()], key(2): [object()]}, last_times())  # type: ignore[list-item]  # only counted
    assert [row.number for row in page.apart] == [5, 7, 8, 9, 4]
    assert [row.number for row in page.asked] == [2]
    assert [row.number for row in page.kept] == [8, 9]
    assert len(page.rest) == 25 - 6
    assert (page.proposals, page.open_questions) == (6, 2)


def test_where_each_proposal_stands_in_words() -> None:
    page = overview(SCALE, sheet(4), PROPOSALS, {}, last_times())
    assert {row.number: row.status for row in page.rows if row.status} == {
        4: "To be answered",
        5: "To be answered",
        6: "Same rating",
        7: "Accepted",
        8: "Not agreed",
        9: "Provider’s rating taken",
    }
    assert [row.number for row in page.rows if row.differs] == [4, 5, 8]


def test_both_last_times_are_shown() -> None:
    before = last_times(last(Kind.GUIDED, 3, {1: 2}), last(Kind.EXTERNAL, 4, {1: 5}))
    row = overview(SCALE, {}, {}, {}, before).rows[0]
    assert (row.self_rating, row.last_own, row.last_external) == (None, 2, 5)


def test_the_outcome_is_what_finishing_will_store() -> None:
    found = outcome(SCALE, sheet(4), PROPOSALS)
    # 25 × 4 = 100; item 4 −1, item 5 −3, item 7 −2, item 8 −2; items 6 and 9 stay.
    assert (found.self_total, found.total) == (100, 92)
    assert found.band is not None
    assert found.band.key == "fair"
    assert [item.number for item, _ in found.changed] == [7]
    assert [item.number for item, _ in found.not_agreed] == [4, 5, 8]


def test_the_guides_form_is_read_and_filled() -> None:
    assert form_from(None) == GuideForm()
    assert form_from(PROPOSALS[key(4)]) == GuideForm(3, "Seen", "", 3)
    typed = {"rating": "2", "reason": "a\r\nb", "question": "Who?", "version": "3"}
    assert read_form(typed) == GuideForm(2, "a\nb", "Who?", 3)
    assert read_form({"rating": "x", "version": "-1"}) == GuideForm()


@pytest.mark.parametrize(
    ("size", "words"),
    [
        (1, "1 byte"),
        (1023, "1023 bytes"),
        (1024, "1 KB"),
        (1025, "2 KB"),
        (1024 * 1024 - 1, "1024 KB"),
        (1024 * 1024, "1.0 MB"),
        (1024 * 1024 + 1, "1.1 MB"),
    ],
)
def test_sizes_in_words(size: int, words: str) -> None:
    assert size_words(size) == words
