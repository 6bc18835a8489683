"""Verbs on a service's public page: write it, publish it, take it away."""

from __future__ import annotations

from uuid import UUID

from portal.accounts.rules.actors import Actor
from portal.accounts.rules.permissions import Permission
from portal.core import clock
from portal.core.act import act
from portal.core.db import db
from portal.core.errors import Invalid, Refused, Stale
from portal.directory.public_models import ServicePublicPage
from portal.directory.rules.public import PublicDetails, public_problems, publishing_problem
from portal.directory.service.loading import locked

CHANGED = "Somebody else changed this public page first."


def save_public_page(actor: Actor, service_id: UUID, details: PublicDetails, version: int) -> bool:
    """Write what a service says of itself. Version 0: there was no page yet. Returns whether it changed.

    Raises NotFound, Forbidden, Invalid, Refused (a published page must lead somewhere), or Stale.
    """
    with act(actor, "directory.save_public_page", ("service", service_id)) as work:
        locked(actor, Permission.SERVICE_EDIT, service_id)
        page = _page(service_id)
        before = details_of(page).values() if page else {}
        changed = [name for name, value in details.values().items() if before.get(name) != value]
        if not changed:
            work.unchanged()
            return False
        if (page.version if page else 0) != version:
            raise Stale(CHANGED, before, page.version if page else 0)
        problems = public_problems(details)
        if page and page.published and not problems and (reason := publishing_problem(details)):
            problems = {"phone": reason}
        if problems:
            raise Invalid(problems)
        if page is None:
            page = ServicePublicPage(service_id=service_id, version=0, published=False)
            db.session.add(page)
        for name, value in details.values().items():
            setattr(page, name, value)
        page.version, page.changed_at = page.version + 1, clock.now()
        work.note(fields=changed)
        return True


def show_public_page(actor: Actor, service_id: UUID, published: bool) -> None:
    """Publish a service's page, or take it away from the public. The same again changes nothing.

    Raises NotFound, Forbidden, or Refused where there is nothing to publish yet.
    """
    with act(actor, "directory.show_public_page", ("service", service_id)) as work:
        service = locked(actor, Permission.SERVICE_EDIT, service_id)
        page = _page(service_id)
        if published and page is None:
            raise Refused("Write the page first, then publish it.")
        if page is None or page.published is published:
            work.unchanged()
            return
        if published:
            if service.closed is not None and service.closed <= clock.today():
                raise Refused("The service is closed: it is in the finder only while it is open.")
            if reason := publishing_problem(details_of(page)):
                raise Refused(reason)
        page.published, page.changed_at = published, clock.now()
        page.version += 1
        work.note(published=published)


def details_of(page: ServicePublicPage) -> PublicDetails:
    """What a page says, as the verbs take it."""
    return PublicDetails(
        offers=page.offers,
        who_for=page.who_for,
        place=page.place,
        phone=page.phone,
        referral_url=page.referral_url,
        languages=page.languages,
        formats=page.formats,
    )


def _page(service_id: UUID) -> ServicePublicPage | None:
    return db.session.get(ServicePublicPage, service_id, populate_existing=True)
