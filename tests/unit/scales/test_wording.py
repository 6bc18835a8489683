"""Anchors say something of their own: no templates with one word exchanged."""

from __future__ import annotations

import itertools

import pytest

from portal.scales.registry import registry
from tests.unit.scales.likeness import TOO_ALIKE, differ_only_by_adverbs, likeness

SCALES = registry().keys()

TEMPLATES = [
    ("Benefits advice is always done.", "Disclosure is always done."),
    ("The caseload list is always complete.", "The employer log is always complete."),
    ("Supervision is sometimes provided to the team.", "Supervision is rarely provided to the team."),
    ("Staff usually follow the vocational profile.", "Staff usually follow the support plan."),
]
OWN_WORDS = [
    (
        "Of all the jobs, 85% or more are different kinds of work.",
        "No employer has hired more than two clients.",
    ),
    ("Each specialist has 20 clients or fewer.", "Specialists spend under 60% of their time on employment."),
]


@pytest.mark.parametrize(("one", "other"), TEMPLATES)
def test_the_measure_catches_two_texts_from_one_template(one: str, other: str) -> None:
    assert likeness(one, other) >= TOO_ALIKE


@pytest.mark.parametrize(("one", "other"), OWN_WORDS)
def test_the_measure_lets_separate_thoughts_pass(one: str, other: str) -> None:
    assert likeness(one, other) < TOO_ALIKE


def test_the_measure_catches_ratings_that_differ_by_an_adverb() -> None:
    assert differ_only_by_adverbs("The log is always reviewed.", "The log is rarely reviewed.")
    assert differ_only_by_adverbs("The log is reviewed.", "The log is properly reviewed.")
    assert not differ_only_by_adverbs("The log is reviewed weekly.", "The log is reviewed monthly.")
    assert not differ_only_by_adverbs("There are 31 to 40 clients.", "There are 26 to 30 clients.")


@pytest.mark.parametrize("key", SCALES)
def test_no_two_items_of_a_scale_have_anchors_from_one_template(key: str) -> None:
    alike = [
        (rating, one.key, other.key)
        for one, other in itertools.combinations(registry().get(key).items, 2)
        for rating in one.anchors.keys() & other.anchors.keys()
        if likeness(one.anchors[rating], other.anchors[rating]) >= TOO_ALIKE
    ]
    assert alike == []


@pytest.mark.parametrize("key", SCALES)
def test_no_two_ratings_of_an_item_differ_only_by_an_adverb(key: str) -> None:
    alike = [
        (item.key, one, other)
        for item in registry().get(key).items
        for one, other in itertools.combinations(item.anchors, 2)
        if differ_only_by_adverbs(item.anchors[one], item.anchors[other])
    ]
    assert alike == []
