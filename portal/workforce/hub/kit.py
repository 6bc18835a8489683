"""The campaign kit of a vacancy: advert and posts with its own words filled in."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from sqlalchemy import Row

from portal.core.filters import day
from portal.core.urls import public_url
from portal.workforce.hub.models import Vacancy
from portal.workforce.hub.roles import role_title
from portal.workforce.hub.rules.checking import pay

POST_LONGEST = 280  # what the shortest of the usual networks takes


@dataclass(frozen=True)
class Piece:
    """A text to copy. `count`: its characters, where a network limits them."""

    title: str
    text: str
    count: int | None = None


def kit(row: Row[Any]) -> list[Piece]:
    """Everything that is filled in from a vacancy."""
    vacancy: Vacancy = row.Vacancy
    address = f"{public_url()}/jobs/{vacancy.key}"
    role = role_title(vacancy.role).lower()
    until = day(vacancy.closes_on)
    flexible = " Part time is possible." if vacancy.part_time else ""
    posts = (
        (
            f"We are looking for: {vacancy.title}, {vacancy.place}. Help people in treatment or with a "
            f"health condition find a job they want.{flexible} Apply by {until}: {address}"
        ),
        (
            f"No degree needed, full training given: become {_article(role)} {role} in {vacancy.place}. "
            f"{address}"
        ),
        f"Last days: {vacancy.title} in {vacancy.place} closes on {until}. {address}",
    )
    advert = "\n\n".join(
        (
            f"{vacancy.title}, {vacancy.place}",
            (
                f"{row.employer}\n{_hours(vacancy)} · {vacancy.contract.title} · "
                f"{pay(vacancy.salary_from, vacancy.salary_to, vacancy.pay_words)}\nCloses on {until}"
            ),
            vacancy.description,
            f"Apply: {vacancy.apply_url}\nAll vacancies: {public_url()}/jobs",
        )
    )
    return [
        Piece("Advert", advert),
        *(Piece(f"Post {number}", text, len(text)) for number, text in enumerate(posts, start=1)),
        Piece("Mail to partners", _mail(vacancy, row.employer, address, until)),
    ]


def as_text(pieces: list[Piece]) -> str:
    """All of it as one file."""
    return "\n\n".join(f"{piece.title.upper()}\n\n{piece.text}" for piece in pieces) + "\n"


def _mail(vacancy: Vacancy, employer: str, address: str, until: str) -> str:
    return (
        f"Subject: Vacancy at {employer}: {vacancy.title}\n\nHello\n\nWe have a vacancy in "
        f"{vacancy.place}: {vacancy.title}. It suits people who are good with others and do not give up "
        "easily; experience of their own with treatment or recovery is welcome.\n\nCould you pass it on to "
        f"your team and to people you work with? All about it is here, until {until}:\n{address}\n\nThank you"
    )


def _hours(vacancy: Vacancy) -> str:
    return f"{vacancy.weekly_hours.normalize():f} hours a week"


def _article(word: str) -> str:
    return "an" if word[:1] in "aeiou" else "a"
