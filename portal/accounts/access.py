"""The access rules of routes that need a sign-in or a permission."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from flask import g

from portal.accounts.current import current_actor
from portal.accounts.rules.actors import Actor
from portal.accounts.rules.permissions import Links, Permission, allowed, may_ever
from portal.core.errors import Forbidden, NotFound

Loader = Callable[..., tuple[Any, Links] | None]


class SignInNeeded(Exception):
    """Nobody is signed in; the error page offers to, and keeps what was typed."""


class SignedIn:
    """Anybody who has signed in."""

    words = "Anyone signed in"

    def check(self, arguments: Mapping[str, Any]) -> None:
        person_signed_in()


class May:
    """Whoever holds a permission: over anything, or over the object the loader finds.

    The loader takes the route's arguments and returns (subject, links) or None (404). Where the
    person may not do this and may not see the object either (`seen_by`), the answer is 404 too.
    """

    def __init__(
        self, permission: Permission, loader: Loader | None = None, *, seen_by: Permission | None = None
    ) -> None:
        self.permission = permission
        self.loader = loader
        self.seen_by = seen_by
        over = f" on the {loader.__name__.removesuffix('_subject')}" if loader else ""
        self.words = f"Whoever may {permission.value}{over}"

    def check(self, arguments: Mapping[str, Any]) -> Any:
        actor = person_signed_in()
        if self.loader is None:
            if not may_ever(actor, self.permission):
                raise Forbidden("Your role does not include this page.")
            return None
        found = self.loader(**arguments)
        if found is None:
            raise NotFound("There is nothing at this address.")
        subject, links = found
        g.links = links
        if allowed(actor, self.permission, links):
            return subject
        if self.seen_by is not None and allowed(actor, self.seen_by, links):
            raise Forbidden("Your role lets you read this, but not change it.")
        raise NotFound("There is nothing at this address that you may see.")


def person_signed_in() -> Actor:
    """The actor of this request. Raises SignInNeeded where nobody is signed in."""
    actor = current_actor()
    if actor.person_id is None:
        raise SignInNeeded
    return actor
