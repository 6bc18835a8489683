"""A share with what it was counted from: compared as it is, rounded only where it is shown."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal, localcontext
from fractions import Fraction


@dataclass(frozen=True)
class Rate:
    """So many of so many. Either may be a fraction: FTE-days are."""

    numerator: Fraction
    denominator: Fraction

    @property
    def value(self) -> Fraction | None:
        """The share, exactly; None of nothing: neither 0% nor 100%."""
        return self.numerator / self.denominator if self.denominator else None

    def percent(self, places: int = 1) -> str:
        """43.2%, rounded half up; “–” where there is nothing to count from."""
        if self.value is None:
            return "–"
        return f"{rounded(self.value * 100, places):,}%"


def rate(numerator: int | Fraction, denominator: int | Fraction) -> Rate:
    """A rate from whole numbers or fractions. Raises ValueError for a negative one."""
    if numerator < 0 or denominator < 0:
        raise ValueError("A rate has no negative part")
    return Rate(Fraction(numerator), Fraction(denominator))


def rounded(value: Fraction, places: int) -> Decimal:
    """A fraction to so many places, half up, without zeros at its end."""
    with localcontext() as context:
        context.prec = 60
        scaled = (
            Decimal(value.numerator) * Decimal(10) ** places / Decimal(value.denominator)
        ).to_integral_value(ROUND_HALF_UP)
    found = (scaled / Decimal(10) ** places).normalize()
    return found.quantize(Decimal(1)) if found == found.to_integral_value() else found
