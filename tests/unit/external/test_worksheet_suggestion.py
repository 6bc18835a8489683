"""A rating follows from worksheets alone only where what they leave open could not change it."""

from __future__ import annotations

import itertools
from collections.abc import Mapping

import pytest
from hypothesis import given
from hypothesis import strategies as st

from portal.reviews.external.rules.worksheet_suggestion import firm_suggestion
from portal.scales.registry import registry
from portal.scales.rules.calculator import suggest
from portal.scales.rules.definition import Item, Rule

SCALE = registry().get("ips-25")


def rule(key: str) -> Rule:
    return SCALE.item(key).rule


@pytest.mark.parametrize(
    ("key", "entries", "rating"),
    [
        ("caseload-size", {"clients": "33", "fte": "1.6"}, 4),
        ("caseload-size", {"clients": "33"}, None),
        # “tracked” is open: it would lift 30 days from 4 to 5, and 61 days by nothing
        ("rapid-job-search", {"days": "30", "people": "1"}, None),
        ("rapid-job-search", {"days": "61", "people": "1"}, 3),
        ("rapid-job-search", {"days": "30", "people": "1", "tracked": True}, 5),
        ("rapid-job-search", {"days": "30", "people": "1", "tracked": False}, 4),
        # two ticks of eight say nothing about the other six
        ("time-unlimited-support", {"week-before": True, "three-days-after": True}, None),
        ("team-contact", {"shared-record": False}, None),
        # nobody has said that the programme runs separately
        ("team-assignment", {"team-clients": "9", "clients": "10"}, 5),
        ("team-assignment", {"team-clients": "9", "clients": "10", "three-or-more-teams": True}, 2),
        ("disclosure", {}, None),
    ],
)
def test_a_suggestion_holds_where_open_ticks_do_not_matter(
    key: str, entries: Mapping[str, str | bool], rating: int | None
) -> None:
    assert firm_suggestion(rule(key), entries) == rating


ticked = [item for item in SCALE.items if 0 < len(item.rule.facts) + len(item.rule.components) <= 7]


@given(st.sampled_from(ticked), st.data())
def test_a_firm_suggestion_is_that_of_every_way_the_open_ticks_may_turn_out(
    item: Item, data: st.DataObject
) -> None:
    keys = [fact.key for fact in (*item.rule.facts, *item.rule.components)]
    known = data.draw(st.dictionaries(st.sampled_from(keys), st.booleans(), min_size=1))
    numbers = {entry.key: "10" for entry in item.rule.inputs}
    firm = firm_suggestion(item.rule, {**numbers, **known})
    if firm is None:
        return
    wrong = {key for cap in item.rule.caps for key in cap.when.present}
    open_ticks = [key for key in keys if key not in known and key not in wrong]
    for answers in itertools.product([False, True], repeat=len(open_ticks)):
        found = suggest(item.rule, {**numbers, **known, **dict(zip(open_ticks, answers, strict=True))})
        assert found is not None
        assert found.rating == firm
