"""A review's own page: where it stands, who does what, and what comes next."""

from __future__ import annotations

from dataclasses import dataclass
from uuid import UUID

from flask import render_template
from flask.typing import ResponseReturnValue

from portal.core.access import access
from portal.reviews.external.rules.workflow import OPEN_STAGES, Stage
from portal.reviews.external.service.timeline import panel
from portal.reviews.external.subjects import MaySeeReview
from portal.reviews.external.team import bars_against
from portal.reviews.external.views.blueprint import ADDRESS, blueprint, desk

LIFE = (*OPEN_STAGES, Stage.PUBLISHED)


@dataclass(frozen=True)
class LifeStep:
    """One stage of a review's life, for the line that shows where it stands."""

    title: str
    done: bool
    current: bool


@blueprint.get(ADDRESS)
@access(MaySeeReview())
def show(assessment_id: UUID) -> ResponseReturnValue:
    here = desk()
    return render_template(
        "external/show.html",
        desk=here,
        bars=bars_against(here.found),
        steps=_life(here.found.stage),
        timeline_panel=panel(here.found),
    )


def _life(stage: Stage) -> list[LifeStep]:
    place = LIFE.index(stage) if stage in LIFE else -1
    return [LifeStep(one.title, at < place, at == place) for at, one in enumerate(LIFE)]
