"""Day, time, length, number of people and place of every meeting, on one page."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Any
from uuid import UUID

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from portal.core.access import access
from portal.core.errors import Invalid, NotFound, Stale
from portal.core.filters import plural
from portal.core.forms import clean
from portal.core.rules.whole import whole
from portal.reviews.external.forms.meetings import time_text
from portal.reviews.external.loading import LoadedReview
from portal.reviews.external.portfolio_timetable import MeetingLine, Timetable, timetable_of
from portal.reviews.external.rules.meetings import read_time
from portal.reviews.external.service.portfolio_meetings import save_times
from portal.reviews.external.subjects import MaySeeReview
from portal.reviews.external.views.blueprint import Desk, blueprint
from portal.reviews.external.views.portfolio_meetings import LABELS, MEETINGS, planning_desk, shown

FIELDS = ("on", "starts", "minutes", "people", "place")
MOST_DAYS = 31  # offered to choose from


@dataclass
class Row:
    """A meeting's line of the form: as saved, or as typed where it could not be saved."""

    line: MeetingLine
    typed: dict[str, str]
    version: int
    fields: dict[str, Any] = field(default_factory=dict)  # what was typed, read
    problems: dict[str, str] = field(default_factory=dict)

    def id(self, name: str) -> str:
        """The id and name of a field of this row."""
        return f"{name}-{self.line.id}"


@blueprint.route(MEETINGS + "/times", methods=["GET", "POST"])
@access(MaySeeReview())
def meeting_times(assessment_id: UUID) -> ResponseReturnValue:
    """Settle when everything happens."""
    here = planning_desk()
    timetable = timetable_of(here.found)
    if request.method == "GET":
        rows = [Row(line, _as_saved(line), line.version) for line in timetable.lines]
        return _page(here, rows)
    rows = _sent(timetable, request.form)
    if any(row.problems for row in rows):
        return _page(here, rows)
    try:
        count = save_times(
            here.actor,
            assessment_id,
            {row.line.id: row.fields for row in rows},
            {row.line.id: row.version for row in rows},
        )
    except Invalid as error:
        return _page(here, _with_problems(rows, error))
    except Stale as error:
        return _page(here, rows, error)
    flash(f"Saved {plural(count, 'meeting')}." if count else "Nothing was changed.", "success")
    return redirect(url_for(".meetings", assessment_id=assessment_id), 303)


def _as_saved(line: MeetingLine) -> dict[str, str]:
    draft = line.draft
    return {
        "on": draft.on.isoformat() if draft.on else "",
        "starts": time_text(draft.starts),
        "minutes": str(draft.minutes),
        "people": str(draft.people),
        "place": draft.place,
    }


def _sent(timetable: Timetable, form: Mapping[str, str]) -> list[Row]:
    """The rows of the form that came; a meeting added meanwhile is not among them."""
    rows = []
    for line in timetable.lines:
        row = Row(line, {}, whole(form.get(f"version-{line.id}")) or 0)
        if row.id("version") in form:
            row.typed = {name: (clean(form.get(row.id(name))) or "")[:1_000] for name in FIELDS}
            _read(row)
            rows.append(row)
    gone = {name for name in form if name.startswith("version-")} - {row.id("version") for row in rows}
    if gone:
        raise NotFound("A meeting of this form was removed meanwhile. Open the timetable again.")
    return rows


def _read(row: Row) -> None:
    """Turn what was typed into values, noting what cannot be read."""
    try:
        on = date.fromisoformat(row.typed["on"]) if row.typed["on"] else None
    except ValueError:
        on = None
        row.problems["on"] = "Choose a day from the list"
    try:
        starts = read_time(row.typed["starts"])
    except ValueError as error:
        starts = None
        row.problems["starts"] = str(error)
    row.fields = {
        "on": on,
        "starts": starts,
        "minutes": whole(row.typed["minutes"]),
        "people": whole(row.typed["people"]),
        "place": row.typed["place"],
    }


def _with_problems(rows: list[Row], error: Invalid) -> list[Row]:
    for row in rows:
        found = {name: error.problems[row.id(name)] for name in LABELS if row.id(name) in error.problems}
        row.problems |= found
    return rows


def _page(here: Desk, rows: list[Row], stale: Stale | None = None) -> ResponseReturnValue:
    errors = [
        {"text": f"{row.line.draft.title}: {words}", "href": f"#{row.id(name if name in FIELDS else 'on')}"}
        for row in rows
        for name, words in row.problems.items()
    ]
    stands: list[tuple[str, str, str]] = []
    if stale is not None:
        stands = _both(rows, stale)
        errors = [{"text": stale.reason, "href": "#stale"}]
    page = render_template(
        "external/portfolio_times.html",
        desk=here,
        rows=rows,
        days=_days(here.found, rows),
        errors=errors,
        stale=stale,
        stands=stands,
    )
    return page, 409 if stale else 400 if errors else 200


def _both(rows: list[Row], stale: Stale) -> list[tuple[str, str, str]]:
    """What differs, meeting by meeting. Saving again is then a choice made knowingly."""
    stands = []
    for row in rows:
        now: dict[str, Any] = stale.current.get(str(row.line.id), {})  # type: ignore[assignment]  # by meeting
        for name in FIELDS if now else ():
            if row.fields[name] != now[name]:
                label = f"{row.line.draft.title}: {LABELS[name].lower()}"
                stands.append((label, shown(name, row.fields[name]), shown(name, now[name])))
        row.version = now.get("version", row.version)
    return stands


def _days(found: LoadedReview, rows: list[Row]) -> list[date]:
    """The days of fieldwork, and those that meetings stand on already."""
    first, last = found.review.fieldwork_from, found.review.fieldwork_to
    count = min((last - first).days + 1, MOST_DAYS)
    visit = {first + timedelta(days=offset) for offset in range(count)}
    return sorted(visit | {row.line.draft.on for row in rows if row.line.draft.on})
