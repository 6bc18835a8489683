"""Complaints and queries, from the day they come in to the day they are settled (OHID specification 8.2)."""

from __future__ import annotations

import uuid
from uuid import UUID

from portal.accounts.rules.actors import Actor
from portal.accounts.rules.permissions import Permission
from portal.contracts.cycle.models import CaseState, CaseStep, ContractCase
from portal.contracts.cycle.rules.records import LONGEST_NOTE, CaseDetails
from portal.contracts.cycle.service.loading import contract_for, row_for
from portal.core import clock
from portal.core.act import act
from portal.core.db import db
from portal.core.errors import Invalid, Refused, demand_version

NOTED, ESCALATED, RESOLVED, REOPENED = "noted", "escalated", "resolved", "reopened"
# what is done -> from which states, to which (None: it stays)
STEPS: dict[str, tuple[frozenset[CaseState], CaseState | None]] = {
    NOTED: (frozenset({CaseState.OPEN, CaseState.ESCALATED}), None),
    ESCALATED: (frozenset({CaseState.OPEN}), CaseState.ESCALATED),
    RESOLVED: (frozenset({CaseState.OPEN, CaseState.ESCALATED}), CaseState.RESOLVED),
    REOPENED: (frozenset({CaseState.RESOLVED}), CaseState.OPEN),
}


def open_case(actor: Actor, key: str, details: CaseDetails, id_: UUID | None = None) -> UUID:
    """Record a complaint or query. Returns its id. Raises NotFound, Forbidden or Invalid."""
    case_id = id_ or uuid.uuid4()
    with act(actor, "contract.open-case", ("contract-case", case_id)) as work:
        contract_for(actor, key, Permission.CONTRACT_MEET)
        problems = details.problems(clock.today())
        if problems:
            raise Invalid(problems)
        row = ContractCase(id=case_id, contract_key=key, state=CaseState.OPEN)
        row.kind, row.received_on, row.sender, row.about = (
            details.kind,
            details.received_on,
            details.sender,
            details.about,
        )
        db.session.add(row)
        work.note(contract=key, kind=details.kind)
    return case_id


def take_step(actor: Actor, case_id: UUID, what: str, text: str, version: int | None = None) -> CaseState:
    """Note what was done about a case, escalate it, settle it, or open it again. Returns its state.

    Raises NotFound, Forbidden, Invalid, Stale, or Refused where its state does not allow it.
    """
    with act(actor, "contract.case-step", ("contract-case", case_id)) as work:
        row = row_for(actor, ContractCase, case_id, Permission.CONTRACT_MEET)
        demand_version(version, row.version, {})
        if what not in STEPS:
            raise Invalid({"what": "Choose what was done"})
        if not text.strip() or len(text) > LONGEST_NOTE:
            raise Invalid({"text": f"Enter what was done, in {LONGEST_NOTE:,} characters or fewer"})
        sources, target = STEPS[what]
        if row.state not in sources:
            raise Refused(f"The {row.kind.words} is {row.state.value}: this cannot be done now.")
        row.state = target or row.state
        row.resolved_on = clock.today() if row.state is CaseState.RESOLVED else None
        row.version += 1
        step = CaseStep(case_id=row.id, what=what, text=text.strip(), at=clock.now(), by=actor.person_id)
        db.session.add(step)
        work.note(contract=row.contract_key, what=what)
        return row.state
