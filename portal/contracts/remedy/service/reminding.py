"""Plans that are wanted and tasks that are due are mailed to the supplier, once a week for each plan.

    remind()     # by the daily job `contracts.remedy.remind`

What was told is noted in the transaction of the mails, so that a second run on the same day sends nothing.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from sqlalchemy import select

from portal.accounts.queries import holders
from portal.accounts.rules.actors import PORTAL
from portal.accounts.rules.permissions import Permission, grants
from portal.contracts.definition.parties import parties_of
from portal.contracts.definition.registry import contracts
from portal.contracts.definition.rules.terms import Contract
from portal.contracts.remedy.models import RemedialPlan
from portal.contracts.remedy.queries import RemedialView, plans_of
from portal.contracts.remedy.rules.workflow import OPEN, RemedyState
from portal.core import clock
from portal.core.act import act
from portal.core.db import db
from portal.core.mail import send_mail, words
from portal.core.urls import public_url

JOB = "contracts.remedy.remind"
SOON = timedelta(days=7)
AGAIN = timedelta(days=7)  # the same plan is told of again after this long
_UNSENT = frozenset({RemedyState.ASKED, RemedyState.DRAFT, RemedyState.RETURNED})


@dataclass(frozen=True)
class Pressing:
    """A plan that presses, with the days that do: the plan's own, and those of tasks."""

    view: RemedialView
    days: tuple[tuple[str, date], ...]


def do_daily(_payload: dict[str, Any]) -> None:
    """Handler of the daily job."""
    remind()


def remind() -> int:
    """Tell of every plan that presses and was not told of this week. Returns how many mails were written."""
    open_ = select(RemedialPlan.contract_key).where(RemedialPlan.state.in_(OPEN)).distinct()
    keys = db.session.scalars(open_.order_by(RemedialPlan.contract_key)).all()
    known = contracts()
    return sum(_tell(known[key]) for key in keys if key in known)


def _tell(contract: Contract) -> int:
    with act(PORTAL, "remedy.remind", ("contract", contract.key)) as work:
        new = _new(contract.key)
        supplier = parties_of(contract).supplier.id
        people = holders(supplier, grants(Permission.CONTRACT_REPORT)) if new and supplier else []
        if not people:
            work.unchanged()
            return 0
        address = f"{public_url()}/contracts/{contract.key}/plans"
        for name, mail in people:
            values = {"name": name, "contract": contract.latest.title, "lines": new, "address": address}
            send_mail(mail, *words("email/remedial-plans.txt", **values))
        work.note(plans=[str(one.view.row.id) for one in new], mails=len(people))
    return len(people)


def _new(contract_key: str) -> list[Pressing]:
    """What presses and was not told of this week, noted as told; locked, so that of two runs one tells."""
    today = clock.today()
    locked = select(RemedialPlan).where(RemedialPlan.contract_key == contract_key).with_for_update()
    db.session.scalars(locked.execution_options(populate_existing=True)).all()
    found = [Pressing(view, days) for view in plans_of(contract_key) if (days := pressing(view, today))]
    new = [one for one in found if one.view.row.told_of is None or one.view.row.told_of + AGAIN <= today]
    for one in new:
        one.view.row.told_of = today
    return new


def pressing(view: RemedialView, today: date) -> tuple[tuple[str, date], ...]:
    """What of a plan is due within a week or late: in words, with its day."""
    row = view.row
    if row.state not in OPEN:
        return ()
    own = [("The plan is wanted", row.wanted_by)] if row.state in _UNSENT and row.wanted_by else []
    lines = view.plan.actions if view.plan else ()
    tasks = [(line.row.item_title, line.row.due) for line in lines if line.under_way and line.row.due]
    return tuple((text, day) for text, day in [*own, *tasks] if day <= today + SOON)
