"""What the record of a focus group must hold."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from uuid import UUID

LONGEST_TOPIC, LONGEST_PLACE, LONGEST_NOTES, LONGEST_THEME = 160, 160, 20_000, 200
MOST_PEOPLE, MOST_THEMES = 100, 30


@dataclass(frozen=True)
class GroupRecord:
    """A session: what about, when, where, with how many, what was said, and its themes."""

    topic: str
    held_on: date | None
    place: str
    people: int | None
    notes: str
    themes: tuple[str, ...] = ()
    survey_id: UUID | None = None

    def problems(self, today: date) -> dict[str, str]:
        """What is wrong, by field. Empty where nothing is."""
        found = {}
        if not self.topic or len(self.topic) > LONGEST_TOPIC:
            found["topic"] = f"Enter the topic, in {LONGEST_TOPIC} characters or fewer"
        if self.held_on is None:
            found["held_on"] = "Enter the date of the session"
        elif self.held_on > today:
            found["held_on"] = "The date of the session must be today or earlier"
        if not self.place or len(self.place) > LONGEST_PLACE:
            found["place"] = f"Enter the place, in {LONGEST_PLACE} characters or fewer"
        if not 1 <= (self.people or 0) <= MOST_PEOPLE:
            found["people"] = f"Enter how many people took part, from 1 to {MOST_PEOPLE}"
        if not self.notes or len(self.notes) > LONGEST_NOTES:
            found["notes"] = f"Enter the notes, in {LONGEST_NOTES:,} characters or fewer"
        if len(self.themes) > MOST_THEMES or any(len(theme) > LONGEST_THEME for theme in self.themes):
            found["themes"] = f"Up to {MOST_THEMES} themes of {LONGEST_THEME} characters or fewer"
        return found
