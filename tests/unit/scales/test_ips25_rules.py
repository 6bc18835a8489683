"""The rules of ips-25 against the published thresholds, each at -1, 0 and +1.

The numbers are typed here from the facts on the scale, not taken from the definition.
"""

from __future__ import annotations

import itertools
from decimal import Decimal

import pytest

from portal.scales.registry import registry
from portal.scales.rules.calculator import suggest
from portal.scales.rules.definition import Rule, RuleKind

SMALL = Decimal("0.001")
LOWER, HIGHER = "lower", "higher"
# item: better, {rating: threshold}, ratings whose threshold itself does not count, facts in favour
RATIOS: dict[str, tuple[str, dict[int, str], tuple[int, ...], tuple[str, ...]]] = {
    "caseload-size": (LOWER, {5: "20", 4: "25", 3: "30", 2: "40"}, (), ()),
    "employment-services-staff": (HIGHER, {5: "96", 4: "90", 3: "75", 2: "60"}, (), ()),
    "team-assignment": (HIGHER, {5: "90", 4: "75", 3: "50"}, (), ()),
    "rapid-job-search": (LOWER, {5: "30", 4: "60", 3: "150", 2: "270"}, (), ("tracked",)),
    "individualised-job-search": (HIGHER, {5: "90", 4: "75", 3: "50", 2: "25"}, (), ("current-plan",)),
    "job-type-diversity": (HIGHER, {5: "85", 4: "70", 3: "60", 2: "50"}, (), ()),
    "employer-diversity": (HIGHER, {5: "85", 4: "70", 3: "60", 2: "50"}, (), ()),
    "competitive-jobs": (HIGHER, {5: "95", 4: "85", 3: "75", 2: "65"}, (), ()),
    "community-based-services": (HIGHER, {5: "65", 4: "50", 3: "40", 2: "30"}, (2,), ()),
}
COUNTED = {
    "team-contact": [1, 1, 2, 3, 4, 5],
    "employment-supervisor": [1, 1, 2, 3, 4, 5],
    "competitive-employment-focus": [1, 1, 2, 3, 4, 5],
    "executive-support": [1, 1, 2, 3, 4, 5],
    "disclosure": [1, 2, 3, 4, 5],
    "assertive-engagement": [1, 1, 1, 2, 3, 4, 5],
    "vocational-generalists": [1, 3, 3, 3, 3, 4, 5],
}


def rule_of(key: str) -> Rule:
    return registry().get("ips-25").item(key).rule


def edges() -> list[tuple[str, str, int]]:
    """(item, figure, rating): each threshold, and a little or a whole unit to either side."""
    found = []
    for key, (better, thresholds, strict, _) in RATIOS.items():
        worse = -1 if better == HIGHER else 1
        for rating, threshold in thresholds.items():
            at = Decimal(threshold)
            found.append((key, str(at), rating - (rating in strict)))
            found += [(key, str(at + worse * step), rating - 1) for step in (SMALL, Decimal(1))]
            found += [(key, str(at - worse * step), rating) for step in (SMALL, Decimal(1))]
    return found


def counts(key: str, figure: str) -> dict[str, str | bool]:
    """Counts that give exactly this figure, with every fact in favour."""
    rule = rule_of(key)
    below = 100_000 if rule.percent else 1000
    above = Decimal(figure) * below / (100 if rule.percent else 1)
    entries: dict[str, str | bool] = {rule.numerator[0]: str(above), rule.denominator[0]: str(below)}
    return entries | dict.fromkeys(RATIOS[key][3], True)


def rating(key: str, entries: dict[str, str | bool]) -> int | None:
    suggestion = suggest(rule_of(key), entries)
    return suggestion.rating if suggestion else None


@pytest.mark.parametrize(("key", "figure", "expected"), edges())
def test_a_figure_earns_the_published_rating(key: str, figure: str, expected: int) -> None:
    suggestion = suggest(rule_of(key), counts(key, figure))
    assert suggestion is not None
    assert suggestion.rating == expected
    assert suggestion.figure is not None
    assert Decimal(suggestion.figure) == Decimal(figure)


@pytest.mark.parametrize(("key", "expected"), COUNTED.items())
def test_every_choice_of_components_earns_the_published_rating(key: str, expected: list[int]) -> None:
    keys = [component.key for component in rule_of(key).components]
    assert len(keys) == len(expected) - 1
    for ticks in itertools.product((False, True), repeat=len(keys)):
        assert rating(key, dict(zip(keys, ticks, strict=True))) == expected[sum(ticks)]


