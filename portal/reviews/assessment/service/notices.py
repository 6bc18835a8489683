"""Who is told by e-mail when an assessment moves. Mails are rows of the verb's own transaction."""

from __future__ import annotations

from collections.abc import Callable, Iterable
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

TO_GUIDE, TO_PROVIDER, TO_LEADS, TO_MODERATORS = "guide", "provider", "leads", "moderators"

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
    Action.HAND_TO_MODERATOR: (
        TO_LEADS,
        "An assessment to moderate",
        "waits for a moderator: name one, or take it yourself, in the moderation queue",
    ),
    Action.QUERY: (TO_GUIDE, "A query from the moderator", "has a query from the moderator"),
    Action.ANSWER_QUERY: (TO_MODERATORS, "A query was answered", "has an answer to a query"),
    Action.SEND_BACK: (TO_GUIDE, "A moderator sent it back", "was sent back to you by the moderator"),
    Action.PASS: (
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
    body = f"The {found.assessment.kind.title.lower()} of {found.service.name} {sentence}.\n"
    if reason:
        body += f"\nReason given: {reason}\n"
    page = "/moderation" if who in (TO_LEADS, TO_MODERATORS) or action is Action.QUERY else ""
    body += f"\nOpen it: {_address(found)}{page}\n"
    for email in _RECIPIENTS[who](found):
        send_mail(email, f"{subject}: {found.service.name}", body)


def tell_named(found: Loaded, person_id: UUID) -> None:
    """Tell somebody that they are to moderate it."""
    body = f"You are named to moderate the {found.assessment.kind.title.lower()} of {found.service.name}.\n"
    body += f"\nOpen it: {_address(found)}/moderation\n"
    for email in _emails([person_id]):
        send_mail(email, f"An assessment to moderate: {found.service.name}", body)


def _address(found: Loaded) -> str:
    return f"{public_url()}/assessments/{found.assessment.id}"


def _guides(found: Loaded) -> list[str]:
    wanted = {found.assessment.guide_id} if found.assessment.guide_id else set(found.links.eisms)
    return _emails(wanted)


def _managers(found: Loaded) -> list[str]:
    return _holders(found.links.provider, Role.PROVIDER_MANAGER)


def _leads(found: Loaded) -> list[str]:
    return _holders(found.links.supplier, Role.LEAD_MANAGER)


def _moderators(found: Loaded) -> list[str]:
    return _emails(found.moderators)


def _holders(organisation_id: UUID | None, role: Role) -> list[str]:
    query = select(Membership).where(Membership.organisation_id == organisation_id, Membership.role == role)
    rows = db.session.execute(query).scalars()
    return _emails(row.person_id for row in rows if in_force(row, clock.today()))


def _emails(person_ids: Iterable[UUID]) -> list[str]:
    query = select(Person.email).where(Person.id.in_(set(person_ids)), Person.disabled_at.is_(None))
    return sorted(db.session.execute(query).scalars())


_RECIPIENTS: dict[str, Callable[[Loaded], list[str]]] = {
    TO_GUIDE: _guides,
    TO_PROVIDER: _managers,
    TO_LEADS: _leads,
    TO_MODERATORS: _moderators,
}
