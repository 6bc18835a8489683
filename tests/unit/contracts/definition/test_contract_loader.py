"""The loader refuses what does not hold, in one line with the file, the place and the reason."""

from __future__ import annotations

from datetime import date
from fractions import Fraction
from pathlib import Path

import pytest

from portal.contracts.definition import registry
from portal.contracts.definition.registry import read_contract
from portal.contracts.definition.rules.loader import load_contract
from portal.contracts.definition.rules.terms import Remedy, Unit
from portal.programmes.rules.definition import DefinitionError

HEAD = """
key = "x"
title = "X"
source = "Contract X"
buyer = "board"
supplier = "provider"
starts = 2025-04-01
ends = 2027-03-31

[money]
value = "£100,000"
vat_included = true
"""
ONE = """
[[indicators]]
number = "1"
title = "Job starts"

[[indicators.bands]]
key = "good"
title = "Good"
from = "80%"
met = true

[[indicators.bands]]
key = "bad"
title = "Bad"
below = "80%"
"""
VARIATION = """
[[variations]]
on = 2026-04-01
agreed = 2026-03-01
words = "Longer."
ends = 2028-03-31
latest_end = 2028-03-31
"""
PLAN = '[[indicators.consequences]]\nband = "bad"\nremedy = "plan-required"\nwords = "A plan."\n'


def refusal(text: str) -> str:
    with pytest.raises(DefinitionError) as caught:
        load_contract(text, "x.toml")
    assert "\n" not in str(caught.value)
    assert str(caught.value).startswith("x.toml: ")
    return str(caught.value)


def test_a_sound_file_is_read() -> None:
    terms = load_contract(HEAD + ONE, "x.toml").signed
    assert (terms.money.ceiling_pence, terms.latest_end) == (10_000_000, date(2027, 3, 31))
    assert terms.indicators[0].measure is None  # entered by hand


@pytest.mark.parametrize(
    ("old", "new", "reason"),
    [
        ('key = "x"', 'key = "X x"', "small letters"),
        ('buyer = "board"', 'buyer = "provider"', "one organisation as buyer and as supplier"),
        ("ends = 2027-03-31", "ends = 2025-03-31", "ends on 2025-03-31, before it starts on 2025-04-01"),
        ("ends = 2027-03-31", 'ends = "2027-03-31"', "date without quotes"),
        ("ends = 2027-03-31", "ends = 2027-03-31T10:00:00", "date without quotes"),
        ("ends = 2027-03-31", "ends = 2027-03-31\nlatest_end = 2027-03-30", "extended to 2027-03-30"),
        ('value = "£100,000"', 'value = "£-100,000"', "money of £0 or more"),
        ('value = "£100,000"', "value = 100000", "money of £0 or more"),
        ('value = "£100,000"', 'value = "£100,00"', "money of £0 or more"),
        ("vat_included = true", "", "true or false in “vat_included”"),
        ("vat_included = true", 'vat_included = true\nretention = "101%"', "retains more than the payment"),
        (
            "vat_included = true",
            "vat_included = true\nretention = 0.05",
            "0.05 in “retention”, which is not exact",
        ),
        ('number = "1"', 'number = "1"\nmeasure = "job-starts"', "indicator 1 has the measure “job-starts”"),
        ('number = "1"', 'number = "1"\nmeasure = "eism-fte"', "indicator 1 needs a “target”"),
        (
            'number = "1"',
            'number = "1"\nmeasure = "events-held"\ntarget = 4',
            "which “events-held” does not use",
        ),
        ('number = "1"', 'number = "1"\ntarget = 0', "a target of 0"),
        ('number = "1"', 'number = "1"\ntarget = 4.5', "4.5 in “target”, which is not exact"),
        ('number = "1"', 'number = "1"\ncritical = true', "no band has a consequence"),
        (
            'number = "1"',
            'number = "1"\nunit = "hours"',
            "“hours” in “unit”; there are percent, count, amount",
        ),
        ('number = "1"', 'number = "1"\nfrequency = "month"', "there are quarter, year"),
        ('number = "1"', 'number = "1"\nsettings = {pro_rata = true}', "setting “pro_rata”"),
        ('from = "80%"', "from = 0.8", "0.8 in “from”, which is not exact: write it in quotes"),
        ('from = "80%"', 'from = "eighty"', "band “good” needs a percentage in quotes"),
        ('from = "80%"', 'from = "80%"\nabove = "80%"', "both “from” and “above”"),
        ('from = "80%"', 'from = "80%"\nto = "79%"', "ends before it starts"),
        ('from = "80%"', 'above = "80%"', "no band for exactly 80%"),
        ('from = "80%"', 'from = "85%"', "no band for exactly 80%"),
        ('below = "80%"', 'to = "80%"', "“good” and “bad” for exactly 80%"),
        ('below = "80%"', 'below = "81%"', "“good” and “bad” for exactly 80%"),
        ('from = "80%"', 'from = "80%"\nto = "100%"', "no band for above 100%"),
        ("met = true", "", "no band in which its target is met"),
        ('key = "bad"', 'key = "good"', "two bands “good”"),
        ('title = "Bad"', "", "band “bad” needs words in “title”"),
        ('title = "Bad"', 'title = "Bad"\ncolour = "red"', "“colour” that is not known here"),
        (ONE, "", "at least one indicator"),
        (ONE, ONE + ONE, "two indicators with the number 1"),
        (ONE, '[[indicators]]\nnumber = "1"\ntitle = "A"', "indicator 1 needs at least one band"),
    ],
)
def test_what_does_not_hold_is_refused_with_its_reason(old: str, new: str, reason: str) -> None:
    assert (HEAD + ONE).count(old) == 1
    assert reason in refusal((HEAD + ONE).replace(old, new))


