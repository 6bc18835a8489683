"""What a person asks of the agreement page, read from the address without ever failing."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from uuid import UUID

from portal.core.rules.whole import whole

SORTS = ("number", "exact", "within", "kappa", "alpha", "difference")
ENTER_DATE = "Enter a real date, like 2026-03-27"
_LAST_PAGE = 10_000


@dataclass(frozen=True)
class Choice:
    """Which reviews are compared, and how the table of items is ordered. `problems` by field."""

    scale: str = ""  # "": the scale with most reviews
    starts: date | None = None
    ends: date | None = None
    reviewer: UUID | None = None
    sort: str = "number"
    descending: bool = False
    page: int = 1
    problems: Mapping[str, str] = field(default_factory=dict, compare=False)
    typed: Mapping[str, str] = field(default_factory=dict, compare=False)  # dates as they were sent

    @property
    def any(self) -> bool:
        """Whether anything narrows the reviews."""
        return bool(self.starts or self.ends or self.reviewer or self.typed)

    def arguments(self, **changes: object) -> dict[str, str]:
        """The address's arguments for this choice with some changed; defaults are left out."""
        changed = replace(self, **changes)  # type: ignore[arg-type]  # checked by the tests of its callers
        found = {
            "scale": changed.scale,
            "from": changed.starts.isoformat() if changed.starts else "",
            "to": changed.ends.isoformat() if changed.ends else "",
            "reviewer": str(changed.reviewer or ""),
            "sort": changed.sort if changed.sort != SORTS[0] else "",
            "order": "down" if changed.descending else "",
            "page": str(changed.page) if changed.page > 1 else "",
        }
        return {name: value for name, value in found.items() if value}


def read_choice(arguments: Mapping[str, str], scales: Collection[str]) -> Choice:
    """The choice of an address. What it does not know is ignored, but for dates: those are told."""
    problems: dict[str, str] = {}
    typed = {name: arguments.get(name, "").strip()[:20] for name in ("from", "to")}
    starts, ends = (_date(name, typed[name], problems) for name in ("from", "to"))
    if starts and ends and ends < starts:
        problems["to"] = "The last day must be on or after the first day"
        starts = ends = None
    scale = arguments.get("scale", "")
    return Choice(
        scale=scale if scale in scales else "",
        starts=starts,
        ends=ends,
        reviewer=_id(arguments.get("reviewer", "")),
        sort=arguments.get("sort", "") if arguments.get("sort") in SORTS else SORTS[0],
        descending=arguments.get("order") == "down",
        page=min(max(whole(arguments.get("page")) or 1, 1), _LAST_PAGE),
        problems=problems,
        typed={name: text for name, text in typed.items() if text},
    )


def _date(name: str, text: str, problems: dict[str, str]) -> date | None:
    if not text:
        return None
    try:
        return date.fromisoformat(text)
    except ValueError:
        problems[name] = ENTER_DATE
        return None


def _id(text: str) -> UUID | None:
    try:
        return UUID(text)
    except ValueError:
        return None


@dataclass(frozen=True, order=True)
class Quarter:
    """A quarter of the financial year, which starts in April: `year` is the year it starts in."""

    year: int
    number: int

    @classmethod
    def of(cls, day: date) -> Quarter:
        """The quarter of a day."""
        months = (day.month - 4) % 12
        return cls(day.year if day.month >= 4 else day.year - 1, months // 3 + 1)

    @property
    def key(self) -> str:
        return f"{self.year}-Q{self.number}"

    @property
    def words(self) -> str:
        """April to June 2026."""
        months = ("April to June", "July to September", "October to December", "January to March")
        return f"{months[self.number - 1]} {self.year + (self.number == 4)}"
