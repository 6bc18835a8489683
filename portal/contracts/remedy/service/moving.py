"""What every move of a remedial plan shares: the table, the reason, the row of its course."""

from __future__ import annotations

import uuid
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass

from sqlalchemy import func, select
from sqlalchemy.exc import IntegrityError

from portal.accounts.rules.actors import Actor
from portal.accounts.rules.permissions import Permission
from portal.contracts.remedy.loading import Found, Target, remedial_for
from portal.contracts.remedy.models import RemedialPlan, RemedialStep
from portal.contracts.remedy.rules.demands import Demand
from portal.contracts.remedy.rules.workflow import RemedyMove, RemedyState, Side, Step, step
from portal.core import clock
from portal.core.act import Work, act
from portal.core.db import db
from portal.core.errors import Invalid, Refused, Stale
from portal.plans.models import Plan

LONGEST_REASON = 4000
_RIGHTS = {Side.SUPPLIER: Permission.CONTRACT_REPORT, Side.BUYER: Permission.CONTRACT_DECIDE}
_WORDS = {
    RemedyMove.ASK: "ask for",
    RemedyMove.LEAVE: "decide not to ask for",
    RemedyMove.START: "start",
    RemedyMove.SUBMIT: "submit",
    RemedyMove.RETURN: "return",
    RemedyMove.AGREE: "agree",
    RemedyMove.CLOSE: "close",
}


@dataclass
class Moving:
    """A move under way: its row (made where there was none) and, once there is one, the plan of its tasks."""

    work: Work
    row: RemedialPlan

    @property
    def plan(self) -> Plan:
        """The plan that holds the tasks."""
        return db.session.get_one(Plan, self.row.plan_id, populate_existing=True)


@contextmanager
def moving(
    actor: Actor, target: Target, by: Side, move: RemedyMove, version: int, reason: str = ""
) -> Iterator[Moving]:
    """Make a move. Raises NotFound, Forbidden, Stale, Refused (not from this state) or Invalid (reason)."""
    with act(actor, f"remedy.{move.value}", target.subject) as work:
        found = remedial_for(actor, target, _RIGHTS[by], version)
        one = step(found.state, move)
        if one is None or one.by is not by:
            raise Refused(f"You cannot {_WORDS[move]} a plan that is “{found.state.words}”.")
        _demand_reason(one, reason)
        row = found.row or _new_row(target, found)
        before = found.state
        yield Moving(work, row)
        row.state, row.version = one.to, version + 1  # at the end, together with what the state needs
        _record(actor, row, move, reason.strip())
        work.note(before=before, after=one.to, plan=row.plan_id)


def _demand_reason(one: Step, reason: str) -> None:
    if one.reason and not reason.strip():
        raise Invalid({"reason": "Enter the reason"})
    if len(reason) > LONGEST_REASON:
        raise Invalid({"reason": f"The reason must be {LONGEST_REASON:,} characters or fewer"})


def _new_row(target: Target, found: Found) -> RemedialPlan:
    wanted: Demand | None = found.demand
    assert wanted is not None, "without a row there is a demand"
    return RemedialPlan(
        id=uuid.uuid4(),
        contract_key=target.contract_key,
        quarter=target.quarter.key,
        indicator=target.number,
        indicator_title=wanted.indicator.title[:200],
        band_title=wanted.band.title[:120],
        section=wanted.consequence.section[:40],
        required=wanted.state is RemedyState.REQUIRED,
        retains=wanted.consequence.retains,
    )


def _record(actor: Actor, row: RemedialPlan, move: RemedyMove, reason: str) -> None:
    db.session.add(row)
    try:
        db.session.flush()
    except IntegrityError:  # two people made the first move at one moment
        raise Stale("Somebody else was first. Look at what stands now.", {}, 1) from None
    count = select(func.count()).where(RemedialStep.remedial_id == row.id)
    number = db.session.scalars(count).one() + 1
    db.session.add(
        RemedialStep(
            remedial_id=row.id,
            number=number,
            at=clock.now(),
            by=actor.person_id,
            move=move,
            after=row.state,
            reason=reason,
        )
    )
