"""The order of a moderation page, and when a thread is open."""

from __future__ import annotations

from datetime import UTC, datetime
from uuid import UUID

import pytest

from portal.reviews.moderation.page import Change, ItemRow, Page, Typed
from portal.reviews.moderation.queries import Case, Message, Thread
from portal.reviews.moderation.rules.cases import CaseKind, CaseState, MessageKind
from portal.reviews.moderation.rules.filters import Filters, Show, read_filters
from portal.reviews.moderation.rules.flags import Flag, FlagKind

AT, ID = datetime(2026, 11, 22, tzinfo=UTC), UUID(int=1)
CASE = Case(ID, ID, CaseKind.EXTERNAL, 1, CaseState.OPEN, 1, False, AT, None, None, "", 1)
Q, A, R, C = MessageKind.QUERY, MessageKind.ANSWER, MessageKind.RESOLVED, MessageKind.CHANGED


def thread(*kinds: MessageKind) -> Thread:
    return Thread(tuple(Message(kind, "Words", (), AT, "Ada") for kind in kinds))


def flag(weight: int, kind: FlagKind = FlagKind.APART) -> tuple[Flag, ...]:
    return (Flag(kind, "item", "Words", weight),)


@pytest.mark.parametrize(
    ("kinds", "is_open", "waits"),
    [
        ((), False, False), ((Q,), True, True), ((Q, A), True, False), ((Q, A, R), False, False),
        ((Q, R, Q), True, True), ((C,), False, False), ((Q, C), True, False), ((Q, A, Q), True, True),
    ],
)  # fmt: skip
def test_a_query_is_open_until_it_is_settled(
    kinds: tuple[MessageKind, ...], is_open: bool, waits: bool
) -> None:
    assert (thread(*kinds).is_open, thread(*kinds).waits_for_answer) == (is_open, waits)


def test_open_queries_come_first_then_the_weightiest_then_by_number() -> None:
    rows = (
        ItemRow(1, "a", "A", 4),
        ItemRow(2, "b", "B", 4, flags=flag(2)),
        ItemRow(3, "c", "C", 4, flags=flag(4)),
        ItemRow(4, "d", "D", 4, thread=thread(Q)),
        ItemRow(5, "e", "E", 4, changes=(Change(3, 4, "in moderation", "Why", "Ada", AT),)),
        ItemRow(6, "f", "F", 4, flags=flag(2)),
    )
    page = Page(CASE, rows, 24, 30)
    assert [row.number for row in page.first] == [4, 3, 2, 6, 5]
    assert [row.number for row in page.rest] == [1]
    assert (page.open_queries, [row.number for row in page.changed]) == (1, [5])


def test_only_missing_evidence_is_folded() -> None:
    assert ItemRow(1, "a", "A", 4, flags=flag(2, FlagKind.SOURCE)).only_sources
    assert not ItemRow(1, "a", "A", 4, flags=flag(2, FlagKind.SOURCE), thread=thread(Q)).only_sources
    assert not ItemRow(1, "a", "A", 4, flags=flag(2)).only_sources


def test_what_was_typed_comes_back_to_its_own_form_only() -> None:
    typed = Typed(9, "query", {"query": "Why?"}).with_problems({"query": "Too long"})
    assert typed.of(9, "query") == {"query": "Why?"}
    assert typed.of(9, "answer") == typed.of(8, "query") == {}
    assert typed.errors() == [{"text": "Item 9: Too long", "href": "#query-9"}]


def test_filters_go_into_the_address_and_come_back() -> None:
    filters = Filters("north east", CaseKind.GUIDED, Show.MINE, 3)
    assert read_filters(filters.arguments()) == filters
    assert Filters().arguments() == {}
    assert (Filters(show=Show.MINE_FIRST).any, Filters(show=Show.UNNAMED).any) == (False, True)
