"""Surveys as files: counts as the page shows them, answers with names, and codes to hand out."""

from __future__ import annotations

from collections.abc import Iterable

from portal.core import clock
from portal.core.spreadsheets import write_csv
from portal.surveys.models import SurveyCode
from portal.surveys.named import Sheet
from portal.surveys.rules.codes import written
from portal.surveys.rules.questionnaire import Questionnaire
from portal.surveys.rules.suppressing import Tally

HIDDEN = "not shown"


def counts_csv(tallies: Iterable[Tally]) -> bytes:
    """One row for each answer of each question, of everybody and of each group shown."""
    rows = [row for tally in tallies for row in _rows(tally)]
    return write_csv(("Question", "Answers of", "Group", "Answer", "Count"), rows)


def _rows(tally: Tally) -> Iterable[tuple[str, str, str, str, str | int]]:
    question = tally.question
    counts = tally.counts or (None,) * len(question.options)
    for option, count in zip(question.options, counts, strict=True):
        yield question.text, "Everybody", "", option.text, HIDDEN if count is None else count
    for table in tally.groups:
        for row in table.rows:
            own = row.counts or (None,) * len(question.options)
            for option, count in zip(question.options, own, strict=True):
                yield question.text, table.by.text, row.title, option.text, HIDDEN if count is None else count


def answers_csv(questionnaire: Questionnaire, sheets: Iterable[Sheet]) -> bytes:
    """A row for each person who answered a survey that promises nothing, a column for each question."""
    questions = questionnaire.questions
    heading = ("Name", "Answered on", *(question.text for question in questions))
    rows = [
        (
            sheet.name,
            clock.uk(sheet.answered_at).date().isoformat(),
            *("; ".join(sheet.words.get(question.key, ())) for question in questions),
        )
        for sheet in sheets
    ]
    return write_csv(heading, rows)


def codes_csv(codes: Iterable[SurveyCode], link: str) -> bytes:
    """Each code with the link, to be handed out: which of them were used is not in it."""
    return write_csv(("Link", "Code"), [(link, written(one.code)) for one in codes])
