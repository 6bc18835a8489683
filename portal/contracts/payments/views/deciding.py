"""Entering what is due, retaining, releasing, taking an entry back: each a page with its reason."""

from __future__ import annotations

from fractions import Fraction
from functools import partial
from uuid import UUID

from flask import g, url_for
from flask.typing import ResponseReturnValue

from portal.accounts.access import May
from portal.accounts.current import current_actor
from portal.accounts.rules.permissions import Permission
from portal.contracts.definition.blueprint import contracts
from portal.contracts.payments import service
from portal.contracts.payments.forms import DueForm, ReasonForm, ReleaseForm
from portal.contracts.payments.queries import readings, terms_for
from portal.contracts.payments.rules.deciding import retention
from portal.contracts.payments.subjects import EntryPlace, LedgerPlace, entry_subject, ledger_subject
from portal.core.access import access
from portal.core.errors import Invalid, Stale
from portal.core.filters import plural
from portal.core.form_pages import Differing, FormPage, form_page, version
from portal.core.rules.money import money
from portal.core.rules.quarters import quarter_from
from portal.core.rules.rate import Rate

DECIDE = May(Permission.CONTRACT_DECIDE, ledger_subject, seen_by=Permission.CONTRACT_READ)


@contracts.route("/<key>/payments/<quarter>/enter", methods=["GET", "POST"])
@access(DECIDE)
def enter_payment(key: str, quarter: str) -> ResponseReturnValue:
    """Enter the amount due for the quarter."""
    place: LedgerPlace = g.subject
    form = DueForm(data=_seen(place))
    intro = (
        f"The buyer pays the cost of the services. {money(place.book.left)} of the contract’s value is left; "
        f"the forecast by days for this quarter is {money(place.line.forecast) or 'nothing'}."
    )

    def save() -> str:
        evidence = form.reason.data or ""
        service.enter(current_actor(), key, place.quarter, form.pence, form.vat_pence, evidence, version())
        return f"{money(form.pence)} is entered as due."

    return form_page(form, _page(place, "Enter the amount due", intro, "Enter the amount"), save)


@contracts.route("/<key>/payments/<quarter>/retain", methods=["GET", "POST"])
@access(DECIDE)
def retain_payment(key: str, quarter: str) -> ResponseReturnValue:
    """Retain the contract's part of the quarter's payment."""
    place: LedgerPlace = g.subject
    part = terms_for(place.contract, place.quarter).money.retention
    held = money(retention(place.line.due, part))
    share = Rate(part, Fraction(1)).percent()
    form = ReasonForm(data=_seen(place))

    def save() -> str:
        service.retain(current_actor(), key, place.quarter, form.reason.data or "", version())
        return f"{held} is retained."

    intro = (
        f"{share} of {money(place.line.due)} is {held}. A remedial action plan was submitted, so the "
        "buyer may retain it until the plan’s tasks reach at least “Approaching target” (12.4)."
    )
    return form_page(form, _page(place, f"Retain {held}", intro, "Retain"), save)


@contracts.route("/<key>/payments/<quarter>/release", methods=["GET", "POST"])
@access(DECIDE)
def release_payment(key: str, quarter: str) -> ResponseReturnValue:
    """Release what is held, wholly or in part."""
    place: LedgerPlace = g.subject
    found = readings(place.contract, place.quarter)
    data = {**_seen(place), "amount": money(place.line.held).removeprefix("£")}
    form = ReleaseForm(data=data).among(found)

    def save() -> str:
        read_of = quarter_from(form.read_of.data)
        if read_of is None:
            raise Invalid({"read_of": "Choose the tasks that are read"})
        reason = form.reason.data or ""
        service.release(current_actor(), key, place.quarter, form.pence, read_of, reason, version())
        return f"{money(form.pence)} is released."

    intro = (
        f"{money(place.line.held)} is held. It may be released when the share of the tasks due in a quarter "
        "that are done reaches at least “Approaching target” by the bands of indicator 1. That is our "
        "reading of 12.4; the decision is the buyer’s."
    )
    return form_page(form, _page(place, "Release what is held", intro, "Release"), save)


@contracts.route("/<key>/payments/<quarter>/entries/<uuid:entry_id>/take-back", methods=["GET", "POST"])
@access(May(Permission.CONTRACT_DECIDE, entry_subject, seen_by=Permission.CONTRACT_READ))
def take_back_payment(key: str, quarter: str, entry_id: UUID) -> ResponseReturnValue:
    """Take an entry back by one of the opposite sum."""
    place: EntryPlace = g.subject
    row = place.entry.row
    form = ReasonForm(data=_seen(place))

    def save() -> str:
        service.take_back(current_actor(), key, entry_id, form.reason.data or "", version())
        return "The entry is taken back. Both stay in the ledger."

    intro = (
        f"Entry {row.number}: {row.kind.words.lower()}, {money(row.pence)}. Entries are never changed: "
        "this one is taken back by another of the opposite sum, and both stay."
    )
    return form_page(form, _page(place, "Take an entry back", intro, "Take back"), save)


def _seen(place: LedgerPlace) -> dict[str, str]:
    return {"version": str(place.line.entries)}


def _page(place: LedgerPlace, title: str, intro: str, button: str) -> FormPage:
    return FormPage(
        title=title,
        back=url_for(".payment_quarter", key=place.contract.key, quarter=place.quarter.key),
        back_text=f"Payments, {place.quarter.key}",
        intro=f"{place.quarter.title}. {intro}",
        button=button,
        stands=partial(_stands, place),
    )


def _stands(place: LedgerPlace, stale: Stale) -> Differing:
    seen, now = plural(place.line.entries, "entry", "entries"), plural(stale.version, "entry", "entries")
    return [("The quarter’s ledger", seen, f"{now}: look at them on the quarter’s page before you decide")]
