"""What follows on a submitted report: the buyer's decision, closing, and the supplier's correction."""

from __future__ import annotations

from flask import flash, g, redirect
from flask.typing import ResponseReturnValue

from portal.accounts.access import May
from portal.accounts.current import current_actor
from portal.contracts.cycle import queries
from portal.contracts.cycle.forms import CorrectForm, DecideForm
from portal.contracts.cycle.rules.workflow import CycleState, Move, may
from portal.contracts.cycle.service.moving import close_quarter, correct_report, decide_report
from portal.contracts.cycle.views.reporting import (
    ADDRESS,
    DECIDE,
    MAY_REPORT,
    READ,
    back,
    page_of,
    report_page,
)
from portal.contracts.definition.blueprint import contracts
from portal.contracts.figures.subjects import InQuarter, quarter_subject
from portal.core.access import access
from portal.core.errors import Refused, Stale
from portal.core.form_pages import form_page, version
from portal.core.forms import sent_version

MAY_DECIDE = May(DECIDE, quarter_subject, seen_by=READ)


@contracts.route(ADDRESS + "/decide", methods=["GET", "POST"])
@access(MAY_DECIDE)
def decide(key: str, quarter: str) -> ResponseReturnValue:
    """Accept the report, or return it with the reasons."""
    row = queries.newest_report(key, quarter)
    if row is None or (row.state is not CycleState.SUBMITTED and not _sent()):
        return redirect(back())
    form = DecideForm(data={"version": row.version})

    def save() -> str:
        accepted = form.decision.data == "accept"
        decide_report(current_actor(), row.id, accepted, form.reason.data or "", version())
        return "The report is accepted." if accepted else "The report is returned, with your reasons."

    intro = f"Version {row.number}. What you decide is recorded with your name, and the supplier sees it."
    return form_page(form, page_of("Accept or return the report", intro, "Save the decision"), save)


@contracts.post(ADDRESS + "/close")
@access(MAY_DECIDE)
def close(key: str, quarter: str) -> ResponseReturnValue:
    """Close the quarter."""
    row = queries.newest_report(key, quarter)
    if row is None:
        return report_page("There is no report of this quarter yet.")
    try:
        close_quarter(current_actor(), row.id, sent_version())
    except (Refused, Stale) as error:
        return report_page(error.reason)
    flash("The quarter is closed.", "success")
    return redirect(back(), 303)


@contracts.route(ADDRESS + "/correct", methods=["GET", "POST"])
@access(MAY_REPORT)
def correct(key: str, quarter: str) -> ResponseReturnValue:
    """Begin a version that corrects the one that was accepted."""
    place: InQuarter = g.subject
    row = queries.newest_report(place.contract.key, place.quarter.key)
    if row is None or not may(row.state, Move.CORRECT):
        return redirect(back())
    form = CorrectForm(data={"version": row.version})

    def save() -> str:
        correct_report(current_actor(), row.id, form.why.data or "", version())
        return "A new version is begun. The one that was accepted stays as it is."

    intro = "The accepted version stays. The new one says what changed and why, and is decided anew."
    return form_page(form, page_of("Correct the report", intro, "Begin the correction"), save)


def _sent() -> bool:
    """Somebody posts a decision: where another was first, they are told so."""
    return sent_version() is not None
