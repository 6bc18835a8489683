"""Loading what a verb changes: by id, for those who may, as they saw it."""

from __future__ import annotations

from collections.abc import Mapping
from uuid import UUID

from portal.accounts.rules.actors import Actor
from portal.accounts.rules.permissions import Links, Permission, demand
from portal.core.db import db
from portal.core.errors import NotFound, Stale
from portal.workforce.posts.models import Eism, EismCheck, EismHolding, EismLeave, EismPost

CHANGED = "Somebody else has changed this first. Nothing of yours is lost."


def demand_edit(actor: Actor, supplier_id: UUID) -> None:
    """Raise Forbidden unless the actor keeps this supplier's posts."""
    demand(actor, Permission.POSTS_EDIT, Links(supplier=supplier_id))


def check_version(version: int | None, row_version: int, current: Mapping[str, object]) -> None:
    """Raise Stale with what stands, by field of the form, where the person saw an older version."""
    if version is not None and version != row_version:
        raise Stale(CHANGED, current, row_version)


def post_for(actor: Actor, post_id: UUID) -> EismPost:
    """The post, locked, so that two holdings cannot be fitted in at once. Raises NotFound or Forbidden."""
    row = db.session.get(EismPost, post_id, populate_existing=True, with_for_update=True)
    if row is None:
        raise NotFound("There is no such post.")
    demand_edit(actor, row.supplier_id)
    return row


def eism_for(actor: Actor, eism_id: UUID) -> Eism:
    """The EISM, locked. Raises NotFound or Forbidden."""
    row = db.session.get(Eism, eism_id, populate_existing=True, with_for_update=True)
    if row is None:
        raise NotFound("There is no such person.")
    demand_edit(actor, row.supplier_id)
    return row


def holding_for(actor: Actor, holding_id: UUID) -> EismHolding:
    """The holding, with its post locked. Raises NotFound or Forbidden."""
    found = db.session.get(EismHolding, holding_id)
    if found is None:
        raise NotFound("Nobody holds this post any more as it was shown.")
    post_for(actor, found.post_id)
    db.session.refresh(found)
    return found


def leave_for(actor: Actor, leave_id: UUID) -> EismLeave:
    """The leave. Raises NotFound or Forbidden."""
    found = db.session.get(EismLeave, leave_id, populate_existing=True, with_for_update=True)
    if found is None:
        raise NotFound("There is no such leave.")
    eism_for(actor, found.eism_id)
    return found


def check_for(actor: Actor, check_id: UUID) -> EismCheck:
    """The vetting check. Raises NotFound or Forbidden."""
    found = db.session.get(EismCheck, check_id, populate_existing=True, with_for_update=True)
    if found is None:
        raise NotFound("There is no such check.")
    eism_for(actor, found.eism_id)
    return found
