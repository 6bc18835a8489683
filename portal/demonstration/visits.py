"""When the meetings of a visit are, and what became of them."""

from __future__ import annotations

from datetime import date, time, timedelta
from uuid import UUID

from portal.accounts.rules.actors import Actor
from portal.reviews.external.rules.meetings import MeetingState
from portal.reviews.external.service.portfolio_meetings import meetings_of, save_times

OFFICE, CLINIC, TELEPHONE = "Team office", "Clinical team’s base", "By telephone"
# role or key -> day of the visit, start, place; no more than two at one time, as there are two reviewers
TIMES = {
    "opening": (0, time(9), OFFICE),
    "team-leader": (0, time(9, 30), OFFICE),
    "employment-specialist": (0, time(11, 15), OFFICE),
    "clinical-leader": (0, time(11, 15), CLINIC),
    "clinician": (0, time(13, 30), CLINIC),
    "executive": (0, time(14, 30), TELEPHONE),
    "clinical-meeting": (0, time(15, 30), CLINIC),
    "team-meeting": (1, time(9), OFFICE),
    "client": (1, time(10, 30), OFFICE),
    "jobcentre": (1, time(11, 45), TELEPHONE),
    "family": (1, time(12, 15), TELEPHONE),
    "employer-engagement": (1, time(13, 30), "With a specialist, in town"),
    "records": (1, time(13, 30), OFFICE),
    "closing": (1, time(16, 15), OFFICE),
}
NOBODY_CAME = {"family": "Nobody’s family wished to speak to us this time."}


def settle(by: Actor, assessment_id: UUID, first: date) -> None:
    """Give every meeting its day, time and place."""
    rows = [row for row in meetings_of(assessment_id) if row.role in TIMES]
    fields = {}
    for row in rows:
        days, starts, place = TIMES[row.role]
        fields[row.id] = {"on": first + timedelta(days=days), "starts": starts, "place": place}
    save_times(by, assessment_id, fields, {row.id: row.version for row in rows})


def hold(by: Actor, assessment_id: UUID) -> None:
    """Say of every meeting that has a time what became of it."""
    rows = [row for row in meetings_of(assessment_id) if row.starts is not None]
    fields = {
        row.id: {"state": MeetingState.NOT_POSSIBLE, "why": NOBODY_CAME[row.role]}
        if row.role in NOBODY_CAME
        else {"state": MeetingState.DONE}
        for row in rows
    }
    save_times(by, assessment_id, fields, {row.id: row.version for row in rows})
