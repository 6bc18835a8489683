"""Days that the contract counts: notice of a new lead manager, and the mobilisation plan.

Source: OHID specification 3.1.3 (within four weeks of award) and 8.1 (no less than one month in advance); how
many weeks and months is the contract's own.
"""

from __future__ import annotations

from datetime import date, timedelta

from portal.core.rules.months import months_after


def told_by(effect_on: date, months: int = 1) -> date:
    """The last day on which a change that takes effect then can be told of with so many months' notice."""
    day = months_after(effect_on, -months)
    while months_after(day + timedelta(days=1), months) <= effect_on:
        day += timedelta(days=1)  # a month from 29, 30 or 31 January ends on the last of February too
    return day


def days_short(told_on: date, effect_on: date, months: int = 1) -> int:
    """How many days too late a change was told of; nought where the whole notice was given."""
    return max(0, (told_on - told_by(effect_on, months)).days)


def mobilisation_due(awarded_on: date, weeks: int = 4) -> date:
    """The last day on which the mobilisation plan is agreed in time."""
    return awarded_on + timedelta(weeks=weeks)
