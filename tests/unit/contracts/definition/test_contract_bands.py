"""Bands of a file: gaps, overlaps and how the file resolves them; counts and amounts."""

from __future__ import annotations

from fractions import Fraction

import pytest

from portal.contracts.definition.rules.loader import load_contract
from portal.contracts.definition.rules.terms import Remedy, Unit
from tests.support.contract_texts import COUNTS, HEAD, ONE, refusal


def test_a_gap_between_printed_percentages_is_closed_by_the_words_of_the_file() -> None:
    text = HEAD + ONE.replace('below = "80%"', 'to = "79%"')
    assert "no band for between 79% and 80%" in refusal(text)
    resolved = '[[indicators.resolved]]\nbetween = ["79%", "80%"]\nband = "bad"\nwords = "Not yet 80%."'
    one = load_contract(f"{text}\n{resolved}", "x.toml").signed.indicators[0]
    found = [one.band(Fraction(value, 1000)) for value in (789, 790, 791, 799, 800, 801)]
    assert [band and band.key for band in found] == ["bad", "bad", "bad", "bad", "good", "good"]
    assert one.resolved == ("Not yet 80%.",)


def test_an_overlap_over_a_stretch_is_given_to_one_band() -> None:
    text = HEAD + ONE.replace('below = "80%"', 'to = "90%"')
    resolved = '[[indicators.resolved]]\nbetween = ["80%", "90%"]\nband = "good"\nwords = "The better."'
    one = load_contract(f"{text}\n{resolved}", "x.toml").signed.indicators[0]
    found = [one.band(Fraction(value, 1000)) for value in (799, 800, 850, 900, 901)]
    assert [band and band.key for band in found] == ["bad", "good", "good", "good", "good"]


def test_a_resolution_may_not_tear_a_band_apart() -> None:
    text = HEAD + ONE.replace('from = "80%"', 'from = "90%"')
    resolved = (
        '[[indicators.resolved]]\nat = "85%"\nband = "bad"\nwords = "So."\n'
        '[[indicators.resolved]]\nbetween = ["80%", "85%"]\nband = "good"\nwords = "So."\n'
        '[[indicators.resolved]]\nbetween = ["85%", "90%"]\nband = "good"\nwords = "So."'
    )
    assert "in two places" in refusal(f"{text}\n{resolved}")


def test_whole_number_bands_leave_no_gap_between_neighbours() -> None:
    one = load_contract(HEAD + COUNTS, "x.toml").signed.indicators[0]
    found = [one.band(Fraction(value)) for value in range(6)]
    assert [band and band.key for band in found] == ["good", "fair", "fair", "fair", "poor", "poor"]
    assert one.unit is Unit.COUNT
    follows = one.consequence(found[4])
    assert follows is not None
    assert (follows.remedy, follows.share) == (Remedy.SERVICE_CREDIT, Fraction(1, 40))


@pytest.mark.parametrize(
    ("old", "new", "reason"),
    [
        ("from = 4", "from = 5", "no band for exactly 4"),
        ("from = 4", "from = 8", "no band for 4 to 7"),
        ("from = 4", "from = 3", "“fair” and “poor” for exactly 3"),
        ("from = 4", "above = 4", "no band for exactly 4"),
        ("from = 4", 'from = "3.5"', "a count is a whole number"),
        ("from = 1\nto = 3", "from = 1\nto = 2", "no band for exactly 3"),
    ],
)
def test_whole_number_bands_that_miss_or_share_a_number_are_refused(old: str, new: str, reason: str) -> None:
    text = (HEAD + COUNTS).replace(old, new)
    if reason == "no band for exactly 3":
        text = text.replace("from = 4", "above = 3")
    assert reason in refusal(text)


def test_a_number_that_no_band_holds_is_given_to_one() -> None:
    text = (HEAD + COUNTS).replace("from = 4", "from = 5")
    text += '[[indicators.resolved]]\nat = 4\nband = "fair"\nwords = "Not printed: the better band."'
    band = load_contract(text, "x.toml").signed.indicators[0].band(Fraction(4))
    assert band is not None
    assert band.key == "fair"


def test_an_amount_leaves_a_gap_where_a_count_does_not() -> None:
    assert "no band for between 0 and 1" in refusal(
        (HEAD + COUNTS).replace('unit = "count"', 'unit = "amount"')
    )
