"""What a newsletter can show of the portal today: public events, open vacancies, practice notes."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from sqlalchemy import Row

from portal.comms.rules.composing import BlockKind, Piece
from portal.core import clock
from portal.core.filters import day
from portal.events.queries.calendar import EventLine, Filters, calendar
from portal.events.rules.state import EventState
from portal.library.queries import Asked, Entry, found
from portal.library.rules.material import Kind
from portal.workforce.hub.queries import newest
from portal.workforce.hub.rules.checking import pay

SUMMARY = 300  # signs of a vacancy's description that are shown


def choices() -> dict[BlockKind, list[Piece]]:
    """What can be chosen, by kind: the next events and the newest vacancies (50 each), all practice notes."""
    events, _ = calendar(Filters(), False, None)
    notes = found(Asked(kind=Kind.NOTE))
    return {
        BlockKind.EVENT: [_event(one) for one in events if one.state is EventState.PUBLISHED],
        BlockKind.VACANCY: [_vacancy(row) for row in newest("")],
        BlockKind.NOTE: [_note(one) for one in notes],
    }


def pieces_of(blocks: Iterable[tuple[BlockKind, str]]) -> tuple[list[Piece], int]:
    """The chosen blocks that still stand, in order, and how many do not (past, closed, retired)."""
    wanted = list(blocks)
    if not wanted:
        return [], 0
    standing = {(one.kind, one.id): one for listed in choices().values() for one in listed}
    pieces = [standing[block] for block in wanted if block in standing]
    return pieces, len(wanted) - len(pieces)


def _event(one: EventLine) -> Piece:
    starts = clock.uk(one.starts_at)
    where = "online" if one.online else one.place
    facts = f"{day(one.starts_at)}, {starts:%H:%M}, {where}"
    return Piece(BlockKind.EVENT, str(one.id), one.title, facts, one.summary, f"/events/{one.id}")


def _vacancy(row: Row[Any]) -> Piece:
    one = row.Vacancy
    facts = (
        f"{row.employer} · {pay(one.salary_from, one.salary_to, one.pay_words)} · closes {day(one.closes_on)}"
    )
    title, summary = f"{one.title}, {one.place}", _shortened(one.description)
    return Piece(BlockKind.VACANCY, str(one.id), title, facts, summary, f"/jobs/{one.key}")


def _note(one: Entry) -> Piece:
    facts = "In the practice library, for people with an account"
    return Piece(BlockKind.NOTE, one.key, one.title, facts, one.summary, f"/library/{one.key}")


def _shortened(text: str) -> str:
    whole = " ".join(text.split())
    return whole if len(whole) <= SUMMARY else f"{whole[:SUMMARY].rsplit(' ', 1)[0]} …"
