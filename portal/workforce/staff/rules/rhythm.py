"""Whether supervision, clinical meetings and reviews are held as often as they should be.

Source: West Midlands appendix 6, item 5: weekly team supervision, individual supervision every four weeks,
formal quarterly reviews with senior clinical staff of which minutes are kept. Clinical supervision by the
host team has no interval in any source (briefing note 26): its last day is shown, and never called late.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable
from datetime import date, timedelta
from itertools import pairwise

from portal.core.rules.quarters import last_quarters, quarter_of
from portal.core.rules.rate import Rate, rate

TEAM_DAYS = 7
INDIVIDUAL_DAYS = 28
SPANS = {TEAM_DAYS: 12, INDIVIDUAL_DAYS: 6}  # how many weeks, or spans of four, a share is counted over
QUARTERS = 4


def is_late(last: date | None, since: date, every: int, today: date) -> bool:
    """Whether more than `every` days have passed since the last time, or since work began if it is later."""
    begun = since if last is None else max(last, since)
    return (today - begun).days > every


def held_on_time(
    days: Collection[date], since: date, every: int, today: date, until: date | None = None
) -> Rate:
    """Of the last spans of `every` days to yesterday, those in which there was a day.

    Spans that began before `since`, or ended after `until`, are left out.
    """
    edges = [today - timedelta(days=every * step) for step in range(SPANS[every] + 1)][::-1]
    spans = [
        (first, over)
        for first, over in pairwise(edges)
        if first >= since and (until is None or over - timedelta(days=1) <= until)
    ]
    return rate(sum(any(first <= day < over for day in days) for first, over in spans), len(spans))


def quarters_reviewed(days: Iterable[date], since: date, today: date) -> Rate:
    """Of the last four quarters that are over, those with a minuted review. Quarters begun before `since`
    are left out."""
    wanted = [one for one in last_quarters(quarter_of(today).plus(-1), QUARTERS) if one.first >= since]
    held = {quarter_of(day) for day in days}
    return rate(sum(one in held for one in wanted), len(wanted))


def together(rates: Iterable[Rate]) -> Rate:
    """Several shares as one: what was counted, of everything there was to count."""
    rates = tuple(rates)
    return rate(sum(one.numerator for one in rates), sum(one.denominator for one in rates))
