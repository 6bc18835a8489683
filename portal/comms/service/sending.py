"""Sending a newsletter: what it says is fixed at once, its mails are written by a job.

The job takes one recipient at a time, each in a transaction of its own together with the mail, so that a
job that is done twice, or goes on after a crash, writes to nobody twice.
"""

from __future__ import annotations

import json
from typing import Any
from uuid import UUID

from sqlalchemy import func, select

from portal.accounts.models import Person
from portal.accounts.rules.actors import PORTAL, Actor
from portal.comms.content import pieces_of
from portal.comms.drawing import draw_mail
from portal.comms.models import (
    DeliveryState,
    Newsletter,
    NewsletterDelivery,
    NewsletterState,
    NewsletterSubscription,
    SentNewsletter,
)
from portal.comms.queries import confirmed, supplier_name
from portal.comms.rules.composing import Draft, nothing_to_send, ready_to_go
from portal.comms.service.subscribing import stop_link
from portal.comms.service.writing import CHANGED, demand_draft, draft_of, loaded, stands
from portal.core import clock
from portal.core.act import act, operational
from portal.core.db import db
from portal.core.errors import Forbidden, Refused, Stale
from portal.core.jobs.queue import enqueue, progress
from portal.core.mail import send_mail
from portal.core.urls import public_url

JOB = "newsletter.send"
NOBODY_YET = "Nobody has subscribed yet, so there is nobody to send it to."
EMPTY = "The newsletter says nothing yet. Write a text or choose a block first."


def send_newsletter(actor: Actor, newsletter_id: UUID, version: int) -> int:
    """Send a newsletter to all readers of its supplier. It cannot be taken back. Returns how many they are.

    Raises NotFound, Forbidden, Stale, or Refused where it was sent, says nothing, or nobody has subscribed.
    """
    with act(actor, "newsletter.send", ("newsletter", newsletter_id)) as work:
        newsletter = loaded(actor, newsletter_id)
        demand_draft(newsletter)
        if newsletter.version != version:
            raise Stale(CHANGED, stands(draft_of(newsletter)), newsletter.version)
        if actor.person_id is None:
            raise Forbidden("A newsletter is sent by a person.")
        recipients = list(
            db.session.scalars(select(NewsletterSubscription.id).where(confirmed(newsletter.supplier_id)))
        )
        if not recipients:
            raise Refused(NOBODY_YET)
        db.session.add(_fixed(newsletter, actor.person_id, len(recipients)))
        rows = [NewsletterDelivery(newsletter_id=newsletter_id, subscription_id=one) for one in recipients]
        db.session.add_all(rows)
        newsletter.state = NewsletterState.SENDING
        newsletter.version += 1
        enqueue(JOB, {"newsletter_id": str(newsletter_id)})
        work.note(recipients=len(recipients))
    return len(recipients)


def send_test(actor: Actor, newsletter_id: UUID) -> str:
    """Send the newsletter as it stands to whoever asks, and to nobody else. Returns their address.

    Raises NotFound, Forbidden, or Refused where it says nothing.
    """
    with act(actor, "newsletter.test", ("newsletter", newsletter_id)):
        newsletter = loaded(actor, newsletter_id)
        person = db.session.get(Person, actor.person_id) if actor.person_id else None
        if person is None:
            raise Forbidden("A test goes to a person.")
        html, text, _ = _drawn(newsletter, draft_of(newsletter))
        html, text = ready_to_go(html, text, f"{public_url()}/newsletter")
        send_mail(person.email, f"Test: {newsletter.subject}", text, html=html)
        return person.email


def do_send(payload: dict[str, Any]) -> None:
    """Handler of the job: every delivery that still waits, then the newsletter is sent."""
    newsletter_id = UUID(payload["newsletter_id"])
    sent = db.session.get(SentNewsletter, newsletter_id)
    if sent is None:
        return
    waiting = select(NewsletterDelivery.id).where(
        NewsletterDelivery.newsletter_id == newsletter_id, NewsletterDelivery.state == DeliveryState.WAITING
    )
    left = list(db.session.scalars(waiting.order_by(NewsletterDelivery.id)))
    for number, delivery_id in enumerate(left, start=1):
        _deliver(delivery_id, sent)
        progress(sent.recipients - len(left) + number, sent.recipients)
    _finish(newsletter_id)


def _deliver(delivery_id: UUID, sent: SentNewsletter) -> None:
    with operational() as session:
        delivery = session.get_one(
            NewsletterDelivery, delivery_id, populate_existing=True, with_for_update=True
        )
        if delivery.state is not DeliveryState.WAITING:
            return  # another worker was faster
        subscription = session.get_one(
            NewsletterSubscription, delivery.subscription_id, populate_existing=True, with_for_update=True
        )
        if subscription.email is None:
            delivery.state = DeliveryState.SKIPPED
            return
        link = stop_link(subscription.id)
        html, text = ready_to_go(sent.html, sent.text, link)
        send_mail(subscription.email, sent.subject, text, html=html, unsubscribe=link)
        delivery.state = DeliveryState.PASSED_ON


def _finish(newsletter_id: UUID) -> None:
    with act(PORTAL, "newsletter.sent", ("newsletter", newsletter_id)) as work:
        newsletter = db.session.get_one(
            Newsletter, newsletter_id, populate_existing=True, with_for_update=True
        )
        counted = select(func.count()).where(
            NewsletterDelivery.newsletter_id == newsletter_id,
            NewsletterDelivery.state == DeliveryState.WAITING,
        )
        if newsletter.state is not NewsletterState.SENDING or db.session.scalar(counted):
            work.unchanged()  # finished before, or another worker is still at it
            return
        newsletter.state, newsletter.finished_at = NewsletterState.SENT, clock.now()
        newsletter.version += 1


def _fixed(newsletter: Newsletter, sent_by: UUID, recipients: int) -> SentNewsletter:
    html, text, pieces = _drawn(newsletter, draft_of(newsletter))
    return SentNewsletter(
        newsletter_id=newsletter.id,
        subject=newsletter.subject,
        intro=newsletter.intro,
        pieces=pieces,
        html=html,
        text=text,
        sent_at=clock.now(),
        sent_by=sent_by,
        recipients=recipients,
    )


def _drawn(newsletter: Newsletter, draft: Draft) -> tuple[str, str, str]:
    """HTML, text, and the blocks as JSON. Raises Refused where nothing is said."""
    pieces, _ = pieces_of(draft.blocks)
    if nothing_to_send(draft, len(pieces)):
        raise Refused(EMPTY)
    supplier, archive = supplier_name(newsletter.supplier_id), f"{public_url()}/newsletter/{newsletter.id}"
    html, text = draw_mail(supplier, draft.subject, draft.intro, pieces, archive)
    return html, text, json.dumps([one.plain() for one in pieces], ensure_ascii=False)
