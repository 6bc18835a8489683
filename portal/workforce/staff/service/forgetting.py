"""Taking the names off the records of people who left a service long ago.

    forget_leavers()    # `portal purge leavers`; by the daily job `workforce.forget-leavers`

The name, the pay band and the link to an account go. Role, FTE and dates stay: figures are counted from them.
"""

from __future__ import annotations

from typing import Any

from flask import current_app
from sqlalchemy import Select, func, select

from portal.accounts.rules.actors import PORTAL
from portal.core import clock
from portal.core.act import act
from portal.core.config import Settings
from portal.core.db import db
from portal.workforce.staff.models import StaffMember
from portal.workforce.staff.rules.forgetting import FORGOTTEN, left_by

JOB = "workforce.forget-leavers"


def do_daily(_payload: dict[str, Any]) -> None:
    """Handler of the daily job."""
    forget_leavers()


def would_forget() -> int:
    """How many names are due to go now; nothing is changed."""
    return db.session.scalars(select(func.count()).select_from(_due().subquery())).one()


def forget_leavers() -> int:
    """Take off what tells who left so many months ago that it is no longer kept. Returns how many.

    One audit row with their number, and none where nobody is due.
    """
    with act(PORTAL, JOB, ("staff", "leavers")) as work:
        found = db.session.scalars(_due().with_for_update()).all()
        for member in found:
            member.name, member.pay_band, member.person_id = FORGOTTEN, "", None
            member.version += 1
        work.note(names=len(found), months=_months())
        if not found:
            work.unchanged()
    return len(found)


def _due() -> Select[StaffMember]:
    last = left_by(clock.today(), _months())
    return select(StaffMember).where(StaffMember.ends <= last, StaffMember.name != FORGOTTEN)


def _months() -> int:
    settings: Settings = current_app.config["SETTINGS"]
    return settings.leaver_name_months
