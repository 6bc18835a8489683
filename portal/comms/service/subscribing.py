"""Getting the newsletter of a supplier: asking, confirming, stopping. Whoever asks one hears of no other.

Whoever asks is told the same, whether the address is known or not, and nothing but the request to
confirm is mailed before the owner of the address has confirmed. Somebody signed in has done so already.
"""

from __future__ import annotations

from typing import Any
from uuid import UUID, uuid4

from sqlalchemy import delete, func, select, update

from portal.accounts.models import Person
from portal.accounts.rules.actors import NOBODY, Actor
from portal.accounts.rules.asking import CONFIRM_WITHIN
from portal.accounts.rules.emails import PROBLEM, normal
from portal.accounts.service.asking import read_link, sign_link, to_be_mailed
from portal.comms.models import NewsletterSubscription
from portal.comms.queries import suppliers
from portal.core import clock
from portal.core.act import act, operational
from portal.core.db import db
from portal.core.errors import Forbidden, Invalid, NotFound
from portal.core.mail import send_mail, words
from portal.core.urls import public_url

DAILY = "newsletter.daily"
_CONFIRM, _STOP = "newsletter-confirm", "newsletter-stop"
WHOSE = "Choose whose newsletter you want"
GONE = "This link has been used, or has ended. Ask for the newsletter again."
S = NewsletterSubscription


def ask(email: str, supplier_id: UUID | None, client: str) -> None:
    """Have a request to confirm sent to an address. Raises Invalid, or TooManyTries."""
    to, supplier = normal(email), dict(suppliers()).get(supplier_id) if supplier_id else None
    problems = {"email": PROBLEM} if to is None else {}
    if supplier is None:
        problems["supplier"] = WHOSE
    if to is None or supplier is None or supplier_id is None:
        raise Invalid(problems)
    if not to_be_mailed(to, client):
        return
    made = S(id=uuid4(), supplier_id=supplier_id, email=to, asked_at=clock.now())
    with operational() as database:
        database.add(made)
        subject, body = words(
            "email/newsletter-confirm.txt",
            supplier=supplier,
            link=f"{public_url()}/newsletter/confirm/{confirm_token(made.id)}",
            ends=clock.now() + CONFIRM_WITHIN,
        )
        send_mail(to, subject, body)


def pending(token: str) -> NewsletterSubscription:
    """The request that a link confirms. Raises NotFound where it has ended or was stopped."""
    found = db.session.get(S, read_link(_CONFIRM, token, GONE), populate_existing=True)
    if found is None or found.ended_at is not None:
        raise NotFound(GONE)
    if found.confirmed_at is None and found.asked_at + CONFIRM_WITHIN < clock.now():
        raise NotFound(GONE)
    return found


def confirm(token: str) -> None:
    """Begin the newsletter for an address; an earlier subscription to it ends. Raises NotFound."""
    found = pending(token)
    with act(NOBODY, "newsletter.subscribe", ("subscription", found.id)) as work:
        row = db.session.get(S, found.id, populate_existing=True, with_for_update=True)
        if row is None or row.email is None:
            raise NotFound(GONE)
        if row.confirmed_at is not None:
            work.unchanged()
            return
        same = (S.email == row.email) & (S.supplier_id == row.supplier_id)
        row.person_id = db.session.scalars(select(S.person_id).where(same, S.person_id.is_not(None))).first()
        _end(same, S.id != row.id, S.confirmed_at.is_not(None))
        row.confirmed_at = clock.now()


def stopping(token: str) -> NewsletterSubscription | None:
    """The subscription that a link stops; None where it has been stopped already. Raises NotFound."""
    found = db.session.get(S, read_link(_STOP, token, GONE), populate_existing=True)
    return None if found is None or found.ended_at is not None else found


def stop(token: str) -> None:
    """End a subscription: its address is deleted. Doing it again changes nothing. Raises NotFound."""
    found = stopping(token)
    if found is None:
        return
    with act(NOBODY, "newsletter.unsubscribe", ("subscription", found.id)):
        _end(S.id == found.id)


def subscribed(actor: Actor) -> frozenset[UUID]:
    """The suppliers whose newsletter the person gets. One statement."""
    return frozenset(db.session.scalars(select(S.supplier_id).where(_own(actor))))


def subscribe_me(actor: Actor, supplier_id: UUID) -> None:
    """Begin a newsletter for a person's own address, which their account has confirmed.

    Raises Forbidden, or NotFound where there is no such supplier.
    """
    _demand_supplier(supplier_id)
    with act(actor, "newsletter.subscribe-me", ("person", actor.person_id)) as work:
        query = select(Person).where(Person.id == actor.person_id).with_for_update()
        person = db.session.scalars(query).one_or_none()  # locked: two clicks make one subscription
        if person is None:
            raise Forbidden("Sign in first.")
        if supplier_id in subscribed(actor):
            work.unchanged()
            return
        now, email = clock.now(), person.email.lower()
        made = S(id=uuid4(), supplier_id=supplier_id, email=email, person_id=person.id, asked_at=now)
        made.confirmed_at = now
        db.session.add(made)
        work.note(supplier=supplier_id)


def stop_me(actor: Actor, supplier_id: UUID) -> None:
    """End a newsletter for a person. Doing it again changes nothing. Raises NotFound."""
    _demand_supplier(supplier_id)
    with act(actor, "newsletter.stop-me", ("person", actor.person_id)) as work:
        if supplier_id not in subscribed(actor):
            work.unchanged()
            return
        _end(_own(actor), S.supplier_id == supplier_id)
        work.note(supplier=supplier_id)


def _demand_supplier(supplier_id: UUID) -> None:
    if supplier_id not in dict(suppliers()):
        raise NotFound("There is no such supplier.")


def confirm_token(subscription_id: UUID) -> str:
    """The end of the address that confirms a subscription."""
    return sign_link(_CONFIRM, subscription_id)


def stop_link(subscription_id: UUID) -> str:
    """The address that stops a subscription: a page with a button, and what mail programs post to."""
    return f"{public_url()}/newsletter/stop/{sign_link(_STOP, subscription_id)}"


def do_daily(_payload: dict[str, Any]) -> None:
    """Handler of the daily job: requests that were not confirmed in time are forgotten."""
    with operational() as database:
        late = S.asked_at < clock.now() - CONFIRM_WITHIN
        database.execute(delete(S).where(S.confirmed_at.is_(None), S.ended_at.is_(None), late))


def _own(actor: Actor) -> Any:
    """SQL: confirmed, and of this person or of the address of their account."""
    address = select(func.lower(Person.email)).where(Person.id == actor.person_id).scalar_subquery()
    mine = (S.person_id == actor.person_id) | (S.email == address)
    return mine & S.confirmed_at.is_not(None) & S.ended_at.is_(None)


def _end(*conditions: Any) -> None:
    values = {"email": None, "person_id": None, "ended_at": clock.now()}
    ending = update(S).where(S.ended_at.is_(None), *conditions).values(**values)
    db.session.execute(ending.execution_options(synchronize_session="fetch"))