def test_a_specialist_who_keeps_a_caseload_but_delivers_no_phase_is_two() -> None:
    assert rating("vocational-generalists", {"keeps-caseload": True}) == 2
    assert rating("vocational-generalists", {"keeps-caseload": True, "intake": True}) == 3


@pytest.mark.parametrize(
    ("fact", "share", "expected"),
    [
        ("three-or-more-teams", "100", 2),
        ("three-or-more-teams", "49", 2),
        ("no-team", "100", 2),
        ("separate", "100", 1),
        ("separate", "0", 1),
    ],
)
def test_team_assignment_is_capped(fact: str, share: str, expected: int) -> None:
    assert rating("team-assignment", {"figure": share, "clients": "60", fact: True}) == expected


@pytest.mark.parametrize(("days", "expected"), [("30", 4), ("31", 4), ("60", 4), ("61", 3)])
def test_rapid_job_search_without_tracking_is_at_most_four(days: str, expected: int) -> None:
    assert rating("rapid-job-search", {"days": days, "people": "1", "tracked": False}) == expected


@pytest.mark.parametrize(("share", "expected"), [("100", 4), ("90", 4), ("89", 4), ("74", 3)])
def test_job_search_outside_the_current_plan_is_at_most_four(share: str, expected: int) -> None:
    assert (
        rating("individualised-job-search", {"figure": share, "contacts": "10", "current-plan": False})
        == expected
    )


@pytest.mark.parametrize(("jobs", "expected"), [("9", 1), ("10", 5), ("11", 5)])
def test_fewer_than_ten_current_jobs_is_one(jobs: str, expected: int) -> None:
    assert rating("competitive-jobs", {"competitive": jobs, "jobs": jobs}) == expected


def contacts(per_week: str, log: str, looking: str = "") -> int | None:
    """Item 17 for one specialist over 1,000 weeks; `log` is weekly, monthly, kept or none."""
    kept, monthly = log != "none", log in ("weekly", "monthly")
    entries: dict[str, str | bool] = {"tracked": kept, "log-monthly": monthly, "log-weekly": log == "weekly"}
    entries |= {
        "contacts": str(int(Decimal(per_week) * 1000)),
        "specialists": "1",
        "weeks": "1000",
        "looking": looking,
    }
    return rating("employer-contact-frequency", entries)


@pytest.mark.parametrize(
    ("per_week", "expected"),
    [
        ("7", 5),
        ("6", 5),
        ("5.999", 4),
        ("5", 4),
        ("4.999", 3),
        ("4", 3),
        ("3.999", 2),
        ("3", 2),
        ("2.999", 2),
        ("2", 2),
        ("1.999", 1),
        ("1", 1),
        ("0", 1),
    ],
)
def test_employer_contacts_take_the_floor_of_the_average(per_week: str, expected: int) -> None:
    assert contacts(per_week, "weekly") == expected


@pytest.mark.parametrize(("log", "expected"), [("weekly", 5), ("monthly", 3), ("kept", 2), ("none", 2)])
def test_employer_contacts_need_a_log_that_is_reviewed(log: str, expected: int) -> None:
    assert contacts("6", log) == expected


@pytest.mark.parametrize(
    ("per_week", "looking", "expected"),
    [
        ("4", "2", 5),
        ("3.999", "2", 2),
        ("2", "1", 5),
        ("1.999", "1", 1),
        ("4", "3", 3),
        ("5.998", "2.999", 5),
        ("5.997", "2.999", 4),
        ("0", "0", 1),
    ],
)
def test_fewer_than_three_people_looking_need_two_contacts_each(
    per_week: str, looking: str, expected: int
) -> None:
    assert contacts(per_week, "weekly", looking) == expected


LEVELS = [item.key for item in registry().get("ips-25").items if item.rule.kind is RuleKind.LEVELS]


@pytest.mark.parametrize("key", LEVELS)
def test_levels_run_from_one_to_five_and_no_fact_lowers_them(key: str) -> None:
    facts = [fact.key for fact in rule_of(key).facts]
    found = {}
    for ticks in itertools.product((False, True), repeat=len(facts)):
        found[ticks] = rating(key, dict(zip(facts, ticks, strict=True)))
    assert found[(False,) * len(facts)] == 1
    assert found[(True,) * len(facts)] == 5
    for ticks, base in found.items():
        for n in range(len(facts)):
            more = found[(*ticks[:n], True, *ticks[n + 1 :])]
            assert more is not None
            assert base is not None
            assert more >= base
