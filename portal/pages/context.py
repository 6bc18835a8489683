"""What every template may use: who is signed in, the navigation, the nonce."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from flask import Flask, g, request, url_for

from portal.accounts.current import current_actor
from portal.accounts.rules.permissions import Permission, may_ever


@dataclass(frozen=True)
class Entry:
    """A link of the main navigation."""

    text: str
    href: str
    current: bool


# text, endpoint, the permission that makes it useful
MAIN = (
    ("Home", "home.index", None),
    ("Services", "directory.index", Permission.SERVICE_READ),
    ("Reviews", "reviews.index", Permission.REVIEW_READ),
    ("Events", "events.index", None),
    ("Surveys", "surveys.index", None),
    ("Library", "library.index", Permission.LIBRARY_READ),
    ("Learning", "learning.index", None),
    ("Agreement", "agreement.index", Permission.AGREEMENT_READ),
    ("EISMs", "eisms.index", Permission.POSTS_READ),
    ("Workforce", "staff.national", Permission.STAFF_NATIONAL),
    ("Reviewers", "workforce.reviewers", Permission.ACCREDITATION_EDIT),
    ("Vacancies", "hub.vacancies", Permission.VACANCY_MANAGE),
    ("Communications", "comms.index", Permission.COMMS_MANAGE),
    ("Moderation", "moderation.queue", Permission.MODERATION_TAKE),
    ("People", "accounts.people", Permission.ACCOUNTS_MANAGE),
    ("Our people", "accounts.staff", Permission.ACCOUNTS_INVITE_STAFF),
    ("Jobs and mails", "administration.jobs", Permission.JOBS_READ),
    ("Audit", "pages.audit_index", Permission.AUDIT_READ),
)


def navigation() -> list[Entry]:
    """The main navigation of the person signed in."""
    actor = current_actor()
    return [
        Entry(text, url_for(endpoint), _within(url_for(endpoint)))
        for text, endpoint, permission in MAIN
        if permission is None or may_ever(actor, permission)
    ]


def _within(address: str) -> bool:
    """Whether this request's page is the one at this address, or below it."""
    return request.path == address or (address != "/" and request.path.startswith(f"{address}/"))


def _context() -> dict[str, Any]:
    return {
        "actor": current_actor(),
        "csp_nonce": g.get("csp_nonce", ""),
        "request_id": g.get("request_id", ""),
        "navigation": navigation,
        "may_ever": may_ever,
        "Permission": Permission,
    }


def init_app(app: Flask) -> None:
    app.context_processor(_context)
