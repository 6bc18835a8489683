"""The evidence portfolio: the service says what it supplies, the team asks for more."""

from __future__ import annotations

import uuid
from dataclasses import dataclass
from uuid import UUID

from sqlalchemy import func, select

from portal.accounts.rules.actors import Actor
from portal.core import clock
from portal.core.act import act
from portal.core.db import db
from portal.core.errors import Forbidden, Invalid, NotFound, Refused, Stale
from portal.programmes.rules.review import Fact
from portal.reviews.external.loading import holds, load_for
from portal.reviews.external.models.portfolio import PortfolioAudit, PortfolioFile, RequestedDocument
from portal.reviews.external.portfolio_data import request_list
from portal.reviews.external.rules.plain_sight import identifying
from portal.reviews.external.rules.portfolio import (
    MISSING,
    DocumentState,
    counted,
    note_needed,
    settled,
)
from portal.reviews.external.rules.workflow import Action, Part
from portal.reviews.external.service.notices import tell_of_request
from portal.reviews.external.service.timeline import note_fact

LONGEST_TITLE, LONGEST_TEXT = 120, 5_000
MOST_REQUESTS = 60  # documents of one review, the usual ones among them


@dataclass(frozen=True)
class Answer:
    """What the service says of a document."""

    state: DocumentState
    note: str = ""


@dataclass(frozen=True)
class Request:
    """A document that the reviewers ask for beyond the usual list."""

    title: str
    send: str = ""
    item_keys: tuple[str, ...] = ()


def answer(
    actor: Actor, assessment_id: UUID, document_id: UUID, wanted: Answer, expected_version: int
) -> DocumentState:
    """Say how far a document is supplied. Returns the state it has now (files make it supplied).

    Raises NotFound, Refused, Forbidden, Invalid, or Stale with what stands.
    """
    with act(actor, "portfolio.answer", ("review", assessment_id)) as work:
        load_for(actor, assessment_id, Action.PREPARE)
        row = document_row(assessment_id, document_id)
        files = count_files(document_id)
        note = wanted.note.strip()
        state = settled(wanted.state, files, note) if files else wanted.state
        _check_answer(state, note, files)
        if (row.state, row.note) == (state, note):
            work.unchanged()
            return state
        demand_version(row, expected_version)
        work.note(document=document_id, title=row.title, state=[row.state, state])
        if row.note != note:
            work.note(note_characters=len(note))  # never its words: the audit is for ever
        row.state, row.note = state, note
        row.version += 1
        touch(actor, row)
    return state


def _check_answer(state: DocumentState, note: str, files: int) -> None:
    problems = {}
    why = note_needed(state, files)
    if why and not note:
        problems["note"] = why
    elif len(note) > LONGEST_TEXT:
        problems["note"] = f"The note must be {LONGEST_TEXT:,} characters or fewer"
    elif why_not := identifying(note):
        problems["note"] = why_not
    if problems:
        raise Invalid(problems)


def request(actor: Actor, assessment_id: UUID, wanted: Request, id_: UUID | None = None) -> UUID:
    """Ask for another document. The service's managers are told. Raises Invalid, Refused, Forbidden."""
    document_id = id_ or uuid.uuid4()
    with act(actor, "portfolio.request", ("review", assessment_id)) as work:
        found = load_for(actor, assessment_id, Action.REQUEST)
        _check_request(wanted, {item.key for item in found.scale.items})
        rows = documents_of(assessment_id)
        if len(rows) >= MOST_REQUESTS:
            raise Refused(f"A review asks for {MOST_REQUESTS} documents at most. Withdraw one first.")
        db.session.add(
            RequestedDocument(
                id=document_id,
                assessment_id=assessment_id,
                position=max((row.position for row in rows), default=0) + 1,
                title=wanted.title.strip(),
                send=wanted.send.strip(),
                leave_out=request_list().leave_out,
                item_keys=[item.key for item in found.scale.items if item.key in wanted.item_keys],
                asked_by=actor.person_id,
                changed_at=clock.now(),
                changed_by=actor.person_id,
            )
        )
        tell_of_request(found, wanted.title.strip())
        work.note(document=document_id, title=wanted.title.strip(), items=list(wanted.item_keys))
    return document_id


