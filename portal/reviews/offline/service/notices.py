"""Who is told by e-mail that edits from a device could not be taken."""

from __future__ import annotations

from uuid import UUID

from sqlalchemy import func, select

from portal.core.db import db
from portal.core.mail import send_mail
from portal.core.urls import public_url
from portal.reviews.external.loading import LoadedReview
from portal.reviews.external.service.notices import emails_of
from portal.reviews.offline.models import HeldOperation, HeldWhy


def tell_of_quarantine(found: LoadedReview, person_id: UUID | None, op_id: UUID, reason: str) -> None:
    """Write to the lead reviewer at the first of somebody's edits that waits, not at each that follows.

    Called inside the verb that keeps the edit. The mail says whose and why, never what was typed.
    """
    waiting = select(func.count()).where(
        HeldOperation.assessment_id == found.id,
        HeldOperation.person_id == person_id,
        HeldOperation.why == HeldWhy.QUARANTINE,
        HeldOperation.settled_at.is_(None),
        HeldOperation.op_id != op_id,
    )
    if found.lead is None or db.session.execute(waiting).scalar_one():
        return
    author = found.member(person_id)
    name = author.name if author else "Somebody who is not on the team any more"
    body = (
        f"{name} sent work from a device for the review of {found.service.name} that could not be taken.\n"
        f"\nWhy: {reason}\n\nNothing is lost: it is kept until you decide.\n"
        f"\nOpen it: {public_url()}/reviews/{found.id}/on-site\n"
    )
    for email in emails_of([found.lead.person_id]):
        send_mail(email, f"Work from a device waits for you: {found.service.name}", body)
