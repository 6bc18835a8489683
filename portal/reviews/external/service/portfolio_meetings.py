"""The timetable of the visit: the service and the team fill it in together until fieldwork is over."""

from __future__ import annotations

import uuid
from collections.abc import Mapping
from dataclasses import asdict
from typing import Any
from uuid import UUID

from sqlalchemy import select

from portal.accounts.rules.actors import Actor
from portal.core import clock
from portal.core.act import act
from portal.core.db import db
from portal.core.errors import Forbidden, Invalid, NotFound, Refused, Stale
from portal.reviews.external.loading import LoadedReview, holds, load_review, may_see
from portal.reviews.external.models.portfolio import PlannedMeeting
from portal.reviews.external.portfolio_data import request_list
from portal.reviews.external.rules.meetings import MeetingDraft, MeetingState, changed, problems
from portal.reviews.external.rules.portfolio import MeetingKind
from portal.reviews.external.rules.workflow import Action, Part, cell

MOST_MEETINGS = 60
PLANNERS = (Part.SCORER, Part.PROVIDER_STAFF)


def may_plan(actor: Actor, found: LoadedReview) -> bool:
    """Whether this person changes the timetable now: the service's people and the team, until scoring."""
    try:
        cell(found.stage, Action.REQUEST)
    except Refused:
        return False
    return any(holds(actor, part, found) for part in PLANNERS)


def add_meeting(
    actor: Actor,
    assessment_id: UUID,
    kind: MeetingKind,
    role: str,
    draft: MeetingDraft,
    id_: UUID | None = None,
) -> UUID:
    """Plan another meeting. `role` is the data file's key, empty for a session of one's own making.

    Raises NotFound, Refused, Forbidden or Invalid.
    """
    meeting_id = id_ or uuid.uuid4()
    with act(actor, "meetings.add", ("review", assessment_id)) as work:
        found = _load(actor, assessment_id)
        if request_list().meeting(kind, role) is None and (kind, role) != (MeetingKind.SESSION, ""):
            raise Invalid({"what": "Choose what to plan"})
        _demand_sound(draft, found)
        rows = meetings_of(assessment_id)
        if len(rows) >= MOST_MEETINGS:
            raise Refused(f"A visit has {MOST_MEETINGS} meetings at most. Remove one first.")
        row = PlannedMeeting(
            id=meeting_id,
            assessment_id=assessment_id,
            kind=kind,
            role=role,
            position=max((one.position for one in rows), default=0) + 1,
            version=1,
        )
        _take(actor, row, draft)
        db.session.add(row)
        work.note(meeting=meeting_id, kind=kind, role=role)
    return meeting_id


def edit_meeting(
    actor: Actor, assessment_id: UUID, meeting_id: UUID, draft: MeetingDraft, expected_version: int
) -> bool:
    """Change a meeting, or say what became of it. Returns whether anything changed.

    Raises NotFound, Refused, Forbidden, Invalid, or Stale with what stands.
    """
    with act(actor, "meetings.edit", ("review", assessment_id)) as work:
        found = _load(actor, assessment_id)
        row = _row(assessment_id, meeting_id)
        names = _put(actor, found, row, draft, expected_version)
        if names:
            work.note(meeting=meeting_id, role=row.role, state=row.state, changed=names)
        else:
            work.unchanged()
    return bool(names)


def save_times(
    actor: Actor,
    assessment_id: UUID,
    drafts: Mapping[UUID, Mapping[str, Any]],
    versions: Mapping[UUID, int],
) -> int:
    """Save day, time, length, number of people and place of many meetings, all or none.

    `drafts`: by meeting, the fields to set. Returns how many changed. Raises Invalid and Stale by meeting:
    problems under “FIELD-ID”, what stands under the id.
    """
    with act(actor, "meetings.set-times", ("review", assessment_id)) as work:
        found = _load(actor, assessment_id)
        rows = {row.id: row for row in meetings_of(assessment_id) if row.removed_at is None}
        noted: dict[str, list[str]] = {}
        wrong: dict[str, str] = {}
        stale: dict[str, object] = {}
        for meeting_id, fields in drafts.items():
            row = rows.get(meeting_id)
            if row is None:
                raise NotFound("A meeting of this form was removed meanwhile. Open the timetable again.")
            draft = MeetingDraft(**{**asdict(draft_of(row)), **fields})
            try:
                names = _put(actor, found, row, draft, versions.get(meeting_id, 0))
            except Invalid as error:
                wrong |= {f"{name}-{meeting_id}": words for name, words in error.problems.items()}
            except Stale as error:
                stale[str(meeting_id)] = {**error.current, "version": error.version}
            else:
                noted |= {str(meeting_id): names} if names else {}
        if wrong:
            raise Invalid(wrong)
        if stale:
            raise Stale("Somebody else changed some of these meetings first.", stale, found.review.version)
        if noted:
            work.note(changed=noted)
        else:
            work.unchanged()
    return len(noted)


