"""What a file of past reviews is compared with: the services in reach, and the results that are there."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from uuid import UUID

from sqlalchemy import and_, select

from portal.accounts.models import Organisation
from portal.accounts.rules.actors import Actor
from portal.accounts.rules.permissions import Permission
from portal.core import clock
from portal.core.db import db
from portal.directory.models import Service, ServiceLink, ServiceStanding
from portal.directory.rules.settings import LinkKind
from portal.directory.scope import in_force, within
from portal.programmes.registry import registry as programmes
from portal.reviews.assessment.models import Assessment, FinalRating
from portal.reviews.assessment.rules.workflow import State
from portal.reviews.external.models.history import HistoryImport
from portal.reviews.external.rules.past_review import Key, KnownService, PastReview

CHUNK = 500  # ids in one statement: engines bound how many values it may carry


@dataclass(frozen=True)
class Result:
    """A final result that is in the portal."""

    id: UUID
    total: int
    ratings: dict[str, int] = field(default_factory=dict)


def services_in_reach(actor: Actor) -> list[KnownService]:
    """The services that the actor may bring past reviews in for, in order of key. One statement."""
    programme = and_(
        ServiceLink.service_id == Service.id,
        ServiceLink.kind == LinkKind.PROGRAMME,
        in_force(clock.today()),
    )
    query = (
        select(Service.id, Service.key, Service.name, ServiceLink.programme_key)
        .outerjoin(ServiceLink, programme)
        .order_by(Service.key, ServiceLink.starts)
    )
    if not actor.is_portal:
        query = query.where(within(actor, Permission.ASSESSMENT_IMPORT_PAST))
    found: dict[UUID, KnownService] = {}
    for row in db.session.execute(query):
        given = programmes().get(row.programme_key or "")
        service = KnownService(row.id, row.key, row.name, given.default_scale if given else "")
        found[row.id] = service if service.scale or row.id not in found else found[row.id]
    return list(found.values())


def results_like(reviews: Collection[PastReview]) -> Mapping[Key, Result]:
    """The final results of the same service, scale, kind and UK date as one of these, with their ratings.

    Two statements for every 500 services, or results.
    """
    wanted = {review.key for review in reviews}
    found: dict[Key, Result] = {}
    for service_ids in _chunks(sorted({key[0] for key in wanted})):
        query = select(
            Assessment.id,
            Assessment.service_id,
            Assessment.scale_key,
            Assessment.kind,
            Assessment.final_at,
            Assessment.total,
        ).where(Assessment.state == State.FINAL, Assessment.service_id.in_(service_ids))
        for row in db.session.execute(query):
            key = (row.service_id, row.scale_key, row.kind, clock.uk(row.final_at).date())
            if key in wanted:
                found[key] = Result(row.id, row.total)
    by_id = {result.id: result for result in found.values()}
    for ids in _chunks(sorted(by_id)):
        ratings = select(FinalRating.assessment_id, FinalRating.item_key, FinalRating.rating)
        for assessment_id, item_key, rating in db.session.execute(
            ratings.where(FinalRating.assessment_id.in_(ids))
        ):
            by_id[assessment_id].ratings[item_key] = rating
    return found


def lock_services(service_ids: Collection[UUID]) -> None:
    """Lock these services, so that two people cannot bring in the same reviews at once."""
    for ids in _chunks(sorted(service_ids)):
        query = select(Service.id).where(Service.id.in_(ids)).order_by(Service.id)
        db.session.execute(query.with_for_update())


def asked_each_time(service_id: UUID) -> tuple[object, ...]:
    """What making a result of this service final looks up: its standing and its provider."""
    provider = (
        select(Organisation)
        .join(ServiceLink, ServiceLink.organisation_id == Organisation.id)
        .where(
            ServiceLink.service_id == service_id,
            ServiceLink.kind == LinkKind.PROVIDER,
            in_force(clock.today()),
        )
    )
    return db.session.get(ServiceStanding, service_id), *db.session.scalars(provider)


def import_of(import_id: UUID) -> HistoryImport | None:
    """A confirmed file as it stands now."""
    return db.session.get(HistoryImport, import_id, populate_existing=True)


def _chunks(ids: Sequence[UUID]) -> Iterator[Sequence[UUID]]:
    for start in range(0, len(ids), CHUNK):
        yield ids[start : start + CHUNK]
