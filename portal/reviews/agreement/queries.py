"""Named reads of kept pairs, within the actor's reach by join."""

from __future__ import annotations

from datetime import date
from functools import lru_cache

from sqlalchemy import func, select

from portal.accounts.rules.actors import Actor
from portal.accounts.rules.permissions import Permission
from portal.core.db import db
from portal.directory.models import Service
from portal.directory.scope import within
from portal.reviews.agreement.rules.comparing import Pair
from portal.reviews.assessment.definitions import scale_at
from portal.reviews.external.models.pairs import AgreementRecord


def scales_compared(actor: Actor) -> list[str]:
    """The keys of the scales with compared reviews, the one with most first. One statement."""
    query = (
        select(AgreementRecord.scale_key)
        .where(within(actor, Permission.AGREEMENT_READ, AgreementRecord.service_id))
        .group_by(AgreementRecord.scale_key)
        .order_by(func.count().desc(), AgreementRecord.scale_key)
    )
    return list(db.session.execute(query).scalars())


def pairs_of(actor: Actor, scale_key: str, starts: date | None, ends: date | None) -> list[Pair]:
    """The compared reviews of a scale unblinded between two days, latest first. One statement."""
    record = AgreementRecord
    query = (
        select(
            record.assessment_id,
            Service.name,
            record.on,
            record.lead_id,
            record.second_id,
            record.scale_digest,
            record.lead_ratings,
            record.second_ratings,
            record.items,
            record.exact,
            record.within_one,
            record.sum_difference,
        )
        .join(Service, Service.id == record.service_id)
        .where(record.scale_key == scale_key, within(actor, Permission.AGREEMENT_READ, record.service_id))
        .order_by(record.on.desc(), Service.name, record.assessment_id)
    )
    if starts:
        query = query.where(record.on >= starts)
    if ends:
        query = query.where(record.on <= ends)
    return [
        Pair(review, service, on, lead, second, item_keys(scale_key, digest), *figures)
        for review, service, on, lead, second, digest, *figures in db.session.execute(query)
    ]


@lru_cache(maxsize=64)
def item_keys(scale_key: str, digest: str) -> tuple[str, ...]:
    """The keys of a scale's items, in the order in which the ratings are kept."""
    return tuple(item.key for item in scale_at(scale_key, digest).items)
