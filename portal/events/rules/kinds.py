"""What an event is for: the five kinds of the specification's second indicator (OHID, section 12)."""

from __future__ import annotations

from enum import StrEnum


class EventKind(StrEnum):
    """The kinds that the indicator counts, in its order."""

    TRAINING = "training"
    LEARNING = "learning"
    SHARING = "sharing"
    NETWORKING = "networking"
    COMMUNITY = "community-of-practice"

    @property
    def words(self) -> str:
        return _WORDS[self]


_WORDS = {
    EventKind.TRAINING: "Training",
    EventKind.LEARNING: "Learning",
    EventKind.SHARING: "Sharing",
    EventKind.NETWORKING: "Networking",
    EventKind.COMMUNITY: "Community of practice",
}
