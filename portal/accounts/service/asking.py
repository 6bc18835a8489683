"""What every list that anybody may ask to be mailed by shares: counting requests, and links in mails.

The links are signed with the portal's key; nothing of them is kept. Addresses are counted as digests.
"""

from __future__ import annotations

import hashlib
import hmac
from uuid import UUID

from flask import current_app
from itsdangerous import BadData, URLSafeSerializer
from sqlalchemy import delete, func, select, text

from portal.accounts.models import SubscriptionTry
from portal.accounts.rules.asking import REFUSAL, WITHIN, refused, silent
from portal.accounts.service.throttling import TooManyTries
from portal.core import clock
from portal.core.act import operational
from portal.core.errors import NotFound

_LOCK = 7_051_843  # PostgreSQL advisory lock: tries are counted one after the other


def sign_link(purpose: str, subscription_id: UUID) -> str:
    """The end of an address that does one thing to one subscription."""
    return str(_signer(purpose).dumps(subscription_id.hex))


def read_link(purpose: str, token: str, gone: str) -> UUID:
    """The subscription that such an address is about. Raises NotFound, with `gone`, for any other."""
    try:
        return UUID(_signer(purpose).loads(token))
    except (BadData, ValueError, TypeError, AttributeError) as error:
        raise NotFound(gone) from error


def to_be_mailed(email: str, client: str) -> bool:
    """Count a request. False where the address has had its mails of the day. Raises TooManyTries.

    One count for all lists together: what protects somebody from being flooded is the address.
    """
    to, sender = _digest(email), _digest(client)
    since = clock.now() - WITHIN
    with operational() as database:
        if database.get_bind().dialect.name == "postgresql":
            database.execute(text("SELECT pg_advisory_xact_lock(:key)"), {"key": _LOCK})
        database.execute(delete(SubscriptionTry).where(SubscriptionTry.at <= since))
        tries = select(
            select(func.count()).where(SubscriptionTry.client_digest == sender).scalar_subquery(),
            select(func.count()).where(SubscriptionTry.email_digest == to).scalar_subquery(),
        )
        from_client, to_email = database.execute(tries).one()
        if not refused(from_client):
            database.add(SubscriptionTry(email_digest=to, client_digest=sender, at=clock.now()))
    if refused(from_client):
        raise TooManyTries(REFUSAL)
    return not silent(to_email)


def _signer(purpose: str) -> URLSafeSerializer:
    return URLSafeSerializer(
        str(current_app.secret_key), salt=purpose, signer_kwargs={"digest_method": hashlib.sha256}
    )


def _digest(value: str) -> str:
    """With the portal's key, so that an address cannot be found by trying them all."""
    return hmac.new(str(current_app.secret_key).encode(), value.encode(), hashlib.sha256).hexdigest()
