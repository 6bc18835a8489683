"""What the buyer decides: to ask for a plan or not, to agree it or send it back, to close it.

Source: OHID specification 12.2 to 12.4, 13.6. Whether the buyer asked, who and when stands in the course.
"""

from __future__ import annotations

from datetime import date

from portal.accounts.rules.actors import Actor
from portal.contracts.remedy.loading import Target
from portal.contracts.remedy.rules.workflow import RemedyMove, Side
from portal.contracts.remedy.service.moving import moving
from portal.core import clock
from portal.core.errors import Invalid
from portal.plans import service as plans

BUYER = Side.BUYER


def ask(actor: Actor, target: Target, version: int, reason: str, wanted_by: date | None) -> None:
    """Ask for a plan where the contract leaves it to the buyer (12.3), by a day if one is given.

    Raises NotFound, Forbidden, Stale, Refused or Invalid.
    """
    with moving(actor, target, BUYER, RemedyMove.ASK, version, reason) as now:
        if wanted_by is not None and wanted_by < clock.today():
            raise Invalid({"wanted_by": "The day must be today or later"})
        now.row.wanted_by = wanted_by


def leave(actor: Actor, target: Target, version: int, reason: str) -> None:
    """Decide not to ask for a plan; it may be asked for later. Raises as `ask`."""
    with moving(actor, target, BUYER, RemedyMove.LEAVE, version, reason):
        pass


def agree(actor: Actor, target: Target, version: int) -> None:
    """Agree a submitted plan: what was sent stands. Raises NotFound, Forbidden, Stale or Refused."""
    with moving(actor, target, BUYER, RemedyMove.AGREE, version) as now:
        plan = now.plan
        plans.agree_plan(actor, plan.id, plan.version)


def send_back(actor: Actor, target: Target, version: int, reason: str) -> None:
    """Return a submitted plan to the supplier with reasons. Raises as `ask`."""
    with moving(actor, target, BUYER, RemedyMove.RETURN, version, reason) as now:
        plan = now.plan
        plans.return_plan(actor, plan.id, plan.version)


def close(actor: Actor, target: Target, version: int, reason: str) -> None:
    """Close an agreed plan: every task is done or dropped, and `reason` says how its condition is met.

    Raises NotFound, Forbidden, Stale, Invalid, or Refused naming the tasks that are left.
    """
    with moving(actor, target, BUYER, RemedyMove.CLOSE, version, reason) as now:
        plan = now.plan
        plans.close_plan(actor, plan.id, plan.version)
        now.row.closed_at = clock.now()
