"""What the reviewers did on site, counted for the report: never who was met, nor what was said."""

from __future__ import annotations

from uuid import UUID

from sqlalchemy import func, select

from portal.core.db import db
from portal.reviews.assessment.item_page import ROLE_TITLES
from portal.reviews.assessment.rules.external_part import Done
from portal.reviews.external.fieldwork_rows import filled_sheets
from portal.reviews.external.loading import LoadedReview
from portal.reviews.external.models.fieldwork import FieldNote
from portal.reviews.external.models.portfolio import PlannedMeeting, RequestedDocument
from portal.reviews.external.rules.meetings import MeetingState
from portal.reviews.external.rules.notes import NoteKind
from portal.reviews.external.rules.portfolio import DocumentState, MeetingKind

RECORDS = "records"  # the worksheet of client records


def done_on_site(found: LoadedReview) -> tuple[Done, ...]:
    """Interviews by role, observations, records and documents, in that order. Four statements."""
    held = _meetings(found.id)
    interviews = held.get(MeetingKind.INTERVIEW, {}) or _noted(found.id)
    lines = [
        Done(f"Interviews: {ROLE_TITLES.get(role, role)}", count)
        for role, count in sorted(interviews.items(), key=lambda one: _place(one[0]))
    ]
    for kind in (MeetingKind.OBSERVATION, MeetingKind.SESSION):
        lines += [Done(f"{kind.title}: {title}", count) for title, count in held.get(kind, {}).items()]
    records = sum(len(rows) for sheet, rows in filled_sheets(found) if sheet.key == RECORDS)
    lines += [Done("Client records reviewed", records), Done("Documents read", _documents(found.id))]
    return tuple(line for line in lines if line.count)


def _meetings(assessment_id: UUID) -> dict[MeetingKind, dict[str, int]]:
    """Meetings that took place: interviews by role, others by title."""
    query = (
        select(PlannedMeeting.kind, PlannedMeeting.role, PlannedMeeting.title, PlannedMeeting.position)
        .where(
            PlannedMeeting.assessment_id == assessment_id,
            PlannedMeeting.state == MeetingState.DONE,
            PlannedMeeting.removed_at.is_(None),
        )
        .order_by(PlannedMeeting.position)
    )
    found: dict[MeetingKind, dict[str, int]] = {}
    for kind, role, title, _ in db.session.execute(query):
        counts = found.setdefault(kind, {})
        name = role if kind is MeetingKind.INTERVIEW else title
        counts[name] = counts.get(name, 0) + 1
    return found


def _noted(assessment_id: UUID) -> dict[str, int]:
    """Where nobody ticked off meetings: the days on which notes of interviews were taken, by role."""
    days = (
        select(FieldNote.role, FieldNote.taken_on)
        .where(
            FieldNote.assessment_id == assessment_id,
            FieldNote.kind == NoteKind.INTERVIEW,
            FieldNote.role != "",
            FieldNote.removed_at.is_(None),
        )
        .distinct()
        .subquery()
    )
    rows = db.session.execute(select(days.c.role, func.count()).group_by(days.c.role))
    return {row[0]: row[1] for row in rows}


def _documents(assessment_id: UUID) -> int:
    query = select(func.count()).where(
        RequestedDocument.assessment_id == assessment_id,
        RequestedDocument.withdrawn_at.is_(None),
        RequestedDocument.state.in_((DocumentState.SUPPLIED, DocumentState.PARTLY)),
    )
    return db.session.execute(query).scalar_one()


def _place(role: str) -> int:
    known = list(ROLE_TITLES)
    return known.index(role) if role in known else len(known)
