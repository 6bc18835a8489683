"""Planning an external review: service, scale, dates and team."""

from __future__ import annotations

import uuid
from dataclasses import dataclass, replace
from datetime import date, timedelta
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.exc import IntegrityError

from portal.accounts.rules.actors import Actor
from portal.accounts.rules.permissions import Links, Permission, demand
from portal.core import clock
from portal.core.act import act
from portal.core.db import db
from portal.core.errors import Invalid, NotFound, Refused
from portal.directory.models import ServiceLink
from portal.directory.rules.settings import LinkKind
from portal.directory.scope import in_force, linked_service
from portal.programmes.registry import review_of
from portal.reviews.assessment.definitions import keep
from portal.reviews.assessment.models import Assessment
from portal.reviews.assessment.rules.workflow import Kind, State
from portal.reviews.assessment.service.starting import scale_to_assess
from portal.reviews.external.loading import LoadedReview, load_for
from portal.reviews.external.models.review import ExternalReview, ReviewMember
from portal.reviews.external.rules.independence import Capacity, bars
from portal.reviews.external.rules.workflow import Action, Stage
from portal.reviews.external.team import Named, candidates

ALREADY_OPEN = "This service already has an external review under way on this scale."
EVIDENCE = timedelta(days=91)  # the evidence period before the visit, unless somebody sets another
LONGEST_REASON = 2_000


@dataclass(frozen=True)
class Plan:
    """What a planner decides. `members` names everybody; an empty one is a team still to be found."""

    service_id: UUID
    scale_key: str
    fieldwork_from: date
    fieldwork_to: date
    members: tuple[Named, ...] = ()
    virtual: bool = False


def plan(actor: Actor, wanted: Plan, id_: UUID | None = None) -> UUID:
    """Open a review for a service. Returns its id.

    Raises NotFound, Forbidden, Invalid (dates, team, and who is not independent), or Refused where one
    is under way on that scale.
    """
    assessment_id = id_ or uuid.uuid4()
    try:
        with act(actor, "reviews.plan", ("review", assessment_id)) as work:
            service = linked_service(wanted.service_id)
            if service is None:
                raise NotFound("There is no such service.")
            demand(actor, Permission.REVIEW_PLAN, service.links)
            if service.is_closed:
                raise Refused("This service is closed, so nothing new can be reviewed.")
            scale = scale_to_assess(wanted.scale_key)
            programme = programme_of(wanted.service_id)
            wanted = _checked(wanted, review_of(programme).independence_months, service.links)
            refuse_second(wanted.service_id, scale.key)
            keep(scale)
            now = clock.now()
            db.session.add(
                Assessment(
                    id=assessment_id,
                    service_id=wanted.service_id,
                    kind=Kind.EXTERNAL,
                    state=State.UNDER_REVIEW,
                    scale_key=scale.key,
                    scale_version=scale.version,
                    scale_digest=scale.digest,
                    period_from=wanted.fieldwork_from - EVIDENCE,
                    period_to=wanted.fieldwork_to,
                    started_at=now,
                    started_by=actor.person_id,
                )
            )
            db.session.flush()
            db.session.add(
                ExternalReview(
                    assessment_id=assessment_id,
                    stage=Stage.PLANNED,
                    programme_key=programme,
                    fieldwork_from=wanted.fieldwork_from,
                    fieldwork_to=wanted.fieldwork_to,
                    virtual=wanted.virtual,
                    quorum=review_of(programme).quorum,
                )
            )
            db.session.flush()
            db.session.add_all(_row(assessment_id, one) for one in wanted.members)
            work.note(service=wanted.service_id, scale=f"{scale.key} {scale.version}", **_noted(wanted))
    except IntegrityError as error:
        if "uq_assessments_one_review" in str(error) or "assessments.service_id" in str(error):
            raise Refused(ALREADY_OPEN) from error
        raise
    return assessment_id


def edit_plan(actor: Actor, assessment_id: UUID, wanted: Plan, expected_version: int) -> None:
    """Change dates, form and team. Service and scale stay: cancel and plan anew for another.

    Raises NotFound, Refused (stage, or somebody who has locked would leave), Forbidden, Stale, Invalid.
    """
    with act(actor, "reviews.edit-plan", ("review", assessment_id)) as work:
        found = load_for(actor, assessment_id, Action.EDIT, expected_version)
        wanted = replace(wanted, service_id=found.assessment.service_id)
        wanted = _checked(wanted, found.process.independence_months, found.links)
        before = _noted(_standing(found))
        if before == _noted(wanted):
            work.unchanged()
            return
        _change_members(found, wanted.members)
        review = found.review
        review.fieldwork_from, review.fieldwork_to = wanted.fieldwork_from, wanted.fieldwork_to
        review.virtual = wanted.virtual
        found.assessment.period_from = wanted.fieldwork_from - EVIDENCE
        found.assessment.period_to = wanted.fieldwork_to
        review.version += 1
        after = _noted(wanted)
        work.note(**{name: [before[name], value] for name, value in after.items() if before[name] != value})


