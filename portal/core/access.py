"""Every route declares its rule; one without is refused.

A rule is stamped on the view (`__access__`) and checked before the view runs. `portal.accounts.access`
makes the rules that ask for a permission; here stand the stamp, the check and the two simple rules.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any, Protocol, TypeVar

from flask import Flask, current_app, g, request

View = TypeVar("View", bound=Callable[..., Any])
STAMP = "__access__"


class Rule(Protocol):
    """Who may call a route, and on which object."""

    @property
    def words(self) -> str:
        """The rule in words, for the permissions table."""

    def check(self, arguments: Mapping[str, Any]) -> Any:
        """Return the subject of the route (or None). Raises NotFound, Forbidden or SignInNeeded."""


class Public:
    """Anybody may call it; `because` says why."""

    def __init__(self, because: str) -> None:
        self.words = f"Anyone: {because}"

    def check(self, arguments: Mapping[str, Any]) -> None:
        return None


def access(rule: Rule) -> Callable[[View], View]:
    """Declare a route's rule. Stands directly above the view function."""

    def stamp(view: View) -> View:
        setattr(view, STAMP, rule)
        return view

    return stamp


class NoRule(RuntimeError):
    """A route was called that declares no rule: a defect, never served."""


def _enforce() -> None:
    if request.endpoint is None:
        return  # no such address: 404 follows
    view = current_app.view_functions[request.endpoint]
    rule: Rule | None = getattr(view, STAMP, None)
    if rule is None:
        raise NoRule(f"The route {request.endpoint} declares no rule")
    g.subject = rule.check(request.view_args or {})


def init_app(app: Flask) -> None:
    """Check the rule of every request. Flask's own static route is stamped public."""
    app.before_request(_enforce)
    if "static" in app.view_functions:
        setattr(app.view_functions["static"], STAMP, Public("styles, scripts and pictures of the pages"))
