"""Who is told by e-mail when an assessment moves. Mails are rows of the verb's own transaction."""

from __future__ import annotations

from collections.abc import Iterable
from uuid import UUID

from sqlalchemy import select

from portal.accounts.current import in_force
from portal.accounts.models import Membership, Person
from portal.accounts.rules.roles import Role
from portal.core import clock
from portal.core.db import db
from portal.core.mail import send_mail
from portal.core.urls import public_url
from portal.reviews.assessment.loading import Loaded
from portal.reviews.assessment.rules.workflow import Action

TO_GUIDE, TO_PROVIDER = "guide", "provider"

# action -> (who, subject, sentence)
NOTICES: dict[Action, tuple[str, str, str]] = {
    Action.SUBMIT: (TO_GUIDE, "An assessment to guide", "was submitted and waits for your guidance"),
    Action.RETURN: (TO_PROVIDER, "An assessment was returned", "was returned to you as a draft"),
    Action.HAND_OVER: (TO_PROVIDER, "The guide has answered", "has questions or proposals for you to answer"),
    Action.REPLY: (TO_GUIDE, "The provider has answered", "was answered and waits for you to settle it"),
    Action.AGREE: (
        TO_PROVIDER,
        "An assessment is final",
        "is final; its report and draft action plan are ready",
    ),
}


def tell(found: Loaded, action: Action, reason: str) -> None:
    """Write the mails that this move calls for."""
    notice = NOTICES.get(action)
    if notice is None:
        return
    who, subject, sentence = notice
    service_name = found.service.name
    address = f"{public_url()}/assessments/{found.assessment.id}"
    body = f"The {found.assessment.kind.title.lower()} of {service_name} {sentence}.\n"
    if reason:
        body += f"\nReason given: {reason}\n"
    body += f"\nOpen it: {address}\n"
    recipients = _guides(found) if who == TO_GUIDE else _managers(found)
    for email in recipients:
        send_mail(email, f"{subject}: {service_name}", body)


def _guides(found: Loaded) -> list[str]:
    wanted = {found.assessment.guide_id} if found.assessment.guide_id else set(found.links.eisms)
    return _emails(wanted)


def _managers(found: Loaded) -> list[str]:
    query = select(Membership).where(
        Membership.organisation_id == found.links.provider, Membership.role == Role.PROVIDER_MANAGER
    )
    rows = db.session.execute(query).scalars()
    return _emails(row.person_id for row in rows if in_force(row, clock.today()))


def _emails(person_ids: Iterable[UUID]) -> list[str]:
    query = select(Person.email).where(Person.id.in_(set(person_ids)), Person.disabled_at.is_(None))
    return sorted(db.session.execute(query).scalars())
