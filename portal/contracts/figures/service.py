"""Entering figures by hand, reporting social value, freezing a quarter's figures and opening them again."""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction

from sqlalchemy import func, select
from sqlalchemy.exc import IntegrityError

from portal.accounts.rules.actors import Actor
from portal.accounts.rules.permissions import Permission, allowed, demand
from portal.contracts.definition.registry import contracts
from portal.contracts.definition.rules.terms import Contract, Indicator, Unit
from portal.contracts.definition.subjects import contract_links
from portal.contracts.figures.models import FrozenFigures, ManualFigure, ReopenedFigures, SocialValueReport
from portal.contracts.figures.queries import latest_frozen, live_figures, manual_versions
from portal.contracts.figures.rules.entering import number_problem
from portal.contracts.figures.rules.freezing import digest, pack
from portal.contracts.figures.rules.periods import period_of, terms_of
from portal.contracts.figures.rules.showing import exact
from portal.core import clock
from portal.core.act import act
from portal.core.db import db
from portal.core.errors import Invalid, NotFound, Refused, Stale
from portal.core.rules.quarters import Quarter

FROZEN_NOW = "The figures of this quarter are frozen, because its report has been submitted."
CHANGED = "Somebody else changed this figure first."


@dataclass(frozen=True)
class Entry:
    """A figure to be entered. `numerator` None takes an entered figure back."""

    numerator: Fraction | None
    denominator: Fraction | None
    reason: str
    evidence: str


def enter_figure(
    actor: Actor, contract: Contract, quarter: Quarter, number: str, entry: Entry, version: int
) -> int:
    """Enter a figure by hand, or take one back; earlier versions stay. Returns its version.

    Raises NotFound, Forbidden, Invalid, Refused where the quarter is frozen, and Stale.
    """
    with act(actor, "figures.enter", ("contract", contract.key)) as work:
        demand(actor, Permission.CONTRACT_REPORT, contract_links(contract.key))
        indicator = _indicator(contract, quarter, number)
        _demand_open(contract, quarter)
        if problems := _problems(indicator, entry):
            raise Invalid(problems)
        past = manual_versions(contract.key, quarter, number)
        stands = past[0][0] if past else None
        if (stands.version if stands else 0) != version:
            raise _stale(stands)
        if entry.numerator is None and (stands is None or stands.numerator is None):
            raise Refused("No figure is entered by hand here, so none can be taken back.")
        row = ManualFigure(contract_key=contract.key, quarter=quarter.key, indicator=number)
        row.version, row.reason, row.evidence = version + 1, entry.reason, entry.evidence
        row.numerator, row.denominator = _text(entry.numerator), _text(entry.denominator)
        row.at, row.by = clock.now(), actor.person_id
        _add(row)
        work.note(quarter=quarter.key, indicator=number, version=row.version, numerator=row.numerator)
        return row.version


def report_social_value(
    actor: Actor,
    contract: Contract,
    quarter: Quarter,
    commitment: str,
    value: Fraction,
    note: str,
    version: int,
) -> int:
    """Report what was reached of a commitment in a quarter; earlier versions stay. Returns its version.

    The quarter's target is kept with it. Raises NotFound, Forbidden, Invalid, Refused, Stale.
    """
    with act(actor, "figures.social-value", ("contract", contract.key)) as work:
        demand(actor, Permission.CONTRACT_REPORT, contract_links(contract.key))
        terms = terms_of(contract, quarter)
        asked = next((one for one in terms.commitments if one.key == commitment), None)
        if asked is None:
            raise NotFound("The contract has no such commitment in this quarter.")
        _demand_open(contract, quarter)
        if problem := number_problem(value):
            raise Invalid({"value": problem})
        last = select(func.max(SocialValueReport.version)).where(
            SocialValueReport.contract_key == contract.key,
            SocialValueReport.quarter == quarter.key,
            SocialValueReport.commitment == commitment,
        )
        stands = db.session.execute(last).scalar_one() or 0
        if stands != version:
            raise Stale("Somebody else reported on this commitment first.", {}, stands)
        row = SocialValueReport(contract_key=contract.key, quarter=quarter.key, commitment=commitment)
        row.version, row.target, row.value = version + 1, exact(asked.target), exact(value)
        row.note, row.at, row.by = note, clock.now(), actor.person_id
        _add(row)
        work.note(quarter=quarter.key, commitment=commitment, version=row.version, value=row.value)
        return row.version


