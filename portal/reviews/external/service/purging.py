"""Purging what may name people from a published review's fieldwork, and legal holds that stop it.

    purge_due()     # `portal purge fieldwork`; by the daily job `reviews.purge`

Emptied are notes, places of meetings and remarks on documents; answers in words become letters. Ratings,
numbers and the published report stay: a report names no client.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import asdict, dataclass
from datetime import date
from typing import Any
from uuid import UUID

from sqlalchemy import select

from portal.accounts.rules.actors import PORTAL, Actor
from portal.core import clock
from portal.core.act import act
from portal.core.db import db
from portal.core.errors import Invalid, Refused
from portal.directory.models import Service
from portal.programmes.registry import review_of
from portal.reviews.assessment.models import Assessment
from portal.reviews.external.fieldwork_worksheets import worksheets
from portal.reviews.external.loading import LoadedReview, load_for
from portal.reviews.external.models.fieldwork import FieldNote, WorksheetRow
from portal.reviews.external.models.portfolio import PlannedMeeting, PortfolioAudit, RequestedDocument
from portal.reviews.external.models.publication import FieldworkPurge, PurgeHold
from portal.reviews.external.models.review import ExternalReview
from portal.reviews.external.models.timeline import ReviewStepDone
from portal.reviews.external.rules.portfolio import MeetingKind
from portal.reviews.external.rules.purging import Counts, due_on, lettered
from portal.reviews.external.rules.workflow import Action, Stage
from portal.reviews.external.rules.worksheet import AnswerKind
from portal.reviews.external.service.moving import advance

JOB = "reviews.purge"
LONGEST_REASON = 2_000
Remark = RequestedDocument | PortfolioAudit | ReviewStepDone  # what carries somebody's words beside a fact


@dataclass(frozen=True)
class Due:
    """A review whose purge is due."""

    assessment_id: UUID
    service: str
    due: date
    held: bool


def do_daily(_payload: dict[str, Any]) -> None:
    """Handler of the daily job."""
    purge_due()


def due_reviews() -> list[Due]:
    """Published reviews whose purge is due and not done, those on hold too, the longest due first."""
    query = (
        select(ExternalReview, Service.name)
        .join(Assessment, Assessment.id == ExternalReview.assessment_id)
        .join(Service, Service.id == Assessment.service_id)
        .where(ExternalReview.stage == Stage.PUBLISHED, ExternalReview.purged_at.is_(None))
    )
    found = []
    for review, service in db.session.execute(query.execution_options(populate_existing=True)):
        assert review.published_on is not None  # the constraint published_has_date says so
        due = due_on(review_of(review.programme_key), review.published_on)
        if due <= clock.today():
            found.append(Due(review.assessment_id, service, due, bool(review.purge_hold)))
    return sorted(found, key=lambda one: (one.due, one.service))


def purge_due() -> list[tuple[Due, Counts]]:
    """Purge every review that is due and not on hold; each by itself. Returns what was emptied."""
    return [(one, purge(one.assessment_id)) for one in due_reviews() if not one.held]


def purge(assessment_id: UUID) -> Counts:
    """Empty what may name people. Raises NotFound, or Refused (not due, on hold, purged already)."""
    with act(PORTAL, "reviews.purge", ("review", assessment_id)) as work:
        found = load_for(PORTAL, assessment_id, Action.PURGE)
        assert found.review.published_on is not None
        due = due_on(found.process, found.review.published_on)
        if clock.today() < due:
            raise Refused(f"The purge is due on {due.isoformat()}, not before.")
        advance(PORTAL, assessment_id, Action.PURGE, None)
        counts = _empty(found)
        found.review.purged_at = clock.now()
        db.session.add(FieldworkPurge(assessment_id=assessment_id, at=clock.now(), counts=asdict(counts)))
        work.note(**asdict(counts))
    return counts


def would_empty(assessment_id: UUID) -> Counts:
    """What a purge would empty now; nothing is changed."""
    notes = [row for row in _notes(assessment_id) if row.text or row.heading]
    meetings = [row for row in _meetings(assessment_id) if row.place or row.why or _own_title(row)]
    answers = sum(len(_in_words(row)) for row in _rows(assessment_id))
    remarks = [row for row in _remarks(assessment_id) if _remark(row)]
    return Counts(len(notes), len(meetings), answers, len(remarks))


def hold(actor: Actor, assessment_id: UUID, reason: str, expected_version: int | None) -> None:
    """Put the notes on legal hold. Raises NotFound, Forbidden, Refused, Stale or Invalid (`reason`)."""
    _demand_reason(reason, "Say why the notes must be kept")
    with act(actor, "reviews.hold", ("review", assessment_id)):
        advance(actor, assessment_id, Action.HOLD, expected_version, reason)
        found = load_for(actor, assessment_id, Action.HOLD)
        found.review.purge_hold = reason.strip()
        row = PurgeHold(assessment_id=assessment_id, reason=reason.strip(), held_at=clock.now())
        row.held_by = actor.person_id
        db.session.add(row)


def release(actor: Actor, assessment_id: UUID, reason: str, expected_version: int | None) -> None:
    """Release the hold: the purge comes when it is due. Raises as `hold` does."""
    _demand_reason(reason, "Say why the hold ends")
    with act(actor, "reviews.release", ("review", assessment_id)):
        advance(actor, assessment_id, Action.RELEASE, expected_version, reason)
        found = load_for(actor, assessment_id, Action.RELEASE)
        found.review.purge_hold = ""
        query = select(PurgeHold).where(
            PurgeHold.assessment_id == assessment_id, PurgeHold.released_at.is_(None)
        )
        for row in db.session.execute(query.execution_options(populate_existing=True)).scalars():
            row.released_at, row.released_by = clock.now(), actor.person_id
            row.release_reason = reason.strip()


def _demand_reason(reason: str, message: str) -> None:
    if not reason.strip():
        raise Invalid({"reason": message})
    if len(reason) > LONGEST_REASON:
        raise Invalid({"reason": f"The reason must be {LONGEST_REASON:,} characters or fewer"})


def _empty(found: LoadedReview) -> Counts:
    counts, now = would_empty(found.id), clock.now()
    for note in _notes(found.id):
        note.text, note.heading, note.purged_at = "", "", now
    for meeting in _meetings(found.id):
        meeting.place, meeting.why = "", ""
        if _own_title(meeting):
            meeting.title = meeting.kind.title
    _letter_answers(found.id)
    for remark in _remarks(found.id):
        if isinstance(remark, PortfolioAudit):
            remark.comment = ""
        else:
            remark.note = ""
    return counts


def _letter_answers(assessment_id: UUID) -> None:
    """Put letters for the answers in words: what counts how many different ones there are stays right."""
    rows = list(_rows(assessment_id))
    texts: dict[tuple[str, str], list[str]] = {}
    for row in rows:
        for key in _in_words(row):
            texts.setdefault((row.worksheet, key), []).append(row.answers[key])
    letters = {place: lettered(found) for place, found in texts.items()}
    for row in rows:
        put = {key: letters[row.worksheet, key][row.answers[key]] for key in _in_words(row)}
        row.answers = {**row.answers, **put}


def _notes(assessment_id: UUID) -> Iterable[FieldNote]:
    return db.session.execute(select(FieldNote).where(FieldNote.assessment_id == assessment_id)).scalars()


def _meetings(assessment_id: UUID) -> Iterable[PlannedMeeting]:
    query = select(PlannedMeeting).where(PlannedMeeting.assessment_id == assessment_id)
    return db.session.execute(query).scalars()


def _own_title(meeting: PlannedMeeting) -> bool:
    """Whether somebody made the title up: the usual sessions have those of the data file."""
    return meeting.kind is MeetingKind.SESSION and not meeting.role and meeting.title != meeting.kind.title


def _rows(assessment_id: UUID) -> Iterable[WorksheetRow]:
    query = select(WorksheetRow).where(WorksheetRow.assessment_id == assessment_id)
    return db.session.execute(query).scalars()


def _in_words(row: WorksheetRow) -> set[str]:
    """The answers of a row that somebody typed in words."""
    texts = {
        question.key
        for sheet in worksheets()
        if sheet.key == row.worksheet
        for question in sheet.questions
        if question.kind is AnswerKind.TEXT
    }
    return texts & set(row.answers)


def _remarks(assessment_id: UUID) -> Iterable[RequestedDocument | PortfolioAudit]:
    asked = select(RequestedDocument).where(RequestedDocument.assessment_id == assessment_id)
    yield from db.session.execute(asked).scalars()
    audits = select(PortfolioAudit).where(PortfolioAudit.assessment_id == assessment_id)
    yield from db.session.execute(audits).scalars()


def _remark(row: Remark) -> str:
    return row.comment if isinstance(row, PortfolioAudit) else row.note
