"""The chart of the last quarters: every bar, its words, and what has no figure."""

from __future__ import annotations

from fractions import Fraction

from portal.workforce.posts.rules.chart import Bar, quarters_chart
from tests.support.posts_terms import BANDS

BARS = [
    Bar("2025-Q4", Fraction(47, 45), "104.4%", "423 of 405", "Good"),
    Bar("2026-Q1", Fraction(9, 10), "90%", "368.6 of 409.5", "Approaching target", expected=True),
    Bar("2026-Q2", None, "–", "Outside the contract", "–"),
]


def test_every_quarter_is_drawn_and_said_and_stands_in_the_table() -> None:
    chart = quarters_chart(BARS, BANDS[0])
    assert "2025-Q4 104.4%; 2026-Q1 90%" in chart.svg
    assert "expected" in chart.svg
    assert chart.rows == tuple((bar.label, bar.percent, bar.sum, bar.band) for bar in BARS)


def test_a_figure_far_above_the_target_stays_within_the_picture() -> None:
    chart = quarters_chart([Bar("2025-Q4", Fraction(3), "300%", "1 of 2", "Good")], BANDS[0])
    assert 'y="-' not in chart.svg


def test_without_any_figure_that_is_said() -> None:
    assert "No quarter has a figure yet" in quarters_chart(BARS[2:], BANDS[0]).svg
    assert quarters_chart([], BANDS[0]).rows == ()
