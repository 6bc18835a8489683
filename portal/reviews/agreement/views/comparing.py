"""How far reviewers agree: the page and its downloads."""

from __future__ import annotations

from collections.abc import Callable

from flask import Response, render_template, request
from flask.typing import ResponseReturnValue

from portal.accounts.access import May
from portal.accounts.current import current_actor
from portal.accounts.rules.permissions import Permission
from portal.core.access import access
from portal.core.spreadsheets import CSV_TYPE
from portal.reviews.agreement.comparison import Comparison, comparison
from portal.reviews.agreement.export import items_csv, ratings_csv, reviews_csv
from portal.reviews.agreement.queries import scales_compared
from portal.reviews.agreement.rules.choosing import read_choice
from portal.reviews.agreement.rules.words import figure, percent, points, signed
from portal.reviews.agreement.views.blueprint import blueprint

_FILES: dict[str, Callable[[Comparison], bytes]] = {
    "items": items_csv,
    "reviews": reviews_csv,
    "ratings": ratings_csv,
}


@blueprint.get("/agreement")
@access(May(Permission.AGREEMENT_READ))
def index() -> ResponseReturnValue:
    page = _comparison()
    problems = page.choice.problems
    return render_template(
        "agreement/index.html",
        page=page,
        choice=page.choice,
        errors=[{"text": text, "href": f"#{name}"} for name, text in problems.items()],
        figure=figure,
        percent=percent,
        points=points,
        signed=signed,
    ), (400 if problems else 200)


@blueprint.get("/agreement/<any(items, reviews, ratings):what>.csv")
@access(May(Permission.AGREEMENT_READ))
def download(what: str) -> Response:
    """The page's items, reviews or pairs of ratings as CSV, with the same choice of reviews."""
    name = f'attachment; filename="agreement-{what}.csv"'
    return Response(_FILES[what](_comparison()), content_type=CSV_TYPE, headers={"Content-Disposition": name})


def _comparison() -> Comparison:
    actor = current_actor()
    scales = scales_compared(actor)
    return comparison(actor, read_choice(request.args, scales), scales)
