"""The person signed in to this request, as an Actor. Flask-Login keeps who; this says what they hold."""

from __future__ import annotations

from datetime import date

from flask import g
from flask_login import current_user
from sqlalchemy import ColumnElement, and_, or_

from portal.accounts.models import Membership
from portal.accounts.rules.actors import NOBODY, Actor, Held
from portal.core.rules import spans


def in_force(membership: Membership, on: date) -> bool:
    """Whether a membership's dates cover this day."""
    return spans.covers(membership.starts, membership.ends, on)


def covers(on: ColumnElement[date]) -> ColumnElement[bool]:
    """SQL: a membership's dates cover this day. The same question as `in_force`."""
    return and_(Membership.starts <= on, or_(Membership.ends.is_(None), Membership.ends >= on))


def current_actor() -> Actor:
    """The actor of this request; NOBODY where nobody is signed in."""
    if "actor" not in g:
        g.actor = current_user.actor if current_user.is_authenticated else NOBODY
    actor: Actor = g.actor
    return actor


def held_by(memberships: list[Membership], on: date) -> tuple[Held, ...]:
    """What these memberships give on a day."""
    return tuple(
        Held(membership.role, membership.organisation_id, membership.region)
        for membership in memberships
        if in_force(membership, on)
    )
