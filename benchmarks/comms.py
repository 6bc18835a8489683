"""Communications: writing a newsletter, looking at it, and sending it to 1,000 readers (issue 5, part 8)."""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial
from pathlib import Path
from uuid import uuid4

from sqlalchemy import func, insert, select

from benchmarks.growing import copy
from benchmarks.serving import Client, portal
from benchmarks.timing import ROUNDS, Figure, in_turn, spread, timed
from portal.app import create_app
from portal.comms.models import NewsletterSubscription
from portal.comms.service import send_newsletter
from portal.core import clock
from portal.core.act import operational
from portal.core.config import Settings
from portal.core.db import db
from portal.core.jobs.models import Mail, MailState
from portal.core.jobs.worker import run_all
from portal.demonstration.comms import DRAFT, SENT
from portal.demonstration.people import LEAD_MANAGER, PASSWORD, SUPPLIER
from portal.demonstration.script import actor

READERS = 1000
_LETTERS = "/communications/newsletters"
PAGES = (
    ("Communications: the calendar", "/communications", 30.0),
    ("Newsletter: compose, with all there is to choose", f"{_LETTERS}/{DRAFT}/compose", 40.0),
    ("Newsletter: preview", f"{_LETTERS}/{DRAFT}", 40.0),
    ("Newsletter: archive", "/newsletter", 20.0),
    ("Newsletter: one of the archive", f"/newsletter/{SENT}", 20.0),
)


def comms(base: Path, folder: Path) -> Iterator[Figure]:
    """Each page in turn; then pressing send, the job that writes the mails, and the jobs that send them."""
    data_dir = copy(base, folder / "comms")
    with portal(data_dir) as port:
        client = Client(port)
        client.sign_in(LEAD_MANAGER.email, PASSWORD)
        times = in_turn(*(partial(client.get, path) for _, path, _ in PAGES), rounds=ROUNDS // 2)
    for (name, _, bound), kept in zip(PAGES, times, strict=True):
        yield Figure(name, *spread(kept), bound=bound)
    app = create_app(Settings(data_dir=str(data_dir)))
    with app.app_context():
        run_all()  # what the demonstration left to do
        _join()
        pressed = timed(lambda: send_newsletter(actor(LEAD_MANAGER.id), DRAFT, 1))
        before = _mails()
        took = timed(lambda: run_all(2 * READERS))
        if _mails() - before < READERS:
            raise RuntimeError("Not everybody was written to")
        db.session.remove()
        db.engine.dispose()
    yield Figure(f"Send to {READERS:,} readers, until the page answers", pressed, bound=1000)
    yield Figure(f"Send to {READERS:,} readers, until every mail is out", took / 1000, unit="s", bound=120)
    yield Figure("  for each reader", took / READERS)


def _join() -> None:
    now = clock.now()
    same = {"supplier_id": SUPPLIER.id, "asked_at": now, "confirmed_at": now}
    rows = [{"id": uuid4(), "email": f"reader-{number}@example.org"} | same for number in range(READERS)]
    with operational() as session:
        session.execute(insert(NewsletterSubscription), rows)


def _mails() -> int:
    """How many have been through the outbox."""
    done = Mail.state.in_((MailState.SENT, MailState.KEPT))
    return db.session.scalar(select(func.count()).select_from(Mail).where(done)) or 0
