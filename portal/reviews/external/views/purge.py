"""The purge of what may name people: of one review with its legal hold, and the list of all."""

from __future__ import annotations

from uuid import UUID

from flask import Response, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from portal.accounts.access import May
from portal.accounts.current import current_actor
from portal.accounts.rules.permissions import Permission
from portal.core.access import access
from portal.core.errors import Forbidden, Invalid, Refused, Stale
from portal.core.forms import clean, sent_version
from portal.core.rules.cells import Cell
from portal.core.spreadsheets import CSV_TYPE, write_csv
from portal.reviews.assessment.queries import names_of
from portal.reviews.external.purges import PurgeLine, holds_of, purge_line, purge_lines
from portal.reviews.external.rules.workflow import Action, Stage
from portal.reviews.external.service import purging as verbs
from portal.reviews.external.subjects import MaySeeReview
from portal.reviews.external.views.blueprint import ADDRESS, Desk, blueprint, desk

PURGE = ADDRESS + "/purge"
COLUMNS = (
    "Service",
    "Published",
    "Purge due",
    "State",
    "Why held",
    "Purged on",
    "Notes",
    "Places of meetings",
    "Answers in words",
    "Remarks on documents",
)


@blueprint.get(PURGE)
@access(MaySeeReview())
def purge(assessment_id: UUID) -> ResponseReturnValue:
    """When the notes go or went, and what holds them."""
    return _page(_published(desk()))


@blueprint.post(PURGE + "/<any(hold, release):change>")
@access(MaySeeReview())
def purge_hold(assessment_id: UUID, change: str) -> ResponseReturnValue:
    """Put the notes on legal hold, or end the hold; with a reason."""
    here = _published(desk())
    reason = clean(request.form.get("reason", "").replace("\r\n", "\n")) or ""
    verb = verbs.hold if change == "hold" else verbs.release
    try:
        verb(here.actor, assessment_id, reason, sent_version())
    except Invalid as error:
        return _page(here, reason, error.problems["reason"]), 400
    except (Refused, Stale) as error:
        return _page(desk(), reason, error.reason), 409
    held = "The notes are on legal hold. The purge waits until you release it."
    flash(held if change == "hold" else "The hold is released. The purge comes when it is due.", "success")
    return redirect(url_for(".purge", assessment_id=assessment_id), 303)


@blueprint.get("/reviews/purges")
@access(May(Permission.REVIEW_INSIDE))
def purges() -> str:
    """Every published review, what is held or due first."""
    return render_template("external/purges.html", lines=purge_lines(current_actor()))


@blueprint.get("/reviews/purges.csv")
@access(May(Permission.REVIEW_INSIDE))
def purges_csv() -> Response:
    """The list as CSV."""
    rows = [_cells(line) for line in purge_lines(current_actor())]
    headers = {"Content-Disposition": 'attachment; filename="purges.csv"'}
    return Response(write_csv(COLUMNS, rows), content_type=CSV_TYPE, headers=headers)


def _cells(line: PurgeLine) -> list[Cell]:
    counts = line.counts
    numbers: list[Cell] = [None] * 4
    if counts:
        numbers = [counts.notes, counts.meetings, counts.answers, counts.remarks]
    on = line.purged_at.date() if line.purged_at else None
    return [line.service, line.published_on, line.due, line.state.title, line.hold, on, *numbers]


def _published(here: Desk) -> Desk:
    if here.found.stage is not Stage.PUBLISHED:
        raise Forbidden("The notes are purged after publication.")
    return here


def _page(here: Desk, reason: str = "", problem: str = "") -> str:
    holds = holds_of(here.found.id)
    return render_template(
        "external/purge.html",
        desk=here,
        line=purge_line(here.found),
        holds=holds,
        names=names_of({row.held_by for row in holds} | {row.released_by for row in holds}),
        may_hold=here.may(Action.HOLD),
        reason=reason,
        problem=problem,
        errors=[{"text": problem, "href": "#reason"}] if problem else [],
    )
