"""The report of a quarter: its page in every version, compiling it and submitting it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from flask import abort, flash, g, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from portal.accounts.access import May
from portal.accounts.current import current_actor
from portal.accounts.rules.permissions import Permission, allowed
from portal.contracts.cycle import queries
from portal.contracts.cycle.assembling import frozen_before, shown
from portal.contracts.cycle.forms import ButtonForm, SubmitForm, SummaryForm
from portal.contracts.cycle.models import FrozenReport, QuarterReport
from portal.contracts.cycle.rules.report import Report, differences
from portal.contracts.cycle.rules.streams import Stream
from portal.contracts.cycle.rules.workflow import CycleState, Move, may
from portal.contracts.cycle.service.moving import compile_report, save_summary, submit_report
from portal.contracts.definition.blueprint import contracts
from portal.contracts.figures.subjects import InQuarter, quarter_subject
from portal.core.access import access
from portal.core.errors import NotFound, Refused
from portal.core.form_pages import FormPage, form_page, version
from portal.core.rules.whole import whole

READ, REPORT, DECIDE = Permission.CONTRACT_READ, Permission.CONTRACT_REPORT, Permission.CONTRACT_DECIDE
ADDRESS = "/<key>/<quarter>/report"
MAY_READ = May(READ, quarter_subject)
MAY_REPORT = May(REPORT, quarter_subject, seen_by=READ)


@dataclass(frozen=True)
class Version:
    """A version of a report as somebody reads it. `kept`: what was frozen, where it was submitted."""

    row: QuarterReport
    report: Report
    kept: FrozenReport | None


@contracts.get(ADDRESS)
@access(MAY_READ)
def report(key: str, quarter: str) -> ResponseReturnValue:
    """The newest version that the person may read, or the one that `?version=` names."""
    return report_page()


@contracts.post(ADDRESS + "/compile")
@access(MAY_REPORT)
def compile_quarter(key: str, quarter: str) -> ResponseReturnValue:
    """Begin the report of the quarter."""
    try:
        compile_report(current_actor(), key, quarter)
    except Refused as error:
        return report_page(error.reason)
    flash("The report is begun. It writes itself from the records; add what they do not tell.", "success")
    return redirect(url_for(".report", key=key, quarter=quarter), 303)


@contracts.route(ADDRESS + "/summary", methods=["GET", "POST"])
@access(MAY_REPORT)
def summary(key: str, quarter: str) -> ResponseReturnValue:
    """Write the supplier's own words."""
    row = newest(CycleState.COMPILING)
    form = SummaryForm(data={"summary": row.summary, "version": row.version})

    def save() -> str:
        save_summary(current_actor(), row.id, form.summary.data or "", version())
        return "The summary is saved."

    return form_page(form, page_of("Summary of the quarter"), save)


@contracts.route(ADDRESS + "/submit", methods=["GET", "POST"])
@access(MAY_REPORT)
def submit(key: str, quarter: str) -> ResponseReturnValue:
    """What will be frozen, what is missing, what changed since the version before; then it is submitted."""
    place: InQuarter = g.subject
    row = newest(CycleState.COMPILING)
    form = SubmitForm(data={"version": row.version})
    found, _ = shown(place.contract, row)
    before = frozen_before(row)

    def save() -> str:
        submit_report(current_actor(), row.id, version())
        return "The report is submitted. It no longer changes; the buyer accepts or returns it."

    context = {
        "report": found,
        "changes": differences(before, found) if before else (),
        "missing": [one for one in found.indicators if not one.shown],
        "place": place,
    }
    page = page_of("Submit the report", button="Submit the report", template="contracts/cycle/submit.html")
    return form_page(form, replace(page, context=context), save)


def report_page(refused: str = "") -> ResponseReturnValue:
    """The page of a quarter's report, with why a move could not be made."""
    place: InQuarter = g.subject
    rows = queries.versions(place.contract.key, place.quarter.key)
    found = chosen(rows, place)
    state = rows[0].state if rows else CycleState.OPEN
    actor = current_actor()
    can = {
        move.value
        for move, permission in MOVES.items()
        if may(state, move) and allowed(actor, permission, g.links)
    }
    page = render_template(
        "contracts/cycle/report.html",
        place=place,
        found=found,
        report=found.report if found else None,
        newest=rows[0] if rows else None,
        versions=[one for one in rows if one.state is not CycleState.COMPILING or _compiles()],
        state=state,
        can=can,
        names=queries.names([one.submitted_by for one in rows] + [one.decided_by for one in rows]),
        streams=list(Stream),
        entered=queries.activities(place.contract.key, place.quarter.key),
        form=ButtonForm(formdata=None),
        errors=[{"text": refused, "href": "#moves"}] if refused else [],
    )
    return page, 409 if refused else 200


def chosen(rows: Sequence[QuarterReport], place: InQuarter) -> Version | None:
    """The version asked for; a draft is the supplier's until it is submitted. Raises NotFound."""
    readable = [row for row in rows if row.state is not CycleState.COMPILING or _compiles()]
    named = request.args.get("version")
    if named is not None:
        readable = [row for row in readable if row.number == whole(named)]
        if not readable:
            raise NotFound("No such version of this report has been submitted.")
    if not readable:
        return None
    found, kept = shown(place.contract, readable[0])
    return Version(readable[0], found, kept)


def newest(state: CycleState) -> QuarterReport:
    """The newest version, where it is in this state; else the way leads back to the report."""
    place: InQuarter = g.subject
    row = queries.newest_report(place.contract.key, place.quarter.key)
    if row is None or row.state is not state:
        abort(redirect(back()))
    return row


def back() -> str:
    """The address of the report."""
    place: InQuarter = g.subject
    return url_for(".report", key=place.contract.key, quarter=place.quarter.key)


def page_of(
    title: str, intro: str = "", button: str = "Save", template: str = "components/form_page.html"
) -> FormPage:
    """A form about a quarter's report, which leads back to it."""
    place: InQuarter = g.subject
    text = f"Report of {place.quarter.title}"
    return FormPage(title, back(), text, intro, button=button, template=template)


MOVES = {
    Move.COMPILE: REPORT,
    Move.SUBMIT: REPORT,
    Move.ACCEPT: DECIDE,
    Move.CLOSE: DECIDE,
    Move.CORRECT: REPORT,
}


def _compiles() -> bool:
    return allowed(current_actor(), REPORT, g.links)
