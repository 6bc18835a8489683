"""The list of services, on a page and as a download."""

from __future__ import annotations

from flask import Response, render_template, request
from markupsafe import Markup

from portal.accounts.access import May
from portal.accounts.current import current_actor
from portal.accounts.rules.permissions import Permission
from portal.accounts.rules.roles import REGIONS
from portal.core import clock
from portal.core.access import access
from portal.directory.export import services_csv
from portal.directory.queries.columns import COLUMNS, SORTS
from portal.directory.queries.listing import every_row, listing
from portal.directory.rules.filters import Filters, read_filters
from portal.directory.rules.settings import Setting
from portal.directory.views.blueprint import blueprint
from portal.programmes.registry import registry

ON_PAGE = tuple(column for column in COLUMNS if column.on_page)
# Markup, so that a class is not escaped once for every cell of every row.
PLAIN, NUMBER = Markup("govuk-table__cell"), Markup("govuk-table__cell portal-number")
# The class and the text of each cell after the first, which is the link.
CELLS = tuple((NUMBER if column.number else PLAIN, column.text) for column in ON_PAGE[1:])


def _filters() -> Filters:
    return read_filters(request.args, registry(), SORTS)


@blueprint.get("/services")
@access(May(Permission.SERVICE_READ))
def index() -> str:
    """Search, filter and page through the services within reach."""
    filters = _filters()
    found = listing(current_actor(), filters)
    return render_template(
        "directory/index.html",
        filters=filters,
        listing=found,
        columns=ON_PAGE,
        table=[(row, [(style, text(row)) for style, text in CELLS]) for row in found.rows],
        today=clock.today(),
        settings=list(Setting),
        regions=REGIONS,
        programmes=registry().values(),
    )


@blueprint.get("/services.csv")
@access(May(Permission.SERVICE_READ))
def download() -> Response:
    """The filtered list as CSV, all pages of it."""
    body = services_csv(every_row(current_actor(), _filters()))
    return Response(
        body,
        mimetype="text/csv",
        headers={"Content-Disposition": 'attachment; filename="services.csv"'},
    )
