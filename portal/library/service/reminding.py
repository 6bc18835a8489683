"""Review dates that are reached are mailed once: to the owner, else to the supplier's lead managers.

    remind()     # by the daily job `library.remind`

A material that nobody has taken over is told to every supplier's lead managers. What was told is noted in
the transaction of the mails, so that a second run on the same day sends nothing.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import Any
from uuid import UUID

from sqlalchemy import select

from portal.accounts.rules.actors import PORTAL
from portal.core import clock
from portal.core.act import act
from portal.core.db import db
from portal.core.mail import send_mail, words
from portal.core.urls import public_url
from portal.library.models import LibraryReminder
from portal.library.queries import addresses, keepers, lapsed, lead_managers

JOB = "library.remind"
Line = tuple[str, date]  # title and review date


def do_daily(_payload: dict[str, Any]) -> None:
    """Handler of the daily job."""
    remind()


def remind() -> int:
    """Tell of every review date that is reached and was not told of. Returns how many mails were written."""
    return sum(_tell(supplier_id, managers) for supplier_id, managers in lead_managers().items())


def _tell(supplier_id: UUID, managers: list[UUID]) -> int:
    with act(PORTAL, "library.remind", ("organisation", supplier_id)) as work:
        told = _told(supplier_id)
        keys, by_person = [], dict[UUID, list[Line]]()
        for key, line, owner_id in _due(supplier_id):
            if (key, line[1]) in told:
                continue
            keys.append(key)
            db.session.add(LibraryReminder(supplier_id=supplier_id, key=key, review_on=line[1]))
            for person_id in [owner_id] if owner_id else managers:
                by_person.setdefault(person_id, []).append(line)
        if not keys:
            work.unchanged()
            return 0
        sent = _send(by_person)
        work.note(materials=keys, mails=sent)
        return sent


def _due(supplier_id: UUID) -> Iterable[tuple[str, Line, UUID | None]]:
    """Key, line, and the owner where they still keep materials for the supplier."""
    here = {person_id for person_id, _ in keepers(supplier_id)}
    files, rows = lapsed(clock.today())
    for one in files:
        yield one.key, (one.text.title, one.text.review_on), None
    for row in rows:
        if row.supplier_id == supplier_id:
            yield row.key, (row.title, row.review_on), row.owner_id if row.owner_id in here else None


def _told(supplier_id: UUID) -> set[tuple[str, date]]:
    query = select(LibraryReminder.key, LibraryReminder.review_on).where(
        LibraryReminder.supplier_id == supplier_id
    )
    return {(key, on) for key, on in db.session.execute(query)}


def _send(by_person: dict[UUID, list[Line]]) -> int:
    people = addresses(by_person)
    for person_id, (name, address) in sorted(people.items(), key=lambda one: one[1][1]):
        lines = sorted(by_person[person_id], key=lambda line: (line[1], line[0]))
        link = f"{public_url()}/library?state=due"
        subject, text = words("email/library-review.txt", name=name, lines=lines, address=link)
        send_mail(address, subject, text)
    return len(people)
