"""The provider's page of answers: what is on it, what was typed, and what is sent to the verb."""

from __future__ import annotations

import uuid

from portal.reviews.assessment.answers_page import Read, answers, problems_in, to_save
from portal.reviews.assessment.queries import Line
from portal.reviews.assessment.rules.remarks import RemarkKind
from portal.reviews.assessment.rules.settlement import Response
from tests.unit.assessment.rows import SCALE, key, line, proposal, sheet

ASKED = line(RemarkKind.QUESTION, "Who?", 3)
OPEN = line(RemarkKind.QUESTION, "When?", 3)
FIRST = line(RemarkKind.ANSWER, "The leader", 3, ASKED.id)
AGAIN = line(RemarkKind.ANSWER, "The team leader", 3, ASKED.id)
PROPOSALS = {
    key(4): proposal(4, 3),
    key(5): proposal(5, 2, Response.KEPT, answer="Two teams"),
    key(6): proposal(6, 4),
}


def _read(lines: list[Line] | None = None, round_now: int = 1) -> Read:
    talk = {key(3): lines if lines is not None else [ASKED, FIRST, AGAIN, OPEN]}
    return Read(SCALE, sheet(4), PROPOSALS, talk, round_now)


def test_differing_proposals_and_questions_are_on_the_page_and_equal_ones_are_not() -> None:
    page = answers(_read())
    assert [one.item.number for one in page.items] == [3, 4, 5]
    assert (page.answered, page.total) == (2, 4)


def test_the_newest_answer_stands_in_the_field() -> None:
    asked, still_open = answers(_read()).questions
    assert (asked.text, asked.replaces) == ("The team leader", AGAIN.id)
    assert (still_open.text, still_open.replaces) == ("", None)


def test_what_was_settled_in_an_earlier_round_is_gone_and_what_is_open_stays() -> None:
    page = answers(_read(round_now=2))
    assert [question.id for question in page.questions] == [OPEN.id]


def test_nothing_changed_is_nothing_to_save() -> None:
    assert to_save(answers(_read())) == ([], [])


def test_only_what_changed_is_saved_with_what_the_person_saw() -> None:
    form = {
        "seen-4": "2",
        "choice-4": "accepted",
        "why-4": " ",
        "seen-5": "3",
        "choice-5": "kept",
        "why-5": "Two teams\r\n",
        f"answer-{OPEN.id}": "In May",
        f"replaces-{OPEN.id}": "",
        f"answer-{ASKED.id}": "The team leader",
        f"replaces-{ASKED.id}": str(FIRST.id),
    }
    proposals, questions = to_save(answers(_read(), form))
    assert [(one.item_key, one.response, one.text, one.version) for one in proposals] == [
        (key(4), Response.ACCEPTED, "", 2)
    ]
    assert [(one.question_id, one.text, one.replaces) for one in questions] == [(OPEN.id, "In May", None)]


def test_after_a_stale_save_the_newest_versions_stand_in_the_hidden_fields() -> None:
    form = {
        "seen-4": "1",
        "choice-4": "kept",
        "why-4": "x",
        f"answer-{ASKED.id}": "I",
        f"replaces-{ASKED.id}": "z",
    }
    page = answers(_read(), form, newest=True)
    assert page.proposals[0].version == 3
    assert page.questions[0].replaces == AGAIN.id
    assert (page.proposals[0].choice, page.proposals[0].text, page.questions[0].text) == ("kept", "x", "I")


def test_a_reason_without_a_choice_and_an_emptied_answer_are_problems() -> None:
    form = {"seen-4": "3", "why-4": "Because", f"answer-{ASKED.id}": " "}
    assert set(problems_in(answers(_read(), form))) == {f"why-{key(4)}", f"answer-{ASKED.id}"}
    assert problems_in(answers(_read())) == {}


def test_a_choice_that_is_none_is_not_sent() -> None:
    form = {"seen-4": "3", "choice-4": "perhaps", "why-4": ""}
    assert to_save(answers(_read(), form)) == ([], [])


def test_an_unreadable_id_is_none() -> None:
    form = {f"answer-{OPEN.id}": "x", f"replaces-{OPEN.id}": "not an id"}
    assert answers(_read(), form).questions[1].replaces is None
    form[f"replaces-{OPEN.id}"] = str(uuid.UUID(int=5))
    assert answers(_read(), form).questions[1].replaces == uuid.UUID(int=5)
