"""The consensus page: 25 items side by side, with both reviewers' evidence (issue 3, Performance)."""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial
from pathlib import Path

from benchmarks.serving import Client, portal
from benchmarks.timing import Figure, in_turn, spread
from portal.demonstration.people import LEAD_REVIEWER, PASSWORD, demo_id

REVIEW = f"/reviews/{demo_id('review', 'County Durham IPS', 'consensus')}"
PAGES = (
    ("Consensus page, 25 items side by side", f"{REVIEW}/consensus", 30.0),
    ("A reviewer's own sheet", f"{REVIEW}/scoring/sheet", 20.0),
)


def consensus(base: Path) -> Iterator[Figure]:
    """Both pages in turn, as the lead reviewer sees them."""
    with portal(base) as port:
        client = Client(port)
        client.sign_in(LEAD_REVIEWER.email, PASSWORD)
        times = in_turn(*(partial(client.get, path) for _, path, _ in PAGES))
        for (name, _, bound), kept in zip(PAGES, times, strict=True):
            yield Figure(name, *spread(kept), bound=bound)
