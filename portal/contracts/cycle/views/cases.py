"""Complaints and queries: the list, a case with its steps, and what is done about it."""

from __future__ import annotations

from uuid import UUID

from flask import flash, g, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from portal.accounts.access import May
from portal.accounts.current import current_actor
from portal.accounts.rules.permissions import Permission, allowed
from portal.contracts.cycle import queries
from portal.contracts.cycle.forms import CaseForm, StepForm
from portal.contracts.cycle.models import CaseState, ContractCase
from portal.contracts.cycle.rules.records import CaseDetails
from portal.contracts.cycle.service.cases import open_case, take_step
from portal.contracts.cycle.subjects import case_subject
from portal.contracts.definition.blueprint import contracts
from portal.contracts.definition.subjects import contract_subject
from portal.contracts.definition.views.tabs import pages
from portal.core import clock
from portal.core.access import access
from portal.core.errors import Invalid, Refused, Stale
from portal.core.form_pages import FormPage, form_page, version
from portal.core.forms import summary
from portal.core.rules.paging import Paging

READ, MEET = Permission.CONTRACT_READ, Permission.CONTRACT_MEET
CASE = "/<key>/cases/<uuid:case_id>"


@contracts.get("/<key>/cases")
@access(May(READ, contract_subject))
def cases(key: str) -> ResponseReturnValue:
    """The complaints and queries, the unsettled first."""
    rows = queries.cases(key)
    paging = Paging.of(request.args.get("page"), len(rows))
    return render_template(
        "contracts/cycle/cases.html",
        contract=g.subject,
        pages=pages(key, "cases"),
        rows=rows[paging.offset : paging.offset + paging.size],
        paging=paging,
        unsettled=sum(row.state is not CaseState.RESOLVED for row in rows),
        today=clock.today(),
        may_edit=allowed(current_actor(), MEET, g.links),
    )


@contracts.route("/<key>/cases/new", methods=["GET", "POST"])
@access(May(MEET, contract_subject, seen_by=READ))
def new_case(key: str) -> ResponseReturnValue:
    """Record a complaint or query."""
    form = CaseForm(data={"received_on": clock.today()})

    def save() -> str:
        details = form.details()
        assert isinstance(details, CaseDetails)
        open_case(current_actor(), key, details)
        return f"Recorded: the {details.kind.words}."

    page = FormPage(
        "Record a complaint or query",
        url_for(".cases", key=key),
        "Complaints and queries",
        "Name nobody who uses a service.",
        button="Record it",
    )
    return form_page(form, page, save)


@contracts.get(CASE)
@access(May(READ, case_subject))
def case(key: str, case_id: UUID) -> ResponseReturnValue:
    """A case with its steps."""
    return _page(g.subject, StepForm(formdata=None, data={"version": g.subject.version}))


@contracts.post(CASE)
@access(May(MEET, case_subject, seen_by=READ))
def step(key: str, case_id: UUID) -> ResponseReturnValue:
    """Note what was done, escalate, settle, or open again."""
    form = StepForm()
    if not form.validate_on_submit():
        return _page(g.subject, form, form.status)
    try:
        state = take_step(current_actor(), case_id, form.what.data, form.text.data or "", version())
    except Invalid as error:
        form.take(error)
        return _page(g.subject, form, form.status)
    except (Refused, Stale) as error:
        form.form_errors.append(error.reason)
        if isinstance(error, Stale):
            form.version.process_data(str(error.version))
        return _page(g.subject, form, 409)
    flash("Settled." if state is CaseState.RESOLVED else "Noted.", "success")
    return redirect(url_for(".case", key=key, case_id=case_id), 303)


def _page(row: ContractCase, form: StepForm, status: int = 200) -> ResponseReturnValue:
    page = render_template(
        "contracts/cycle/case.html",
        case=row,
        form=form,
        names=queries.names([step.by for step in row.steps]),
        may_edit=allowed(current_actor(), MEET, g.links),
        errors=summary(form),
    )
    return page, status
