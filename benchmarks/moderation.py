"""The moderation queue with a thousand reviews waiting, and one review's page (issue 3, Performance)."""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial
from pathlib import Path

from benchmarks.growing import copy, grow_cases
from benchmarks.serving import Client, portal
from benchmarks.timing import Figure, in_turn, spread
from portal.demonstration.people import LEAD_MANAGER, PASSWORD, demo_id

REVIEW = f"/reviews/{demo_id('review', 'Northumberland IPS', 'moderation')}/moderation"


def moderation(base: Path, folder: Path) -> Iterator[Figure]:
    """Both as the lead manager sees them."""
    data_dir = copy(base, folder / "cases")
    there = grow_cases(data_dir, 1000)
    with portal(data_dir) as port:
        client = Client(port)
        client.sign_in(LEAD_MANAGER.email, PASSWORD)
        pages = ("/moderation", "/moderation?q=ips&show=mine-first", REVIEW)
        queue, searched, page = in_turn(*(partial(client.get, path) for path in pages))
    yield Figure(f"Moderation queue, {there:,} reviews", *spread(queue), bound=30)
    yield Figure("Moderation queue, searched, mine first", *spread(searched), bound=30)
    yield Figure("A review's moderation page", *spread(page), bound=30)
