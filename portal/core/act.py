"""One verb, one transaction, one audit row.

    with act(actor, "assessment.rate", ("assessment", assessment_id)) as work:
        …                       # load by id, check version and right, change
        work.note(item="…", before=…, after=…)

A verb called inside another joins it: only the outermost commits and writes the row, with the
inner verbs' notes in its payload. Nothing may be written to the database outside `act` and
`operational` (a flush outside raises), so a change without its audit row cannot happen.
"""

from __future__ import annotations

import uuid
from collections.abc import Callable, Iterator
from contextlib import contextmanager, nullcontext
from dataclasses import dataclass, field
from typing import Any, Protocol

from flask import g, has_request_context
from sqlalchemy import event
from sqlalchemy.orm import Session

from portal.core import clock
from portal.core.audit.service import Entry, append
from portal.core.db import WRITE_OPTION, db, sqlite_writer

_WORK = "portal_work"


class Acting(Protocol):
    """Whoever acts: a person, or the portal itself (person_id None)."""

    @property
    def person_id(self) -> uuid.UUID | None: ...

    @property
    def label(self) -> str: ...


@dataclass
class Work:
    """A verb under way: collects what its audit row will say."""

    verb: str
    subject: tuple[str, str]
    notes: dict[str, Any] = field(default_factory=dict)
    inner: list[dict[str, Any]] = field(default_factory=list)
    after_commit: list[Callable[[], None]] = field(default_factory=list)
    changed: bool = True

    def note(self, **facts: Any) -> None:
        """Add facts to the audit payload (JSON-able; others become their text)."""
        self.notes.update(facts)

    def unchanged(self) -> None:
        """Nothing was changed: no commit and no audit row."""
        self.changed = False

    def then(self, callback: Callable[[], None]) -> None:
        """Run after the commit, and only if there is one."""
        self.after_commit.append(callback)


@contextmanager
def act(actor: Acting, verb: str, subject: tuple[str, object]) -> Iterator[Work]:
    """Do a verb. The subject is (type, id)."""
    session = db.session()
    outer: Work | None = session.info.get(_WORK)
    work = Work(verb, (subject[0], str(subject[1])))
    if outer is not None:
        work.after_commit = outer.after_commit
        yield work
        if work.changed:
            outer.inner.append({"verb": verb, "subject": list(work.subject), **work.notes})
        return
    with _transaction(session, work):
        yield work
        if work.changed:
            session.flush()
            append(session, _entry(actor, work))
    for callback in work.after_commit if work.changed else ():
        callback()


@contextmanager
def operational() -> Iterator[Session]:
    """Write what is no change of anybody's record: job states, sign-in counters, last-seen times."""
    session = db.session()
    if session.info.get(_WORK) is not None:
        yield session
        return
    with _transaction(session, Work("operational", ("", ""))):
        yield session


@contextmanager
def _transaction(session: Session, work: Work) -> Iterator[None]:
    session.rollback()  # leave the reading transaction: what the verb needs it loads again
    sqlite = session.get_bind().dialect.name == "sqlite"
    with sqlite_writer if sqlite else nullcontext():
        session.info[_WORK] = work
        try:
            session.connection(execution_options={WRITE_OPTION: True})
            yield
            if work.changed:
                session.commit()
            else:
                session.rollback()
        except BaseException:
            session.rollback()
            raise
        finally:
            del session.info[_WORK]


def _entry(actor: Acting, work: Work) -> Entry:
    payload: dict[str, Any] = dict(work.notes)
    if work.inner:
        payload["also"] = work.inner
    request_id = getattr(g, "request_id", "") if has_request_context() else ""
    return Entry(
        at=clock.now(),
        actor_id=actor.person_id,
        actor_label=actor.label,
        verb=work.verb,
        subject_type=work.subject[0],
        subject_id=work.subject[1],
        request_id=request_id,
        payload=_plain(payload),
    )


def _plain(value: Any) -> Any:
    """The payload as JSON has it, so that what is hashed is what is read back."""
    if isinstance(value, dict):
        return {str(key): _plain(inner) for key, inner in value.items()}
    if isinstance(value, list | tuple | set | frozenset):
        return [_plain(inner) for inner in (sorted(value) if isinstance(value, set | frozenset) else value)]
    if value is None or isinstance(value, bool | int | str):
        return value
    return str(value)


def _refuse_stray_flush(session: Session, _context: Any, _instances: Any) -> None:
    if session.info.get(_WORK) is None and (session.new or session.dirty or session.deleted):
        touched = (*session.new, *session.dirty, *session.deleted)
        changed = [row for row in touched if session.is_modified(row)]
        if changed or session.deleted:
            raise RuntimeError(f"A write outside act(): {changed[:3]}")


event.listen(Session, "before_flush", _refuse_stray_flush)
