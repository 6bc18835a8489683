"""What somebody searches vacancies for."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from enum import StrEnum

TEXT_LONGEST, WORDS_MOST = 100, 8
FIELDS = ("title", "place", "region", "employer", "service")  # where the words are looked for


class Order(StrEnum):
    """How the list is ordered."""

    NEWEST = "newest"
    CLOSING = "closing"
    PAY = "pay"

    @property
    def title(self) -> str:  # type: ignore[override]  # str's own title() is of no use here
        return {"newest": "Newest first", "closing": "Closing soonest", "pay": "Highest pay"}[self.value]


@dataclass(frozen=True)
class Search:
    """A search as it is in the address. Empty parts leave everything."""

    text: str = ""
    region: str = ""
    role: str = ""
    part_time: bool = False
    order: Order = Order.NEWEST

    @classmethod
    def of(cls, args: Mapping[str, str], regions: Collection[str], roles: Collection[str]) -> Search:
        """The search that an address asks for; what it cannot ask for is left out."""
        text = " ".join(args.get("q", "")[:TEXT_LONGEST].split())
        region, role, order = (args.get(name, "") for name in ("region", "role", "order"))
        return cls(
            text=text,
            region=region if region in regions else "",
            role=role if role in roles else "",
            part_time=args.get("part_time") == "yes",
            order=Order(order) if order in {one.value for one in Order} else Order.NEWEST,
        )

    @property
    def words(self) -> tuple[str, ...]:
        return tuple(self.text.split()[:WORDS_MOST])

    @property
    def narrowed(self) -> bool:
        """Whether it leaves anything out."""
        return bool(self.text or self.region or self.role or self.part_time)

    def arguments(self) -> dict[str, str]:
        """The search as it goes into an address."""
        given = {
            "q": self.text,
            "region": self.region,
            "role": self.role,
            "part_time": "yes" if self.part_time else "",
            "order": "" if self.order is Order.NEWEST else self.order.value,
        }
        return {name: value for name, value in given.items() if value}
