"""What can go wrong, as types. A verb raises them; views and commands turn them into words."""

from __future__ import annotations

from collections.abc import Mapping


class PortalError(Exception):
    """Base of all: `reason` is a sentence for the person."""

    def __init__(self, reason: str) -> None:
        super().__init__(reason)
        self.reason = reason


class NotFound(PortalError):
    """There is no such thing, or this person may not know that there is (404)."""


class Forbidden(PortalError):
    """The thing exists and this person may not do this to it (403)."""


class Refused(PortalError):
    """A rule forbids this now, whoever asks; the reason names the rule (409)."""


class Invalid(PortalError):
    """Input that cannot be taken: `problems` maps a field to its message (400)."""

    def __init__(self, problems: Mapping[str, str]) -> None:
        super().__init__("; ".join(problems.values()))
        self.problems = dict(problems)


class Stale(PortalError):
    """Somebody saved first. `current` is what stands now, by field (409)."""

    def __init__(self, reason: str, current: Mapping[str, object], version: int) -> None:
        super().__init__(reason)
        self.current = dict(current)
        self.version = version


CHANGED = "Somebody else has changed this first. Nothing of yours is lost."


def demand_version(
    seen: int | None, version: int, current: Mapping[str, object], reason: str = CHANGED
) -> None:
    """Raise Stale with what stands, by field of the form, where the person saw another version.

    `seen` is None where nobody looked at a page, as in a command.
    """
    if seen is not None and seen != version:
        raise Stale(reason, current, version)
