"""What is entered by hand is checked by field, each day at its edge."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from portal.contracts.cycle.rules.records import (
    LONGEST_TEXT,
    ActionDetails,
    ActivityDetails,
    CaseDetails,
    CaseKind,
    Details,
    Grade,
    ManagerDetails,
    MilestoneDetails,
    RiskDetails,
    RiskKind,
)
from portal.contracts.cycle.rules.streams import Stream

TODAY = date(2025, 6, 10)
TOMORROW = TODAY + timedelta(days=1)
YESTERDAY = TODAY - timedelta(days=1)


def of_day(name: str, on: date) -> Details:
    """A sound record whose one day is `on`."""
    return {
        "activity": ActivityDetails(Stream.REVIEWS, "A talk", True, on),
        "milestone": MilestoneDetails("Team in place", TODAY, on),
        "risk": RiskDetails(RiskKind.RISK, "Posts stay empty", Grade.HIGH, "", "Lead", on),
        "closed": RiskDetails(RiskKind.ISSUE, "Late data", Grade.LOW, "", "Lead", YESTERDAY, on),
        "manager": ManagerDetails("Rina Cole", on, TODAY + timedelta(days=60)),
        "case": CaseDetails(CaseKind.QUERY, on, "A provider", "When is the next review?"),
        "action": ActionDetails("Send the plan", "Lead", TODAY, on),
    }[name]


@pytest.mark.parametrize("name", ["activity", "milestone", "risk", "closed", "manager", "case", "action"])
@pytest.mark.parametrize("on, sound", [(YESTERDAY, True), (TODAY, True), (TOMORROW, False)])
def test_what_happened_did_not_happen_tomorrow(name: str, on: date, sound: bool) -> None:
    assert (not of_day(name, on).problems(TODAY)) is sound


def test_nothing_is_closed_before_it_was_raised() -> None:
    raised = RiskDetails(RiskKind.RISK, "x", Grade.LOW, "", "Lead", TODAY, YESTERDAY)
    assert set(raised.problems(TODAY)) == {"closed_on"}


def test_an_activity_that_was_not_planned_has_the_day_it_was_done() -> None:
    assert set(ActivityDetails(Stream.REVIEWS, "A talk", False).problems(TODAY)) == {"done_on"}
    assert not ActivityDetails(Stream.REVIEWS, "A talk", True).problems(TODAY)


@pytest.mark.parametrize(
    "length, sound", [(LONGEST_TEXT - 1, True), (LONGEST_TEXT, True), (LONGEST_TEXT + 1, False)]
)
def test_texts_have_a_longest(length: int, sound: bool) -> None:
    assert (not MilestoneDetails("x" * length, TODAY).problems(TODAY)) is sound


def test_empty_texts_are_asked_for() -> None:
    assert set(ActionDetails(" ", "", TODAY).problems(TODAY)) == {"text", "owner"}
    assert set(CaseDetails(CaseKind.COMPLAINT, TODAY, "", " ").problems(TODAY)) == {"sender", "about"}


def test_every_kind_of_case_has_its_words() -> None:
    assert [one.words for one in CaseKind][2:] == [
        "performance notice",
        "request for a case study",
        "publication by the buyer",
    ]
