"""The buyer's home and the way down from it, and counting every indicator anew (issue 6, Performance).

Five contracts of twelve quarters each, 150 services; the home shows eight of them.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from pathlib import Path

from benchmarks.growing import copy
from benchmarks.serving import Client, portal
from benchmarks.timing import ROUNDS, Figure, in_turn, spread
from portal.accounts.rules.roles import Role
from portal.app import create_app
from portal.contracts.definition.registry import DATA, OWN, contracts
from portal.contracts.figures.queries import live_figures
from portal.contracts.figures.rules.periods import quarters_of
from portal.core import clock
from portal.core.config import Settings
from portal.core.db import db
from portal.core.rules.quarters import quarter_of
from portal.demonstration.people import PASSWORD, SIGN_INS

KEY = "demonstration-2025"
KEYS = (KEY, *(f"bench-{number}" for number in range(1, 5)))
STARTS = "2024-01-08"  # twelve quarters up to the demonstration's day
PAGE, ALL = 40, 1000
NOTE = "5 contracts, 12 quarters"


def contract_figures(base: Path, folder: Path) -> Iterator[Figure]:
    """Counting everything anew; then the home, a quarter and an indicator as the buyer opens them."""
    data_dir = copy(base, folder / "contracts-bench")
    _lay(data_dir)
    app = create_app(Settings(data_dir=str(data_dir)))
    with app.app_context():
        yield Figure("Every indicator of every quarter", *_anew(), bound=ALL, note=NOTE)
        db.session.remove()
    buyer = next(one for one in SIGN_INS if one.role is Role.BUYER)
    with portal(data_dir) as port:
        client = Client(port)
        client.sign_in(buyer.email, PASSWORD)
        quarter = quarter_of(clock.today()).plus(-1).key
        pages = {
            "Buyer’s home": "/",
            "A contract, 8 quarters": f"/contracts/{KEY}",
            "A quarter’s figures": f"/contracts/{KEY}/{quarter}",
            "Down to the records, FTE": f"/contracts/{KEY}/{quarter}/indicator/1",
            "Down to the records, reviews": f"/contracts/{KEY}/{quarter}/indicator/4",
        }
        times = in_turn(*(_opening(client, path) for path in pages.values()), rounds=ROUNDS // 2)
    for name, found in zip(pages, times, strict=True):
        yield Figure(name, *spread(found), bound=PAGE, note=NOTE)


def _opening(client: Client, path: str) -> Callable[[], object]:
    return lambda: client.get(path)


def _anew() -> tuple[float, float]:
    """All quarters of all five, not from what is frozen."""
    own = [contracts()[key] for key in KEYS]
    quarters = {one.key: quarters_of(one, clock.today()) for one in own}

    def count() -> None:
        db.session.rollback()
        for one in own:
            live_figures(one, quarters[one.key])

    (times,) = in_turn(count, rounds=ROUNDS // 4)
    return spread(times)


def _lay(data_dir: Path) -> None:
    """Copies of the demonstration's contract with an earlier first day, in the data folder."""
    pattern = (DATA / f"{KEY}.toml").read_text(encoding="utf-8")
    (data_dir / OWN).mkdir(exist_ok=True)
    for key in KEYS:
        text = re.sub(r"^starts = .*$", f"starts = {STARTS}", pattern, count=1, flags=re.MULTILINE)
        text = re.sub(r'^key = ".*"$', f'key = "{key}"', text, count=1, flags=re.MULTILINE)
        (data_dir / OWN / f"{key}.toml").write_text(text, encoding="utf-8")
