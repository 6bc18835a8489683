"""What a survey is before it is sent, its states, and how it is answered."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from uuid import UUID

from portal.accounts.rules.roles import Role

LONGEST_TITLE, LONGEST_TEXT, LONGEST_DAYS, MOST_CODES = 160, 4000, 180, 1000
AUDIENCE = (
    Role.PROVIDER_MANAGER,
    Role.PROVIDER_STAFF,
    Role.PEER_REVIEWER,
    Role.COMMISSIONER,
    Role.PROGRAMME_TEAM,
    Role.EISM,
)


class SurveyState(StrEnum):
    """Once closed a survey stays closed: what came later would be the difference of two results."""

    DRAFT = "draft"
    OPEN = "open"
    CLOSED = "closed"

    @property
    def words(self) -> str:
        return self.value.capitalize()


class Way(StrEnum):
    """How people come to answer."""

    INVITED = "invited"
    CODES = "codes"
    LINK = "link"

    @property
    def words(self) -> str:
        return _WORDS[self]


_WORDS = {
    Way.INVITED: "People invited by name, who sign in; one answer each",
    Way.CODES: "Open link with invitation codes; one answer for each code",
    Way.LINK: "Open link for anybody; nothing keeps somebody from answering twice",
}


@dataclass(frozen=True)
class SurveyDraft:
    """What is chosen before sending. No role: all of them; no organisation: all of the contract's."""

    questionnaire: str
    title: str
    way: Way
    anonymous: bool
    closes_on: date | None
    roles: tuple[Role, ...] = ()
    organisations: tuple[UUID, ...] = ()
    codes: int | None = None

    def problems(self, questionnaires: Collection[str], today: date) -> dict[str, str]:
        """What is wrong, by field. Empty where nothing is."""
        found = {}
        if self.questionnaire not in questionnaires:
            found["questionnaire"] = "Choose the questionnaire"
        if not self.title or len(self.title) > LONGEST_TITLE:
            found["title"] = f"Enter a title of {LONGEST_TITLE} characters or fewer"
        if self.way is not Way.INVITED and not self.anonymous:
            found["anonymous"] = "A survey by open link is anonymous: nobody signs in"
        if set(self.roles) - set(AUDIENCE):
            found["roles"] = "Choose roles from the list"
        if self.way is Way.CODES and not 1 <= (self.codes or 0) <= MOST_CODES:
            found["codes"] = f"Enter how many codes are needed, from 1 to {MOST_CODES:,}"
        said = closing_problem(self.closes_on, today)
        return found | ({"closes_on": said} if said else {})


def closing_problem(closes_on: date | None, today: date) -> str:
    """What is wrong with a closing date; empty where nothing is."""
    if closes_on is None:
        return "Enter the last day for answers"
    days = (closes_on - today).days
    if days < 1:
        return "The last day for answers must be after today"
    if days > LONGEST_DAYS:
        return f"The last day for answers must be within {LONGEST_DAYS} days"
    return ""
