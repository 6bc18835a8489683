"""What a person asks of the moderation queue, read from the address without ever failing."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from enum import StrEnum

from portal.core.rules.whole import whole
from portal.reviews.moderation.rules.cases import CaseKind

PER_PAGE = 50
WORDS_MOST = 6
TEXT_LONGEST = 100
LAST_PAGE = 10_000


class Show(StrEnum):
    """Which cases, and which of them first."""

    ALL = ""
    MINE_FIRST = "mine-first"
    MINE = "mine"
    UNNAMED = "unnamed"

    @property
    def title(self) -> str:  # type: ignore[override]  # str's own title() is of no use here
        return SHOW_TITLES[self]


SHOW_TITLES = {
    Show.ALL: "All, riskiest first",
    Show.MINE_FIRST: "Mine first",
    Show.MINE: "Only mine",
    Show.UNNAMED: "Without a moderator",
}


@dataclass(frozen=True)
class Filters:
    """The filters and the page of the queue."""

    text: str = ""
    kind: CaseKind | None = None
    show: Show = Show.ALL
    page: int = 1

    @property
    def words(self) -> tuple[str, ...]:
        """The words that must all be found in the service's name."""
        return tuple(self.text.split()[:WORDS_MOST])

    @property
    def any(self) -> bool:
        """Whether anything narrows the list."""
        return bool(self.text or self.kind or self.show in (Show.MINE, Show.UNNAMED))

    def arguments(self, **changes: int) -> dict[str, str]:
        """The address's arguments for these filters with some changed; defaults are left out."""
        changed = replace(self, **changes)  # type: ignore[arg-type]  # only the page is ever changed
        found = {"q": changed.text, "kind": changed.kind or "", "show": changed.show.value}
        found["page"] = str(changed.page) if changed.page > 1 else ""
        return {name: str(value) for name, value in found.items() if value}


def read_filters(arguments: Mapping[str, str]) -> Filters:
    """The filters of an address; what it does not know is ignored."""
    kind, show = arguments.get("kind", ""), arguments.get("show", "")
    return Filters(
        text=" ".join(arguments.get("q", "").replace("\0", " ").split())[:TEXT_LONGEST],
        kind=CaseKind(kind) if kind in set(CaseKind) else None,
        show=Show(show) if show in set(Show) else Show.ALL,
        page=min(max(whole(arguments.get("page")) or 1, 1), LAST_PAGE),
    )
