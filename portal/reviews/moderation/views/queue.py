"""The moderation queue, on a page and as a download."""

from __future__ import annotations

from flask import Blueprint, Response, render_template, request

from portal.accounts.access import May
from portal.accounts.current import current_actor
from portal.accounts.rules.permissions import Permission
from portal.core import clock
from portal.core.access import access
from portal.reviews.moderation.export import queue_csv
from portal.reviews.moderation.queue import every_row
from portal.reviews.moderation.queue import queue as queue_page
from portal.reviews.moderation.rules.cases import CaseKind
from portal.reviews.moderation.rules.filters import Show, read_filters
from portal.reviews.moderation.rules.flags import FlagKind

blueprint = Blueprint("moderation", __name__)


@blueprint.get("/moderation")
@access(May(Permission.MODERATION_TAKE))
def queue() -> str:
    """Open cases, riskiest first."""
    filters = read_filters(request.args)
    return render_template(
        "moderation/queue.html",
        filters=filters,
        queue=queue_page(current_actor(), filters),
        kinds=list(CaseKind),
        shows=list(Show),
        flag_kinds=list(FlagKind),
        now=clock.now(),
        today=clock.today(),
    )


@blueprint.get("/moderation.csv")
@access(May(Permission.MODERATION_TAKE))
def download() -> Response:
    """The filtered queue as CSV, all pages of it."""
    body = queue_csv(every_row(current_actor(), read_filters(request.args)), clock.now())
    return Response(
        body,
        mimetype="text/csv",
        headers={"Content-Disposition": 'attachment; filename="moderation.csv"'},
    )
