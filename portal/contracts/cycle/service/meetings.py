"""Meetings: the review of a quarter and ad hoc ones, with agenda, attendance and minutes (8.3, 8.4)."""

from __future__ import annotations

import uuid
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from portal.accounts.rules.actors import Actor
from portal.accounts.rules.permissions import Permission
from portal.contracts.cycle.models import ContractMeeting, MeetingKind, MeetingState
from portal.contracts.cycle.rules.agenda import Point
from portal.contracts.cycle.rules.records import LONGEST_NAME, LONGEST_NOTE
from portal.contracts.cycle.service.loading import contract_for, quarter_within, row_for
from portal.contracts.cycle.service.moving import settle_review
from portal.core import clock
from portal.core.act import act
from portal.core.db import db
from portal.core.errors import Invalid, Refused, demand_version

Attendance = Sequence[tuple[str, str]]  # party, names of who came


@dataclass(frozen=True)
class MeetingDetails:
    """A meeting as it is entered. `asked_by`: who asked for an ad hoc one."""

    kind: MeetingKind
    on: date
    asked_by: str
    agenda: tuple[Point, ...]

    def problems(self) -> dict[str, str]:
        """What is wrong, by field."""
        found = {}
        if self.kind is MeetingKind.AD_HOC and not self.asked_by.strip():
            found["asked_by"] = "Enter which side asked for the meeting"
        if len(self.asked_by) > LONGEST_NAME:
            found["asked_by"] = f"Use {LONGEST_NAME} characters or fewer"
        if not self.agenda:
            found["agenda"] = "Enter at least one point"
        return found


def plan_meeting(
    actor: Actor, key: str, quarter: str, details: MeetingDetails, id_: UUID | None = None
) -> UUID:
    """Plan a meeting. Returns its id. Raises NotFound, Forbidden or Invalid."""
    meeting_id = id_ or uuid.uuid4()
    with act(actor, "contract.plan-meeting", ("contract-meeting", meeting_id)) as work:
        contract = contract_for(actor, key, Permission.CONTRACT_MEET)
        quarter_within(contract, quarter)
        _demand_sound(details)
        row = ContractMeeting(id=meeting_id, contract_key=key, quarter=quarter, attendance=[])
        row.state = MeetingState.PLANNED
        _put(row, details)
        db.session.add(row)
        work.note(contract=key, quarter=quarter, kind=details.kind)
    return meeting_id


def edit_meeting(actor: Actor, meeting_id: UUID, details: MeetingDetails, version: int) -> None:
    """Change day or agenda of a planned meeting. Raises NotFound, Forbidden, Invalid, Stale or Refused."""
    with act(actor, "contract.edit-meeting", ("contract-meeting", meeting_id)) as work:
        row = _planned(actor, meeting_id, version)
        _demand_sound(details)
        _put(row, details)
        row.version += 1
        work.note(contract=row.contract_key)


def hold_meeting(
    actor: Actor, meeting_id: UUID, attendance: Attendance, minutes: str, version: int | None = None
) -> None:
    """Record that a meeting was held: who came, and its minutes; later: complete them.

    The review of a quarter whose report is accepted takes the quarter on. Raises NotFound, Forbidden,
    Invalid, Stale, or Refused before its day.
    """
    with act(actor, "contract.hold-meeting", ("contract-meeting", meeting_id)) as work:
        row = row_for(actor, ContractMeeting, meeting_id, Permission.CONTRACT_MEET)
        demand_version(version, row.version, {"minutes": row.minutes})
        if row.state is MeetingState.CANCELLED:
            raise Refused("The meeting was cancelled.")
        if row.on > clock.today():
            raise Refused(f"The meeting is on {row.on.day} {row.on:%B %Y}. Record it on that day or after.")
        _demand_minutes(attendance, minutes)
        row.attendance = [{"party": party, "names": names.strip()} for party, names in attendance]
        row.minutes, row.state = minutes.strip(), MeetingState.HELD
        row.version += 1
        work.note(contract=row.contract_key, quarter=row.quarter, kind=row.kind)
        if row.kind is MeetingKind.QUARTERLY:
            settle_review(actor, row.contract_key, row.quarter)


def cancel_meeting(actor: Actor, meeting_id: UUID, version: int) -> None:
    """Cancel a meeting that was not held. Raises NotFound, Forbidden, Stale or Refused."""
    with act(actor, "contract.cancel-meeting", ("contract-meeting", meeting_id)) as work:
        row = _planned(actor, meeting_id, version)
        row.state = MeetingState.CANCELLED
        row.version += 1
        work.note(contract=row.contract_key)


def points_of(row: ContractMeeting) -> tuple[Point, ...]:
    """The agenda of a meeting."""
    return tuple(Point(one["title"], one["words"]) for one in row.agenda)


def _planned(actor: Actor, meeting_id: UUID, version: int) -> ContractMeeting:
    row = row_for(actor, ContractMeeting, meeting_id, Permission.CONTRACT_MEET)
    if row.state is not MeetingState.PLANNED:
        raise Refused(f"The meeting is {row.state.value}: it can no longer be changed.")
    demand_version(version, row.version, {"on": row.on, "asked_by": row.asked_by})
    return row


def _put(row: ContractMeeting, details: MeetingDetails) -> None:
    row.kind, row.on, row.asked_by = details.kind, details.on, details.asked_by.strip()
    row.agenda = [{"title": one.title, "words": one.words} for one in details.agenda]


def _demand_sound(details: MeetingDetails) -> None:
    problems = details.problems()
    if problems:
        raise Invalid(problems)


def _demand_minutes(attendance: Attendance, minutes: str) -> None:
    problems = {}
    if not any(names.strip() for _, names in attendance):
        problems["attendance"] = "Enter who came, for at least one party"
    if not minutes.strip():
        problems["minutes"] = "Enter what was agreed"
    elif len(minutes) > LONGEST_NOTE * 5:
        problems["minutes"] = f"Use {LONGEST_NOTE * 5:,} characters or fewer"
    if problems:
        raise Invalid(problems)
