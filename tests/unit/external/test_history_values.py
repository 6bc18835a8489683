"""The cells of a file of past reviews: its dates and its kinds, however they were written."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from portal.reviews.assessment.rules.workflow import Kind
from portal.reviews.external.rules.past_values import EARLIEST, Unread, Written, day_of, kind_of

TODAY = date(2026, 11, 22)


@pytest.mark.parametrize(
    ("text", "on", "written"),
    [
        ("2024-03-27", date(2024, 3, 27), Written.ISO),
        ("2024-03-27 00:00:00", date(2024, 3, 27), Written.ISO),
        ("2024/3/7", date(2024, 3, 7), Written.ISO),
        ("27/03/2024", date(2024, 3, 27), Written.UK),
        ("03/04/2024", date(2024, 4, 3), Written.UK),
        ("3.4.2024", date(2024, 4, 3), Written.UK),
        ("27-03-2024", date(2024, 3, 27), Written.UK),
        ("29/02/2024", date(2024, 2, 29), Written.UK),
        ("27 March 2024", date(2024, 3, 27), Written.WORDS),
        ("1 May 2024", date(2024, 5, 1), Written.WORDS),
        ("27-Sept-2024", date(2024, 9, 27), Written.WORDS),
        (TODAY.isoformat(), TODAY, Written.ISO),
        (EARLIEST.isoformat(), EARLIEST, Written.ISO),
    ],
)
def test_a_date_is_read_with_the_day_before_the_month(text: str, on: date, written: Written) -> None:
    assert day_of(text, TODAY) == (on, written)


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("", "no date is given"),
        ("03/27/2024", "no month 27"),
        ("30/02/2024", "not a real date"),
        ("29/02/2023", "not a real date"),
        ("27/03/24", "two digits"),
        ("27-Mar-24", "two digits"),
        ("45378", "is a number"),
        ("soon", "is not a date like"),
        ("27 Smarch 2024", "names no month"),
        ((TODAY + timedelta(days=1)).isoformat(), "in the future"),
        ((EARLIEST - timedelta(days=1)).isoformat(), "before 1990"),
        ("٢٧/٠٣/٢٠٢٤", "is not a date like"),
        ("9999-99-99", "not a real date"),
    ],
)
def test_what_is_no_date_is_told_why(text: str, reason: str) -> None:
    with pytest.raises(Unread, match=reason):
        day_of(text, TODAY)


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("self", Kind.SELF),
        ("Self-assessment", Kind.SELF),
        ("UNGUIDED", Kind.SELF),
        ("Guided self-assessment", Kind.GUIDED),
        ("guided", Kind.GUIDED),
        ("Peer review", Kind.PEER),
        ("External fidelity review", Kind.EXTERNAL),
        ("external", Kind.EXTERNAL),
        ("Independent  review", Kind.EXTERNAL),
        ("self assessment (guided)", None),
        ("", None),
        ("audit", None),
    ],
)
def test_a_kind_is_known_in_several_spellings(text: str, kind: Kind | None) -> None:
    if kind is None:
        with pytest.raises(Unread, match="self, guided, peer or external"):
            kind_of(text)
    else:
        assert kind_of(text) is kind
