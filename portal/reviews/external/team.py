"""What is known of the people named for a review, and what speaks against them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from sqlalchemy import select

from portal.accounts.models import Membership, Person
from portal.accounts.rules.permissions import Links
from portal.core import clock
from portal.core.db import db
from portal.directory.models import ServiceLink
from portal.directory.rules.settings import LinkKind
from portal.reviews.external.loading import LoadedReview
from portal.reviews.external.rules.independence import Bar, Candidate, Capacity, bars
from portal.workforce.accreditation.queries import REVIEWING_ROLES, accredited_until


@dataclass(frozen=True)
class Named:
    """A person and the capacity they are to have, with why a bar is overridden."""

    person_id: UUID
    capacity: Capacity
    override_reason: str = ""


def candidates(service_id: UUID, links: Links, named: Iterable[Named], on: date) -> list[Candidate]:
    """What independence turns on for these people. Four statements."""
    wanted = list(named)
    ids = {one.person_id for one in wanted}
    names = _names(ids)
    held = _memberships(ids)
    supported = _supported(service_id, ids)
    until = accredited_until(ids, on)
    today = clock.today()
    return [
        Candidate(
            person_id=one.person_id,
            name=names.get(one.person_id, "Somebody unknown"),
            capacity=one.capacity,
            of_provider=any(row.organisation_id == links.provider for row in held.get(one.person_id, ())),
            may_review=any(
                row.organisation_id == links.supplier and row.role in REVIEWING_ROLES
                for row in held.get(one.person_id, ())
            ),
            supported_until=_last_day(supported.get(one.person_id, ()), on, today),
            accredited_until=until.get(one.person_id),
            override_reason=one.override_reason,
        )
        for one in wanted
    ]


def bars_against(found: LoadedReview) -> tuple[Bar, ...]:
    """What speaks against the review's people, overridden or not. Four statements."""
    named = [Named(one.person_id, one.capacity, one.override_reason) for one in found.members]
    on = found.review.fieldwork_from
    people = candidates(found.assessment.service_id, found.links, named, on)
    return bars(people, on=on, months=found.process.independence_months)


def _names(ids: set[UUID]) -> dict[UUID, str]:
    rows = db.session.execute(select(Person.id, Person.name).where(Person.id.in_(ids)))
    return {row.id: row.name for row in rows}


def _memberships(ids: set[UUID]) -> Mapping[UUID, list[Membership]]:
    today = clock.today()
    query = select(Membership).where(
        Membership.person_id.in_(ids),
        Membership.starts <= today,
        (Membership.ends.is_(None)) | (Membership.ends >= today),
    )
    found: dict[UUID, list[Membership]] = {}
    for row in db.session.execute(query).scalars():
        found.setdefault(row.person_id, []).append(row)
    return found


def _supported(service_id: UUID, ids: set[UUID]) -> Mapping[UUID, list[ServiceLink]]:
    query = select(ServiceLink).where(
        ServiceLink.service_id == service_id,
        ServiceLink.kind == LinkKind.EISM,
        ServiceLink.person_id.in_(ids),
    )
    found: dict[UUID, list[ServiceLink]] = {}
    for row in db.session.execute(query).scalars():
        assert row.person_id is not None  # the constraint one_target says so
        found.setdefault(row.person_id, []).append(row)
    return found


def _last_day(links: Iterable[ServiceLink], on: date, today: date) -> date | None:
    """The last day of support up to the review; support that has not ended counts up to the review."""
    ends = [link.ends or max(on, today) for link in links if link.starts <= max(on, today)]
    return max(ends, default=None)
