"""What every template may use: who is signed in, the navigation, the nonce."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from flask import Flask, g, request, url_for

from portal.accounts.current import current_actor
from portal.accounts.rules.actors import Actor
from portal.accounts.rules.permissions import Permission, may_ever
from portal.contracts.definition.parties import has_use_of_contracts


@dataclass(frozen=True)
class Entry:
    """A link of the main navigation."""

    text: str
    href: str
    current: bool


# text, endpoint, the permission (or another question) that makes it useful
Link = tuple[str, str, Permission | Callable[[Actor], bool] | None]
WORKFORCE: tuple[Link, ...] = (
    ("EISMs", "eisms.index", Permission.POSTS_READ),
    ("Services’ workforce", "staff.national", Permission.STAFF_NATIONAL),
    ("Reviewers", "workforce.reviewers", Permission.ACCREDITATION_EDIT),
    ("Vacancies", "hub.vacancies", Permission.VACANCY_MANAGE),
)
OPERATIONS: tuple[Link, ...] = (
    ("Jobs and mails", "administration.jobs", Permission.JOBS_READ),
    ("Audit", "pages.audit_index", Permission.AUDIT_READ),
)
# Several links stand under one word; who may see only one of them is shown that one.
MAIN: tuple[tuple[str, tuple[Link, ...]], ...] = (
    ("", (("Home", "home.index", None),)),
    ("", (("Services", "directory.index", Permission.SERVICE_READ),)),
    ("", (("Reviews", "reviews.index", Permission.REVIEW_READ),)),
    ("", (("Moderation", "moderation.queue", Permission.MODERATION_TAKE),)),
    ("", (("Agreement", "agreement.index", Permission.AGREEMENT_READ),)),
    ("", (("Events", "events.index", None),)),
    ("", (("Learning", "learning.index", None),)),
    ("", (("Library", "library.index", Permission.LIBRARY_READ),)),
    ("", (("Surveys", "surveys.index", None),)),
    ("", (("Contracts", "contracts.index", has_use_of_contracts),)),
    ("", (("Communications", "comms.index", Permission.COMMS_MANAGE),)),
    ("Workforce", WORKFORCE),
    ("", (("People", "accounts.people", Permission.ACCOUNTS_MANAGE),)),
    ("", (("Our people", "accounts.staff", Permission.ACCOUNTS_INVITE_STAFF),)),
    ("Operations", OPERATIONS),
)


@dataclass(frozen=True)
class Navigation:
    """Where the person signed in may go. `beside`: what stands under the same word as this page."""

    main: list[Entry]
    beside: list[Entry]
    every: list[Entry]


def navigation() -> Navigation:
    """The navigation of the person signed in, on this page."""
    found = Navigation([], [], [])
    for word, links in MAIN:
        entries = _entries(links)
        found.every.extend(entries)
        if len(entries) > 1:
            current = any(entry.current for entry in entries)
            found.beside.extend(entries if current else ())
            entries = [Entry(word, entries[0].href, current)]
        found.main.extend(entries)
    return found


def _entries(links: tuple[Link, ...]) -> list[Entry]:
    actor = current_actor()
    return [
        Entry(text, url_for(endpoint), _within(url_for(endpoint)))
        for text, endpoint, asked in links
        if asked is None or (may_ever(actor, asked) if isinstance(asked, Permission) else asked(actor))
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