def remove_meeting(actor: Actor, assessment_id: UUID, meeting_id: UUID, *, back: bool = False) -> str:
    """Take a meeting out of the timetable, or put it back (`back`). Returns its title."""
    with act(actor, f"meetings.{'restore' if back else 'remove'}", ("review", assessment_id)) as work:
        _load(actor, assessment_id)
        row = _row(assessment_id, meeting_id, removed_too=True)
        if (row.removed_at is None) is back:
            work.unchanged()
            return row.title
        row.removed_at = None if back else clock.now()
        row.changed_at, row.changed_by = clock.now(), actor.person_id
        work.note(meeting=meeting_id, role=row.role)
        return row.title


def draft_of(row: PlannedMeeting) -> MeetingDraft:
    """A meeting as it stands, in the fields that people enter."""
    return MeetingDraft(row.title, row.on, row.starts, row.minutes, row.people, row.place, row.state, row.why)


def _load(actor: Actor, assessment_id: UUID) -> LoadedReview:
    found = load_review(assessment_id, fresh=True)
    if found is None or not (actor.is_portal or may_see(actor, found)):
        raise NotFound("There is no such review that you may see.")
    cell(found.stage, Action.REQUEST)
    if not any(holds(actor, part, found) for part in PLANNERS):
        raise Forbidden("You may not do this.")
    return found


def _put(
    actor: Actor, found: LoadedReview, row: PlannedMeeting, draft: MeetingDraft, expected_version: int
) -> list[str]:
    """Write a meeting. Returns the names of what changed: none where the same stood already."""
    draft = _cleaned(draft)
    before = asdict(draft_of(row))
    names = changed(before, asdict(draft))
    if not names:
        return []
    _demand_sound(draft, found)
    if row.version != expected_version:
        raise Stale("Somebody else changed this meeting first.", before, row.version)
    _take(actor, row, draft)
    row.version += 1
    return names


def _cleaned(draft: MeetingDraft) -> MeetingDraft:
    why = draft.why.strip() if draft.state is MeetingState.NOT_POSSIBLE else ""
    return MeetingDraft(
        **{**asdict(draft), "title": draft.title.strip(), "place": draft.place.strip(), "why": why}
    )


def _demand_sound(draft: MeetingDraft, found: LoadedReview) -> None:
    wrong = problems(draft, found.review.fieldwork_from, found.review.fieldwork_to)
    if wrong:
        raise Invalid(wrong)


def _take(actor: Actor, row: PlannedMeeting, draft: MeetingDraft) -> None:
    for name, value in asdict(_cleaned(draft)).items():
        setattr(row, name, value)
    row.changed_at, row.changed_by = clock.now(), actor.person_id


def meetings_of(assessment_id: UUID) -> list[PlannedMeeting]:
    """Every meeting of a review, removed ones too, in order. For verbs."""
    query = select(PlannedMeeting).where(PlannedMeeting.assessment_id == assessment_id)
    query = query.order_by(PlannedMeeting.position).execution_options(populate_existing=True)
    return list(db.session.execute(query).scalars())


def _row(assessment_id: UUID, meeting_id: UUID, *, removed_too: bool = False) -> PlannedMeeting:
    found = next((row for row in meetings_of(assessment_id) if row.id == meeting_id), None)
    if found is None or (found.removed_at is not None and not removed_too):
        raise NotFound("There is no such meeting in this timetable.")
    return found
