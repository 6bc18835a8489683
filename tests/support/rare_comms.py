"""The links in mails of the newsletter, which only their mails know: facts for its states."""

from __future__ import annotations

from uuid import uuid4

from portal.comms.models import NewsletterSubscription
from portal.comms.service.subscribing import confirm_token, stop_link
from portal.core import clock
from portal.core.act import operational
from portal.demonstration.people import SUPPLIER


def add() -> dict[str, str]:
    """A request that waits for its confirmation, a subscription, and one that was stopped."""
    now = clock.now()
    waiting, running, gone = uuid4(), uuid4(), uuid4()
    with operational() as session:
        for id_, email, begun, ended in (
            (waiting, "waiting-reader@example.org", None, None),
            (running, "running-reader@example.org", now, None),
            (gone, None, now, now),
        ):
            row = NewsletterSubscription(
                id=id_,
                supplier_id=SUPPLIER.id,
                email=email,
                asked_at=now,
                confirmed_at=begun,
                ended_at=ended,
            )
            session.add(row)
    return {
        "newsletter to confirm": confirm_token(waiting),
        "newsletter confirmed": confirm_token(running),
        "newsletter to stop": stop_link(running).rpartition("/")[2],
        "newsletter stopped": stop_link(gone).rpartition("/")[2],
    }
