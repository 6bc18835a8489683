"""When the name of somebody who left a service goes from their record."""

from __future__ import annotations

from datetime import date

from portal.core.rules.months import months_before

FORGOTTEN = "Somebody who left"  # stands in the place of the name


def left_by(today: date, months: int) -> date:
    """The newest last day of work whose months are over: kept are names of those who left after it.

    The months are the operator's setting; no source gives them (UK GDPR, article 5(1)(e): no longer than
    is needed). Turnover is counted from days, which stay.
    """
    return months_before(today, months)
