"""EISM posts for tests: a post, who holds it, and days counted from today."""

from __future__ import annotations

from datetime import date, timedelta
from decimal import Decimal
from uuid import UUID

from sqlalchemy import select

from portal.core import clock
from portal.core.db import db
from portal.workforce.posts.models import EismHolding
from portal.workforce.posts.rules.checking import PostDetails
from portal.workforce.posts.rules.words import Stream
from portal.workforce.posts.service import Holder, create_post, start_holding
from tests.support.assessing import actor, id_of

SUPPLIER = "support"


def day(count: int) -> date:
    """So many days from today."""
    return clock.today() + timedelta(days=count)


def details(title: str = "North post", fte: str = "1", opens: int = -100) -> PostDetails:
    """A post in the region of the world's services."""
    return PostDetails(title, "North East", Stream.NHS, Decimal(fte), day(opens))


def post(title: str = "North post", fte: str = "1", opens: int = -100) -> UUID:
    """Open a post of the world's supplier."""
    return create_post(actor("lead"), id_of(SUPPLIER), details(title, fte, opens))


def held(post_id: UUID, name: str, fte: str = "1", first: int = -50) -> UUID:
    """Somebody without an account holds it."""
    return start_holding(actor("lead"), post_id, Holder(name=name), Decimal(fte), day(first))


def eism_of(holding_id: UUID) -> UUID:
    """Who holds it."""
    return db.session.scalars(select(EismHolding.eism_id).where(EismHolding.id == holding_id)).one()
