"""The loader refuses what does not hold, in one line with the file, the place and the reason."""

from __future__ import annotations

from datetime import date

import pytest

from portal.contracts.definition.rules.loader import load_contract
from tests.support.contract_texts import HEAD, ONE, PLAN, VARIATION, refusal


def test_a_sound_file_is_read() -> None:
    terms = load_contract(HEAD + ONE, "x.toml").signed
    assert (terms.money.ceiling_pence, terms.latest_end) == (10_000_000, date(2027, 3, 31))
    assert terms.indicators[0].measure is None  # entered by hand


@pytest.mark.parametrize(
    ("old", "new", "reason"),
    [
        ('key = "x"', 'key = "X x"', "small letters"),
        ('key = "x"', 'key = "compare"', "an address of the portal’s"),
        ('key = "x"', f'key = "{"x" * 81}"', "over 80 characters"),
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