def _check_request(wanted: Request, known: set[str]) -> None:
    problems = {}
    if not wanted.title.strip():
        problems["title"] = "Enter what you ask for"
    for name, longest in (("title", LONGEST_TITLE), ("send", LONGEST_TEXT)):
        text = getattr(wanted, name)
        if len(text) > longest:
            problems[name] = f"Use {longest:,} characters or fewer"
        elif why_not := identifying(text):
            problems[name] = why_not
    if set(wanted.item_keys) - known:
        problems["items"] = "Choose items from the list"
    if problems:
        raise Invalid(problems)


def withdraw(actor: Actor, assessment_id: UUID, document_id: UUID, *, back: bool = False) -> str:
    """Ask no longer for a document, or ask for it again (`back`). Its files stay. Returns its title."""
    with act(actor, f"portfolio.{'reinstate' if back else 'withdraw'}", ("review", assessment_id)) as work:
        load_for(actor, assessment_id, Action.REQUEST)
        row = document_row(assessment_id, document_id, withdrawn_too=True)
        if (row.withdrawn_at is None) is back:
            work.unchanged()
            return row.title
        row.withdrawn_at = None if back else clock.now()
        touch(actor, row)
        work.note(document=document_id, title=row.title)
        return row.title


def audit_portfolio(actor: Actor, assessment_id: UUID, comment: str = "") -> None:
    """The service's manager has looked through the portfolio: what is missing now is recorded.

    It completes the timeline's step. Raises NotFound, Refused, Forbidden or Invalid.
    """
    comment = comment.strip()
    with act(actor, "portfolio.self-audit", ("review", assessment_id)) as work:
        found = load_for(actor, assessment_id, Action.PREPARE)
        if not holds(actor, Part.PROVIDER_MANAGER, found):
            raise Forbidden("The service’s manager says that the self-audit is done.")
        if len(comment) > LONGEST_TEXT:
            raise Invalid({"comment": f"The comment must be {LONGEST_TEXT:,} characters or fewer"})
        if why_not := identifying(comment):
            raise Invalid({"comment": why_not})
        rows = [row for row in documents_of(assessment_id) if row.withdrawn_at is None]
        count = counted((row.state, row.required) for row in rows)
        gaps = [row.title for row in rows if row.required and row.state in MISSING]
        db.session.add(
            PortfolioAudit(
                assessment_id=assessment_id,
                at=clock.now(),
                by=actor.person_id,
                supplied=count.supplied,
                asked=count.asked,
                gaps=gaps,
                comment=comment,
            )
        )
        note_fact(found, Fact.SELF_AUDIT)
        work.note(supplied=count.supplied, asked=count.asked, gaps=gaps)


def document_row(assessment_id: UUID, document_id: UUID, *, withdrawn_too: bool = False) -> RequestedDocument:
    """The document of this review, read anew. For verbs. Raises NotFound."""
    query = select(RequestedDocument).where(
        RequestedDocument.id == document_id, RequestedDocument.assessment_id == assessment_id
    )
    row = db.session.execute(query.execution_options(populate_existing=True)).scalar_one_or_none()
    if row is None or (row.withdrawn_at is not None and not withdrawn_too):
        raise NotFound("There is no such document in this portfolio.")
    return row


def demand_version(row: RequestedDocument, expected_version: int) -> None:
    """Raise Stale with what stands where somebody changed the document first."""
    if row.version != expected_version:
        current = {"state": row.state, "note": row.note}
        raise Stale("Somebody else changed this document first.", current, row.version)


def touch(actor: Actor, row: RequestedDocument) -> None:
    """The row changed: now, by this person. The version is the answer's alone, not its files'."""
    row.changed_at, row.changed_by = clock.now(), actor.person_id


def count_files(document_id: UUID) -> int:
    """How many files a document has, without the removed ones."""
    query = select(func.count()).where(
        PortfolioFile.document_id == document_id, PortfolioFile.removed_at.is_(None)
    )
    return db.session.execute(query).scalar_one()


def documents_of(assessment_id: UUID) -> list[RequestedDocument]:
    """Every document of a review, withdrawn ones too, in order. For verbs."""
    query = select(RequestedDocument).where(RequestedDocument.assessment_id == assessment_id)
    return list(db.session.execute(query.order_by(RequestedDocument.position)).scalars())
