"""Counting tries: the database's side of `rules.throttle`."""

from __future__ import annotations

import logging
from uuid import UUID

from sqlalchemy import delete, func, select, text
from sqlalchemy.orm import Session

from portal.accounts.models import SignInFailure
from portal.accounts.rules import throttle
from portal.accounts.rules.throttle import LIMITS, Level
from portal.core import clock
from portal.core.act import operational
from portal.core.db import db
from portal.core.errors import PortalError

log = logging.getLogger("portal.security")
_LOCK = 7_051_842  # PostgreSQL advisory lock: tries are counted one after the other
_LINKS = "(link)"  # stands for the account where a link by e-mail is asked for


class TooManyTries(PortalError):
    """A limit of `rules.throttle` was reached (429)."""


def count_try(email: str, address: str) -> UUID:
    """Count a try as failed, before the password is checked, so that tries at one moment cannot all slip
    under the limit. Returns its id, to be wiped after a right password. Raises TooManyTries."""
    return _count(email, address, tuple(Level))


def count_request(address: str) -> None:
    """Count a request for a link by e-mail, by address only. Raises TooManyTries."""
    _count(_LINKS, address, (Level.PAIR, Level.ADDRESS))


def _count(email: str, address: str, levels: tuple[Level, ...]) -> UUID:
    with operational() as database:
        if database.get_bind().dialect.name == "postgresql":
            database.execute(text("SELECT pg_advisory_xact_lock(:key)"), {"key": _LOCK})
        counts = _counts(database, email, address)
        level = throttle.refused({level: counts[level] if level in levels else 0 for level in Level})
        if level is None:
            failure = SignInFailure(email=email, address=address, at=clock.now())
            database.add(failure)
            database.flush()
            return failure.id
    log.warning("try refused: limit %s, from %s", level, address)
    raise TooManyTries(throttle.REFUSAL)


def forget_failures(email: str) -> None:
    """Lift the limits of an account, after its owner proved the e-mail address. Call inside a verb."""
    db.session.execute(delete(SignInFailure).where(SignInFailure.email == email))


def forget_tries(counted: UUID, email: str, address: str) -> None:
    """A right password wipes the failures of this account from this address, and all that have aged out."""
    oldest = clock.now() - max(limit.within for limit in LIMITS.values())
    pair = (SignInFailure.email == email) & (SignInFailure.address == address)
    with operational() as database:
        database.execute(
            delete(SignInFailure).where((SignInFailure.id == counted) | pair | (SignInFailure.at < oldest))
        )


def _counts(database: Session, email: str, address: str) -> dict[Level, int]:
    """Failures within each limit's time, in one statement."""
    now = clock.now()
    same_email, same_address = SignInFailure.email == email, SignInFailure.address == address
    which = {
        Level.PAIR: same_email & same_address,
        Level.ADDRESS: same_address,
        Level.ACCOUNT: same_email,
    }
    query = select(
        *(
            select(func.count())
            .select_from(SignInFailure)
            .where(clause, SignInFailure.at > now - LIMITS[level].within)
            .scalar_subquery()
            for level, clause in which.items()
        )
    )
    return dict(zip(which, database.execute(query).one(), strict=True))
