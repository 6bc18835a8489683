"""The ledger of a contract by quarter, a quarter's entries, and both as files."""

from __future__ import annotations

from flask import Response, g, render_template
from flask.typing import ResponseReturnValue

from portal.accounts.access import May
from portal.accounts.current import current_actor
from portal.accounts.rules.permissions import Permission, allowed
from portal.contracts.definition.blueprint import contracts
from portal.contracts.definition.rules.terms import Contract
from portal.contracts.definition.subjects import contract_subject
from portal.contracts.definition.views.tabs import pages
from portal.contracts.figures.rules.periods import terms_of
from portal.contracts.payments.export import ledger_csv, ledger_xlsx
from portal.contracts.payments.forms import words
from portal.contracts.payments.queries import course, ledger, readings, retaining_plans
from portal.contracts.payments.rules.deciding import retention, why_not_due, why_not_retain
from portal.contracts.payments.rules.extension import extension
from portal.contracts.payments.subjects import LedgerPlace, ledger_subject
from portal.core import clock
from portal.core.access import access
from portal.core.spreadsheets import CSV_TYPE, XLSX_TYPE

READ = Permission.CONTRACT_READ


@contracts.get("/<key>/payments")
@access(May(READ, contract_subject))
def payments(key: str) -> ResponseReturnValue:
    """What is due, retained and released in each quarter, against the contract's value and the forecast."""
    contract: Contract = g.subject
    today = clock.today()
    return render_template(
        "contracts/payments/ledger.html",
        contract=contract,
        book=ledger(key),
        terms=contract.on(today),
        extension=extension(contract, today),
        today=today,
        pages=pages(key, "payments"),
    )


@contracts.get("/<key>/payments.<any(csv,xlsx):kind>")
@access(May(READ, contract_subject))
def payments_file(key: str, kind: str) -> Response:
    """The ledger as a file."""
    book = ledger(key)
    data = ledger_csv(book) if kind == "csv" else ledger_xlsx(book, course(key))
    headers = {"Content-Disposition": f'attachment; filename="{key}-payments.{kind}"'}
    return Response(data, content_type=CSV_TYPE if kind == "csv" else XLSX_TYPE, headers=headers)


@contracts.get("/<key>/payments/<quarter>")
@access(May(READ, ledger_subject))
def payment_quarter(key: str, quarter: str) -> ResponseReturnValue:
    """A quarter's entries, and what may be decided now."""
    return quarter_page(g.subject)


def quarter_page(place: LedgerPlace) -> str:
    """The page of a quarter; what cannot be decided says why."""
    contract, line, today = place.contract, place.line, clock.today()
    part = terms_of(contract, place.quarter).money.retention
    plans = retaining_plans(contract, place.quarter)
    return render_template(
        "contracts/payments/quarter.html",
        place=place,
        entries=course(contract.key, place.quarter),
        plans=plans,
        part=part,
        share=retention(line.due, part),
        not_due=why_not_due(place.book, place.quarter, 0, 0, contract.on(today).ends, today),
        not_retain=why_not_retain(line, len(plans), part),
        readings=[(one, words(one)) for one in readings(contract, place.quarter).values()],
        may_decide=allowed(current_actor(), Permission.CONTRACT_DECIDE, g.links),
    )
