"""The list of reviews, on a page and as a download."""

from __future__ import annotations

from flask import Response, render_template, request

from portal.accounts.access import May
from portal.accounts.current import current_actor
from portal.accounts.rules.permissions import Permission, may_ever
from portal.core import clock
from portal.core.access import access
from portal.core.rules.cells import Cell
from portal.core.spreadsheets import CSV_TYPE, write_csv
from portal.reviews.external.listing import Line, every_line, listing
from portal.reviews.external.rules.listing import WHICH, read_filters
from portal.reviews.external.views.blueprint import blueprint

COLUMNS = (
    "Service",
    "Stage",
    "Scale",
    "Fieldwork from",
    "Fieldwork to",
    "Lead reviewer",
    "Second reviewer",
    "Published",
    "Total",
    "Band",
    "Accredited until",
    "Next review due",
)


@blueprint.get("/reviews")
@access(May(Permission.REVIEW_READ))
def index() -> str:
    """Search, filter and page through the reviews within reach."""
    filters, actor = read_filters(request.args), current_actor()
    return render_template(
        "external/index.html",
        filters=filters,
        listing=listing(actor, filters),
        which=WHICH,
        today=clock.today(),
        named=may_ever(actor, Permission.REVIEW_TAKE_PART),
    )


@blueprint.get("/reviews.csv")
@access(May(Permission.REVIEW_READ))
def download() -> Response:
    """The filtered list as CSV, all pages of it."""
    rows = [_cells(line) for line in every_line(current_actor(), read_filters(request.args))]
    headers = {"Content-Disposition": 'attachment; filename="reviews.csv"'}
    return Response(write_csv(COLUMNS, rows), content_type=CSV_TYPE, headers=headers)


def _cells(line: Line) -> list[Cell]:
    return [
        line.service,
        line.stage.title,
        line.scale_key,
        line.fieldwork_from,
        line.fieldwork_to,
        line.lead,
        line.second,
        line.published_on,
        line.total,
        line.band,
        line.valid_until,
        line.next_due_on,
    ]
