"""The list of a contract's remedial plans, and the page of one."""

from __future__ import annotations

from flask import g, render_template
from flask.typing import ResponseReturnValue

from portal.accounts.access import May
from portal.accounts.current import current_actor
from portal.accounts.rules.permissions import Permission, allowed
from portal.contracts.definition.blueprint import contracts
from portal.contracts.definition.parties import parties_of
from portal.contracts.definition.subjects import contract_subject
from portal.contracts.definition.views.tabs import pages
from portal.contracts.remedy.queries import standings
from portal.contracts.remedy.rules.workflow import Side, moves
from portal.contracts.remedy.subjects import PlanPlace, remedial_subject
from portal.core.access import access
from portal.plans.loading import values_of
from portal.plans.rules.checking import gaps

READ = Permission.CONTRACT_READ
RIGHTS = {Side.SUPPLIER: Permission.CONTRACT_REPORT, Side.BUYER: Permission.CONTRACT_DECIDE}


@contracts.get("/<key>/plans")
@access(May(READ, contract_subject))
def plans(key: str) -> ResponseReturnValue:
    """What the figures ask for and what was decided, the newest quarter first."""
    return render_template(
        "contracts/remedy/plans.html",
        contract=g.subject,
        lines=standings(g.subject),
        sides=_sides(),
        pages=pages(key, "plans"),
    )


@contracts.get("/<key>/plans/<quarter>/<number>")
@access(May(READ, remedial_subject))
def plan(key: str, quarter: str, number: str) -> ResponseReturnValue:
    """A remedial plan with its tasks and its course."""
    return plan_page(g.subject)


def plan_page(
    place: PlanPlace, errors: list[dict[str, str]] | None = None, status: int = 200
) -> ResponseReturnValue:
    """The page of a plan, with what the person may do to it now."""
    standing, sides = place.standing, _sides()
    mine = [move.value for side in sides for move in moves(standing.state, side)]
    lines = place.tasks.actions if place.tasks else ()
    page = render_template(
        "contracts/remedy/plan.html",
        place=place,
        standing=standing,
        parties=parties_of(place.contract),
        moves=mine,
        supplier=Side.SUPPLIER in sides,
        lacking=[(line.row, missing) for line in lines if (missing := gaps(values_of(line.row)))],
        errors=errors,
    )
    return page, status


def _sides() -> list[Side]:
    return [side for side, right in RIGHTS.items() if allowed(current_actor(), right, g.links)]
