"""The review process that comes with the portal is IPS Grow's timeline, row by row."""

from __future__ import annotations

import shutil
from fractions import Fraction

import pytest

from portal.programmes.registry import DATA, default_review, read_reviews, registry, review_of
from portal.programmes.rules.definition import DefinitionError
from portal.scales.registry import registry as scales

BEFORE, LEFT, SHOWN, ISSUED = "fieldwork-start", "fieldwork-end", "presentation", "publication"


@pytest.mark.parametrize(
    ("step", "who", "anchor", "offset", "unit", "document"),
    [
        ("read-up", "service", BEFORE, -2, "months", "Fidelity manual"),
        ("first-call", "service-and-reviewers", BEFORE, -2, "months", ""),
        ("agreement", "service", BEFORE, -2, "months", "Partnership agreement"),
        ("information-governance", "service-and-reviewers", BEFORE, -2, "months", "Information governance"),
        ("interviewees", "service", BEFORE, -2, "months", "Agenda tick list"),
        ("portfolio", "service", BEFORE, -2, "months", "Examples of evidence"),
        ("virtual-sharing", "service-and-reviewers", BEFORE, -1, "months", ""),
        ("self-audit", "service", BEFORE, -3, "weeks", "Examples of evidence"),
        ("timetable", "service", BEFORE, -2, "weeks", "Agenda tick list"),
        ("snapshot", "service", BEFORE, -2, "weeks", "Performance data"),
        ("catch-up-call", "service-and-reviewers", BEFORE, -2, "weeks", "Fidelity review stakeholders"),
        ("fieldwork", "service-and-reviewers", BEFORE, 0, "days", "Fidelity review questions"),
        ("report", "reviewers", LEFT, 4, "weeks", "Blank report"),
        ("moderation", "moderator", LEFT, 4, "weeks", ""),
        ("presentation", "lead-reviewer", LEFT, 4, "weeks", "Blank report"),
        ("feedback", "service", SHOWN, 1, "weeks", "Service feedback"),
        ("purge", "service-and-reviewers", ISSUED, 2, "weeks", ""),
        ("action-plan", "service-and-reviewers", SHOWN, 6, "weeks", "Blank action plan"),
        ("support", "supplier", SHOWN, 5, "months", ""),
    ],
)
def test_each_step_is_that_of_the_flowchart(
    step: str, who: str, anchor: str, offset: int, unit: str, document: str
) -> None:
    found = default_review().by_key[step]
    assert (found.who, found.anchor, found.offset, found.unit) == (who, anchor, offset, unit)
    assert found.document == document


def test_there_is_no_other_step_and_each_has_a_source() -> None:
    process = default_review()
    assert len(process.steps) == 19
    assert all(step.source for step in process.steps)
    assert [step.key for step in process.steps if step.virtual] == ["virtual-sharing"]
    assert [step.key for step in process.steps if step.until is not None] == ["fieldwork"]


def test_the_figures_are_those_of_the_specification() -> None:
    process = default_review()
    assert (process.quorum, process.lean_mean_difference, process.lean_reviews) == (1, Fraction(1, 2), 5)
    assert (process.edge_points, process.apart, process.change) == (1, 2, 2)
    assert (process.guided_sample_percent, process.independence_months) == (20, 12)
    assert (process.accredited_bands, process.valid_months) == (("good", "exemplary"), 36)
    assert (process.accuracy_days, process.record_sample, process.purge_step) == (7, 10, "purge")


def test_the_time_for_comments_is_that_of_the_feedback_step() -> None:
    process = default_review()
    feedback = process.by_key["feedback"]
    assert (feedback.offset, feedback.unit, process.accuracy_days) == (1, "weeks", 7)


def test_every_programme_is_reviewed_by_it() -> None:
    assert {programme.review.key for programme in registry().values()} == {"ips-grow"}


@pytest.mark.parametrize("key", [None, "gone"])
def test_a_service_without_a_programme_takes_the_default(key: str | None) -> None:
    assert review_of(key) == default_review()


def test_the_bands_that_accredit_are_bands_of_the_scale() -> None:
    bands = {band.key for band in scales().get("ips-25").bands}
    assert set(default_review().accredited_bands) <= bands


def test_a_file_named_otherwise_than_its_key_is_refused(tmp_path) -> None:
    shutil.copy(DATA / "reviews" / "ips-grow.toml", tmp_path / "other.toml")
    with pytest.raises(DefinitionError, match=r"^other\.toml: .*ips-grow"):
        read_reviews(tmp_path)
