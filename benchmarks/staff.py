"""A service's workforce and the national picture, over the services of the demonstration."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from benchmarks.serving import Client, portal
from benchmarks.timing import ROUNDS, Figure, in_turn, spread
from portal.demonstration.people import LEAD_MANAGER, PASSWORD

SERVICE = "/services/hartlepool-ips-demonstration/workforce"
NATIONAL = "/workforce/national"


def staff(base: Path) -> Iterator[Figure]:
    """Both pages as the lead manager sees them."""
    with portal(base) as port:
        client = Client(port)
        client.sign_in(LEAD_MANAGER.email, PASSWORD)
        one, national = in_turn(lambda: client.get(SERVICE), lambda: client.get(NATIONAL), rounds=ROUNDS // 2)
    yield Figure("Workforce of a service", *spread(one), bound=50)
    yield Figure("National workforce", *spread(national), bound=100)
