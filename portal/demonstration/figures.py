"""Figures of the demonstration's current contract that no record gives: social value, and one by hand.

Social value is reported on the 12th day after each quarter, before its report is submitted and frozen.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from fractions import Fraction
from functools import partial

from portal.contracts.definition.registry import contracts
from portal.contracts.figures.rules.periods import quarters_of, terms_of
from portal.contracts.figures.service import Entry, enter_figure, report_social_value
from portal.core.rules.quarters import Quarter
from portal.demonstration.people import LEAD_MANAGER
from portal.demonstration.script import Step, actor, moment

KEY = "demonstration-2025"
REPORTED = 12  # days after a quarter
# Which commitments fell short, by how many quarters after the first; all others reached their target.
SHORT = {
    1: {
        "inclusion-training": (
            Fraction(82, 100),
            "Two recruiters joined late and are booked for the next one.",
        )
    },
    3: {"paid-placements": (Fraction(0), "The placement was put off to January at the candidate’s wish.")},
    5: {
        "guaranteed-interviews": (Fraction(9, 10), "One applicant withdrew before the interview was offered.")
    },
}
NOTE = "As agreed in the social value plan; the register of the quarter shows it."
BY_HAND = 1  # quarters after the first: events were planned on paper before the portal held plans
EVENTS = Entry(
    Fraction(11),
    Fraction(12),
    "The quarter’s plan of events was agreed on paper, before the portal held plans.",
    "Plan agreed with OHID on 2 April 2025; attendance lists of the eleven events, in the supplier’s files.",
)


def steps(anchor: date) -> Iterator[Step]:
    """A step for each quarter that is over, and one for the figure by hand."""
    over = [one for one in quarters_of(contracts()[KEY], anchor) if one.last < anchor]
    for number, quarter in enumerate(over):
        yield Step(moment(quarter.last, -REPORTED, 15), partial(_report, quarter, number))
        if number == BY_HAND:
            yield Step(moment(quarter.last, -REPORTED, 16), partial(_enter, quarter))


def _report(quarter: Quarter, number: int) -> None:
    contract, short = contracts()[KEY], SHORT.get(number, {})
    for one in terms_of(contract, quarter).commitments:
        value, note = short.get(one.key, (one.target, NOTE))
        report_social_value(actor(LEAD_MANAGER.id), contract, quarter, one.key, value, note, 0)


def _enter(quarter: Quarter) -> None:
    enter_figure(actor(LEAD_MANAGER.id), contracts()[KEY], quarter, "2", EVENTS, 0)
