"""Bringing in past reviews: choose a file, see what it holds, then bring it in."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from flask import Response, flash, g, jsonify, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from portal.accounts.access import May, person_signed_in
from portal.accounts.current import current_actor
from portal.accounts.rules.permissions import Permission
from portal.core.access import access
from portal.core.errors import Invalid, NotFound
from portal.core.filters import plural
from portal.reviews.external import history_file, history_queries
from portal.reviews.external.models.history import HistoryImport, ImportState
from portal.reviews.external.rules.past_review import PastReview
from portal.reviews.external.rules.past_values import Written
from portal.reviews.external.service import history, history_holding
from portal.reviews.external.service.history import Checked, FileProblems
from portal.reviews.external.views.blueprint import blueprint
from portal.scales.registry import registry
from portal.scales.rules.definition import ScaleUse

AT_ONCE = 300  # reviews brought in while the person waits: some four seconds; more go to the worker
SHOWN = 100  # reviews of the preview
TOLD = 1_000  # problems on the page; each says its row, and mending shows those that follow
MAY_IMPORT = May(Permission.ASSESSMENT_IMPORT_PAST)
READ_AS = {
    Written.ISO: "Dates like 2024-03-27 were read as year, month, day.",
    Written.UK: "Dates like 03/04/2024 were read as day, month, year: 3 April 2024.",
    Written.WORDS: "Dates like 27 March 2024 were read as written.",
}


class OwnImport:
    """The course of a file is told to the person who confirmed it."""

    words = "Whoever brought the file in"

    def check(self, arguments: Mapping[str, Any]) -> HistoryImport:
        actor = person_signed_in()
        row = history_queries.import_of(arguments["import_id"])
        if row is None or row.person_id != actor.person_id:
            raise NotFound("There is nothing at this address that you may see.")
        return row


@dataclass(frozen=True)
class Summary:
    """What a file holds, in figures."""

    reviews: list[PastReview]
    counts: list[tuple[str, int]]
    services: int
    dates: list[str]

    @classmethod
    def of(cls, checked: Checked) -> Summary:
        """Count kinds, scales and bands."""
        reviews = sorted(checked.reviews, key=lambda one: (one.on, one.line))
        kinds = Counter(one.kind.title for one in reviews)
        scales = Counter(one.scale.short_title for one in reviews)
        bands = Counter(one.result.band.title if one.result.band else "No band published" for one in reviews)
        counts = [pair for found in (kinds, scales, bands) for pair in sorted(found.items())]
        dates = [READ_AS[written] for written in Written if written in checked.file.written]
        return cls(reviews, counts, len({one.service.id for one in reviews}), dates)


@blueprint.get("/reviews/import", endpoint="import_history")
@access(MAY_IMPORT)
def choose() -> ResponseReturnValue:
    return _choose()


@blueprint.post("/reviews/import", endpoint="read_history")
@access(MAY_IMPORT)
def read() -> ResponseReturnValue:
    """Read the file and show what it would bring in; nothing is written."""
    upload = request.files.get("upload")
    if upload is None or not upload.filename:
        return _choose(error="Choose a file first"), 400
    data = history_holding.as_read(upload.read())
    checked = history.check(current_actor(), upload.filename, data)
    if checked.file.problems:
        return _choose(checked), 400
    if checked.already:
        return _choose(checked)
    try:
        ticket = history_holding.hold(current_actor(), upload.filename, data)
    except Invalid as error:
        return _choose(error=error.reason), 400
    return render_template(
        "external/history_preview.html",
        checked=checked,
        summary=Summary.of(checked),
        ticket=ticket,
        shown=SHOWN,
    )


@blueprint.post("/reviews/import/confirm", endpoint="confirm_history")
@access(MAY_IMPORT)
def confirm() -> ResponseReturnValue:
    """Bring in the file that was shown: at once, or by the worker where it is long."""
    actor = current_actor()
    try:
        file = history_holding.held(actor, request.form.get("ticket", ""))
        checked = history_holding.checked_again(actor, file)
        if len(checked.reviews) > AT_ONCE:
            return redirect(
                url_for(".history_course", import_id=history_holding.ask(actor, file, checked)), 303
            )
        checked = history.import_history(actor, file.name, file.data)
    except FileProblems as error:
        return _choose(error.checked), 409
    except Invalid as error:
        return _choose(error=error.reason), 400
    if checked.already:
        flash("Nothing changed: every review of the file was in the portal already.", "info")
    else:
        services = len({review.service.id for review in checked.reviews})
        flash(
            f"Brought in {plural(len(checked.reviews), 'past review')} of {plural(services, 'service')}.",
            "success",
        )
    return redirect(url_for(".import_history"), 303)


@blueprint.get("/reviews/import/<uuid:import_id>", endpoint="history_course")
@access(OwnImport())
def course(import_id: UUID) -> ResponseReturnValue:
    """How a long file fares."""
    row: HistoryImport = g.subject
    return render_template("external/history_course.html", row=row, states=ImportState)


@blueprint.get("/reviews/import/<uuid:import_id>/state", endpoint="history_state")
@access(OwnImport())
def state(import_id: UUID) -> Response:
    """For the waiting page's script: whether it has ended."""
    return jsonify(ready=g.subject.state is not ImportState.WAITING)


@blueprint.get("/reviews/import/template.<string:suffix>", endpoint="history_template")
@access(MAY_IMPORT)
def template(suffix: str) -> ResponseReturnValue:
    """The sheet to fill in, for the scale in the address."""
    key = request.args.get("scale", "ips-25")
    scales = registry().all()
    scale = next((one for one in scales if one.key == key and one.use is not ScaleUse.INCOMPLETE), None)
    if scale is None:
        raise NotFound("There is no such scale, or it is never scored.")
    services = history_queries.services_in_reach(current_actor())
    content, kind = history_file.template(scale, scales, services, suffix)
    name = f"past-reviews-{scale.key}.{suffix}"
    return Response(
        content, content_type=kind, headers={"Content-Disposition": f'attachment; filename="{name}"'}
    )


def _choose(checked: Checked | None = None, error: str = "") -> str:
    """The first page, with what is wrong with the file that was sent."""
    problems = checked.file.problems if checked else []
    if problems:
        error = "Nothing was brought in. Mend the file and send it again"
    return render_template(
        "external/history.html",
        problems=problems[:TOLD],
        count=len(problems),
        already=checked if checked and checked.already else None,
        filename=checked.name if checked else "",
        scales=[scale for scale in registry().all() if scale.use is not ScaleUse.INCOMPLETE],
        most=history.MOST_REVIEWS,
        error=error,
        errors=[{"text": error, "href": "#upload"}] if error else [],
    )
