"""The shapes of an edit over time: a device may be one version behind, and nothing it made is dropped.

A tablet goes on with the client it has until somebody opens it near a network. So the server takes the
present shape and the one before, brought up to date by a pure function; anything else is kept for the
lead reviewer.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

CURRENT = 1
Upcaster = Callable[[Mapping[str, Any]], dict[str, Any]]
UPCASTERS: dict[int, Upcaster] = {}  # from this schema to the next


class UnknownSchema(ValueError):
    """The edit has a shape that this portal does not know."""


def brought_up_to_date(operation: Mapping[str, Any]) -> dict[str, Any]:
    """The edit in the present shape. Raises UnknownSchema."""
    schema = operation.get("schema")
    if schema == CURRENT:
        return dict(operation)
    if schema == CURRENT - 1 and schema in UPCASTERS:
        return UPCASTERS[schema](operation) | {"schema": CURRENT}
    raise UnknownSchema(f"It was made by a version of the portal ({schema}) that is not known here.")
