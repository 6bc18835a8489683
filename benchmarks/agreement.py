"""The agreement page over a thousand reviews (issue 3, Performance)."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from benchmarks.growing import copy, grow_pairs
from benchmarks.serving import Client, portal
from benchmarks.timing import ROUNDS, Figure, in_turn, spread
from portal.demonstration.people import LEAD_MANAGER, PASSWORD


def agreement(base: Path, folder: Path) -> Iterator[Figure]:
    """The page as the lead manager sees it."""
    data_dir = copy(base, folder / "pairs")
    there = grow_pairs(data_dir, 1000)
    with portal(data_dir) as port:
        client = Client(port)
        client.sign_in(LEAD_MANAGER.email, PASSWORD)
        (times,) = in_turn(lambda: client.get("/agreement"), rounds=ROUNDS // 4)
    yield Figure(f"Agreement over {there:,} reviews", *spread(times), bound=300)
