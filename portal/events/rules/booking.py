"""Places and the queue for them."""

from __future__ import annotations

from enum import StrEnum


class BookingState(StrEnum):
    """How a person's booking stands."""

    BOOKED = "booked"
    WAITING = "waiting"
    CANCELLED = "cancelled"

    @property
    def words(self) -> str:
        return _STATES[self]


_STATES = {
    BookingState.BOOKED: "Booked",
    BookingState.WAITING: "On the waiting list",
    BookingState.CANCELLED: "Cancelled",
}


class Presence(StrEnum):
    """How it is known that somebody was there."""

    LIST = "list"  # ticked by the organiser
    CODE = "code"  # entered the code shown in the room

    @property
    def words(self) -> str:
        return "Ticked on the list" if self is Presence.LIST else "Entered the code"


def left(capacity: int | None, taken: int) -> int | None:
    """How many places are left; None where there is no limit."""
    return None if capacity is None else max(capacity - taken, 0)


def left_words(capacity: int | None, taken: int) -> str:
    """12 places left, the last place, full with a waiting list."""
    places = left(capacity, taken)
    if places is None:
        return "Places for everybody"
    if places == 0:
        return "Full: waiting list open"
    return "1 place left" if places == 1 else f"{places:,} places left"


def standing(capacity: int | None, taken: int) -> BookingState:
    """What somebody gets who asks now."""
    return BookingState.WAITING if left(capacity, taken) == 0 else BookingState.BOOKED


def moving_up(capacity: int | None, taken: int, waiting: int) -> int:
    """How many of those who wait get a place now."""
    places = left(capacity, taken)
    return waiting if places is None else min(places, waiting)


def capacity_problem(capacity: int | None, taken: int) -> str | None:
    """What is wrong with a new number of places, or None."""
    if capacity is None:
        return None
    if capacity < 1:
        return "Enter a number of places of 1 or more, or leave it empty"
    if capacity < taken:
        have = "1 person has" if taken == 1 else f"{taken:,} people have"
        return f"{have} a place already: enter {taken:,} or more, or cancel bookings first"
    return None
