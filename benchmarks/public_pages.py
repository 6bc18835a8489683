"""The public pages: a search among 500 vacancies, one of them, the feed, the finder (issue 5, Performance).

`python -m benchmarks.public_pages` measures them alone, on a small demonstration of its own.
"""

from __future__ import annotations

import tempfile
from collections.abc import Iterator
from datetime import timedelta
from functools import partial
from pathlib import Path
from uuid import uuid4

from sqlalchemy import select

from benchmarks.growing import copy
from benchmarks.serving import Client, portal
from benchmarks.timing import Figure, in_turn, spread
from portal.app import create_app
from portal.core import clock
from portal.core.act import operational
from portal.core.config import Settings
from portal.core.db import db
from portal.demonstration.making import make_aside
from portal.workforce.hub.models import Vacancy
from portal.workforce.hub.rules.moving import State

MANY, BOUND = 500, 20.0


def public_pages(base: Path, folder: Path) -> Iterator[Figure]:
    """Each page as somebody who is not signed in is given it, and asked again with its ETag."""
    data_dir = copy(base, folder / "public")
    key = _grow(data_dir)
    pages = {
        f"Jobs: first page of {MANY} vacancies": "/jobs",
        f"Jobs: two words among {MANY}, by closing date": "/jobs?q=specialist+place&order=closing",
        "Jobs: one vacancy": f"/jobs/{key}",
        "Jobs: feed of the newest 50": "/jobs/feed.atom",
        "Jobs: a role": "/jobs/roles/team-leader",
        "Service finder": "/find-a-service",
        "Service finder: one service": "/find-a-service/hartlepool-ips-demonstration",
    }
    with portal(data_dir) as port:
        client = Client(port)
        calls = [partial(client.get, path) for path in pages.values()]
        for name, times in zip(pages, in_turn(*calls), strict=True):
            yield Figure(name, *spread(times), bound=BOUND)


def _grow(data_dir: Path) -> str:
    """Fill up the vacancies to MANY open ones. Returns the key of one."""
    app = create_app(Settings(data_dir=str(data_dir)))
    with app.app_context(), operational() as session:
        pattern = session.scalars(select(Vacancy).where(Vacancy.state == State.OPEN).limit(1)).one()
        columns = {one.key: getattr(pattern, one.key) for one in Vacancy.__table__.columns}
        for number in range(MANY):
            own = {
                "id": uuid4(),
                "key": f"vacancy-{number}",
                "place": f"Place {number}",
                "closes_on": clock.today() + timedelta(days=number % 60),
                "opened_at": clock.now() - timedelta(hours=number),
            }
            session.add(Vacancy(**{**columns, **own}))
        session.flush()
    with app.app_context():
        db.engine.dispose()
    return "vacancy-7"


def main() -> None:
    """Measure and print."""
    with tempfile.TemporaryDirectory(prefix="portal-bench-") as folder:
        base = Path(folder) / "base"
        make_aside(Settings(data_dir=str(base)), "small")
        for figure in public_pages(base, Path(folder)):
            print(f"{figure.name:50} {figure.value:6.1f} ms  p95 {figure.p95:6.1f}  bound {figure.bound}")


if __name__ == "__main__":
    main()
