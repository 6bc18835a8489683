"""A review's own page: where it stands, who does what, and what comes next."""

from __future__ import annotations

from uuid import UUID

from flask import render_template
from flask.typing import ResponseReturnValue

from portal.core.access import access
from portal.reviews.external.subjects import MaySeeReview
from portal.reviews.external.team import bars_against
from portal.reviews.external.views.blueprint import ADDRESS, blueprint, desk


@blueprint.get(ADDRESS)
@access(MaySeeReview())
def show(assessment_id: UUID) -> ResponseReturnValue:
    here = desk()
    return render_template("external/show.html", desk=here, bars=bars_against(here.found))
