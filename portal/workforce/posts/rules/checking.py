"""What a post and a holding must be before they are kept."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from portal.accounts.rules.roles import REGIONS
from portal.workforce.posts.rules.words import Stream

LONGEST_NAME = 120
LONGEST_NOTE = 2000
CENT = Decimal("0.01")


@dataclass(frozen=True)
class PostDetails:
    """A post as it is entered."""

    title: str
    region: str
    stream: Stream
    fte: Decimal
    opens: date


def fte_problem(fte: Decimal) -> str | None:
    """What is wrong with an FTE; None where nothing is.

    One post or holding is at most full time: more is two people's work, and 6 is nearly always a slip
    for 0.6. Somebody may still hold two posts, which the page then says.
    """
    if not fte.is_finite() or not 0 < fte <= 1:
        return "Enter a number above 0 and up to 1, like 0.6"
    if fte != fte.quantize(CENT):
        return "Enter at most two decimal places, like 0.65"
    return None


def post_problems(details: PostDetails, first_held: date | None) -> dict[str, str]:
    """What is wrong with a post, by field. `first_held`: the first day on which anybody holds it."""
    problems = {}
    if not details.title:
        problems["title"] = "Enter the title of the post"
    elif len(details.title) > LONGEST_NAME:
        problems["title"] = f"The title must be {LONGEST_NAME} characters or fewer"
    if details.region not in REGIONS:
        problems["region"] = "Choose a region"
    if fte := fte_problem(details.fte):
        problems["fte"] = fte
    if first_held is not None and details.opens > first_held:
        problems["opens"] = f"Somebody holds the post from {_day(first_held)}: it opens on that day or before"
    return problems


def name_problem(name: str) -> str | None:
    """What is wrong with a person's name; None where nothing is."""
    if not name:
        return "Enter a name"
    return f"The name must be {LONGEST_NAME} characters or fewer" if len(name) > LONGEST_NAME else None


def outside(opens: date, closes: date | None, first: date, last: date | None) -> tuple[str, str] | None:
    """Whether days lie outside a post's: the field and the words; None where they lie within."""
    if first < opens:
        return "starts", f"The post opens on {_day(opens)}. Enter that day or a later one"
    if closes is not None and (last is None or last > closes):
        return "ends", f"The post closes on {_day(closes)}: nobody can hold it any longer"
    return None


def _day(on: date) -> str:
    return f"{on.day} {on:%B %Y}"
