"""Who is told by e-mail when a review moves. Mails are rows of the verb's own transaction."""

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
from portal.reviews.external.loading import LoadedReview
from portal.reviews.external.rules.independence import REVIEWERS, TEAM, Capacity
from portal.reviews.external.rules.workflow import Action

TEAM_TOLD, REVIEWERS_TOLD, MODERATORS_TOLD, SERVICE_TOLD = "team", "reviewers", "moderators", "service"

# action -> (who, subject, sentence)
NOTICES: dict[Action, tuple[tuple[str, ...], str, str]] = {
    Action.OPEN: (
        (SERVICE_TOLD, TEAM_TOLD),
        "A fidelity review is planned",
        "is open: the timetable and the list of documents are in the portal",
    ),
    Action.CANCEL: ((SERVICE_TOLD, TEAM_TOLD), "A fidelity review was cancelled", "was cancelled"),
    Action.UNBLIND: (
        (REVIEWERS_TOLD,),
        "Both reviewers have locked",
        "is ready for consensus: both reviewers have locked their ratings",
    ),
    Action.SUBMIT: ((MODERATORS_TOLD,), "A review to moderate", "waits for moderation"),
    Action.RESUBMIT: (
        (MODERATORS_TOLD,),
        "A review to moderate again",
        "has a rating that changed and waits for moderation again",
    ),
    Action.QUERY: (
        (REVIEWERS_TOLD,),
        "A query from the moderator",
        "has a query from the moderator: answer it on the moderation page",
    ),
    Action.ANSWER_QUERY: (
        (MODERATORS_TOLD,),
        "A query was answered",
        "has an answer to a query on its moderation page",
    ),
    Action.AMEND: (
        (REVIEWERS_TOLD, MODERATORS_TOLD),
        "A moderator changed an item",
        "was changed in moderation; approvals given before do not count any more",
    ),
    Action.RETURN: ((REVIEWERS_TOLD,), "A review was returned", "was returned to you by the moderator"),
    Action.PASS: (
        (SERVICE_TOLD, REVIEWERS_TOLD),
        "A draft report to check",
        "has a draft report: check the facts and comment before the deadline",
    ),
    Action.PASS_AGAIN: ((REVIEWERS_TOLD,), "Moderated again", "was moderated again and can be published"),
    Action.CLOSE_COMMENTS: (
        (REVIEWERS_TOLD,),
        "The service has answered",
        "was checked by the service: decide its comments",
    ),
}


def tell(found: LoadedReview, action: Action, reason: str) -> None:
    """Write the mails that this move calls for."""
    notice = NOTICES.get(action)
    if notice is None:
        return
    who, subject, sentence = notice
    mail_about(found, {email for one in who for email in _emails(found, one)}, subject, sentence, reason)


def mail_about(
    found: LoadedReview, emails: Iterable[str], subject: str, sentence: str, reason: str = ""
) -> None:
    """One mail to each address, with a link to the review. Called inside a verb."""
    body = f"The external fidelity review of {found.service.name} {sentence}.\n"
    if reason:
        body += f"\nReason given: {reason}\n"
    body += f"\nOpen it: {public_url()}/reviews/{found.id}\n"
    for email in sorted(set(emails)):
        send_mail(email, f"{subject}: {found.service.name}", body)


def _emails(found: LoadedReview, who: str) -> list[str]:
    if who == SERVICE_TOLD:
        return managers_emails(found)
    capacities = {TEAM_TOLD: TEAM, REVIEWERS_TOLD: REVIEWERS, MODERATORS_TOLD: {Capacity.MODERATOR}}[who]
    return emails_of(one.person_id for one in found.of(*capacities))


def managers_emails(found: LoadedReview) -> list[str]:
    """The addresses of the service's managers."""
    query = select(Membership).where(
        Membership.organisation_id == found.links.provider, Membership.role == Role.PROVIDER_MANAGER
    )
    rows = db.session.execute(query).scalars()
    return emails_of(row.person_id for row in rows if in_force(row, clock.today()))


def emails_of(person_ids: Iterable[UUID]) -> list[str]:
    """The addresses of these people, without those whose account is disabled."""
    query = select(Person.email).where(Person.id.in_(set(person_ids)), Person.disabled_at.is_(None))
    return sorted(db.session.execute(query).scalars())


def tell_of_request(found: LoadedReview, title: str) -> None:
    """The reviewers asked for another document: the service's managers are told."""
    body = (
        f"The reviewers of {found.service.name} ask for another document: {title}.\n"
        f"\nOpen the portfolio: {public_url()}/reviews/{found.id}/portfolio\n"
    )
    for email in managers_emails(found):
        send_mail(email, f"Another document for the fidelity review: {found.service.name}", body)
