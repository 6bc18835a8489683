"""Vetting that expires soon is mailed to the supplier's lead managers, once for each last day.

    remind()     # by the daily job `workforce.posts.remind`

What was sent is noted in the transaction of the mails, so that a second run on the same day sends nothing.
"""

from __future__ import annotations

from typing import Any
from uuid import UUID

from sqlalchemy import select

from portal.accounts.queries import holders
from portal.accounts.rules.actors import PORTAL
from portal.accounts.rules.roles import Role
from portal.core import clock
from portal.core.act import act
from portal.core.db import db
from portal.core.mail import send_mail, words
from portal.core.urls import public_url
from portal.workforce.posts.checking import CheckLine, pressing_checks
from portal.workforce.posts.models import Eism, EismCheck

JOB = "workforce.posts.remind"


def do_daily(_payload: dict[str, Any]) -> None:
    """Handler of the daily job."""
    remind()


def remind() -> int:
    """Tell of every check that presses and was not told of yet. Returns how many mails were written."""
    return sum(
        _tell(supplier_id) for supplier_id in db.session.scalars(select(Eism.supplier_id).distinct()).all()
    )


def _tell(supplier_id: UUID) -> int:
    with act(PORTAL, "workforce.remind-of-checks", ("organisation", supplier_id)) as work:
        new = _new(supplier_id)
        people = holders(supplier_id, [Role.LEAD_MANAGER]) if new else []
        if not people:
            work.unchanged()
            return 0
        for name, address in people:
            subject, text = words(
                "email/eism-checks.txt", name=name, lines=new, address=f"{public_url()}/workforce/eisms"
            )
            send_mail(address, subject, text)
        work.note(checks=[str(one.id) for one in new], mails=len(people))
    return len(people)


def _new(supplier_id: UUID) -> list[CheckLine]:
    """What presses and was not told of, noted as told; locked, so that of two runs only one tells."""
    pressing = {one.id: one for one in pressing_checks(supplier_id, clock.today())}
    query = select(EismCheck).where(EismCheck.id.in_(pressing)).with_for_update()
    found = []
    for row in db.session.scalars(query.order_by(EismCheck.id).execution_options(populate_existing=True)):
        if row.told_of != row.valid_until:
            row.told_of = row.valid_until
            found.append(pressing[row.id])
    return sorted(found, key=lambda one: (one.valid_until, one.name.casefold(), one.title))
