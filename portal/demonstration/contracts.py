"""The contract of 2023 to 2025 as history: seven quarters of figures from before the portal, entered by hand.

Parties need no step: the shipped files name the demonstration's organisations (people.CONTRACT_PARTIES).
All figures are invented. The first quarter has an Inadequate, a later one a Requires improvement.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date, timedelta
from fractions import Fraction
from functools import partial

from portal.contracts.definition.registry import contracts
from portal.contracts.figures.service import Entry, enter_figure
from portal.core.rules.quarters import Quarter
from portal.demonstration.people import LEAD_MANAGER
from portal.demonstration.script import BEFORE, LENGTH, Step, actor, moment

KEY = "ohid-ips-ad-2023"
ENTERED = 20  # days after a quarter
REASON = "Invented for the demonstration: the quarter was counted before the portal."
EVIDENCE = "Progress report of {}, kept by the lead manager."
# by quarter: what was counted, and against what
FIGURES: Mapping[Quarter, Mapping[str, tuple[str, str]]] = {
    Quarter(2023, 2): {"1": ("3.2", "4.5"), "2": ("3", "4"), "4": ("4", "40"), "SV": ("3", "4")},
    Quarter(2023, 3): {
        "1": ("4.1", "4.5"), "2": ("6", "6"), "4": ("15", "40"), "5": ("41", "52"), "SV": ("4", "4"),
    },
    Quarter(2023, 4): {
        "1": ("4.4", "4.5"), "2": ("7", "8"), "4": ("27", "40"), "5": ("98", "114"), "SV": ("4", "4"),
    },
    Quarter(2024, 1): {
        "1": ("4.5", "4.5"), "2": ("8", "8"), "4": ("8", "40"), "5": ("35", "40"), "SV": ("4", "4"),
    },
    Quarter(2024, 2): {
        "1": ("4.3", "4.5"), "2": ("9", "9"), "4": ("19", "40"), "5": ("80", "95"), "SV": ("5", "5"),
    },
    Quarter(2024, 3): {
        "1": ("3.9", "4.5"), "2": ("8", "9"), "4": ("28", "40"), "5": ("131", "150"), "SV": ("4", "5"),
    },
    Quarter(2024, 4): {
        "1": ("4.5", "4.5"), "2": ("9", "9"), "4": ("39", "40"), "5": ("205", "236"), "SV": ("5", "5"),
    },
}  # fmt: skip


def steps(anchor: date) -> Iterator[Step]:
    """A step for each quarter that is over: after it, or when the demonstration begins."""
    begins = anchor - LENGTH - BEFORE + timedelta(days=1)
    for quarter, figures in FIGURES.items():
        day = max(quarter.last + timedelta(days=ENTERED), begins)
        if day < anchor:
            yield Step(moment(day, 0, 12), partial(_enter, quarter, figures))


def _enter(quarter: Quarter, figures: Mapping[str, tuple[str, str]]) -> None:
    lead, contract = actor(LEAD_MANAGER.id), contracts()[KEY]
    for number, (counted, against) in figures.items():
        entry = Entry(Fraction(counted), Fraction(against), REASON, EVIDENCE.format(quarter.title))
        enter_figure(lead, contract, quarter, number, entry, 0)
