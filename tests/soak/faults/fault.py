"""What a fault is to the campaign."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from tests.soak.run import Run
from tests.support.databases import ENGINES

CHROMIUM = ("chromium",)


@dataclass(frozen=True)
class Fault:
    """One line of the table. `runs` are for each engine; `few` of them are enough for `make test`.

    `control` does the fault where the portal's protection is taken away; it must be found out.
    """

    key: str
    title: str
    runs: int
    perform: Callable[[Run], None]
    few: int = 5
    engines: tuple[str, ...] = ENGINES
    at_once: int = 1  # runs side by side, where they mostly wait
    each: int = 1  # runs on one tablet, one after the other: a check-out takes a browser seconds
    control: Callable[[Run], None] | None = None
