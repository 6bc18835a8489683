"""The loader refuses what does not hold, with the file and the reason in one line."""

from __future__ import annotations

from decimal import Decimal

import pytest

from portal.programmes.registry import reviews
from portal.programmes.rules.definition import DefinitionError, Parameter, Programme
from portal.programmes.rules.loader import load_programme as load

GOOD = """
key = "x"
title = "X"
short_title = "X"
source = "Source 1"
summary = "What it is."
scales = ["ips-25"]
settings = ["other"]
review = "ips-grow"

[[parameters]]
key = "cap"
title = "Cap"
unit = "people"
high = 20
source = "1.1"

[cadence]
self_every = 12
source = "1.2"

[[open]]
source = "1.3"
text = "Open."
reading = "Ours."
"""


def load_programme(text: str, file: str) -> Programme:
    return load(text, file, reviews())


def test_a_sound_file_is_read() -> None:
    programme = load_programme(GOOD, "x.toml")
    assert programme.parameters == (Parameter("cap", "Cap", "people", "1.1", high=Decimal(20)),)
    assert (programme.cadence.self_every, programme.cadence.external_every) == (12, None)
    assert programme.review.key == "ips-grow"
    assert programme.open_points[0].reading == "Ours."


@pytest.mark.parametrize(
    ("old", "new", "reason"),
    [
        ('key = "x"', 'key = "X y"', "small letters"),
        ('title = "X"\nshort', "short", "“title”"),
        ('summary = "What it is."', 'summary = " "', "“summary”"),
        ('scales = ["ips-25"]', "scales = []", "at least one key in “scales”"),
        ('scales = ["ips-25"]', 'scales = ["ips-25", "ips-25"]', "one key twice"),
        ('review = "ips-grow"', 'review = "none-such"', "no review process “none-such”"),
        ('review = "ips-grow"', "", "needs words in “review”"),
        ('settings = ["other"]', 'settings = "other"', "list of keys in “settings”"),
        ('summary = "What it is."', 'summary = "S"\ncolour = "red"', "“colour” that is not known here"),
        ("high = 20", "high = 20.5", "decimal in quotes"),
        ("high = 20", "high = true", "decimal in quotes"),
        ("high = 20", 'high = "twenty"', "no figure"),
        ("high = 20", "high = -1", "no figure"),
        ("high = 20", 'high = "NaN"', "no figure"),
        ("high = 20", "low = 21\nhigh = 20", "from 21 down to 20"),
        ("high = 20", "value = 3\nhigh = 20", "both “value” and a range"),
        ('unit = "people"', 'unit = "cats"', "the unit “cats”"),
        ('source = "1.1"', "", "parameter cap needs words in “source”"),
        ('source = "1.1"', 'source = "1.1"\nours = "yes"', "true or false in “ours”"),
        ("self_every = 12", "self_every = 0", "1 or more"),
        ("self_every = 12", "self_every = 1.5", "1 or more"),
        ("self_every = 12", "external_accredited_every = 36", "together or neither"),
        ("self_every = 12", 'accredited_bands = ["good"]', "together or neither"),
        ("[cadence]\nself_every = 12\n", "cadence = 12\n[other]\n", "that is not known here"),
        ("[[open]]", "[open]", "tables [[open]]"),
        ('reading = "Ours."', "", "open point 1 needs words in “reading”"),
        ("[[parameters]]", "[[parameters", "not TOML"),
    ],
)
def test_what_does_not_hold_is_refused_in_one_line(old: str, new: str, reason: str) -> None:
    assert GOOD.count(old) == 1
    with pytest.raises(DefinitionError) as refusal:
        load_programme(GOOD.replace(old, new), "x.toml")
    assert str(refusal.value).startswith("x.toml: ")
    assert reason in str(refusal.value)
    assert "\n" not in str(refusal.value)


def test_a_missing_cadence_is_refused() -> None:
    with pytest.raises(DefinitionError, match="needs a table “cadence”"):
        load_programme(GOOD.replace('[cadence]\nself_every = 12\nsource = "1.2"\n', ""), "x.toml")


def test_two_parameters_of_one_key_are_refused() -> None:
    block = GOOD[GOOD.index("[[parameters]]") : GOOD.index("[cadence]")]
    with pytest.raises(DefinitionError, match="two parameters have the key “cap”"):
        load_programme(GOOD.replace(block, block * 2), "x.toml")


@pytest.mark.parametrize("value", [20, 20.0])
def test_a_range_of_one_figure_is_sound_only_without_a_float(value: float) -> None:
    text = GOOD.replace("high = 20", f"low = 20\nhigh = {value}")
    if isinstance(value, int):
        assert load_programme(text, "x.toml").parameters[0].words == "20 people"
    else:
        with pytest.raises(DefinitionError):
            load_programme(text, "x.toml")


@pytest.mark.parametrize(
    ("unit", "low", "high", "words"),
    [("months", 1, 1, "1 month"), ("percent", 70, None, "At least 70%"), ("pence", 75050, 75050, "£750.50"),
     ("pence", 100000, 250000, "£1,000 to £2,500"), ("hours", None, 7, "At most 7 hours a week")],
)  # fmt: skip
def test_figures_are_worded(unit: str, low: int | None, high: int | None, words: str) -> None:
    def figure(value: int | None) -> Decimal | None:
        return None if value is None else Decimal(value)

    assert Parameter("k", "t", unit, "s", figure(low), figure(high)).words == words