@pytest.mark.parametrize(
    ("more", "reason"),
    [
        (
            '[[indicators.consequences]]\nband = "poor"\nremedy = "plan-required"\nwords = "A plan."',
            "“poor”; there are good, bad",
        ),
        ('[[indicators.consequences]]\nband = "bad"\nremedy = "fine"\nwords = "Pay."', "“fine” in “remedy”"),
        (
            PLAN + "retains = true",
            "“money” says no “retention”",
        ),
        (
            '[[indicators.consequences]]\nband = "bad"\nremedy = "meeting"\nwords = "Meet."\nretains = true',
            "only a plan gives a right to",
        ),
        (
            '[[indicators.consequences]]\nband = "bad"\nremedy = "meeting"\nwords = "Meet."\nshare = "2%"',
            "no part of a payment given back",
        ),
        ('[[indicators.resolved]]\nat = "80%"\nband = "good"\nwords = "Good."', "where no question is open"),
        (
            '[[indicators.resolved]]\nband = "good"\nwords = "Good."',
            "“at” for one value or “between” for two",
        ),
        (
            '[[commitments]]\nkey = "a"\ntitle = "A"\nmetric = "M"\ntarget = 1',
            "no indicator with the measure social-value",
        ),
    ],
)
def test_what_is_added_and_does_not_hold_is_refused(more: str, reason: str) -> None:
    assert reason in refusal(HEAD + ONE + "\n" + more)


@pytest.mark.parametrize(
    ("old", "new", "reason"),
    [
        ("on = 2026-04-01", "on = 2025-04-01", "outside the contract (2025-04-01 to 2027-03-31)"),
        ("on = 2026-04-01", "on = 2027-04-01", "outside the contract"),
        (
            "agreed = 2026-03-01",
            "agreed = 2026-07-01",
            "would change the closed past from 2026-04-01: it can hold from 2026-07-01",
        ),
        ("agreed = 2026-03-01", "", "date without quotes, as 2025-03-31, in “agreed”"),
        ("ends = 2028-03-31", "ends = 2026-02-28", "before it was agreed (2026-03-01)"),
        ("latest_end = 2028-03-31", "", "can be extended to 2027-03-31, before it ends on 2028-03-31"),
        ("ends = 2028-03-31", 'supplier = "other"', "that is another contract"),
        ("ends = 2028-03-31", 'without_indicators = ["7"]', "takes out the indicator “7”: there is none"),
        ("ends = 2028-03-31", 'without_indicators = ["1"]', "at least one indicator"),
        ("ends = 2028-03-31", "starts = 2025-05-01", "“starts” that is not known here"),
    ],
)
def test_a_variation_that_does_not_hold_is_refused(old: str, new: str, reason: str) -> None:
    assert reason in refusal(HEAD + ONE + VARIATION.replace(old, new, 1))


