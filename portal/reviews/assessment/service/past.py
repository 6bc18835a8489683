"""Bringing in a past assessment: final at once, marked as imported."""

from __future__ import annotations

import uuid
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from uuid import UUID

from portal.accounts.rules.actors import Actor
from portal.accounts.rules.permissions import Permission, demand
from portal.core import clock
from portal.core.act import act
from portal.core.db import db
from portal.core.errors import Invalid, NotFound, Refused
from portal.directory.scope import linked_service
from portal.reviews.assessment.definitions import keep
from portal.reviews.assessment.loading import Loaded
from portal.reviews.assessment.models import Assessment
from portal.reviews.assessment.rules.settlement import Settled
from portal.reviews.assessment.rules.workflow import Kind, State
from portal.reviews.assessment.service.finishing import store_final
from portal.reviews.assessment.service.reporting import issue
from portal.scales.registry import registry
from portal.scales.rules.definition import Scale, ScaleUse


@dataclass(frozen=True)
class PastAssessment:
    """A past result as it was written down: every item rated."""

    service_id: UUID
    kind: Kind
    scale_key: str
    on: date
    ratings: Mapping[str, int]
    reviewers: str = ""


def import_past(actor: Actor, past: PastAssessment, id_: UUID | None = None) -> UUID:
    """Store a past assessment as final on its date. Returns its id.

    Raises NotFound, Forbidden, Invalid, or Refused for an incomplete set of ratings.
    """
    assessment_id = id_ or uuid.uuid4()
    with act(actor, "assessment.import-past", ("assessment", assessment_id)) as work:
        service = linked_service(past.service_id)
        if service is None:
            raise NotFound("There is no such service.")
        demand(actor, Permission.ASSESSMENT_IMPORT_PAST, service.links)
        scale = _checked(past)
        keep(scale)
        assessment = _assessment(actor, assessment_id, past, scale)
        db.session.add(assessment)  # written with its total, which a final one must have
        settled = {
            key: Settled(rating, rating, rating if past.kind is Kind.EXTERNAL else None, agreed=True)
            for key, rating in past.ratings.items()
        }
        result = store_final(assessment, scale, settled)
        report = issue(actor, Loaded(assessment, scale, service), settled, {})
        work.note(service=past.service_id, on=past.on, kind=past.kind, total=result.total)
        work.note(report=[report.code, report.digest])
    return assessment_id


def _checked(past: PastAssessment) -> Scale:
    try:
        scale = registry().get(past.scale_key)
    except KeyError:
        raise Invalid({"scale": "Select a scale"}) from None
    if scale.use is ScaleUse.INCOMPLETE:
        raise Invalid({"scale": f"{scale.short_title} is incomplete here and never scored"})
    if past.on > clock.today():
        raise Invalid({"on": "The date of a past assessment cannot be in the future"})
    known = {item.key for item in scale.items}
    stray = [key for key in past.ratings if key not in known]
    beyond = [key for key, value in past.ratings.items() if not scale.rating_min <= value <= scale.rating_max]
    if stray or beyond:
        wrong = ", ".join(stray or beyond)
        raise Invalid({"ratings": f"Not an item of the scale, or no rating of it: {wrong}"})
    missing = [str(item.number) for item in scale.items if item.key not in past.ratings]
    if missing:
        raise Refused(f"A past assessment needs every item; missing: {', '.join(missing)}.")
    return scale


def _assessment(actor: Actor, assessment_id: UUID, past: PastAssessment, scale: Scale) -> Assessment:
    noon = datetime.combine(past.on, time(12), clock.UK)
    return Assessment(
        id=assessment_id,
        service_id=past.service_id,
        kind=past.kind,
        state=State.FINAL,
        scale_key=scale.key,
        scale_version=scale.version,
        scale_digest=scale.digest,
        period_from=past.on - timedelta(days=90),
        period_to=past.on,
        started_at=noon,
        started_by=actor.person_id,
        guide_id=actor.person_id if past.kind is Kind.PEER else None,
        submitted_at=noon,
        final_at=noon,
        final_by=actor.person_id,
        imported=True,
        reviewers=past.reviewers[:200],
    )
