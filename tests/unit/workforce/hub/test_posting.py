"""The kinds of employment that search engines are told."""

from __future__ import annotations

from decimal import Decimal

import pytest

from portal.workforce.hub.models import Vacancy
from portal.workforce.hub.posting import _html, _kinds, _salary
from portal.workforce.hub.rules.checking import Contract


@pytest.mark.parametrize(
    ("hours", "part_time", "contract", "kinds"),
    [
        ("37.5", False, Contract.PERMANENT, ["FULL_TIME"]),
        ("37.5", True, Contract.PERMANENT, ["FULL_TIME", "PART_TIME"]),
        ("29.99", False, Contract.PERMANENT, ["PART_TIME"]),
        ("30", False, Contract.PERMANENT, ["FULL_TIME"]),
        ("30.01", False, Contract.FIXED_TERM, ["FULL_TIME", "TEMPORARY"]),
        ("20", True, Contract.SECONDMENT, ["PART_TIME", "TEMPORARY"]),
        ("20", True, Contract.BANK, ["PER_DIEM"]),
    ],
)
def test_hours_and_contract_give_the_kinds(
    hours: str, part_time: bool, contract: Contract, kinds: list[str]
) -> None:
    assert _kinds(Vacancy(weekly_hours=Decimal(hours), part_time=part_time, contract=contract)) == kinds


def test_pay_is_one_value_or_a_range_in_pounds() -> None:
    assert _salary(3_000_000, None)["value"] == {
        "@type": "QuantitativeValue",
        "unitText": "YEAR",
        "value": 30000,
    }
    assert _salary(3_000_050, 3_100_000)["value"]["minValue"] == 30000.5
    assert _salary(3_000_000, 3_000_000)["value"]["value"] == 30000


def test_a_description_is_html_with_nothing_of_its_own_in_it() -> None:
    assert _html("One\ntwo\n\n<b>three</b> & four\n\n\n") == (
        "<p>One<br>two</p><p>&lt;b&gt;three&lt;/b&gt; &amp; four</p>"
    )
