"""When the plan of a quarter can be changed and fixed."""

from __future__ import annotations

from datetime import date

from portal.core.rules.quarters import Quarter

LONGEST_TITLE = 160
MOST_LINES = 200


def change_problem(quarter: Quarter, baselined: bool, today: date) -> str | None:
    """Why the plan cannot be changed, or None."""
    if baselined:
        return (
            "The plan of this quarter was fixed when the quarter opened. What is held beyond it counts too."
        )
    if quarter.last < today:
        return "This quarter is over: its plan can no longer be made."
    return None


def baseline_problem(quarter: Quarter, baselined: bool, lines: int, today: date) -> str | None:
    """Why the plan cannot be fixed now, or None. It is fixed from the quarter's first day on."""
    problem = change_problem(quarter, baselined, today)
    if problem is None and today < quarter.first:
        problem = "The plan is fixed when the quarter opens, not before."
    if problem is None and not lines:
        problem = "Add the planned events first: a plan of nothing sets no target."
    return problem


def fixed_by_itself(quarter: Quarter, made_on: date, today: date) -> bool:
    """Whether the portal fixes the plan today: one that stood before the quarter opened, while it runs.

    A plan made late is fixed by a person, who says so, so that it is not fixed half written.
    """
    return made_on < quarter.first <= today <= quarter.last
