"""What may be entered, retained, released and taken back: each answer is “” or why not, in a sentence.

Source: OHID specification 11.1, 12.4; contract.md, “What follows from a band” and “Readings”.
"""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date
from fractions import Fraction
from uuid import UUID

from portal.contracts.definition.rules.bands import Band
from portal.contracts.definition.rules.terms import Terms, Unit
from portal.contracts.payments.rules.ledger import Entry, Kind, Ledger, QuarterLine
from portal.core.rules.money import money, part_of
from portal.core.rules.quarters import Quarter
from portal.core.rules.rate import Rate

NO_QUARTER = "The contract has no such quarter."


@dataclass(frozen=True)
class Reading:
    """How the tasks due in a quarter stand: so many done of so many, and the band that the share is in.

    The share is read with the bands of indicator 1; a contract without them asks for every task.
    """

    quarter: Quarter
    done: int
    tasks: int
    band: Band | None
    enough: bool

    @property
    def rate(self) -> Rate:
        return Rate(Fraction(self.done), Fraction(self.tasks))


def release_bands(terms: Terms) -> tuple[Band, ...]:
    """The bands that tasks are read with: indicator 1's, else the first marked percentage's, else none."""
    wanted = [one for one in terms.indicators if one.unit is Unit.PERCENT]
    first = [one for one in wanted if one.number == "1"] or [one for one in wanted if one.critical]
    return first[0].bands if first else ()


def reading(quarter: Quarter, done: int, tasks: int, bands: tuple[Band, ...]) -> Reading | None:
    """How the tasks of a quarter stand, exactly; None where none was due."""
    if tasks == 0:
        return None
    share = Fraction(done, tasks)
    band = next((one for one in bands if one.holds(share)), None)
    enough = band.met or band.approaching if band else not bands and done == tasks
    return Reading(quarter, done, tasks, band, enough)


def retention(due: int, part: Fraction) -> int:
    """What may be retained of a quarter's payment including VAT, in whole pence, a half penny rounded up."""
    return part_of(due, part)


def why_not_due(book: Ledger, quarter: Quarter, pence: int, vat: int, ends: date, today: date) -> str:
    """A quarter's amount is entered once, in arrears, and never takes the total above the ceiling."""
    line = book.line(quarter)
    if line is None:
        return NO_QUARTER
    if today <= min(quarter.last, ends):
        return "Payment is in arrears: the amount is entered after the quarter’s last day."
    if line.due:
        return "This quarter’s amount is entered already. Take that entry back to enter another."
    counted = pence - (0 if book.vat_included else vat)
    if counted > book.left:
        return (
            f"This would take the total above the contract’s value: {money(book.left)} is left. "
            "More needs a variation of the contract."
        )
    return ""


def why_not_retain(line: QuarterLine | None, plans: int, part: Fraction) -> str:
    """Once a quarter, of an amount that is due, and only with a plan submitted under 12.2 or 12.3.

    `plans`: how many such plans were submitted for the quarter. A plan under 13.6 is none of them.
    """
    if line is None:
        return NO_QUARTER
    if not part:
        return "This contract gives no right to retain."
    if not plans:
        return "There is no right to retain: no remedial action plan that gives it was submitted."
    if line.retained:
        return "Money is retained for this quarter already: it is retained once a quarter."
    if not retention(line.due, part):
        return "Nothing can be retained before the quarter’s amount is entered."
    return ""


def why_not_release(line: QuarterLine | None, pence: int, read: Reading | None) -> str:
    """Not more than is held, and only when the tasks reach at least “Approaching target”."""
    if line is None:
        return NO_QUARTER
    if not line.held:
        return "Nothing is held for this quarter."
    if read is None:
        return "No task was due in that quarter, so nothing can be read from it."
    if not read.enough:
        return (
            f"The tasks have not reached at least “Approaching target”: "
            f"{read.done} of {read.tasks} are done, {read.rate.percent()}."
        )
    if not 0 < pence <= line.held:
        return f"The amount must be more than nothing and at most what is held, {money(line.held)}."
    return ""


def why_not_reverse(entry: Entry, line: QuarterLine, reversed_already: Collection[UUID]) -> str:
    """Once, never a reversal itself, and never so that more is retained or released than there is."""
    if entry.reverses is not None:
        return "This entry takes another back. Enter what is right anew."
    if entry.id in reversed_already:
        return "This entry is taken back already."
    if entry.kind is Kind.DUE and line.retained:
        return "Money is retained from this amount. Take the retention back first."
    if entry.kind is Kind.RETAINED and line.retained - entry.pence < line.released:
        return "Some of this retention is released. Take the release back first."
    return ""
