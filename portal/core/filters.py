"""Template filters: dates, times and numbers as people read them."""

from __future__ import annotations

from datetime import date, datetime
from decimal import Decimal
from fractions import Fraction

from flask import Flask

from portal.core.clock import uk
from portal.core.rules.money import money


def day(value: date | datetime | None) -> str:
    """22 November 2026. Empty for None."""
    if value is None:
        return ""
    on = uk(value).date() if isinstance(value, datetime) else value
    return f"{on.day} {on:%B %Y}"


def short_day(value: date | datetime | None) -> str:
    """22 Nov 2026. Empty for None."""
    if value is None:
        return ""
    on = uk(value).date() if isinstance(value, datetime) else value
    return f"{on.day} {on:%b %Y}"


def moment(value: datetime | None) -> str:
    """22 November 2026 at 10:42."""
    return "" if value is None else f"{day(value)} at {uk(value):%H:%M}"


def clock_time(value: datetime | None) -> str:
    """10:42."""
    return "" if value is None else f"{uk(value):%H:%M}"


def number(value: Decimal | int | None) -> str:
    """12.5 without trailing zeros; 1,234 with its comma."""
    if value is None:
        return ""
    return f"{Decimal(value).normalize():,f}"


def share(value: Fraction | None) -> str:
    """A fraction as a percentage without decimals: 83%."""
    return "" if value is None else f"{value.numerator * 100 // value.denominator}%"


def plural(count: int, one: str, many: str = "") -> str:
    """1 item, 2 items."""
    return f"{count:,} {one if count == 1 else many or one + 's'}"


def signed(value: int | None) -> str:
    """+3, −2, 0 (a true minus sign)."""
    if value is None:
        return ""
    return f"+{value}" if value > 0 else (f"−{-value}" if value < 0 else "0")


def init_app(app: Flask) -> None:
    for function in (day, short_day, moment, clock_time, number, share, plural, signed, money):
        app.jinja_env.filters[function.__name__] = function
