"""The figure of a quarter with its sum, day by day."""

from __future__ import annotations

from flask import render_template
from flask.typing import ResponseReturnValue

from portal.accounts.access import May
from portal.core import clock
from portal.core.access import access
from portal.core.errors import NotFound
from portal.core.rules.quarters import quarter_from
from portal.workforce.posts.export import away_words, exact, quarter_csv
from portal.workforce.posts.figures import QuarterLine, fte, quarter_line
from portal.workforce.posts.queries import fte_breakdown
from portal.workforce.posts.views.blueprint import blueprint
from portal.workforce.posts.views.overview import ADDRESS, READ, Place, csv_file, place_demanded


@blueprint.get(ADDRESS + "/quarters/<string:period>")
@access(May(READ))
def quarter(period: str) -> ResponseReturnValue:
    """What a quarter's percentage was counted from."""
    place = place_demanded()
    line = _line(place, period)
    return render_template(
        "workforce/posts/quarter.html", place=place, line=line, shown=fte, exact=exact, away_words=away_words
    )


@blueprint.get(ADDRESS + "/quarters/<string:period>.csv")
@access(May(READ))
def quarter_file(period: str) -> ResponseReturnValue:
    place = place_demanded()
    line = _line(place, period)
    return csv_file(quarter_csv(line, reasons=place.editing), f"eism-fte-{line.quarter.key}")


def _line(place: Place, period: str) -> QuarterLine:
    found = quarter_from(period)
    if found is None:
        raise NotFound("There is no such quarter. A quarter is written like 2026-Q3.")
    figure = fte_breakdown(place.supplier.id, found, place.terms)
    return quarter_line(found, figure, place.terms, clock.today())
