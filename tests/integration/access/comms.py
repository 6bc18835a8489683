"""North's communications in the world of attacks: an entry, a newsletter in draft and one that was sent."""

from __future__ import annotations

from uuid import uuid4

from portal.comms.models import NewsletterSubscription
from portal.comms.rules.composing import Draft
from portal.comms.rules.planning import EntryDetails, EntryKind
from portal.comms.service import plan_entry, send_newsletter, write_newsletter
from portal.core import clock
from portal.core.act import operational
from tests.integration.access import world

ENTRY, DRAFT, SENT = "comms-entry", "comms-draft", "comms-sent"


def fill() -> None:
    """Write them, with one reader."""
    lead, north, now = world.actor("lead"), world.id_of("north"), clock.now()
    details = EntryDetails(EntryKind.SOCIAL, "A post", clock.today())
    plan_entry(lead, north, world.id_of("lead"), details, world.id_of(ENTRY))
    with operational() as session:
        reader = NewsletterSubscription(
            id=uuid4(),
            supplier_id=north,
            email="reader@example.org",
            asked_at=now,
            confirmed_at=now,
        )
        session.add(reader)
    for name in (DRAFT, SENT):
        write_newsletter(lead, north, Draft(name, "News"), world.id_of(name))
    send_newsletter(lead, world.id_of(SENT), 1)
