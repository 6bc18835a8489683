"""One's own vacancies as a CSV file."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any

from sqlalchemy import Row

from portal.core import clock
from portal.core.rules.cells import Cell
from portal.core.spreadsheets import write_csv
from portal.workforce.hub.models import Vacancy
from portal.workforce.hub.roles import role_title
from portal.workforce.hub.rules.checking import pay
from portal.workforce.hub.rules.moving import UNDER_WAY, State, days_open

COLUMNS = (
    "Title", "Role", "Service", "Employer", "Place", "Region", "FTE", "Hours a week", "Part time", "Contract",
    "Pay", "State", "Opened", "Closes", "Filled", "Days",
)  # fmt: skip


def days_of(vacancy: Vacancy, today: date) -> int | None:
    """Days from the first opening to the filling, or until today while it is under way; else None."""
    if vacancy.state not in {*UNDER_WAY, State.FILLED}:
        return None
    opened = clock.uk(vacancy.opened_at).date() if vacancy.opened_at else None
    filled = clock.uk(vacancy.filled_at).date() if vacancy.filled_at else None
    return days_open(opened, filled, today)


def vacancies_csv(rows: Sequence[Row[Any]]) -> bytes:
    """The rows of `queries.own`, a line each."""
    today = clock.today()
    return write_csv(COLUMNS, [_line(row, today) for row in rows])


def _line(row: Row[Any], today: date) -> list[Cell]:
    one: Vacancy = row.Vacancy
    opened, filled = (clock.uk(at).date().isoformat() if at else "" for at in (one.opened_at, one.filled_at))
    days = days_of(one, today)
    return [
        one.title,
        role_title(one.role),
        row.service,
        row.employer,
        one.place,
        one.region,
        one.fte,
        one.weekly_hours,
        "yes" if one.part_time else "no",
        one.contract.title,
        pay(one.salary_from, one.salary_to, one.pay_words),
        one.state.title,
        opened,
        one.closes_on.isoformat(),
        filled,
        days,
    ]
