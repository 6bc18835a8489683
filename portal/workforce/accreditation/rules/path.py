"""The way to being accredited as a reviewer: what somebody has learned and done, step by step.

The sources ask that reviewers are trained and review consistently (OHID specification 3.4; fidelity.md,
section 2), and fix no numbers: those here are ours, and the page says so. Nothing is blocked by a step that
is missing: the lead manager decides, and sees what is missing.
"""

from __future__ import annotations

from collections.abc import Hashable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from fractions import Fraction
from typing import TypeVar

from portal.core.rules.months import months_before
from portal.core.rules.rate import Rate, rate

SHADOW_REVIEWS = 1
CO_REVIEWS = 2
CALIBRATION_MONTHS = 12
NEAR_SHARE = Fraction(4, 5)  # of a case’s items, rated within one point of the middle of all who rated it
FEWEST_RATERS = 3  # with fewer there is no middle to speak of
NEAR = 1  # points
Rater = TypeVar("Rater", bound=Hashable)


class Experience(StrEnum):
    """What a reviewer did."""

    SHADOW = "shadow"  # the observer’s own sheet was locked, and the review published
    CO_REVIEW = "co-review"  # as second reviewer of a published review
    LEAD = "lead"
    CALIBRATION = "calibration"


@dataclass(frozen=True)
class Entry:
    """One thing done. `near`: of a calibration, how many items were near the middle, of how many rated."""

    kind: Experience
    on: date
    near: Rate | None = None


@dataclass(frozen=True)
class Course:
    """A course that reviewers complete. `holds`: a completion that is in force."""

    title: str
    holds: bool


@dataclass(frozen=True)
class Step:
    """One step: whether it is taken, and on what that rests, in words."""

    title: str
    taken: bool
    words: str


def steps(courses: Sequence[Course], entries: Iterable[Entry], today: date) -> tuple[Step, ...]:
    """Every step of the way, as it stands today."""
    known = list(entries)
    return (
        _learning(courses),
        _counted("Shadow a review", known, (Experience.SHADOW,), SHADOW_REVIEWS),
        _counted("Review beside a lead reviewer", known, (Experience.CO_REVIEW, Experience.LEAD), CO_REVIEWS),
        _calibration(known, today),
    )


def _learning(courses: Sequence[Course]) -> Step:
    missing = [one.title for one in courses if not one.holds]
    done = f"{len(courses) - len(missing)} of {len(courses)} courses are completed and in date"
    words = f"{done}. Missing: {', '.join(missing)}" if missing else done
    return Step("Complete what reviewers learn", not missing, words)


def _counted(title: str, entries: Iterable[Entry], kinds: tuple[Experience, ...], wanted: int) -> Step:
    days = sorted(one.on for one in entries if one.kind in kinds)
    last = f", the last published on {days[-1].day} {days[-1]:%B %Y}" if days else ""
    return Step(title, len(days) >= wanted, f"{len(days)} of {wanted}{last}")


def _calibration(entries: Iterable[Entry], today: date) -> Step:
    title = "Rate a case as the others do"
    since = months_before(today, CALIBRATION_MONTHS)
    rated = [one for one in entries if one.kind is Experience.CALIBRATION and one.near is not None]
    recent = sorted((one for one in rated if one.on >= since), key=lambda one: one.on)
    if not recent:
        return Step(title, False, f"No calibration exercise in the last {CALIBRATION_MONTHS} months")
    near = recent[-1].near
    assert near is not None
    words = f"{near.numerator} of {near.denominator} items within one point of the middle ({near.percent()})"
    return Step(title, near.value is not None and near.value >= NEAR_SHARE, words)


def near_middle(sheets: Mapping[Rater, Mapping[str, int]]) -> dict[Rater, Rate]:
    """Of each rater: the items they rated within one point of the middle rating, of those they rated.

    `sheets`: ratings by item, by rater. The middle is the median of all who rated the item; between two
    middle ratings, their mean. Items that fewer than three rated do not count; empty where none is left.
    """
    by_item: dict[str, list[int]] = {}
    for ratings in sheets.values():
        for item, rating in ratings.items():
            by_item.setdefault(item, []).append(rating)
    middles = {item: _median(given) for item, given in by_item.items() if len(given) >= FEWEST_RATERS}
    found = {}
    for rater, ratings in sheets.items():
        counted = [abs(rating - middles[item]) <= NEAR for item, rating in ratings.items() if item in middles]
        if counted:
            found[rater] = rate(sum(counted), len(counted))
    return found


def _median(given: Iterable[int]) -> Fraction:
    known = sorted(given)
    return Fraction(known[(len(known) - 1) // 2] + known[len(known) // 2], 2)
