"""What a review that opens begins with: the documents asked for, and the meetings of the visit."""

from __future__ import annotations

from portal.core import clock
from portal.core.db import db
from portal.reviews.external.loading import LoadedReview
from portal.reviews.external.models.portfolio import PlannedMeeting, RequestedDocument
from portal.reviews.external.portfolio_data import request_list
from portal.reviews.external.rules.portfolio import items_informed
from portal.reviews.external.service.portfolio import documents_of
from portal.reviews.external.service.portfolio_meetings import meetings_of


def lay_out(found: LoadedReview) -> None:
    """Make the document requests and planned meetings of a review. Called inside the move that opens it.

    Opened again (cancelled, restored, opened), it keeps what it has.
    """
    _lay_out_documents(found)
    if not meetings_of(found.id):
        _lay_out_meetings(found)
    db.session.flush()


def _lay_out_documents(found: LoadedReview) -> None:
    there = {row.document_key for row in documents_of(found.id)}
    for position, document in enumerate(request_list().documents, start=1):
        if document.key in there:
            continue
        db.session.add(
            RequestedDocument(
                assessment_id=found.id,
                document_key=document.key,
                position=position,
                title=document.title,
                send=document.send,
                leave_out=document.leave_out,
                required=document.required,
                item_keys=list(items_informed(document, found.scale)),
                changed_at=clock.now(),
            )
        )


def _lay_out_meetings(found: LoadedReview) -> None:
    usual = [meeting for meeting in request_list().meetings if meeting.usual]
    for position, meeting in enumerate(usual, start=1):
        db.session.add(
            PlannedMeeting(
                assessment_id=found.id,
                kind=meeting.kind,
                role=meeting.key,
                title=meeting.title,
                position=position,
                minutes=meeting.minutes,
                people=meeting.people,
                changed_at=clock.now(),
            )
        )
