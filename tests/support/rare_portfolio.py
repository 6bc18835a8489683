"""What the demonstration’s portfolios have none of: files, a request of the team, clashes, removed things."""

from __future__ import annotations

from datetime import time
from typing import Any

from sqlalchemy import select

from portal.core.db import db
from portal.demonstration.people import LEAD_REVIEWER, MANAGER, SECOND_REVIEWER, demo_id
from portal.demonstration.script import actor
from portal.reviews.external.loading import load_review
from portal.reviews.external.rules.meetings import MeetingState
from portal.reviews.external.service.portfolio import Request, documents_of, request, withdraw
from portal.reviews.external.service.portfolio_files import add_files, remove_file
from portal.reviews.external.service.portfolio_meetings import meetings_of, remove_meeting, save_times
from portal.workforce.accreditation.models import ReviewerAccreditation

REVIEW = demo_id("review", "Redcar and Cleveland IPS", "preparing")


def add() -> dict[str, str]:
    """Add them. Returns the ids that a test cannot otherwise know."""
    return {**_documents(), **_meetings(), **_reviewers()}


def _documents() -> dict[str, str]:
    manager, lead = actor(MANAGER.id), actor(LEAD_REVIEWER.id)
    with_file, withdrawn = (row.id for row in documents_of(REVIEW)[:2])
    files = [
        ("caseloads, November.csv", b"team,clients\nNorth,52\n"),
        ("old.csv", b"team,clients\nNorth,48\n"),
    ]
    kept, gone = add_files(manager, REVIEW, with_file, files)
    remove_file(manager, REVIEW, gone)
    asked = request(lead, REVIEW, Request("Cover rota", "Who covered for whom.", ("vocational-unit",)))
    withdraw(lead, REVIEW, withdrawn)
    return {
        "portfolio file": str(kept),
        "document": str(with_file),
        "document asked for": str(asked),
        "document withdrawn": str(withdrawn),
    }


def _meetings() -> dict[str, str]:
    found = load_review(REVIEW)
    assert found is not None  # the demonstration has it
    first = found.review.fieldwork_from
    rows = meetings_of(REVIEW)
    fields: dict[Any, dict[str, Any]] = {
        row.id: {"on": first, "starts": time(11), "place": "https://calls.example.org/9"} for row in rows[:4]
    }
    fields[rows[5].id] = {"state": MeetingState.NOT_POSSIBLE, "why": "Nobody is free that week."}
    save_times(actor(MANAGER.id), REVIEW, fields, {row.id: row.version for row in rows})
    remove_meeting(actor(MANAGER.id), REVIEW, rows[-1].id)
    return {"meeting": str(rows[0].id)}


def _reviewers() -> dict[str, str]:
    query = select(ReviewerAccreditation).where(ReviewerAccreditation.person_id == SECOND_REVIEWER.id)
    row = db.session.execute(query.limit(1)).scalar_one()
    return {"reviewer": str(SECOND_REVIEWER.id), "accreditation": str(row.id)}
