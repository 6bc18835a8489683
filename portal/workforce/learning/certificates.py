"""A certificate of a completed module: what anybody with its code may know, and the paper."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from flask import current_app
from sqlalchemy import select

from portal.accounts.models import Person
from portal.core import clock
from portal.core.db import db
from portal.core.urls import public_url
from portal.workforce.learning.models import Completion
from portal.workforce.learning.registry import catalogue


@dataclass(frozen=True)
class Certificate:
    """All that is disclosed, and whose it is."""

    person_id: UUID
    name: str
    course: str
    title: str
    version: int
    completed_on: date
    expires_on: date | None
    code: str

    @property
    def expired(self) -> bool:
        """Whether its last day has passed."""
        return self.expires_on is not None and self.expires_on < clock.today()

    @property
    def address(self) -> str:
        """Where anybody can check it."""
        return f"{public_url()}/learning/certificates/{self.code}"


def certificate_of(code: str) -> Certificate | None:
    """The certificate with this code."""
    query = select(Completion, Person.name).join(Person, Person.id == Completion.person_id)
    row = db.session.execute(query.where(Completion.code == code)).first()
    if row is None:
        return None
    done, name = row
    title = catalogue().title(done.course)
    dates = (done.completed_on, done.expires_on)
    return Certificate(done.person_id, name, done.course, title, done.version or 1, *dates, code)


def certificate_html(certificate: Certificate) -> str:
    """The document that its PDF is made of: one page."""
    template = current_app.jinja_env.get_template("workforce/learning/certificate_paper.html")
    known = catalogue().modules.get(certificate.course)
    return template.render(certificate=certificate, aims=known.aims if known else ())
