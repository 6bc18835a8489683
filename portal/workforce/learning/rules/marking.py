"""Marking a quiz."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from portal.workforce.learning.rules.module import Module


@dataclass(frozen=True)
class Mark:
    """So many right of so many."""

    right: int
    of: int
    passed: bool


def mark(module: Module, chosen: Sequence[int]) -> Mark:
    """Mark the places (from 0) of the answers chosen, one for each question in order.

    Passed with at least `pass_right` right. Raises ValueError where an answer is missing or is none.
    """
    if len(chosen) != len(module.questions):
        raise ValueError("Every question needs an answer")
    for question, place in zip(module.questions, chosen, strict=True):
        if not 0 <= place < len(question.answers):
            raise ValueError("There is no such answer")
    right = sum(question.right == place for question, place in zip(module.questions, chosen, strict=True))
    return Mark(right, len(module.questions), right >= module.pass_right)
