"""What an answer to a questionnaire must hold."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from portal.surveys.rules.questionnaire import Answers, Given, Kind, Question, Questionnaire

LONGEST_TEXT = 4000


def cleaned(questionnaire: Questionnaire, raw: Mapping[str, object]) -> dict[str, Given]:
    """What was given, without blanks. A several-question has a tuple, in the order of its options."""
    found: dict[str, Given] = {}
    for question in questionnaire.questions:
        value = raw.get(question.key)
        if question.kind is Kind.SEVERAL:
            given = set(value) if isinstance(value, list | tuple) else set()
            known = [option.key for option in question.options if option.key in given]
            chosen = (*known, *sorted(given - set(known)))
            if chosen:
                found[question.key] = chosen
        elif isinstance(value, str) and value.strip():
            found[question.key] = value.strip()
    return found


def problems(questions: Iterable[Question], answers: Answers) -> dict[str, str]:
    """What is wrong with the answers to these questions, by question. Empty where nothing is."""
    found = {question.key: _problem(question, answers.get(question.key)) for question in questions}
    return {key: said for key, said in found.items() if said}


def _problem(question: Question, given: Given | None) -> str:
    if given is None:
        if not question.needed:
            return ""
        return "Write an answer" if question.kind is Kind.TEXT else "Choose an answer"
    if question.kind is Kind.TEXT:
        length = len(given)
        return (
            f"Use {LONGEST_TEXT:,} characters or fewer; this has {length:,}" if length > LONGEST_TEXT else ""
        )
    chosen = {given} if isinstance(given, str) else set(given)
    return "" if chosen <= question.keys else "Choose from the answers shown"


def parted(questionnaire: Questionnaire, answers: Answers) -> tuple[dict[str, Given], dict[str, str]]:
    """What was chosen, and what was written: the two are kept apart."""
    texts = {question.key for question in questionnaire.questions if question.kind is Kind.TEXT}
    chosen = {key: given for key, given in answers.items() if key not in texts}
    return chosen, {key: str(given) for key, given in answers.items() if key in texts}
