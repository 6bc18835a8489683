"""Checking and publishing a review."""

from __future__ import annotations

from uuid import UUID

from flask import flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue

from portal.core import clock
from portal.core.access import access
from portal.core.errors import Refused, Stale
from portal.core.forms import sent_version
from portal.reviews.external.consensus import agreed_ratings
from portal.reviews.external.publication import standing_of
from portal.reviews.external.rules.workflow import Action
from portal.reviews.external.service.moving import advance
from portal.reviews.external.service.publishing import recipients
from portal.reviews.external.subjects import MaySeeInside
from portal.reviews.external.views.accuracy import draft_of
from portal.reviews.external.views.blueprint import ADDRESS, Desk, blueprint, desk, to_review
from portal.scales.rules.scoring import score


@blueprint.get(ADDRESS + "/publish")
@access(MaySeeInside())
def publish(assessment_id: UUID) -> ResponseReturnValue:
    """What is published, before it is."""
    here = desk()
    return _page(here) if here.may(Action.PUBLISH) else to_review(assessment_id)


@blueprint.post(ADDRESS + "/publish")
@access(MaySeeInside())
def publish_do(assessment_id: UUID) -> ResponseReturnValue:
    here = desk()
    try:
        advance(here.actor, assessment_id, Action.PUBLISH, sent_version())
    except (Refused, Stale) as error:
        here = desk()
        if here.may(Action.PUBLISH):
            return _page(here, error.reason), 409
        flash(error.reason, "info")
        return to_review(assessment_id)
    flash("Published. The service, its commissioners and the team have been told.", "success")
    return redirect(url_for("reports.show", assessment_id=assessment_id), 303)


def _page(here: Desk, problem: str = "") -> str:
    ratings = {key: row.rating for key, row in agreed_ratings(here.found.id).items()}
    return render_template(
        "external/publish.html",
        desk=here,
        draft=draft_of(here),
        result=score(here.found.scale, ratings),
        earned=standing_of(here.found, ratings, clock.today()),
        recipients=recipients(here.found),
        weak=sum(rating < 4 for rating in ratings.values()),
        blocked=here.actions[Action.PUBLISH],
        problem=problem,
        errors=[{"text": problem, "href": "#main-content"}] if problem else [],
    )
