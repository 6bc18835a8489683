"""Pages of a long list."""

from __future__ import annotations

from dataclasses import dataclass

from portal.core.rules.whole import whole

SIZE = 50


@dataclass(frozen=True)
class Paging:
    """Which page of how many rows."""

    number: int
    total: int
    size: int = SIZE

    @classmethod
    def of(cls, asked: str | None, total: int, size: int = SIZE) -> Paging:
        """The page asked for in an address; what is no page of the list becomes the nearest that is."""
        number = whole(asked) or 1
        last = max(1, -(-total // size))
        return cls(min(max(number, 1), last), total, size)

    @property
    def last(self) -> int:
        """The number of the last page."""
        return max(1, -(-self.total // self.size))

    @property
    def offset(self) -> int:
        """How many rows come before this page."""
        return (self.number - 1) * self.size

    @property
    def first_row(self) -> int:
        return self.offset + 1 if self.total else 0

    @property
    def last_row(self) -> int:
        return min(self.total, self.offset + self.size)
