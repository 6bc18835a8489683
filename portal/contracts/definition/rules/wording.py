"""Figures and bands in words: 95%, above 90% to 95%, 4 or more."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from fractions import Fraction

from portal.contracts.definition.rules.bands import Band
from portal.contracts.definition.rules.terms import Remedy, Terms, Unit

REMEDIES = {
    Remedy.PLAN_REQUIRED: "A remedial action plan is required",
    Remedy.PLAN_MAY_BE_ASKED: "A remedial action plan may be asked for",
    Remedy.SERVICE_CREDIT: "Service credit",
    Remedy.NOTICE: "Performance notice",
    Remedy.MEETING: "A meeting is called",
}
_PLACES = 9  # an edge of a file has no more


def decimal(value: Fraction) -> str:
    """An exact decimal where there is one of nine places or fewer, else the fraction: 4.5, 17/18."""
    if (10**_PLACES) % value.denominator:
        return f"{value.numerator}/{value.denominator}"
    exact = Decimal(value.numerator) * (10**_PLACES // value.denominator) / 10**_PLACES
    return f"{exact.normalize():,f}"


def figure(value: Fraction, unit: Unit) -> str:
    """A value in its unit: 95% or 12."""
    return f"{percentage(value)}%" if unit == Unit.PERCENT else decimal(value)


def percentage(value: Fraction) -> str:
    """A share as a percentage without its sign, exact or as a fraction: 95, 92.5, 850/9."""
    return decimal(value * 100)


def edges(band: Band, unit: Unit) -> str:
    """From where to where a band goes: above 95%; 90% to 95%; 90% or more and below 95%."""
    low, high = band.low, band.high
    if low is not None and high is not None and low.value == high.value:
        return f"exactly {figure(low.value, unit)}"
    if low is not None and high is not None and low.inside and high.inside:
        return f"{figure(low.value, unit)} to {figure(high.value, unit)}"
    if low is None and high is not None and high.inside and not high.value:
        return f"exactly {figure(high.value, unit)}"  # nothing is below 0
    below = above = ""
    if low is not None:
        above = figure(low.value, unit)
        above = f"{above} or more" if low.inside else f"above {above}"
    if high is not None:
        below = figure(high.value, unit)
        below = f"up to {below}" if high.inside else f"below {below}"
    return " and ".join(part for part in (above, below) if part) or "any value"


def standing(terms: Terms, today: date) -> str:
    """Whether a contract is to come, runs or has ended."""
    if today < terms.starts:
        return "To come"
    return "Running" if today <= terms.ends else "Ended"
