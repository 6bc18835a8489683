"""Reading a value as somebody types it, for an indicator: 17/18, 95%, 4.3. Always exact.

A fraction or a percentage is the value itself. A bare number is in the indicator's own unit: a number of
things where the indicator counts things; of what it counts where it is a share of a target (4.3 of 4.5 FTE);
else a percentage (95), which is refused up to 1, since 0.95 may mean 95%.
"""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction

from portal.contracts.definition.rules.reading import parse_number, parse_share
from portal.contracts.definition.rules.terms import Indicator, Unit
from portal.contracts.definition.rules.wording import decimal, figure


class BadValue(ValueError):
    """What was typed is no value of this indicator. Its text is the reason."""


@dataclass(frozen=True)
class Value:
    """An exact value, and how what was typed is read."""

    exact: Fraction
    words: str


def read_value(text: str, indicator: Indicator) -> Value:
    """The value that a text says. Raises BadValue."""
    text = text.strip()
    if indicator.unit is Unit.PERCENT:
        return _share(text, indicator)
    found = None if text.endswith("%") else parse_number(text)
    if found is None:
        raise BadValue(f"“{text}” is no value: type a number of 0 or more, as 12")
    if indicator.unit is Unit.COUNT and found.denominator != 1:
        raise BadValue(f"“{text}” is no count: type a whole number, as 12")
    return Value(found, f"{decimal(found)}{_of(indicator)}")


def _share(text: str, indicator: Indicator) -> Value:
    whole = parse_share(text)
    if whole is not None:
        return Value(
            whole, figure(whole, Unit.PERCENT) if text.endswith("%") else f"{text}, {_percent(whole)}"
        )
    counted = parse_number(text)
    if counted is None:
        raise BadValue(f"“{text}” is no value: type a fraction (17/18), a percentage (95%) or a number")
    if indicator.target is not None:
        exact = counted / indicator.target
        return Value(
            exact, f"{decimal(counted)} of {decimal(indicator.target)}{_of(indicator)}, {_percent(exact)}"
        )
    if 0 < counted <= 1:
        raise BadValue(f"“{text}” may mean {figure(counted, Unit.PERCENT)} or {text}%: type it with its sign")
    return Value(counted / 100, f"{text}%")


def _percent(value: Fraction) -> str:
    """Exact in any case: 94 4/9% where the decimals do not end."""
    shown = figure(value, Unit.PERCENT)
    whole, rest = divmod(value * 100, 1)
    return f"{whole:,} {rest}%" if "/" in shown else shown


def _of(indicator: Indicator) -> str:
    return f" {indicator.of}" if indicator.of else ""
