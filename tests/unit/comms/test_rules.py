"""The rules of communications: states and moves, what is overdue, what a newsletter is put together from."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

import pytest

from portal.comms.rules import composing, planning
from portal.comms.rules.composing import BlockKind, Draft, Piece, in_order, piece_from, ready_to_go, ref_from
from portal.comms.rules.planning import (
    SETTLED,
    TABLE,
    WORDS,
    EntryDetails,
    EntryKind,
    EntryMove,
    EntryState,
    after,
    moves,
    overdue,
)

DUE = date(2027, 3, 10)
PIECE = Piece(BlockKind.NOTE, "note-disclosure", "Title", "Facts", "Summary", "/library/note-disclosure")
DETAILS = EntryDetails(EntryKind.SOCIAL, "A post", DUE)


@pytest.mark.parametrize(("days", "late"), [(-1, False), (0, False), (1, True)])
def test_an_entry_is_overdue_from_the_day_after(days: int, late: bool) -> None:
    assert overdue(EntryState.READY, DUE, DUE + timedelta(days=days)) is late


@pytest.mark.parametrize("state", sorted(SETTLED))
def test_what_is_out_or_dropped_is_never_overdue(state: EntryState) -> None:
    assert not overdue(state, DUE, DUE + timedelta(days=99))


@pytest.mark.parametrize(("state", "move"), list(TABLE))
def test_every_move_can_be_taken_back(state: EntryState, move: EntryMove) -> None:
    reached, tried = {TABLE[state, move]}, set[EntryState]()
    while reached - tried:
        at = (reached - tried).pop()
        tried.add(at)
        reached |= {TABLE[at, one] for one in moves(at)}
    assert state in reached


def test_a_move_from_elsewhere_leads_nowhere_and_every_move_has_its_words() -> None:
    assert after(EntryState.PLANNED, EntryMove.SEND_OUT) is None
    assert after(EntryState.READY, EntryMove.SEND_OUT) is EntryState.OUT
    assert set(WORDS) == set(EntryMove)
    assert all(one.words for one in (*EntryKind, *EntryState, *BlockKind))


@pytest.mark.parametrize(
    ("field", "limit"),
    [
        ("title", planning.TITLE_LONGEST),
        ("channel", planning.CHANNEL_LONGEST),
        ("note", planning.NOTE_LONGEST),
    ],
)
def test_an_entry_takes_texts_up_to_their_limit(field: str, limit: int) -> None:
    for length, wrong in ((limit - 1, False), (limit, False), (limit + 1, True)):
        assert (field in planning.problems(replace(DETAILS, **{field: "x" * length}))) is wrong


def test_an_entry_has_a_title() -> None:
    assert planning.problems(replace(DETAILS, title=" ")) == {"title": "Enter a title"}


def test_blocks_stand_by_their_numbers_and_those_without_last() -> None:
    chosen = ["note:a", "event:b", "vacancy:c", "note:d", "note:d"]
    numbers = {"note:a": None, "event:b": 2, "vacancy:c": 1, "note:d": 2}
    assert [id_ for _, id_ in in_order(chosen, numbers)] == ["c", "b", "d", "a"]


@pytest.mark.parametrize("text", ["", "event", "event:", "song:1", f"note:{'x' * 141}"])
def test_what_is_no_block_is_passed_over(text: str) -> None:
    assert ref_from(text) is None
    assert in_order([text, "note:a"], {}) == ((BlockKind.NOTE, "a"),)


def test_a_block_is_kept_as_it_was() -> None:
    assert piece_from(PIECE.plain()) == PIECE
    assert ref_from(PIECE.ref) == (PIECE.kind, PIECE.id)


def test_a_newsletter_has_a_subject_a_readable_text_and_at_most_thirty_blocks() -> None:
    for length, wrong in (
        (composing.SUBJECT_LONGEST - 1, False),
        (composing.SUBJECT_LONGEST, False),
        (composing.SUBJECT_LONGEST + 1, True),
    ):
        assert ("subject" in composing.problems(Draft("x" * length, ""))) is wrong
    for length, wrong in (
        (composing.INTRO_LONGEST - 1, False),
        (composing.INTRO_LONGEST, False),
        (composing.INTRO_LONGEST + 1, True),
    ):
        assert ("intro" in composing.problems(Draft("News", "x" * length))) is wrong
    for count, wrong in ((29, False), (30, False), (31, True)):
        blocks = tuple((BlockKind.NOTE, str(number)) for number in range(count))
        assert ("blocks" in composing.problems(Draft("News", "", blocks))) is wrong
    assert set(composing.problems(Draft(" ", "**open"))) == {"subject", "intro"}


def test_it_says_something_with_a_text_or_a_block() -> None:
    assert composing.nothing_to_send(Draft("News", " "), 0)
    assert not composing.nothing_to_send(Draft("News", " "), 1)
    assert not composing.nothing_to_send(Draft("News", "Hello"), 0)


def test_every_recipient_gets_an_address_of_their_own() -> None:
    mark = composing.STOP_MARK
    assert ready_to_go(f"<a href='{mark}'>", f"Stop: {mark}", "https://x/1") == (
        "<a href='https://x/1'>",
        "Stop: https://x/1",
    )
