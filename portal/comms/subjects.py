"""What access rules of routes ask: the thing in the address, linked to its supplier."""

from __future__ import annotations

from uuid import UUID

from portal.accounts.rules.permissions import Links
from portal.comms.models import CalendarEntry, Newsletter
from portal.core.db import db


def entry_subject(entry_id: UUID, **_: object) -> tuple[CalendarEntry, Links] | None:
    """The entry of the calendar. One statement."""
    entry = db.session.get(CalendarEntry, entry_id)
    return (entry, Links(supplier=entry.supplier_id)) if entry else None


def newsletter_subject(newsletter_id: UUID, **_: object) -> tuple[Newsletter, Links] | None:
    """The newsletter. One statement."""
    newsletter = db.session.get(Newsletter, newsletter_id)
    return (newsletter, Links(supplier=newsletter.supplier_id)) if newsletter else None
