"""How dated links follow one another."""

from __future__ import annotations

from datetime import date, timedelta
from uuid import uuid4

import pytest
from hypothesis import given
from hypothesis import strategies as st

from portal.directory.rules.settings import LinkKind
from portal.directory.rules.spans import ONE_AT_A_TIME, Placement, Span, place

DAY = timedelta(days=1)
OLD = Span(uuid4(), "old", date(2024, 4, 1))
START = date(2025, 4, 1)


def test_the_old_link_ends_the_day_before_the_new_one_starts() -> None:
    placed = place(LinkKind.PROVIDER, [OLD], "new", START)
    assert placed == Placement(closes=((OLD.id, date(2025, 3, 31)),))


def test_a_link_that_starts_the_same_day_is_replaced() -> None:
    assert place(LinkKind.PROVIDER, [OLD], "new", OLD.starts).replaces == (OLD.id,)


def test_a_link_one_day_after_the_old_ones_start_closes_it_after_one_day() -> None:
    placed = place(LinkKind.PROVIDER, [OLD], "new", OLD.starts + DAY)
    assert placed.closes == ((OLD.id, OLD.starts),)
    assert placed.replaces == ()


def test_a_link_before_the_old_one_ends_the_day_before_it() -> None:
    placed = place(LinkKind.PROVIDER, [OLD], "new", OLD.starts - DAY)
    assert placed == Placement(ends=OLD.starts - DAY)


@pytest.mark.parametrize(("days", "closes"), [(-1, True), (0, True), (1, False)])
def test_a_link_is_closed_only_while_it_covers_the_new_start(days: int, closes: bool) -> None:
    ended = Span(uuid4(), "old", date(2024, 4, 1), date(2024, 12, 31))
    placed = place(LinkKind.EISM, [ended], "new", date(2024, 12, 31) + days * DAY)
    assert bool(placed.closes) is closes


def test_the_same_target_in_force_changes_nothing() -> None:
    assert place(LinkKind.PROGRAMME, [OLD], "old", START).unchanged


def test_commissioners_stand_beside_each_other() -> None:
    assert place(LinkKind.COMMISSIONER, [OLD], "new", START) == Placement()


def _apply(spans: list[Span], target: str, starts: date) -> list[Span]:
    placed = place(LinkKind.PROVIDER, spans, target, starts)
    if placed.unchanged:
        return spans
    ends = dict(placed.closes)
    kept = [
        Span(s.id, s.target, s.starts, ends.get(s.id, s.ends)) for s in spans if s.id not in placed.replaces
    ]
    return [*kept, Span(uuid4(), target, starts, placed.ends)]


days = st.dates(date(2024, 1, 1), date(2024, 2, 15))


@given(st.lists(st.tuples(st.sampled_from("abc"), days), min_size=1, max_size=8), days)
def test_at_most_one_link_covers_any_day_and_the_newest_wish_holds_on_its_first(
    wishes: list[tuple[str, date]], on: date
) -> None:
    spans: list[Span] = []
    for target, starts in wishes:
        spans = _apply(spans, target, starts)
        assert [span.target for span in spans if span.covers(starts)] == [target]
    assert len([span for span in spans if span.covers(on)]) <= 1
    assert all(span.ends is None or span.ends >= span.starts for span in spans)


def test_only_commissioners_may_be_several() -> None:
    assert set(LinkKind) - ONE_AT_A_TIME == {LinkKind.COMMISSIONER}
