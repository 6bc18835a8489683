"""Where the campaign is run: one served portal on a database of its own, and fresh reviews in fieldwork."""

from __future__ import annotations

import threading
import uuid
from collections.abc import Callable, Iterator, Mapping
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field
from datetime import timedelta
from pathlib import Path
from typing import TypeVar

from flask import Flask
from playwright.sync_api import Playwright
from sqlalchemy import select
from sqlalchemy.exc import OperationalError

from portal.app import create_app
from portal.core import clock
from portal.core.act import operational
from portal.core.audit.models import AuditHead
from portal.core.db import db
from portal.directory.models import Service, ServiceLink
from portal.directory.rules.settings import Setting
from portal.reviews.external.rules.workflow import Action
from tests.soak.device import Device
from tests.soak.line import Line
from tests.soak.server import Server
from tests.support import assessing, databases, reviewing
from tests.support.assessing import SERVICE
from tests.support.site import Site

TEMPLATE = "on-site"
PATIENT = 5  # times
Result = TypeVar("Result")
LEAD, SECOND = "lead-reviewer", "second-reviewer"


@dataclass
class Ground:
    """One engine's portal. `site` is an app on the same database, for what a run prepares or asks."""

    engine: str
    folder: Path
    database_url: str
    server: Server
    site: Site
    playwright: Playwright | None = None  # for faults that need a browser
    next_version: Server | None = None  # of the client, on the same database
    planning: threading.Lock = field(default_factory=threading.Lock)  # one person plans, whatever runs
    unprotected: bool = False  # a control took the key of operations away

    @property
    def app(self) -> Flask:
        return self.site.app

    def review(self) -> str:
        """A new review in fieldwork, of a service of its own."""
        with self.planning, self.app.app_context():
            review = patiently(lambda: reviewing.planned(service_id=_new_service()))
            patiently(lambda: reviewing.move(review, Action.OPEN, "lead"))
            patiently(lambda: reviewing.move(review, Action.BEGIN_FIELDWORK, LEAD))
            db.session.remove()
        return str(review)

    def device(self, folder: Path, person: str = LEAD, port: int = 0) -> Device:
        """A new tablet of somebody who is signed in."""
        return Device(folder, person, Line(port or self.server.port, self.cookie(person)))

    def cookie(self, person: str) -> tuple[str, str]:
        """Sign somebody in."""
        return patiently(lambda: self.site.cookie_for(assessing.email(person)))

    def audit_head(self) -> int:
        """The number of the last audit row."""
        with self.app.app_context():
            number = db.session.execute(select(AuditHead.number)).scalar_one()
            db.session.remove()
            return int(number)


def patiently(do: Callable[[], Result]) -> Result:
    """Do it again where SQLite was busy: the campaign prepares in a process that is not the portal's."""
    for _ in range(PATIENT):
        try:
            return do()
        except OperationalError as error:
            if "locked" not in str(error):
                raise
    return do()


@contextmanager
def ground(engine: str, folder: Path, more: Mapping[str, str] | None = None) -> Iterator[Ground]:
    """Serve a fresh copy of the world on an engine until the block ends. `more`: settings of the server."""
    with ExitStack() as stack:
        url = stack.enter_context(databases.copy_of_template(engine, folder, TEMPLATE, reviewing.fill))
        settings = databases.settings_for(url, folder / "data")
        server = stack.enter_context(Server(settings, folder / "server.log", more or {}))
        app = stack.enter_context(databases.closing(create_app(settings)))
        place = Ground(engine, folder, url, server, Site(server.url, app))
        yield place
        if place.next_version is not None:
            place.next_version.stop()


def _new_service() -> uuid.UUID:
    """A service with the links of the first one."""
    new = uuid.uuid4()
    since = clock.today() - timedelta(days=400)
    with operational() as session:
        key = f"service-{new.hex[:12]}"
        session.add(
            Service(id=new, key=key, name=key.title(), setting=Setting.OTHER, region=assessing.REGION)
        )
        session.flush()
        for link in session.execute(select(ServiceLink).where(ServiceLink.service_id == SERVICE)).scalars():
            copied = {"organisation_id": link.organisation_id, "person_id": link.person_id}
            session.add(ServiceLink(service_id=new, kind=link.kind, starts=since, **copied))
    return new
