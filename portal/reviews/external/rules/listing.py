"""What may be asked of the list of reviews, as the address says it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from portal.core.rules.paging import SIZE
from portal.core.rules.whole import whole
from portal.reviews.external.rules.workflow import OPEN_STAGES, Stage

# Which reviews are shown: a word of the address -> its title and stages.
WHICH: Mapping[str, tuple[str, tuple[Stage, ...]]] = {
    "open": ("Under way", OPEN_STAGES),
    "published": ("Published", (Stage.PUBLISHED,)),
    "cancelled": ("Cancelled", (Stage.CANCELLED,)),
    "all": ("All", tuple(Stage)),
}
SORTS = ("fieldwork", "service", "stage", "published")
LONGEST = 100


@dataclass(frozen=True)
class Filters:
    """The search as typed; what cannot be read takes its default."""

    text: str = ""
    which: str = "open"
    mine: bool = False
    sort: str = "fieldwork"
    descending: bool = False
    page: int = 1

    @property
    def words(self) -> list[str]:
        return self.text.split()[:5]

    @property
    def stages(self) -> tuple[Stage, ...]:
        return WHICH[self.which][1]

    @property
    def any(self) -> bool:
        """Whether anything narrows the list."""
        return bool(self.text or self.mine or self.which != "open")

    def arguments(self, **other: object) -> dict[str, object]:
        """For an address: what differs from the defaults, with some of it changed."""
        asked = {
            "q": self.text,
            "which": self.which,
            "mine": "yes" if self.mine else "",
            "sort": self.sort,
            "order": "down" if self.descending else "",
            "page": self.page,
        } | other
        plain = {"which": "open", "sort": "fieldwork", "page": 1}
        return {name: value for name, value in asked.items() if value and value != plain.get(name)}

    @property
    def offset(self) -> int:
        return (self.page - 1) * SIZE


def read_filters(arguments: Mapping[str, str]) -> Filters:
    """The filters that an address asks for."""
    which, sort = arguments.get("which", "open"), arguments.get("sort", "fieldwork")
    page = whole(arguments.get("page", "")) or 1
    return Filters(
        text=arguments.get("q", "").replace("\0", "").strip()[:LONGEST],
        which=which if which in WHICH else "open",
        mine=arguments.get("mine") == "yes",
        sort=sort if sort in SORTS else "fieldwork",
        descending=arguments.get("order") == "down",
        page=min(max(page, 1), 100_000),
    )
