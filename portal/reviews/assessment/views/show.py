"""An assessment's own page: the task list, where it stands, and what can be done next."""

from __future__ import annotations

from uuid import UUID

from flask import render_template
from flask.typing import ResponseReturnValue

from portal.core.access import access
from portal.reviews.assessment import queries
from portal.reviews.assessment.loading import open_questions, proposals_of
from portal.reviews.assessment.rules.workflow import GUIDED_KINDS, State
from portal.reviews.assessment.subjects import MayRead
from portal.reviews.assessment.task_list import task_list
from portal.reviews.assessment.views.blueprint import blueprint, desk


@blueprint.get("/assessments/<uuid:assessment_id>")
@access(MayRead())
def show(assessment_id: UUID) -> ResponseReturnValue:
    here = desk()
    assessment = here.found.assessment
    guided = assessment.kind in GUIDED_KINDS and (assessment.state is not State.DRAFT or assessment.round > 1)
    proposals = proposals_of(assessment_id) if guided else {}
    questions = open_questions(assessment_id) if guided else {}
    last = queries.last_times(assessment)
    people = {assessment.started_by, assessment.guide_id, assessment.submitted_by, assessment.final_by}
    return render_template(
        "assessment/show.html",
        desk=here,
        tasks=task_list(here.found.scale, here.ratings, last, proposals, questions),
        last=last,
        names=queries.names_of(people),
    )
