"""Who holds a post: starting, other hours, ending, and taking back a mistake."""

from __future__ import annotations

import uuid
from dataclasses import dataclass, field
from datetime import date, timedelta
from decimal import Decimal
from uuid import UUID

from sqlalchemy import select

from portal.accounts.rules.actors import Actor
from portal.core.act import act
from portal.core.db import db
from portal.core.errors import Invalid, demand_version
from portal.core.filters import day
from portal.core.rules.spans import overlap
from portal.workforce.posts.models import Eism, EismHolding, EismPost
from portal.workforce.posts.queries import accounts_of
from portal.workforce.posts.rules.checking import fte_problem, name_problem, outside
from portal.workforce.posts.rules.words import EndReason
from portal.workforce.posts.service.cases import holding_for, post_for


@dataclass(frozen=True)
class Holder:
    """Who is to hold a post: an EISM already known, somebody with an account, or a name.

    `new_id`: the id of an EISM who was not known before.
    """

    eism_id: UUID | None = None
    person_id: UUID | None = None
    name: str = ""
    new_id: UUID = field(default_factory=uuid.uuid4)


def start_holding(
    actor: Actor, post_id: UUID, holder: Holder, fte: Decimal, starts: date, id_: UUID | None = None
) -> UUID:
    """Let somebody hold a post from a day on. Returns the holding's id.

    Raises NotFound, Forbidden or Invalid.
    """
    holding_id = id_ or uuid.uuid4()
    with act(actor, "workforce.start-holding", ("eism-holding", holding_id)) as work:
        post = post_for(actor, post_id)
        eism = _known(post.supplier_id, holder)
        if problem := fte_problem(fte):
            raise Invalid({"fte": problem})
        _demand_room(post, eism.id, starts, None)
        db.session.add(EismHolding(id=holding_id, post_id=post_id, eism_id=eism.id, fte=fte, starts=starts))
        work.note(post=post_id, eism=eism.id, fte=fte, starts=starts)
    return holding_id


def change_fte(actor: Actor, holding_id: UUID, fte: Decimal, first: date, version: int) -> UUID:
    """Other hours from a day on. Until the day before, the old ones stand. Returns the new holding's id.

    From its own first day on, or with the same hours, the holding itself is put right. Raises NotFound,
    Forbidden, Invalid or Stale.
    """
    with act(actor, "workforce.change-fte", ("eism-holding", holding_id)) as work:
        row = holding_for(actor, holding_id)
        demand_version(version, row.version, {"fte": row.fte, "first": row.starts})
        if problem := fte_problem(fte):
            raise Invalid({"fte": problem})
        if first < row.starts or (row.ends is not None and first > row.ends):
            words = (
                f"between {day(row.starts)} and {day(row.ends)}" if row.ends else f"from {day(row.starts)} on"
            )
            raise Invalid({"first": f"Enter a day {words}"})
        if fte == row.fte:
            work.unchanged()
            return holding_id
        work.note(fte=[row.fte, fte], first=first)
        row.version += 1
        if first == row.starts:
            row.fte = fte
            return holding_id
        new = EismHolding(id=uuid.uuid4(), post_id=row.post_id, eism_id=row.eism_id, fte=fte, starts=first)
        new.ends, new.reason = row.ends, row.reason
        row.ends, row.reason = first - timedelta(days=1), EndReason.HOURS
        db.session.add(new)
        return new.id


def end_holding(
    actor: Actor, holding_id: UUID, ends: date | None, reason: EndReason | None, version: int
) -> None:
    """The last day on which somebody holds a post, and why; None: it goes on.

    Raises NotFound, Forbidden, Invalid or Stale.
    """
    with act(actor, "workforce.end-holding", ("eism-holding", holding_id)) as work:
        row = holding_for(actor, holding_id)
        demand_version(version, row.version, {"ends": row.ends, "reason": row.reason})
        if ends is not None and ends < row.starts:
            raise Invalid({"ends": f"It began on {day(row.starts)}. Enter that day or a later one"})
        if ends is not None and reason is None:
            raise Invalid({"reason": "Choose the reason"})
        wanted = (ends, reason if ends is not None else None)
        if wanted == (row.ends, row.reason):
            work.unchanged()
            return
        _demand_room(row.post, row.eism_id, row.starts, ends, row.id)
        work.note(ends=[row.ends, ends])
        row.ends, row.reason = wanted
        row.version += 1


def remove_holding(actor: Actor, holding_id: UUID, version: int) -> None:
    """Take back a holding that was entered by mistake. Raises NotFound, Forbidden or Stale."""
    with act(actor, "workforce.remove-holding", ("eism-holding", holding_id)) as work:
        row = holding_for(actor, holding_id)
        demand_version(version, row.version, {})
        work.note(post=row.post_id, eism=row.eism_id, fte=row.fte, starts=row.starts, ends=row.ends)
        db.session.delete(row)


def _known(supplier_id: UUID, holder: Holder) -> Eism:
    """The EISM that is meant, added where they are new."""
    found: Eism | None = None
    if holder.eism_id is not None:
        found = db.session.get(Eism, holder.eism_id)
        if found is None or found.supplier_id != supplier_id:
            raise Invalid({"who": "Choose somebody from the list"})
        return found
    if holder.person_id is not None:
        query = select(Eism).where(Eism.supplier_id == supplier_id, Eism.person_id == holder.person_id)
        found = db.session.execute(query).scalar_one_or_none()
        name = accounts_of(supplier_id).get(holder.person_id, "")
        if found is None and not name:
            raise Invalid({"who": "Choose somebody from the list"})
    elif problem := name_problem(holder.name):
        raise Invalid({"name": problem})
    else:
        name = holder.name
    if found is None:
        found = Eism(id=holder.new_id, supplier_id=supplier_id, person_id=holder.person_id, name=name)
        db.session.add(found)
        db.session.flush()  # the holding points at them
    return found


def _demand_room(
    post: EismPost, eism_id: UUID, first: date, last: date | None, own: UUID | None = None
) -> None:
    """Within the post's days, and not twice in one post on a day."""
    if problem := outside(post.opens, post.closes, first, last):
        raise Invalid(dict([problem]))
    query = select(EismHolding).where(EismHolding.post_id == post.id, EismHolding.eism_id == eism_id)
    for other in db.session.scalars(query):
        if other.id != own and overlap(first, last, other.starts, other.ends):
            field = "starts" if own is None else "ends"
            raise Invalid({field: f"They hold this post already from {day(other.starts)}"})
