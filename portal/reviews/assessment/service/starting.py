"""Starting an assessment."""

from __future__ import annotations

import uuid
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.exc import IntegrityError

from portal.accounts.current import in_force
from portal.accounts.models import Membership
from portal.accounts.rules.actors import Actor
from portal.accounts.rules.permissions import Links, Permission, demand
from portal.accounts.rules.roles import Role
from portal.core import clock
from portal.core.act import act
from portal.core.db import db
from portal.core.errors import Invalid, NotFound, Refused
from portal.directory.scope import linked_service
from portal.reviews.assessment.definitions import keep
from portal.reviews.assessment.models import Assessment
from portal.reviews.assessment.rules.workflow import OPEN_STATES, STARTABLE, Kind, State
from portal.scales.registry import registry
from portal.scales.rules.definition import Scale, ScaleUse


@dataclass(frozen=True)
class Start:
    """What a person chooses when starting."""

    service_id: UUID
    scale_key: str
    kind: Kind
    period_from: date
    period_to: date
    guide_id: UUID | None = None  # a peer assessment names its peer reviewer


def start(actor: Actor, wanted: Start, id_: UUID | None = None) -> UUID:
    """Open a draft for the actor's own service. Returns its id.

    Raises NotFound, Forbidden, Invalid, or Refused where one is already open on that scale.
    """
    assessment_id = id_ or uuid.uuid4()
    try:
        with act(actor, "assessment.start", ("assessment", assessment_id)) as work:
            service = linked_service(wanted.service_id)
            if service is None:
                raise NotFound("There is no such service.")
            links = service.links
            demand(actor, Permission.ASSESSMENT_START, links)
            if service.is_closed:
                raise Refused("This service is closed, so nothing new can be assessed.")
            scale = scale_to_assess(wanted.scale_key)
            _check_period(wanted.period_from, wanted.period_to)
            guide_id = _guide(wanted, links)
            refuse_second(wanted.service_id, wanted.scale_key)
            keep(scale)
            db.session.add(
                Assessment(
                    id=assessment_id,
                    service_id=wanted.service_id,
                    kind=wanted.kind,
                    state=State.DRAFT,
                    scale_key=scale.key,
                    scale_version=scale.version,
                    scale_digest=scale.digest,
                    period_from=wanted.period_from,
                    period_to=wanted.period_to,
                    started_at=clock.now(),
                    started_by=actor.person_id,
                    guide_id=guide_id,
                )
            )
            work.note(service=wanted.service_id, scale=f"{scale.key} {scale.version}", kind=wanted.kind)
    except IntegrityError as error:
        if "uq_assessments_one_open" in str(error) or "assessments.service_id" in str(error):
            raise Refused(ALREADY_OPEN) from error
        raise
    return assessment_id


ALREADY_OPEN = "This service already has an open assessment on this scale. Finish or withdraw that one first."


def scale_to_assess(key: str) -> Scale:
    """The scale, if a new assessment may start on it. Raises Invalid saying why not."""
    try:
        scale = registry().get(key)
    except KeyError:
        raise Invalid({"scale": "Select a scale"}) from None
    if scale.use is ScaleUse.INCOMPLETE:
        raise Invalid({"scale": f"{scale.short_title} is incomplete here, so nothing can be assessed on it"})
    if scale.use is ScaleUse.HISTORY:
        raise Invalid({"scale": f"{scale.short_title} is kept for past results only"})
    return scale


def _check_period(start_on: date, end_on: date) -> None:
    if end_on < start_on:
        raise Invalid({"period_to": "The evidence period must end on or after the day it starts"})
    if end_on > clock.today():
        raise Invalid({"period_to": "The evidence period cannot end in the future"})


def _guide(wanted: Start, links: Links) -> UUID | None:
    if wanted.kind not in STARTABLE:
        raise Invalid({"kind": "Select the kind of assessment"})
    if wanted.kind is Kind.PEER:
        if wanted.guide_id is None or wanted.guide_id not in peer_reviewers(links):
            raise Invalid({"guide": "Select a peer reviewer from another provider"})
        return wanted.guide_id
    if wanted.kind is Kind.GUIDED:
        return min(links.eisms, default=None)
    return None


def peer_reviewers(links: Links) -> dict[UUID, str]:
    """People who may guide a peer assessment: peer reviewers of other providers, id -> name."""
    query = select(Membership).where(
        Membership.role == Role.PEER_REVIEWER, Membership.organisation_id != links.provider
    )
    found = [row for row in db.session.execute(query).scalars() if in_force(row, clock.today())]
    people = {row.person_id: row.person for row in found}
    own = _own_people(links)
    return {
        person_id: person.name
        for person_id, person in sorted(people.items(), key=lambda pair: pair[1].name)
        if person.disabled_at is None and person_id not in own
    }


def _own_people(links: Links) -> frozenset[UUID]:
    query = select(Membership).where(Membership.organisation_id == links.provider)
    rows = db.session.execute(query).scalars()
    return frozenset(row.person_id for row in rows if in_force(row, clock.today()))


def refuse_second(service_id: UUID, scale_key: str) -> None:
    """Raise Refused where the service has an open assessment on this scale."""
    query = select(Assessment.id).where(
        Assessment.service_id == service_id,
        Assessment.scale_key == scale_key,
        Assessment.state.in_(OPEN_STATES),
    )
    if db.session.execute(query.limit(1)).first():
        raise Refused(ALREADY_OPEN)
