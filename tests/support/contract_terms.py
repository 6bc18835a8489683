"""Terms of a contract for tests: the parts that money asks for."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from fractions import Fraction

from portal.contracts.definition.rules.bands import Band, Edge
from portal.contracts.definition.rules.terms import Frequency, Indicator, Money, Terms, Unit

NINETY, EIGHTY, TARGET = Fraction(9, 10), Fraction(8, 10), Fraction(95, 100)
BANDS = (
    Band("good", "Good", Edge(TARGET, inside=False), None, met=True),
    Band(
        "approaching",
        "Approaching target",
        Edge(NINETY, inside=True),
        Edge(TARGET, inside=True),
        approaching=True,
    ),
    Band("improve", "Requires improvement", Edge(EIGHTY, inside=True), Edge(NINETY, inside=False)),
    Band("inadequate", "Inadequate", None, Edge(EIGHTY, inside=False)),
)
INDICATOR = Indicator("1", "EISMs", Unit.PERCENT, Frequency.QUARTER, None, Fraction(9, 2), BANDS)
VALUE = 1_145_000_00
SIGNED = Terms(
    key="a",
    title="A contract",
    source="",
    buyer="buyer",
    supplier="supplier",
    governance=(),
    starts=date(2023, 7, 17),
    ends=date(2025, 3, 31),
    latest_end=date(2026, 9, 30),
    money=Money(VALUE, vat_included=True, retention=Fraction(1, 20), extension_pence=400_000_00),
    indicators=(INDICATOR,),
)


def varied(ends: date, added: int) -> Terms:
    """The terms with another end and so many pence more."""
    return replace(SIGNED, ends=ends, money=replace(SIGNED.money, ceiling_pence=VALUE + added))
