"""Rows as the database gives them, made without one."""

from __future__ import annotations

import uuid
from datetime import UTC, datetime
from typing import Any

from portal.reviews.assessment.models import ItemRating, Proposal
from portal.reviews.assessment.queries import LastTime, LastTimes, Line
from portal.reviews.assessment.rules.remarks import RemarkKind
from portal.reviews.assessment.rules.settlement import Response
from portal.reviews.assessment.rules.workflow import Kind
from portal.scales.registry import registry

SCALE = registry().get("ips-25")
AT = datetime(2026, 11, 20, 10, 42, tzinfo=UTC)


def key(number: int) -> str:
    """The key of an item of IPS-25."""
    return SCALE.items[number - 1].key


def rated(number: int, rating: int | None, suggested: int | None = None, **more: Any) -> ItemRating:
    """A saved item."""
    values = {"rationale": "", "evidence": "", "entries": {}, "version": 1, **more}
    return ItemRating(item_key=key(number), rating=rating, suggested=suggested, **values)


def sheet(rating: int, **others: int) -> dict[str, ItemRating]:
    """Every item rated alike, but for those named by number (`n12=3`)."""
    numbers = dict.fromkeys(range(1, 26), rating) | {int(name[1:]): value for name, value in others.items()}
    return {key(number): rated(number, value) for number, value in numbers.items()}


def proposal(
    number: int, rating: int, response: Response | None = None, *, came_round: bool = False, answer: str = ""
) -> Proposal:
    """A proposal of the guide."""
    return Proposal(
        item_key=key(number),
        rating=rating,
        reason="Seen",
        response=response,
        answer=answer,
        came_round=came_round,
        version=3,
    )


def line(
    kind: RemarkKind, text: str, number: int = 1, answers: uuid.UUID | None = None, round_: int = 1
) -> Line:
    """A line of the talk."""
    return Line(uuid.uuid4(), key(number), kind, None, text, round_, AT, "Ann", answers)


def last(kind: Kind, day: int, ratings: dict[int, int]) -> LastTime:
    """A final assessment of November 2025."""
    given = {key(number): value for number, value in ratings.items()}
    return LastTime(uuid.uuid4(), kind, AT.replace(year=2025, day=day), sum(given.values()), None, given)


def last_times(own: LastTime | None = None, external: LastTime | None = None) -> LastTimes:
    """What was given last time."""
    return LastTimes(own, external)
