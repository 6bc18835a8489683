"""What a definition, an entry or a rating can be refused for."""

from __future__ import annotations

from dataclasses import dataclass


class DefinitionError(ValueError):
    """A scale definition does not hold. Its text is one line: file, item (if any), reason."""

    def __init__(self, file: str, item: str, reason: str) -> None:
        self.file, self.item, self.reason = file, item, reason
        place = f"{file}, item {item}" if item else file
        super().__init__(f"{place}: {reason}")


@dataclass(frozen=True)
class EntryProblem:
    """What is wrong with one entry of a calculator; `field` is its key."""

    field: str
    message: str


class EntryError(ValueError):
    """Entries of a calculator that cannot be used, all of them at once."""

    def __init__(self, problems: tuple[EntryProblem, ...]) -> None:
        self.problems = problems
        super().__init__("; ".join(problem.message for problem in problems))


class RatingError(ValueError):
    """A rating that the scale does not allow, or an item that it does not have."""

    def __init__(self, item: str, reason: str) -> None:
        self.item, self.reason = item, reason
        super().__init__(f"{item}: {reason}")


class NotScoredError(ValueError):
    """The scale is shown for information only and is never scored."""
