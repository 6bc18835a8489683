"""What an organiser enters about an event, and what is wrong with it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, time
from urllib.parse import urlsplit
from uuid import UUID

from portal.accounts.rules.roles import REGIONS
from portal.events.rules.kinds import EventKind

LONGEST_TITLE = 160
LONGEST_SUMMARY = 300
LONGEST_TEXT = 5000
LONGEST_PLACE = 300
LONGEST_LINK = 500
LONGEST_THEME = 80
MOST_PLACES = 10_000
_LIMITS = {
    "title": LONGEST_TITLE,
    "summary": LONGEST_SUMMARY,
    "description": LONGEST_TEXT,
    "place": LONGEST_PLACE,
    "join_link": LONGEST_LINK,
    "joining": LONGEST_TEXT,
    "theme": LONGEST_THEME,
}


@dataclass(frozen=True)
class Times:
    """A day and the UK times between which it lasts."""

    on: date
    begins: time
    ends: time

    def problems(self) -> dict[str, str]:
        """By field; empty where nothing is wrong."""
        return {} if self.ends > self.begins else {"ends": "The event must end after it begins"}


@dataclass(frozen=True)
class EventDraft:
    """An event without its dates. `capacity` None: places for everybody; `region` None: England."""

    kind: EventKind
    title: str
    summary: str = ""
    description: str = ""
    online: bool = False
    place: str = ""
    join_link: str = ""
    joining: str = ""
    region: str | None = None
    capacity: int | None = None
    public: bool = True
    theme: str = ""
    item_keys: tuple[str, ...] = ()
    plan_line_id: UUID | None = None

    def problems(self) -> dict[str, str]:
        """By field; empty where nothing is wrong."""
        found = {}
        if not self.title:
            found["title"] = "Enter the name of the event"
        if not self.summary:
            found["summary"] = "Enter what the event is about, in a sentence or two"
        if not self.online and not self.place:
            found["place"] = "Enter where the event is"
        if self.capacity is not None and not 1 <= self.capacity <= MOST_PLACES:
            found["capacity"] = f"Enter a number of places from 1 to {MOST_PLACES:,}, or leave it empty"
        if self.region is not None and self.region not in REGIONS:
            found["region"] = "Choose a region from the list"
        if self.join_link and not web_address(self.join_link):
            found["join_link"] = "Enter a link that begins with https://"
        for name, limit in _LIMITS.items():
            if len(getattr(self, name)) > limit:
                found[name] = f"Use {limit:,} characters or fewer"
        return found


def web_address(text: str) -> bool:
    """Whether a text is an https address with a host."""
    try:
        parts = urlsplit(text)
    except ValueError:
        return False
    return parts.scheme == "https" and bool(parts.hostname) and text.isprintable() and " " not in text
