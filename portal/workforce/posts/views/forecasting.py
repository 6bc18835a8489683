"""What becomes of the figure: as known today, and as it would be if somebody left."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from flask import render_template, request
from flask.typing import ResponseReturnValue

from portal.accounts.access import May
from portal.core import clock
from portal.core.access import access
from portal.core.filters import day
from portal.core.forms import summary
from portal.core.rules.months import months_after
from portal.core.rules.quarters import Quarter, quarter_of
from portal.core.rules.rate import rate
from portal.workforce.posts.figures import QuarterLine, fte, quarter_line
from portal.workforce.posts.forms import ForecastForm
from portal.workforce.posts.queries import Employed, employed
from portal.workforce.posts.rules.forecast import Change, WhatIf, below_from, changes, edges, supposing
from portal.workforce.posts.rules.fte import breakdown, runs
from portal.workforce.posts.views.blueprint import blueprint
from portal.workforce.posts.views.overview import ADDRESS, READ, Place, place_demanded

AHEAD = 5  # this quarter and the next four
MOST_YEARS = 10


@dataclass(frozen=True)
class ForecastLine:
    """A quarter to come. `below`: each edge under which it ends, with the day from which it stays under."""

    line: QuarterLine
    below: tuple[tuple[str, date], ...]


@blueprint.get(ADDRESS + "/forecast")
@access(May(READ))
def forecast() -> ResponseReturnValue:
    """The quarters to come as known; and, where something is tried out, as they would be."""
    place = place_demanded()
    today = clock.today()
    first = quarter_of(today)
    found = employed(place.supplier.id, first.first, None, place.terms)
    people = _people(found, today)
    form = _form(people)
    what_if = _tried(form, today)
    tried = Employed(tuple(supposing(found.spells, what_if)), found.leaves) if what_if else None
    page = render_template(
        "workforce/posts/forecast.html",
        place=place,
        form=form,
        what_if=what_if,
        name=people[what_if.person] if what_if else "",
        errors=summary(form),
        known=_lines(place, found, first, today),
        tried=_lines(place, tried, first, today) if tried else None,
        changes=_changes(place, tried or found, first, today),
        shown=fte,
        percent=lambda share: rate(share.numerator, share.denominator).percent(),
    )
    return page, form.status


def _people(found: Employed, today: date) -> dict[str, str]:
    there = {one.person: one.name for one in found.spells if one.last is None or one.last >= today}
    return dict(sorted(there.items(), key=lambda one: one[1].casefold()))


def _lines(place: Place, found: Employed, first: Quarter, today: date) -> list[ForecastLine]:
    lines = []
    for quarter in (first.plus(step) for step in range(AHEAD)):
        figure = breakdown(found.spells, found.leaves, (quarter.first, quarter.last), place.terms)
        if not figure.days:
            continue  # not in the contract
        below = tuple(
            (edge.words, since)
            for edge in edges(place.terms)
            if (since := below_from(figure, edge)) is not None
        )
        lines.append(ForecastLine(quarter_line(quarter, figure, place.terms, today), below))
    return lines


def _changes(place: Place, found: Employed, first: Quarter, today: date) -> list[Change]:
    until = min(first.plus(AHEAD - 1).last, place.terms.ends or date.max)
    if until < today:
        return []
    return changes(runs(found.spells, found.leaves, today, until), place.terms)


def _form(people: Mapping[str, str]) -> ForecastForm:
    """What is tried out is in the address, so that it can be kept and sent on."""
    sent = request.args if any(request.args.get(name) for name in ("who", "on", "empty")) else None
    return ForecastForm(people, formdata=sent, meta={"csrf": False})


def _tried(form: ForecastForm, today: date) -> WhatIf | None:
    """What is to be tried out; None where nothing was sent, or something is wrong with it."""
    if form.who.raw_data is None or not form.validate():
        return None
    assert form.on.data is not None  # the form asks for it
    if form.on.data < today:
        form.on.errors = [f"Enter today, {day(today)}, or a later day"]
        return None
    if form.on.data > months_after(today, 12 * MOST_YEARS):
        form.on.errors = [f"Enter a day of the next {MOST_YEARS} years"]
        return None
    return WhatIf(form.who.data, form.on.data, form.empty.data)
