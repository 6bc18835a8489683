"""What a person asks of the list of services, read from the address without ever failing."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass, replace

from portal.accounts.rules.roles import REGIONS
from portal.core.rules.whole import whole
from portal.directory.rules.settings import Setting

PER_PAGE = 50
WORDS_MOST = 6
TEXT_LONGEST = 100
LAST_PAGE = 10_000  # no list is longer; keeps a forged page number out of the database's arithmetic


@dataclass(frozen=True)
class Filters:
    """The filters, the order and the page of the list. `sort` is a column's key."""

    text: str = ""
    setting: str = ""
    region: str = ""
    programme: str = ""
    closed: bool = False  # closed services too
    sort: str = "name"
    descending: bool = False
    page: int = 1

    @property
    def words(self) -> tuple[str, ...]:
        """The words that must all be found."""
        return tuple(self.text.split()[:WORDS_MOST])

    @property
    def any(self) -> bool:
        """Whether anything narrows the list."""
        return bool(self.text or self.setting or self.region or self.programme)

    def arguments(self, **changes: str | int | bool) -> dict[str, str]:
        """The address's arguments for these filters with some changed; what is at its default is left out."""
        changed = replace(self, **changes)  # type: ignore[arg-type]  # checked by its callers' tests
        found = {"q": changed.text, "setting": changed.setting, "region": changed.region}
        found |= {"programme": changed.programme, "closed": "yes" if changed.closed else ""}
        found |= {"sort": changed.sort if changed.sort != "name" else ""}
        found |= {
            "order": "down" if changed.descending else "",
            "page": str(changed.page) if changed.page > 1 else "",
        }
        return {name: value for name, value in found.items() if value}


def read_filters(
    arguments: Mapping[str, str], programmes: Collection[str], sorts: Collection[str]
) -> Filters:
    """The filters of an address; what it does not know is ignored."""
    return Filters(
        text=" ".join(arguments.get("q", "").replace("\0", " ").split())[:TEXT_LONGEST],
        setting=_known(arguments.get("setting"), [setting.value for setting in Setting]),
        region=_known(arguments.get("region"), REGIONS),
        programme=_known(arguments.get("programme"), programmes),
        closed=arguments.get("closed") == "yes",
        sort=_known(arguments.get("sort"), sorts) or "name",
        descending=arguments.get("order") == "down",
        page=min(max(whole(arguments.get("page")) or 1, 1), LAST_PAGE),
    )


def _known(value: str | None, choices: Collection[str]) -> str:
    return value if value is not None and value in choices else ""
