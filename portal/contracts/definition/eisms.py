"""What a supplier's contract says of EISMs, for the pages of their posts, which lie below contracts."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from decimal import Decimal
from fractions import Fraction
from typing import cast
from uuid import UUID

from portal.accounts.models import Organisation
from portal.contracts.definition.registry import contracts
from portal.contracts.definition.rules.terms import Contract, Indicator, Terms
from portal.core import clock
from portal.core.db import db
from portal.workforce.posts.rules.terms import Band, ContractTerms

MEASURE = "eism-fte"
SPECIFICATION = "ohid-ips-ad-2023"  # counts the EISMs of a supplier who has no contract here yet


def eism_terms(supplier_id: UUID) -> ContractTerms:
    """The terms of the supplier's contract that runs today, else of the last one, else of the next.

    Without any, target and bands are those of the OHID specification, and no day bounds them.
    """
    supplier, today = db.session.get(Organisation, supplier_id), clock.today()
    own = [one for one in contracts().values() if supplier and one.signed.supplier == supplier.key]
    found = _nearest([one for one in own if _indicator(one.on(today))], today)
    if found is None:
        return _terms(contracts()[SPECIFICATION].signed, bounded=False)
    return _terms(found.on(today))


def _nearest(own: list[Contract], today: date) -> Contract | None:
    begun = [one for one in own if one.signed.starts <= today]
    if begun:
        return max(begun, key=lambda one: (one.latest.ends >= today, one.signed.starts, one.key))
    return min(own, key=lambda one: (one.signed.starts, one.key), default=None)


def _terms(terms: Terms, *, bounded: bool = True) -> ContractTerms:
    indicator = _indicator(terms)
    assert indicator is not None  # asked for before
    assert indicator.target is not None  # the loader lets none through without
    return ContractTerms(
        title=terms.title,
        starts=terms.starts if bounded else None,
        ends=terms.ends if bounded else None,
        target=_decimal(indicator.target),
        bands=_bands(indicator),
        leave=dict(cast("Mapping[str, bool]", indicator.settings.get("leave_counts", {}))),
    )


def _indicator(terms: Terms) -> Indicator | None:
    return next((one for one in terms.indicators if one.measure == MEASURE), None)


def _bands(indicator: Indicator) -> tuple[Band, ...]:
    """From the highest down, each by where it begins; the lowest begins at 0%."""
    found = [
        Band(band.title, _decimal(band.low.value * 100), band.low.inside)
        if band.low
        else Band(band.title, Decimal(0), True)
        for band in indicator.bands
    ]
    return tuple(sorted(found, key=lambda one: (one.percent, not one.exactly), reverse=True))


def _decimal(value: Fraction) -> Decimal:
    """Exact: the loader lets no edge or target through whose decimals do not end."""
    return Decimal(value.numerator) / value.denominator
