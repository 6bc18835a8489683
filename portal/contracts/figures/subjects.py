"""What access rules of routes ask: a contract with one of its quarters, an indicator, or a commitment."""

from __future__ import annotations

from dataclasses import dataclass

from portal.accounts.rules.permissions import Links
from portal.contracts.definition.rules.terms import Commitment, Contract, Indicator
from portal.contracts.definition.subjects import contract_subject
from portal.contracts.figures.rules.periods import quarters_of, terms_of
from portal.core import clock
from portal.core.rules.quarters import Quarter, quarter_from


@dataclass(frozen=True)
class InQuarter:
    """A quarter of a contract that has begun. `before` and `after`: its neighbours that have begun."""

    contract: Contract
    quarter: Quarter
    before: Quarter | None
    after: Quarter | None


@dataclass(frozen=True)
class IndicatorPlace(InQuarter):
    """An indicator of a quarter."""

    asked: Indicator


@dataclass(frozen=True)
class CommitmentPlace(InQuarter):
    """A social value commitment of a quarter."""

    asked: Commitment


def quarter_subject(key: str, quarter: str, **_: object) -> tuple[InQuarter, Links] | None:
    """The contract's quarter in the address; None before its first, and after today. One statement."""
    found, which = contract_subject(key), quarter_from(quarter)
    if found is None or which is None:
        return None
    contract, links = found
    known = quarters_of(contract, clock.today())
    if which not in known:
        return None
    place = known.index(which)
    before = known[place - 1] if place else None
    after = known[place + 1] if place + 1 < len(known) else None
    return InQuarter(contract, which, before, after), links


def indicator_subject(
    key: str, quarter: str, number: str, **_: object
) -> tuple[IndicatorPlace, Links] | None:
    """The indicator in the address. One statement."""
    found = quarter_subject(key, quarter)
    asked = terms_of(found[0].contract, found[0].quarter).indicator(number) if found else None
    return (IndicatorPlace(**vars(found[0]), asked=asked), found[1]) if found and asked else None


def commitment_subject(
    key: str, quarter: str, commitment: str, **_: object
) -> tuple[CommitmentPlace, Links] | None:
    """The commitment in the address. One statement."""
    found = quarter_subject(key, quarter)
    terms = terms_of(found[0].contract, found[0].quarter) if found else None
    asked = next((one for one in terms.commitments if one.key == commitment), None) if terms else None
    return (CommitmentPlace(**vars(found[0]), asked=asked), found[1]) if found and asked else None
