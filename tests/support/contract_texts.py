"""The smallest file of a contract, and parts to add to it, for tests of the loader."""

from __future__ import annotations

import pytest

from portal.contracts.definition.rules.loader import load_contract
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


def refusal(text: str) -> str:
    """The one line in which the loader refuses a file."""
    with pytest.raises(DefinitionError) as caught:
        load_contract(text, "x.toml")
    assert "\n" not in str(caught.value)
    assert str(caught.value).startswith("x.toml: ")
    return str(caught.value)