def test_a_variation_agreed_in_its_own_quarter_holds_from_the_first_day_of_it() -> None:
    found = load_contract(HEAD + ONE + VARIATION.replace("2026-03-01", "2026-06-30"), "x")
    assert found.on(date(2026, 4, 1)).ends == date(2028, 3, 31)
    assert found.on(date(2026, 3, 31)).ends == date(2027, 3, 31)


def test_variations_stand_in_order_of_time() -> None:
    two = VARIATION + VARIATION.replace('"Longer."', '"Again."')
    assert "not after the one before it (2026-04-01)" in refusal(HEAD + ONE + two)


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


COUNTS = """
[[indicators]]
number = "C"
title = "Complaints not answered in time"
unit = "count"

[[indicators.bands]]
key = "good"
title = "Good"
to = 0
met = true

[[indicators.bands]]
key = "fair"
title = "Fair"
from = 1
to = 3

[[indicators.bands]]
key = "poor"
title = "Poor"
from = 4

[[indicators.consequences]]
band = "poor"
remedy = "service-credit"
share = "2.5%"
words = "Two and a half per cent of the payment is given back."
"""


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


def test_leave_that_nobody_knows_is_refused(tmp_path: Path) -> None:
    text = ONE.replace(
        'number = "1"', 'number = "1"\nmeasure = "eism-fte"\ntarget = 4\nsettings = {leave_counts = {SET}}'
    )
    file = tmp_path / "x.toml"
    file.write_text(HEAD + text.replace("{SET}", "{unpaid = true}"), encoding="utf-8")
    assert read_contract(file).signed.indicators[0].settings == {"leave_counts": {"unpaid": True}}
    file.write_text(HEAD + text.replace("{SET}", "{sabbatical = true}"), encoding="utf-8")
    with pytest.raises(DefinitionError, match=r"x.toml: indicator 1 says whether leave “sabbatical” counts"):
        read_contract(file)


@pytest.mark.parametrize("content", [b"key = ", b"\xff"])
def test_a_file_that_is_no_toml_is_refused(tmp_path: Path, content: bytes) -> None:
    (tmp_path / "x.toml").write_bytes(content)
    with pytest.raises(DefinitionError, match=r"x\.toml: "):
        read_contract(tmp_path / "x.toml")


def test_files_of_the_operator_are_taken_in_as_they_change(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(registry, "_data_folder", [lambda: tmp_path])
    assert "x" not in registry.contracts()
    folder = tmp_path / registry.OWN
    folder.mkdir()
    (folder / "x.toml").write_text(HEAD + ONE, encoding="utf-8")
    assert registry.contracts()["x"].signed.title == "X"
    assert "ohid-ips-ad-2023" in registry.contracts()
    (folder / "x.toml").write_text(HEAD.replace('"X"', '"Longer title"') + ONE, encoding="utf-8")
    assert registry.contracts()["x"].signed.title == "Longer title"
    assert registry.source_of("x").startswith(b"\nkey")


def test_a_slip_in_an_operators_file_leaves_out_that_contract_and_is_named(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(registry, "_data_folder", [lambda: tmp_path])
    folder = tmp_path / registry.OWN
    folder.mkdir()
    (folder / "x.toml").write_text("key = 1", encoding="utf-8")
    (folder / "y.toml").write_text(HEAD + ONE, encoding="utf-8")
    assert set(registry.contracts()) == {"demonstration-2025", "ohid-ips-ad-2023"}
    assert [one.partition(":")[0] for one in registry.problems()] == ["x.toml", "y.toml"]
    assert "named otherwise" in registry.problems()[1]
