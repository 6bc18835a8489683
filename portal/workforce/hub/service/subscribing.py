"""Mails about new vacancies: asking for them, confirming, stopping.

Whoever asks is told the same, whether the address is known or not, and nothing but the request to
confirm is mailed before the owner of the address has confirmed. The links in the mails are signed with
the portal's key; nothing of them is kept.
"""

from __future__ import annotations

from collections.abc import Sequence
from uuid import UUID, uuid4

from sqlalchemy import delete

from portal.accounts.rules.actors import NOBODY
from portal.accounts.rules.asking import CONFIRM_WITHIN
from portal.accounts.rules.emails import PROBLEM, normal
from portal.accounts.rules.roles import REGIONS
from portal.accounts.service.asking import read_link, sign_link, to_be_mailed
from portal.core import clock
from portal.core.act import act, operational
from portal.core.db import db
from portal.core.errors import Invalid, NotFound
from portal.core.mail import send_mail, words
from portal.core.urls import public_url
from portal.workforce.hub.models import VacancySubscription

_CONFIRM, _STOP = "vacancies-confirm", "vacancies-stop"
GONE = "This link has been used, or has ended. Ask for the mails again."


def ask(email: str, regions: Sequence[str], client: str) -> None:
    """Have a request to confirm sent to an address. No region means every region.

    Raises Invalid, or TooManyTries where this computer (its network address) asked too often.
    """
    to = normal(email)
    if to is None:
        raise Invalid({"email": PROBLEM})
    if set(regions) - set(REGIONS):
        raise Invalid({"regions": "Choose regions from the list"})
    if not to_be_mailed(to, client):
        return
    subscription = VacancySubscription(
        id=uuid4(), email=to, regions=sorted(set(regions)), asked_at=clock.now()
    )
    with operational() as database:
        database.add(subscription)
        subject, body = words(
            "workforce/hub/mails/confirm.txt",
            regions=subscription.regions,
            link=f"{public_url()}/jobs/alerts/confirm/{confirm_token(subscription.id)}",
            ends=clock.now() + CONFIRM_WITHIN,
        )
        send_mail(to, subject, body)


def pending(token: str) -> VacancySubscription:
    """The request that a link confirms. Raises NotFound where it has ended or was stopped."""
    found = _found(_CONFIRM, token)
    if found.confirmed_at is None and found.asked_at + CONFIRM_WITHIN < clock.now():
        raise NotFound(GONE)
    return found


def confirm(token: str) -> VacancySubscription:
    """Begin the mails of a request; an earlier subscription of the address ends. Raises NotFound."""
    found = pending(token)
    with act(NOBODY, "vacancies.subscribe", ("subscription", found.id)) as work:
        row = db.session.get(VacancySubscription, found.id, populate_existing=True, with_for_update=True)
        if row is None:
            raise NotFound(GONE)
        if row.confirmed_at is not None:
            work.unchanged()
            return row
        others = delete(VacancySubscription).where(
            VacancySubscription.email == row.email, VacancySubscription.id != row.id
        )
        db.session.execute(others)
        row.confirmed_at = row.told_until = clock.now()
        return row


def stopping(token: str) -> VacancySubscription | None:
    """The subscription that a link stops; None where it has been stopped already. Raises NotFound."""
    return db.session.get(VacancySubscription, read_link(_STOP, token, GONE), populate_existing=True)


def stop(token: str) -> None:
    """End a subscription: its row goes. Doing it again changes nothing. Raises NotFound."""
    found = stopping(token)
    if found is None:
        return
    with act(NOBODY, "vacancies.unsubscribe", ("subscription", found.id)):
        db.session.execute(delete(VacancySubscription).where(VacancySubscription.id == found.id))


def confirm_token(subscription_id: UUID) -> str:
    """The end of the address that confirms a subscription."""
    return sign_link(_CONFIRM, subscription_id)


def stop_link(subscription_id: UUID) -> str:
    """The address that stops a subscription, for its mails."""
    return f"{public_url()}/jobs/alerts/stop/{sign_link(_STOP, subscription_id)}"


def _found(purpose: str, token: str) -> VacancySubscription:
    row = db.session.get(VacancySubscription, read_link(purpose, token, GONE), populate_existing=True)
    if row is None:
        raise NotFound(GONE)
    return row
