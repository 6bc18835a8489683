"""The provider's page of answers as plain data: every proposal and question to answer, and its form.

Fields by item number: `choice-N` (accepted or kept), `why-N`, `seen-N` (version of the proposal); by
question: `answer-ID`, and `replaces-ID` (the answer the person saw).
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from uuid import UUID

from portal.core.rules.texts import plain
from portal.core.rules.whole import whole
from portal.reviews.assessment.models import ItemRating, Proposal
from portal.reviews.assessment.queries import Line
from portal.reviews.assessment.rules.remarks import RemarkKind
from portal.reviews.assessment.rules.settlement import Response
from portal.reviews.assessment.service.answering import ProposalAnswer, QuestionAnswer
from portal.scales.rules.definition import Item, Scale


@dataclass(frozen=True)
class ProposalLine:
    """A differing proposal and the answer to it: as saved, or as typed and not saved."""

    item_key: str
    rating: int
    reason: str
    saved: Response | None
    saved_text: str
    choice: str
    text: str
    version: int


@dataclass(frozen=True)
class QuestionLine:
    """A question and the answer to it: as saved, or as typed and not saved."""

    id: UUID
    asked: str
    name: str
    saved_id: UUID | None
    saved_text: str
    text: str
    replaces: UUID | None


@dataclass(frozen=True)
class ItemAnswers:
    """What there is to answer on one item."""

    item: Item
    self_rating: int | None
    proposal: ProposalLine | None
    questions: tuple[QuestionLine, ...]


@dataclass(frozen=True)
class Answers:
    """The page. Counts are of what is saved."""

    items: tuple[ItemAnswers, ...]

    @property
    def proposals(self) -> list[ProposalLine]:
        return [one.proposal for one in self.items if one.proposal]

    @property
    def questions(self) -> list[QuestionLine]:
        return [line for one in self.items for line in one.questions]

    @property
    def total(self) -> int:
        return len(self.proposals) + len(self.questions)

    @property
    def answered(self) -> int:
        return sum(line.saved is not None for line in self.proposals) + sum(
            line.saved_id is not None for line in self.questions
        )


@dataclass(frozen=True)
class Read:
    """What is read from the database for this page. `round_now` is the assessment's."""

    scale: Scale
    ratings: Mapping[str, ItemRating]
    proposals: Mapping[str, Proposal]
    talk: Mapping[str, Sequence[Line]]
    round_now: int


def answers(read: Read, form: Mapping[str, str] | None = None, *, newest: bool = False) -> Answers:
    """Build the page. With a form, what was typed stands in the fields.

    `newest`: the hidden versions become those that stand now, because the page shows what changed.
    """
    found = [_item(read, item, form, newest) for item in read.scale.items]
    return Answers(tuple(one for one in found if one.proposal or one.questions))


def _item(read: Read, item: Item, form: Mapping[str, str] | None, newest: bool) -> ItemAnswers:
    rated = read.ratings.get(item.key)
    self_rating = rated.rating if rated else None
    proposal = read.proposals.get(item.key)
    apart = proposal is not None and proposal.rating != self_rating
    return ItemAnswers(
        item,
        self_rating,
        _proposal(item.number, proposal, form, newest) if proposal and apart else None,
        tuple(_questions(read.talk.get(item.key, ()), read.round_now, form, newest)),
    )


def _proposal(number: int, row: Proposal, form: Mapping[str, str] | None, newest: bool) -> ProposalLine:
    saved = row.response.value if row.response else ""
    typed = form is not None and f"seen-{number}" in form
    version = row.version
    choice, text = saved, row.answer
    if typed and form is not None:
        choice, text = form.get(f"choice-{number}", ""), _text(form.get(f"why-{number}"))
        version = row.version if newest else whole(form[f"seen-{number}"]) or 0
    return ProposalLine(row.item_key, row.rating, row.reason, row.response, row.answer, choice, text, version)


def _questions(
    lines: Sequence[Line], round_now: int, form: Mapping[str, str] | None, newest: bool
) -> list[QuestionLine]:
    last = {line.answers: line for line in lines if line.kind is RemarkKind.ANSWER}
    found = []
    for line in lines:
        answer = last.get(line.id)
        settled_before = answer is not None and round_now not in (line.round, answer.round)
        if line.kind is not RemarkKind.QUESTION or settled_before:
            continue
        text, replaces = (answer.text, answer.id) if answer else ("", None)
        saved_id, saved_text = replaces, text
        if form is not None and f"answer-{line.id}" in form:
            text = _text(form[f"answer-{line.id}"])
            replaces = replaces if newest else _uuid(form.get(f"replaces-{line.id}", ""))
        found.append(QuestionLine(line.id, line.text, line.name, saved_id, saved_text, text, replaces))
    return found


def problems_in(page: Answers) -> dict[str, str]:
    """What a person must mend before anything is sent to the verb, by `why-ITEMKEY`."""
    return {
        f"why-{line.item_key}": "Select whether you accept the proposal or keep your rating"
        for line in page.proposals
        if line.text and line.choice not in set(Response)
    } | {
        f"answer-{line.id}": "Enter your answer" for line in page.questions if line.saved_id and not line.text
    }


def to_save(page: Answers) -> tuple[list[ProposalAnswer], list[QuestionAnswer]]:
    """The answers on the page that say something else than what is saved."""
    proposals = [
        ProposalAnswer(line.item_key, Response(line.choice), line.text, line.version)
        for line in page.proposals
        if line.choice in set(Response) and (line.choice, line.text) != (line.saved, line.saved_text)
    ]
    questions = [
        QuestionAnswer(line.id, line.text, line.replaces)
        for line in page.questions
        if line.text and line.text != line.saved_text
    ]
    return proposals, questions


def _text(text: str | None) -> str:
    return plain(text or "")


def _uuid(text: str) -> UUID | None:
    try:
        return UUID(text)
    except ValueError:
        return None
