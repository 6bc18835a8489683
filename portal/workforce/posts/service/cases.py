"""Loading what a verb changes: by id, for those who may, as they saw it."""

from __future__ import annotations

from typing import TypeVar
from uuid import UUID

from portal.accounts.rules.actors import Actor
from portal.accounts.rules.permissions import Links, Permission, demand
from portal.core.db import db
from portal.core.errors import NotFound
from portal.workforce.posts.models import Eism, EismCheck, EismHolding, EismLeave, EismPost

Row = TypeVar("Row", EismPost, Eism, EismLeave, EismCheck)


def demand_edit(actor: Actor, supplier_id: UUID) -> None:
    """Raise Forbidden unless the actor keeps this supplier's posts."""
    demand(actor, Permission.POSTS_EDIT, Links(supplier=supplier_id))


def _locked(model: type[Row], id_: UUID, what: str) -> Row:
    """The row, which nobody else changes until this verb ends. Raises NotFound."""
    row = db.session.get(model, id_, populate_existing=True, with_for_update=True)
    if row is None:
        raise NotFound(f"There is no such {what}.")
    return row


def post_for(actor: Actor, post_id: UUID) -> EismPost:
    """The post, locked, so that two holdings cannot be fitted in at once. Raises NotFound or Forbidden."""
    row = _locked(EismPost, post_id, "post")
    demand_edit(actor, row.supplier_id)
    return row


def eism_for(actor: Actor, eism_id: UUID) -> Eism:
    """The EISM, locked. Raises NotFound or Forbidden."""
    row = _locked(Eism, eism_id, "person")
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
    found = _locked(EismLeave, leave_id, "leave")
    eism_for(actor, found.eism_id)
    return found


def check_for(actor: Actor, check_id: UUID) -> EismCheck:
    """The vetting check. Raises NotFound or Forbidden."""
    found = _locked(EismCheck, check_id, "check")
    eism_for(actor, found.eism_id)
    return found