def freeze(actor: Actor, contract: Contract, quarter: Quarter) -> int:
    """Freeze a quarter's figures as they stand now; from here on it reads them for ever. Returns the version.

    Called by the verb that submits the report. Raises Forbidden, Refused where they are frozen already.
    """
    with act(actor, "figures.freeze", ("contract", contract.key)) as work:
        demand(actor, Permission.CONTRACT_REPORT, contract_links(contract.key))
        last = latest_frozen(contract.key, quarter)
        if last is not None and last.stands:
            raise Refused(FROZEN_NOW)
        content = pack(live_figures(contract, [quarter])[quarter])
        row = FrozenFigures(contract_key=contract.key, quarter=quarter.key, content=content)
        row.version, row.digest = (last.version if last else 0) + 1, digest(content)
        row.at, row.by = clock.now(), actor.person_id
        _add(row)
        work.note(quarter=quarter.key, version=row.version, digest=row.digest)
        return row.version


def reopen(actor: Actor, contract: Contract, quarter: Quarter, reason: str) -> int:
    """Open frozen figures again, for the next version: a return, or a correction. Returns the version opened.

    Called by the verbs that return or correct a report, which check the right to do so; whoever may neither
    report nor decide is refused here too. Raises Forbidden, Refused where nothing is frozen, Invalid.
    """
    with act(actor, "figures.reopen", ("contract", contract.key)) as work:
        links = contract_links(contract.key)
        if not allowed(actor, Permission.CONTRACT_DECIDE, links):
            demand(actor, Permission.CONTRACT_REPORT, links)
        last = latest_frozen(contract.key, quarter)
        if last is None or not last.stands:
            raise Refused("The figures of this quarter are not frozen.")
        if not reason.strip():
            raise Invalid({"reason": "Say why the figures are opened again"})
        row = ReopenedFigures(contract_key=contract.key, quarter=quarter.key, version=last.version)
        row.reason, row.at, row.by = reason.strip(), clock.now(), actor.person_id
        _add(row)
        work.note(quarter=quarter.key, version=last.version)
        return last.version


def contract_named(key: str) -> Contract:
    """The contract of this key. Raises NotFound."""
    found = contracts().get(key)
    if found is None:
        raise NotFound("There is no such contract.")
    return found


def _indicator(contract: Contract, quarter: Quarter, number: str) -> Indicator:
    indicator = terms_of(contract, quarter).indicator(number)
    if indicator is None or period_of(contract, indicator.frequency, quarter).covered is None:
        raise NotFound("The contract has no such indicator in this quarter.")
    return indicator


def _demand_open(contract: Contract, quarter: Quarter) -> None:
    if quarter.first > clock.today():
        raise Refused("This quarter has not begun.")
    last = latest_frozen(contract.key, quarter)
    if last is not None and last.stands:
        raise Refused(FROZEN_NOW)


def _problems(indicator: Indicator, entry: Entry) -> dict[str, str]:
    found = {}
    if not entry.reason.strip():
        found["reason"] = "Say why the figure is entered by hand"
    if entry.numerator is None:
        return found
    if not entry.evidence.strip():
        found["evidence"] = "Say what shows that the figure is right, and where it is kept"
    if problem := number_problem(entry.numerator):
        found["numerator"] = problem
    if indicator.unit is Unit.PERCENT and not entry.denominator:
        found["denominator"] = "Enter what it is counted against, more than 0"
    elif entry.denominator is not None and (problem := number_problem(entry.denominator)):
        found["denominator"] = problem
    return found


def _stale(stands: ManualFigure | None) -> Stale:
    now = {
        "numerator": stands.numerator if stands else "",
        "denominator": (stands.denominator or "") if stands else "",
        "reason": stands.reason if stands else "",
        "evidence": stands.evidence if stands else "",
    }
    return Stale(CHANGED, now, stands.version if stands else 0)


def _add(row: ManualFigure | SocialValueReport | FrozenFigures | ReopenedFigures) -> None:
    """Write it. On PostgreSQL two verbs may have read the same version: the table lets one of them in."""
    try:
        with db.session.begin_nested():
            db.session.add(row)
    except IntegrityError as error:
        raise Refused("Somebody else was first. Look at what stands now, and try again.") from error


def _text(value: Fraction | None) -> str | None:
    return None if value is None else exact(value)