def _change_members(found: LoadedReview, wanted: tuple[Named, ...]) -> None:
    """Rows go and come; of somebody who has locked, neither the row nor the capacity changes."""
    to_be = {one.person_id: one for one in wanted}
    for member in found.members:
        new = to_be.pop(member.person_id, None)
        if member.locked and (new is None or new.capacity is not member.capacity):
            raise Refused(
                f"{member.name} has locked their ratings and stays {member.capacity.title.lower()}."
            )
        if new is None:
            db.session.delete(member.row)
        elif new.capacity is member.capacity:
            member.row.override_reason = new.override_reason
        else:  # one lead and one second each: the row is written anew, after the old one is gone
            db.session.delete(member.row)
            to_be[member.person_id] = new
    db.session.flush()
    db.session.add_all(_row(found.id, one) for one in to_be.values())


def _checked(wanted: Plan, months: int, links: Links) -> Plan:
    """The plan with override reasons only where something is overridden. Raises Invalid."""
    problems = _impossible(wanted)
    known = candidates(wanted.service_id, links, wanted.members, wanted.fieldwork_from)
    found = bars(known, on=wanted.fieldwork_from, months=months)
    field_of = {one.person_id: one.capacity.value for one in wanted.members}
    for bar in found:
        if bar.stands:
            ask = (
                " Name somebody else, or say why: the reason shows on the report." if bar.overridable else ""
            )
            problems.setdefault(field_of[bar.person_id], bar.words + ask)
    if problems:
        raise Invalid(problems)
    overridden = {bar.person_id for bar in found if bar.overridden}
    members = tuple(
        one if one.person_id in overridden else replace(one, override_reason="") for one in wanted.members
    )
    return replace(wanted, members=members)


def _impossible(wanted: Plan) -> dict[str, str]:
    """What no review can have, whoever the people are."""
    problems: dict[str, str] = {}
    if wanted.fieldwork_to < wanted.fieldwork_from:
        problems["fieldwork_to"] = "Fieldwork must end on or after the day it starts"
    for capacity in (Capacity.LEAD, Capacity.SECOND):
        if sum(one.capacity is capacity for one in wanted.members) > 1:
            problems[capacity.value] = f"Name one {capacity.title.lower()}"
    named = [one.person_id for one in wanted.members]
    twice = [one for one in wanted.members if named.count(one.person_id) > 1]
    if twice:
        last = twice[-1].capacity
        problems.setdefault(last.value, "Name each person once: nobody reviews or moderates twice over")
    if any(len(one.override_reason) > LONGEST_REASON for one in wanted.members):
        problems["reason"] = f"The reason must be {LONGEST_REASON:,} characters or fewer"
    return problems


def refuse_second(service_id: UUID, scale_key: str) -> None:
    """Raise Refused where an external review of the service is under way on this scale."""
    query = select(Assessment.id).where(
        Assessment.service_id == service_id,
        Assessment.scale_key == scale_key,
        Assessment.state == State.UNDER_REVIEW,
    )
    if db.session.execute(query.limit(1)).first():
        raise Refused(ALREADY_OPEN)


def programme_of(service_id: UUID) -> str | None:
    """The programme a service runs under today; the one linked longest where there are two."""
    query = select(ServiceLink.programme_key).where(
        ServiceLink.service_id == service_id,
        ServiceLink.kind == LinkKind.PROGRAMME,
        in_force(clock.today()),
    )
    return db.session.execute(query.order_by(ServiceLink.starts).limit(1)).scalar_one_or_none()


def _row(assessment_id: UUID, one: Named) -> ReviewMember:
    return ReviewMember(
        assessment_id=assessment_id,
        person_id=one.person_id,
        capacity=one.capacity,
        override_reason=one.override_reason.strip(),
    )


def _standing(found: LoadedReview) -> Plan:
    """The plan as it stands."""
    return Plan(
        service_id=found.assessment.service_id,
        scale_key=found.assessment.scale_key,
        fieldwork_from=found.review.fieldwork_from,
        fieldwork_to=found.review.fieldwork_to,
        members=tuple(Named(one.person_id, one.capacity, one.override_reason) for one in found.members),
        virtual=found.review.virtual,
    )


def _noted(wanted: Plan) -> dict[str, object]:
    """The plan as the audit says it."""
    order = {capacity: place for place, capacity in enumerate(Capacity)}
    members = sorted(wanted.members, key=lambda one: (order[one.capacity], str(one.person_id)))
    return {
        "fieldwork": [str(wanted.fieldwork_from), str(wanted.fieldwork_to)],
        "virtual": wanted.virtual,
        "members": [[str(one.person_id), one.capacity.value, one.override_reason.strip()] for one in members],
    }
