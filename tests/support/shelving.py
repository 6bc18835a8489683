"""Materials for tests of the practice library."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

from portal.core import clock
from portal.library.rules.material import Kind, Text
from portal.library.service.materials import add_material
from tests.support.assessing import actor, id_of

SUPPLIER = "support"


def day(count: int) -> date:
    """So many days from today."""
    return clock.today() + timedelta(days=count)


def text(title: str = "Diaries of employers", **change: Any) -> Text:
    """What a material says."""
    given: dict[str, Any] = {
        "kind": Kind.NOTE,
        "title": title,
        "summary": "For team leaders",
        "body": "## Why\n\nEmployers **remember** who came twice.",
        "items": ("disclosure",),
        "sources": ("Scale, item 13",),
        "review_on": day(400),
    }
    return Text(**(given | change))


def shelved(title: str = "Diaries of employers", by: str = "lead", **change: Any) -> str:
    """A material of the world's supplier. Returns its key."""
    return add_material(actor(by), id_of(SUPPLIER), text(title, **change), id_of(by))
