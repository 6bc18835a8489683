"""Rating a case alone, and how everybody's ratings compare once the exercise is closed."""

from __future__ import annotations

from dataclasses import dataclass
from uuid import UUID

from flask import Response, flash, g, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from portal.accounts.current import current_actor
from portal.core import clock
from portal.core.access import access
from portal.core.errors import Invalid, Refused, Stale
from portal.core.forms import clean, sent_version
from portal.core.rules.whole import whole
from portal.core.spreadsheets import CSV_TYPE
from portal.programmes.registry import default_review
from portal.reviews.agreement.export import results_csv
from portal.reviews.agreement.loading import LoadedExercise, MaySeeExercise
from portal.reviews.agreement.results_page import item_plot, lean_plot
from portal.reviews.agreement.rules.calibration import SheetDraft, why_not_rated
from portal.reviews.agreement.rules.results import Results, results
from portal.reviews.agreement.rules.words import lean_words, lines, points
from portal.reviews.agreement.service.rating import save_sheet, submit_sheet
from portal.reviews.agreement.sheets import all_sheets, own_sheet
from portal.reviews.agreement.views.blueprint import blueprint
from portal.reviews.agreement.views.exercises import ADDRESS, exercise_page


@dataclass(frozen=True)
class Typed:
    """What the page holds: what was typed, the version it was typed over, and what is saved instead."""

    draft: SheetDraft
    version: int
    saved: dict[str, object] | None = None


@blueprint.get(ADDRESS + "/rate")
@access(MaySeeExercise())
def rate(exercise_id: UUID) -> ResponseReturnValue:
    """The case with a row for each item."""
    found: LoadedExercise = g.subject
    sheet = own_sheet(current_actor(), found)
    row = found.exercise
    why_not = why_not_rated(found.state, clock.today(), row.opens_on, row.closes_on)
    if why_not or (sheet and sheet.submitted_at):
        return redirect(url_for(".exercise", exercise_id=exercise_id), 303)
    draft = SheetDraft(sheet.ratings, sheet.rationales) if sheet else SheetDraft({}, {})
    return _page(found, Typed(draft, sheet.version if sheet else 0), {})


@blueprint.post(ADDRESS + "/rate")
@access(MaySeeExercise())
def keep_ratings(exercise_id: UUID) -> ResponseReturnValue:
    """Save, or hand in for good."""
    found: LoadedExercise = g.subject
    typed = Typed(_sent(found), sent_version() or 0)
    handing_in = request.form.get("do") == "submit"
    try:
        if handing_in:
            closed = submit_sheet(current_actor(), exercise_id, typed.draft, typed.version)
            said = (
                "Handed in. You were the last: the results are here." if closed else "Handed in. Thank you."
            )
        else:
            save_sheet(current_actor(), exercise_id, typed.draft, typed.version)
            said = "Saved. Hand in your ratings when you are done."
    except Invalid as error:
        return _page(found, typed, error.problems), 400
    except Stale as error:
        again = Typed(typed.draft, error.version, dict(error.current))
        return _page(found, again, {"form": error.reason}), 409
    except Refused as error:
        return exercise_page(found, error.reason)
    flash(said, "success")
    return redirect(url_for(".exercise" if handing_in else ".rate", exercise_id=exercise_id), 303)


@blueprint.get(ADDRESS + "/results")
@access(MaySeeExercise())
def exercise_results(exercise_id: UUID) -> ResponseReturnValue:
    """Everybody's ratings side by side; not before the exercise is closed."""
    found: LoadedExercise = g.subject
    compared = _results(found)
    return render_template(
        "agreement/results.html",
        found=found,
        results=compared,
        lines=lines(compared.found),
        item_plot=item_plot(compared),
        lean_plot=lean_plot(compared),
        lean_words=lean_words,
        points=points,
    )


@blueprint.get(ADDRESS + "/results.csv")
@access(MaySeeExercise())
def exercise_file(exercise_id: UUID) -> Response:
    """The ratings as CSV: a row for each item, a column for each reviewer, as `portal agreement` reads it."""
    name = 'attachment; filename="calibration.csv"'
    body = results_csv(_results(g.subject))
    return Response(body, content_type=CSV_TYPE, headers={"Content-Disposition": name})


def _results(found: LoadedExercise) -> Results:
    sheets = [(sheet.name, sheet.ratings, sheet.rationales) for sheet in all_sheets(found)]
    return results(found.items, sheets, default_review().lean_mean_difference)


def _sent(found: LoadedExercise) -> SheetDraft:
    ratings = {item.key: whole(request.form.get(f"rating-{item.key}")) for item in found.items}
    texts = {item.key: clean(request.form.get(f"rationale-{item.key}")) or "" for item in found.items}
    return SheetDraft(ratings, texts)


def _page(found: LoadedExercise, typed: Typed, problems: dict[str, str]) -> str:
    return render_template(
        "agreement/rate.html",
        found=found,
        typed=typed,
        problems=problems,
        errors=[
            {"text": text, "href": f"#{name}" if name != "form" else "#main-content"}
            for name, text in problems.items()
        ],
    )
