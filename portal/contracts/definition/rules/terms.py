"""What a contract says, as read from its file: nothing here knows what has been counted.

Source: OHID specification 8 to 13; contract.md.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum
from fractions import Fraction

from portal.contracts.definition.rules.bands import Band, band_of


class Unit(StrEnum):
    """What an indicator's value is: a share of its target, a number of things, or an amount of something."""

    PERCENT = "percent"
    COUNT = "count"  # whole numbers: complaints, meetings
    AMOUNT = "amount"  # any exact number: days, hours


class Frequency(StrEnum):
    """Over which period an indicator is counted."""

    QUARTER = "quarter"
    YEAR = "year"  # the financial year; the running value is shown each quarter, provisional till its end


class Remedy(StrEnum):
    """What a band brings about."""

    PLAN_REQUIRED = "plan-required"  # 12.2, and 13.6 for social value
    PLAN_MAY_BE_ASKED = "plan-may-be-asked"  # 12.3
    SERVICE_CREDIT = "service-credit"  # other contracts: money back, by the words of the contract
    NOTICE = "performance-notice"  # local contracts: a written notice to improve
    MEETING = "meeting"  # local contracts: a meeting is called


@dataclass(frozen=True)
class Consequence:
    """What follows from a band. `retains`: a plan submitted for it gives the right to retain (12.4).

    `share`: of a quarter's payment, where the remedy is a service credit.
    """

    band: str
    remedy: Remedy
    section: str
    words: str
    retains: bool = False
    share: Fraction | None = None


@dataclass(frozen=True)
class Indicator:
    """One indicator, numbered as in its source.

    `measure` names how it is counted (None: entered by hand); `target` is what it is counted against, in
    the measure's own unit (4.5 FTE, 40 reviews), None where each period's plan says; `settings` are the
    measure's own. `resolved`: edges that the source leaves open, with how the file reads them. `of`: what is
    counted (FTE, reviews), for people.
    """

    number: str
    title: str
    unit: Unit
    frequency: Frequency
    measure: str | None
    target: Fraction | None
    bands: tuple[Band, ...]
    consequences: tuple[Consequence, ...] = ()
    critical: bool = False
    section: str = ""
    notes: tuple[str, ...] = ()
    resolved: tuple[str, ...] = ()
    settings: Mapping[str, object] = field(default_factory=dict)
    of: str = ""

    def band(self, value: Fraction | None) -> Band | None:
        """The band of an exact value; None where there is none."""
        return band_of(self.bands, value)

    def consequence(self, band: Band | None) -> Consequence | None:
        """What follows from a band, if anything does."""
        if band is None:
            return None
        return next((one for one in self.consequences if one.band == band.key), None)


@dataclass(frozen=True)
class Money:
    """What the contract says of money, in pence including VAT where `vat_included`.

    `retention` is the share of a quarter's payment that may be held back. Source: 9.2, 10.1, 11.1, 12.4.
    """

    ceiling_pence: int
    vat_included: bool
    retention: Fraction
    extension_pence: int = 0


@dataclass(frozen=True)
class Management:
    """How the contract is managed. Months of notice of a change of the supplier's manager (8.1), weeks after
    the award until the mobilisation plan is agreed (3.1.3), who comes to the review meeting (8.3).

    None: the contract does not say. `ad_hoc`: either side may ask for a meeting (8.4).
    """

    notice_months: int | None = None
    mobilisation_weeks: int | None = None
    meeting: str = ""
    attends: tuple[str, ...] = ()
    ad_hoc: bool = False


@dataclass(frozen=True)
class Fact:
    """Something else that the contract says, in words, with its section."""

    title: str
    words: str
    section: str


@dataclass(frozen=True)
class Commitment:
    """A social value commitment: its metric and what each quarter asks. Source: 13.3 to 13.5."""

    key: str
    title: str
    metric: str
    target: Fraction
    percent: bool = False  # the target is a share and shown as one


@dataclass(frozen=True)
class Terms:
    """A contract as it stands on a day: variations up to that day are already in it.

    `buyer`, `supplier`, `governance` are keys of organisations. `latest_end` is how far it may be extended;
    `starts_note` says where the exact day is left open.
    """

    key: str
    title: str
    source: str
    buyer: str
    supplier: str
    governance: tuple[str, ...]
    starts: date
    ends: date
    latest_end: date
    money: Money
    indicators: tuple[Indicator, ...]
    commitments: tuple[Commitment, ...] = ()
    scope: Mapping[str, object] = field(default_factory=dict)
    readings: tuple[str, ...] = ()
    management: Management = Management()
    facts: tuple[Fact, ...] = ()
    starts_note: str = ""

    def indicator(self, number: str) -> Indicator | None:
        """The indicator of this number."""
        return next((one for one in self.indicators if one.number == number), None)


@dataclass(frozen=True)
class Variation:
    """A dated change of a contract: from this day on other terms hold. Closed quarters keep theirs.

    `agreed`: the day the parties agreed it.
    """

    on: date
    words: str
    terms: Terms
    agreed: date | None = None


@dataclass(frozen=True)
class Contract:
    """A contract with its dated variations, the earliest first."""

    signed: Terms
    variations: tuple[Variation, ...] = ()

    @property
    def key(self) -> str:
        return self.signed.key

    def on(self, day: date) -> Terms:
        """The terms that hold on a day."""
        held = [change.terms for change in self.variations if change.on <= day]
        return held[-1] if held else self.signed

    @property
    def latest(self) -> Terms:
        """The terms as last varied."""
        return self.variations[-1].terms if self.variations else self.signed
