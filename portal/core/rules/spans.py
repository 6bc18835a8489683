"""Days from a first to a last, both included; without a last day they go on."""

from __future__ import annotations

from datetime import date


def covers(first: date, last: date | None, on: date) -> bool:
    """Whether a day lies within the days from `first` to `last`."""
    return first <= on and (last is None or on <= last)


def overlap(first: date, last: date | None, other_first: date, other_last: date | None) -> bool:
    """Whether two spans share a day."""
    return (last is None or other_first <= last) and (other_last is None or first <= other_last)


class Lasting:
    """Something with a first day and perhaps a last, such as the time for which somebody holds a post."""

    first: date
    last: date | None

    def covers(self, on: date) -> bool:
        return covers(self.first, self.last, on)

    def meets(self, first: date, last: date | None) -> bool:
        """Whether any of its days lies from `first` to `last`."""
        return overlap(self.first, self.last, first, last)
