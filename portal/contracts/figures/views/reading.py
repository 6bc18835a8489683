"""A contract's figures: at a glance, of a quarter, of an indicator down to its records, and as files."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from flask import Response, current_app, g, render_template, url_for
from flask.typing import ResponseReturnValue

from portal.accounts.access import May
from portal.accounts.current import current_actor
from portal.accounts.rules.permissions import Permission, allowed, may_ever
from portal.contracts.definition.blueprint import contracts
from portal.contracts.definition.parties import contracts_of, parties_of
from portal.contracts.definition.rules.terms import Contract
from portal.contracts.definition.rules.wording import REMEDIES, edges
from portal.contracts.definition.subjects import contract_subject
from portal.contracts.definition.views.tabs import pages
from portal.contracts.figures.compare import compared
from portal.contracts.figures.export import csv_bytes, json_bytes, xlsx_bytes
from portal.contracts.figures.overview import nation, overview
from portal.contracts.figures.queries import figures, figures_of, latest_frozen, manual_versions
from portal.contracts.figures.rules import showing
from portal.contracts.figures.rules.figure import Figure
from portal.contracts.figures.rules.periods import quarters_of
from portal.contracts.figures.rules.picture import picture
from portal.contracts.figures.subjects import IndicatorPlace, InQuarter, indicator_subject, quarter_subject
from portal.core import clock
from portal.core.access import access
from portal.core.rules.quarters import last_quarters
from portal.core.spreadsheets import CSV_TYPE, XLSX_TYPE

READ = Permission.CONTRACT_READ
HISTORY = 8
FILES: dict[str, tuple[Any, str]] = {
    "csv": (csv_bytes, CSV_TYPE),
    "xlsx": (xlsx_bytes, XLSX_TYPE),
    "json": (json_bytes, "application/json; charset=utf-8"),
}
# The other pages of a contract, by the parts that have them.
# What a record is, and the page that shows it with the name of its argument.
THINGS = {
    "event": ("events.show", "event_id", None),
    "assessment": ("reports.show", "assessment_id", Permission.ASSESSMENT_READ_FINAL),
    "survey": ("surveys.results", "survey_id", Permission.SURVEYS_RESULTS),
}


@contracts.get("/compare")
@access(May(READ))
def compare() -> ResponseReturnValue:
    """The newest quarter of each contract of the person's organisation, side by side."""
    return render_template("contracts/figures/compare.html", lines=compared(contracts_of(current_actor())))


@contracts.get("/<key>")
@access(May(READ, contract_subject))
def contract(key: str) -> ResponseReturnValue:
    """Every indicator over the last eight quarters, with what waits for a decision above it."""
    return render_template(
        "contracts/figures/contract.html",
        overview=overview(g.subject),
        nation=nation(current_actor()),
        pages=pages(key, "contract"),
    )


@contracts.get("/<key>/figures.<any(csv,xlsx,json):kind>")
@access(May(READ, contract_subject))
def contract_file(key: str, kind: str) -> Response:
    """The figures of every quarter that has begun."""
    found: Contract = g.subject
    return _file(kind, figures_of(found, quarters_of(found, clock.today())), f"{key}-figures")


@contracts.get("/<key>/<quarter>")
@access(May(READ, quarter_subject))
def quarter(key: str, quarter: str) -> ResponseReturnValue:
    """The figures of one quarter."""
    place: InQuarter = g.subject
    return render_template(
        "contracts/figures/quarter.html",
        place=place,
        parties=parties_of(place.contract),
        figures=figures(place.contract, place.quarter),
        frozen=latest_frozen(key, place.quarter),
        remedies=REMEDIES,
        report=_exists("contracts.report"),
    )


@contracts.get("/<key>/<quarter>/figures.<any(csv,xlsx,json):kind>")
@access(May(READ, quarter_subject))
def quarter_file(key: str, quarter: str, kind: str) -> Response:
    """The figures of one quarter as a file."""
    place: InQuarter = g.subject
    found = {place.quarter: figures(place.contract, place.quarter)}
    return _file(kind, found, f"{key}-{place.quarter.key}")


@contracts.get("/<key>/<quarter>/indicator/<number>")
@access(May(READ, indicator_subject))
def indicator(key: str, quarter: str, number: str) -> ResponseReturnValue:
    """An indicator: its fraction, how it is counted, where it lies, its history, and the records behind."""
    place: IndicatorPlace = g.subject
    first = quarters_of(place.contract, clock.today())[0]
    span = [one for one in last_quarters(place.quarter, HISTORY) if one >= first]
    found = figures_of(place.contract, span, number)
    history = [_of(found[one], number) for one in span]
    shown = history[-1]
    assert shown is not None
    return render_template(
        "contracts/figures/indicator.html",
        place=place,
        figure=shown,
        history=list(zip(span, history, strict=True))[::-1],
        svg=picture(f"Indicator {number} by quarter", history),
        entered=manual_versions(key, place.quarter, number),
        behind=[(row, _link(row.thing)) for row in shown.counted.rows],
        may_report=allowed(current_actor(), Permission.CONTRACT_REPORT, g.links),
        edges=edges,
        exact=showing.exact,
        remedies=REMEDIES,
    )


def _exists(endpoint: str) -> bool:
    return endpoint in current_app.view_functions


def _of(figures_: Sequence[Figure], number: str) -> Figure | None:
    return next((one for one in figures_ if one.indicator.number == number), None)


def _link(thing: str) -> str:
    """The page of a record, where the portal has one that the person may see; else nothing."""
    kind, _, name = thing.partition(":")
    if kind not in THINGS:
        return ""
    endpoint, argument, permission = THINGS[kind]
    if permission is not None and not may_ever(current_actor(), permission):
        return ""
    values: dict[str, Any] = {argument: name}
    return url_for(endpoint, **values) if _exists(endpoint) else ""


def _file(kind: str, found: Any, name: str) -> Response:
    make, content_type = FILES[kind]
    response = Response(make(found), content_type=content_type)
    response.headers["Content-Disposition"] = f'attachment; filename="{name}.{kind}"'
    return response
