"""The sample of guided self-assessments that are moderated though nothing flags them."""

from __future__ import annotations

from uuid import NAMESPACE_URL, UUID, uuid5

import pytest

from portal.reviews.moderation.rules.sampling import sampled

IDS = [uuid5(NAMESPACE_URL, str(number)) for number in range(5_000)]


def test_nobody_is_in_a_sample_of_none_and_everybody_in_one_of_all() -> None:
    assert not any(sampled(one, 0) for one in IDS)
    assert all(sampled(one, 100) for one in IDS)


@pytest.mark.parametrize("percent", [1, 20, 50])
def test_the_share_is_about_what_is_asked(percent: int) -> None:
    share = sum(sampled(one, percent) for one in IDS) * 100 / len(IDS)
    assert abs(share - percent) < 2.5


def test_a_larger_share_keeps_whoever_was_in_the_smaller() -> None:
    assert all(sampled(one, 30) for one in IDS if sampled(one, 20))


def test_the_answer_is_the_same_whenever_asked() -> None:
    one = UUID("00000000-0000-4000-8000-000000000001")
    assert len({sampled(one, 20) for _ in range(10)}) == 1
