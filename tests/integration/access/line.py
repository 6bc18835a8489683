"""A line of the matrix: a route, the thing it is tried on, what is sent, and who gets what."""

from __future__ import annotations

from dataclasses import dataclass, field

from tests.integration.access import expected as who


@dataclass(frozen=True)
class Line:
    """One route tried by everybody. `on` names the thing; `may` is what those get who may."""

    method: str
    rule: str
    pattern: str
    may: str = "y"
    on: str = ""
    send: dict[str, str] = field(default_factory=dict)
    fill: dict[str, str] = field(default_factory=dict)  # parts of the address that are no thing

    def __str__(self) -> str:
        parts = "".join(f" {value}" for value in self.fill.values())
        return f"{self.method} {self.rule} {self.on}{parts}".rstrip()

    @property
    def letters(self) -> str:
        """A letter for each person. Where nothing is said of the four reviewers, they are far EISMs."""
        groups = self.pattern.split()
        if len(groups) == len(who.REVIEW.split()) - 1:
            groups.append(groups[3][1] * 4)
        return "".join(groups).replace("*", self.may)


def get(rule: str, pattern: str, on: str = "", may: str = "y", **fill: str) -> Line:
    return Line("GET", rule, pattern, may, on, {}, fill)


def post(
    rule: str, pattern: str, on: str = "", may: str = "w", send: dict[str, str] | None = None, **fill: str
) -> Line:
    return Line("POST", rule, pattern, may, on, send or {}, fill)


def put(rule: str, pattern: str, on: str = "", may: str = "w", **fill: str) -> Line:
    return Line("PUT", rule, pattern, may, on, {}, fill)
