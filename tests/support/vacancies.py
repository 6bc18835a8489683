"""Vacancies for tests: what one says, and one in each state."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from decimal import Decimal
from typing import Any
from uuid import UUID

from portal.accounts.rules.actors import Actor
from portal.core import clock
from portal.workforce.hub.rules.checking import Contract, Details
from portal.workforce.hub.rules.moving import Move, State
from portal.workforce.hub.service import move_vacancy, write_vacancy

WAY: dict[State, tuple[Move, ...]] = {
    State.DRAFT: (),
    State.OPEN: (Move.PUBLISH,),
    State.SHORTLISTING: (Move.PUBLISH, Move.SHORTLIST),
    State.FILLED: (Move.PUBLISH, Move.FILL),
    State.WITHDRAWN: (Move.WITHDRAW,),
}


def details(**other: Any) -> Details:
    """What a vacancy says; what is given differs."""
    usual = Details(
        title="Employment specialist",
        role="employment-specialist",
        place="Hartlepool",
        region="North East",
        fte=Decimal(1),
        weekly_hours=Decimal("37.5"),
        part_time=True,
        contract=Contract.PERMANENT,
        closes_on=clock.today() + timedelta(days=20),
        description="Help people find work.\n\nJoin us.",
        apply_url="https://jobs.example.org/1",
        salary_from=3104900,
        salary_to=3779600,
        pay_words="Band 5",
    )
    return replace(usual, **other)


def a_vacancy(actor: Actor, service_id: UUID, state: State = State.OPEN, **other: Any) -> UUID:
    """A vacancy of a service, brought into a state."""
    made = write_vacancy(actor, service_id, details(**other))
    for move in WAY[state]:
        move_vacancy(actor, made, move)
    return made
