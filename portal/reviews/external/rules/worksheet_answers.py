"""Reading what people enter in a worksheet: each answer made canonical, or refused with a message."""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import date
from fractions import Fraction

from portal.reviews.external.rules.worksheet import AnswerKind, Question, Worksheet
from portal.scales.rules.numbers import exact, is_blank, parse_number

YES, NO, NOT_APPLICABLE = "yes", "no", "na"
YES_NO_WORDS = {YES: "Yes", NO: "No", NOT_APPLICABLE: "Not applicable"}
LONGEST_TEXT = 120
_ISO = re.compile(r"(\d{4})-(\d{1,2})-(\d{1,2})\Z", re.ASCII)
_BRITISH = re.compile(r"(\d{1,2})[/. ](\d{1,2})[/. ](\d{4})\Z", re.ASCII)
_FIRST_YEAR, _LAST_YEAR = 1990, 2100

Answers = Mapping[str, str]


class Unreadable(ValueError):
    """An answer that cannot be taken; the message is for the person."""


def read_answer(question: Question, text: str) -> str:
    """The answer as it is stored: empty, 2026-03-27, yes, 12.5, a choice’s key or a text.

    Raises Unreadable with what to enter.
    """
    plain = " ".join(text.replace("\x00", "").split())
    return _READERS[question.kind](question, plain) if plain else ""


def _date(question: Question, text: str) -> str:
    found = _ISO.match(text)
    parts = (found[1], found[2], found[3]) if found else None
    if parts is None and (found := _BRITISH.match(text)):
        parts = (found[3], found[2], found[1])
    try:
        day = date(*(int(part) for part in parts or ()))
    except (ValueError, TypeError):
        raise Unreadable(f"{question.label}: enter a real date, like 27/3/2026") from None
    if not _FIRST_YEAR <= day.year <= _LAST_YEAR:
        raise Unreadable(f"{question.label}: check the year {day.year}")
    return day.isoformat()


def _yes_no(question: Question, text: str) -> str:
    if text not in YES_NO_WORDS:
        raise Unreadable(f"{question.label}: choose yes, no or not applicable")
    return text


def _number(question: Question, text: str) -> str:
    example = "a whole number, like 12" if question.kind is AnswerKind.WHOLE else "a number, like 12 or 12.5"
    try:
        value = parse_number(text)
    except ValueError as error:
        wanted = "0 or more" if str(error) == "negative" else example
        raise Unreadable(f"{question.label}: enter {wanted}") from None
    if question.kind is AnswerKind.WHOLE and value.denominator != 1:
        raise Unreadable(f"{question.label}: enter {example}")
    return exact(value)


def _choice(question: Question, text: str) -> str:
    if text not in question.choices:
        raise Unreadable(f"{question.label}: choose one from the list")
    return text


def _text(question: Question, text: str) -> str:
    if len(text) > LONGEST_TEXT:
        raise Unreadable(f"{question.label}: use {LONGEST_TEXT} characters or fewer")
    return text


_READERS = {
    AnswerKind.DATE: _date,
    AnswerKind.YES_NO: _yes_no,
    AnswerKind.NUMBER: _number,
    AnswerKind.WHOLE: _number,
    AnswerKind.CHOICE: _choice,
    AnswerKind.TEXT: _text,
}


def read_row(sheet: Worksheet, typed: Mapping[str, str]) -> tuple[dict[str, str], dict[str, str]]:
    """The canonical answers of a row (empty ones left out), and what is wrong by question."""
    answers: dict[str, str] = {}
    problems: dict[str, str] = {}
    for question in sheet.questions:
        try:
            answer = read_answer(question, typed.get(question.key, ""))
        except Unreadable as error:
            problems[question.key] = str(error)
        else:
            answers |= {question.key: answer} if answer else {}
    for question in sheet.questions:
        part, whole = number_in(answers, question.key), number_in(answers, question.at_most)
        if question.at_most and part is not None and whole is not None and part > whole:
            other = sheet.question(question.at_most).label
            problems[question.key] = f"{question.label} cannot be more than: {other}"
    return answers, problems


def number_in(answers: Answers, key: str) -> Fraction | None:
    """The number that a row has for a question; None where there is none that can be read."""
    text = answers.get(key, "")
    if is_blank(text):
        return None
    try:
        return parse_number(text)
    except ValueError:
        return None


def date_in(answers: Answers, key: str) -> date | None:
    """The date that a row has for a question; None where there is none that can be read."""
    try:
        return date.fromisoformat(answers.get(key, ""))
    except ValueError:
        return None


def answer_words(question: Question, answer: str) -> str:
    """A stored answer as people read it: 27 March 2026 is left to the page, the rest is here."""
    if question.kind is AnswerKind.YES_NO:
        return YES_NO_WORDS.get(answer, answer)
    return question.choices.get(answer, answer)
