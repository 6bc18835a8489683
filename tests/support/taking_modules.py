"""Taking modules of learning in tests."""

from __future__ import annotations

from portal.workforce.learning.registry import catalogue
from portal.workforce.learning.service.learning import answer, read_page
from tests.support.assessing import actor

KEY = "blind-scoring"


class Taking:
    """Reads and answers a module as somebody."""

    def read(self, name: str, key: str = KEY) -> None:
        for number in range(1, len(catalogue().modules[key].pages) + 1):
            read_page(actor(name), key, number)

    def right(self, key: str = KEY) -> list[int | None]:
        return [question.right for question in catalogue().modules[key].questions]

    def wrong(self, count: int, key: str = KEY) -> list[int | None]:
        """So many answers wrong, the rest right."""
        given = self.right(key)
        for place in range(count):
            given[place] = (int(given[place] or 0) + 1) % 3
        return given

    def passes(self, name: str, key: str = KEY) -> None:
        self.read(name, key)
        answer(actor(name), key, self.right(key))
