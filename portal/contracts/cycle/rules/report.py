"""The quarterly progress report as plain data: what is shown, downloaded, and frozen at submission.

Everything in it is text, whole numbers and dates, so that what was frozen reads back as it was.
Source: contract.md, “The quarterly progress report”; OHID specification 11.2.
"""

from __future__ import annotations

import hashlib
import json
from dataclasses import dataclass
from datetime import date
from typing import Any

from portal.contracts.cycle.rules.streams import Activity, Stream
from portal.core.rules.money import money
from portal.reviews.assessment.rules.plain import from_plain, to_plain


@dataclass(frozen=True)
class Reading:
    """What an indicator stood at in a quarter. `shown`: with as many decimals as keep it on its side."""

    quarter: str
    shown: str
    band: str


@dataclass(frozen=True)
class IndicatorPart:
    """An indicator with its figure. Numerator and denominator are exact, `fraction` shows both.

    `shown` and `band` are empty without a figure, and `missing` says why. `met`: the target is met.
    `consequence`: what follows, in words. `history`: up to eight quarters, this one the last.
    """

    number: str
    title: str
    period: str
    target: str
    numerator: str
    denominator: str
    fraction: str
    shown: str
    missing: str
    band: str
    met: bool
    provisional: bool
    by_hand: str
    consequence: str
    notes: tuple[str, ...] = ()
    history: tuple[Reading, ...] = ()
    columns: tuple[str, ...] = ()
    rows: tuple[str, ...] = ()


@dataclass(frozen=True)
class MilestonePart:
    """A milestone and whether it was reached."""

    title: str
    due: date
    done_on: date | None
    late: bool
    note: str = ""


@dataclass(frozen=True)
class RiskPart:
    """A risk or issue that was open in the quarter."""

    kind: str
    text: str
    grade: str
    response: str
    owner: str
    raised_on: date
    closed_on: date | None


@dataclass(frozen=True)
class CommitmentPart:
    """A social value commitment with what the quarter asked and what was reported."""

    title: str
    metric: str
    target: str
    value: str
    met: bool | None
    note: str = ""


@dataclass(frozen=True)
class TaskPart:
    """A task of a remedial plan."""

    text: str
    owner: str
    due: date | None
    state: str


@dataclass(frozen=True)
class PlanPart:
    """A remedial action plan with its tasks."""

    title: str
    state: str
    tasks: tuple[TaskPart, ...] = ()


@dataclass(frozen=True)
class MoneyPart:
    """What is due, held back and given back for the quarter, in pence, and what was paid so far."""

    due: int
    retained: int
    released: int
    running: int
    ceiling: int
    vat_included: bool


@dataclass(frozen=True)
class CasePart:
    """A complaint or query that was open in the quarter."""

    kind: str
    about: str
    received_on: date
    state: str


@dataclass(frozen=True)
class ActionPart:
    """An action of a meeting that was open in the quarter."""

    text: str
    owner: str
    due: date
    done_on: date | None


@dataclass(frozen=True)
class Change:
    """A figure that another version of the report had otherwise."""

    what: str
    before: str
    now: str


@dataclass(frozen=True)
class Report:
    """A version of a quarter's report. `why`: why there is a version after the first."""

    contract: str
    title: str
    source: str
    buyer: str
    supplier: str
    quarter: str
    period: str
    starts: date
    ends: date
    number: int
    why: str
    summary: str
    activities: tuple[Activity, ...] = ()
    indicators: tuple[IndicatorPart, ...] = ()
    milestones: tuple[MilestonePart, ...] = ()
    risks: tuple[RiskPart, ...] = ()
    commitments: tuple[CommitmentPart, ...] = ()
    plans: tuple[PlanPart, ...] | None = None
    money: MoneyPart | None = None
    cases: tuple[CasePart, ...] = ()
    actions: tuple[ActionPart, ...] = ()
    changes: tuple[Change, ...] = ()

    def of_stream(self, stream: Stream) -> tuple[Activity, ...]:
        """The activities of a work-stream."""
        return tuple(one for one in self.activities if one.stream == stream)


def canonical_text(report: Report) -> str:
    """The report as canonical JSON: sorted keys, no white space. This text is what is frozen and hashed."""
    return json.dumps(to_plain(report), sort_keys=True, separators=(",", ":"), ensure_ascii=False)


def digest_of(text: str) -> str:
    """SHA-256 of a frozen text, in hexadecimal."""
    return hashlib.sha256(text.encode()).hexdigest()


def read_report(text: str) -> Report:
    """The report that a frozen text says."""
    return from_plain(Report, json.loads(text))


def differences(before: Report, now: Report) -> tuple[Change, ...]:
    """What this version says otherwise than the one before it, of figures and what stands beside them."""
    found: list[Change] = []
    old, new = _facts(before), _facts(now)
    for what in [*new, *(name for name in old if name not in new)]:
        was, is_now = old.get(what, "not there"), new.get(what, "not there")
        if was != is_now:
            found.append(Change(what, was, is_now))
    return tuple(found)


def _facts(report: Report) -> dict[str, str]:
    """What is compared between versions, by what it is called."""
    facts = {f"Indicator {one.number}: {one.title}": _figure(one) for one in report.indicators}
    for stream in Stream:
        done = [one for one in report.of_stream(stream) if one.done]
        planned = [one for one in report.of_stream(stream) if one.planned]
        facts[f"Activities, {stream.words}"] = f"{len(done)} done, {len(planned)} planned"
    for one in report.milestones:
        facts[f"Milestone: {one.title}"] = f"due {one.due}, " + (
            f"reached {one.done_on}" if one.done_on else "not reached"
        )
    for commitment in report.commitments:
        facts[f"Social value: {commitment.title}"] = commitment.value or "not reported"
    for name, pence in _sums(report.money):
        facts[name] = money(pence)
    return facts


def _figure(one: IndicatorPart) -> str:
    if not one.shown:
        return one.missing or "no figure"
    return f"{one.shown} ({one.fraction}), {one.band or 'no band'}"


def _sums(part: MoneyPart | None) -> list[tuple[str, int]]:
    if part is None:
        return []
    return [
        ("Payment due", part.due),
        ("Payment retained", part.retained),
        ("Payment released", part.released),
    ]


def plain_of(report: Report) -> Any:
    """The report as JSON data."""
    return to_plain(report)
