"""Rows of worksheets filled at random, with answers of every kind, readable and not."""

from __future__ import annotations

import random
from datetime import date, timedelta

from portal.reviews.external.rules.worksheet import AnswerKind, Worksheet

SHARE_ANSWERED = 0.7


def random_rows(sheet: Worksheet, chance: random.Random, most: int) -> list[dict[str, str]]:
    """Up to `most` rows of a worksheet, about seven in ten questions answered."""
    return [_row(sheet, chance) for _ in range(chance.randint(0, most))]


def _row(sheet: Worksheet, chance: random.Random) -> dict[str, str]:
    return {
        question.key: _answer(question.kind, list(question.choices), chance)
        for question in sheet.questions
        if chance.random() < SHARE_ANSWERED
    }


def _answer(kind: AnswerKind, choices: list[str], chance: random.Random) -> str:
    day = (date(2023, 12, 20) + timedelta(days=chance.randint(0, 500))).isoformat()
    number = str(chance.randint(0, 60))
    words = ["Cleaner", " cleaner", "Über  Bar", "über bar", "ÎLE", "", "x" * 120, "x" * 121]
    return {
        AnswerKind.DATE: chance.choice([day, day, day, "2026-02-30", "1989-12-31", "2101-01-01", ""]),
        AnswerKind.YES_NO: chance.choice(["yes", "no", "na", ""]),
        AnswerKind.NUMBER: chance.choice(["0", "0.5", "37.5", "1,200.25", "-3", "x", number]),
        AnswerKind.WHOLE: chance.choice(["0", "", "2.5", str(chance.randint(0, 30))]),
        AnswerKind.CHOICE: chance.choice([*choices, ""]),
        AnswerKind.TEXT: chance.choice(words),
    }[kind]
