"""Days that the contract counts: notice of a new lead manager, and the mobilisation plan.

Source: OHID specification 3.1.3 (within four weeks of award) and 8.1 (no less than one month in advance).
"""

from __future__ import annotations

from datetime import date, timedelta

from portal.core.rules.months import months_after

NOTICE_MONTHS = 1
MOBILISATION = timedelta(weeks=4)


def told_by(effect_on: date) -> date:
    """The last day on which a change that takes effect then can be told of with a whole month's notice."""
    day = months_after(effect_on, -NOTICE_MONTHS)
    while months_after(day + timedelta(days=1), NOTICE_MONTHS) <= effect_on:
        day += timedelta(days=1)  # a month from 29, 30 or 31 January ends on the last of February too
    return day


def days_short(told_on: date, effect_on: date) -> int:
    """How many days too late a change was told of; nought where a whole month's notice was given."""
    return max(0, (told_on - told_by(effect_on)).days)


def mobilisation_due(awarded_on: date) -> date:
    """The last day on which the mobilisation plan is agreed in time."""
    return awarded_on + MOBILISATION
