"""Learning: one's own page, managers' lists, host teams, training before clients (issue 5, part 5)."""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial
from pathlib import Path

from benchmarks.serving import Client, portal
from benchmarks.timing import Figure, in_turn, spread
from portal.demonstration.people import LEAD_MANAGER, PASSWORD

PAGES = (
    ("Learning: what is required of me", "/learning", 20.0),
    ("Learning: who is out of date, every provider", "/learning/people", 200.0),
    ("Learning: uptake of each course, every provider", "/learning/uptake", 200.0),
    ("Learning: a page of a module", "/learning/ips-model/pages/1", 20.0),
    ("Learning: courses for host teams, every service", "/learning/host-teams", 200.0),
    ("Learning: training before clients, every service", "/learning/gate", 200.0),
    ("Learning: training before clients, by region", "/workforce/national/training", 200.0),
)


def learning(base: Path) -> Iterator[Figure]:
    """Each page in turn, as the lead manager of the whole contract sees it."""
    with portal(base) as port:
        client = Client(port)
        client.sign_in(LEAD_MANAGER.email, PASSWORD)
        times = in_turn(*(partial(client.get, path) for _, path, _ in PAGES))
        for (name, _, bound), kept in zip(PAGES, times, strict=True):
            yield Figure(name, *spread(kept), bound=bound)
