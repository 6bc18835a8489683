"""The audit for administrators: search its rows, read what changed, check the chain."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from typing import Any

from flask import render_template, request
from sqlalchemy import ColumnElement, or_, select

from portal.accounts.access import May
from portal.accounts.models import Person
from portal.accounts.rules.permissions import Permission
from portal.core.access import access
from portal.core.audit.models import AuditPayload, AuditRow
from portal.core.audit.service import Finding, verify
from portal.core.clock import UK
from portal.core.db import db
from portal.pages.blueprint import blueprint

PER_PAGE = 50
# Verbs whose payload no reader sees: blind ratings until both have locked, and client-level rows.
SEALED = ("blind.", "clients.")


@dataclass(frozen=True)
class Search:
    """What is asked of the audit, as typed."""

    subject_type: str = ""
    subject_id: str = ""
    verb: str = ""
    person: str = ""
    after: str = ""
    until: str = ""
    before: str = ""  # rows older than this number: where the next page starts

    @classmethod
    def read(cls, arguments: Mapping[str, str]) -> Search:
        """From the address."""
        names = ("subject_type", "subject_id", "verb", "person", "after", "until", "before")
        return cls(**{name: arguments.get(name, "").replace("\0", "").strip()[:100] for name in names})

    def arguments(self, before: int | None = None) -> dict[str, str]:
        """For the address of the page of rows before a number, or of the newest."""
        found = {name: value for name, value in vars(self).items() if value and name != "before"}
        return found | ({"before": str(before)} if before else {})

    @property
    def problems(self) -> list[dict[str, str]]:
        """Dates that cannot be read."""
        return [
            {"text": f"{label} must be a real date, like 2026-03-27", "href": f"#{name}"}
            for name, label in (("after", "From"), ("until", "To"))
            if getattr(self, name) and _date(getattr(self, name)) is None
        ]


@dataclass(frozen=True)
class Checked:
    """The result of checking the whole chain."""

    rows: int
    findings: list[Finding]


@blueprint.get("/administration/audit")
@access(May(Permission.AUDIT_READ))
def audit_index() -> tuple[str, int]:
    """Search the rows, newest first."""
    return _page()


@blueprint.post("/administration/audit/verify")
@access(May(Permission.AUDIT_READ))
def audit_verify() -> tuple[str, int]:
    """Check the chain and show the result over the newest rows."""
    rows, findings = verify(db.session())
    return _page(Checked(rows, findings))


def _page(checked: Checked | None = None) -> tuple[str, int]:
    search = Search.read(request.args)
    errors = search.problems
    rows = [] if errors else _rows(search)
    page = render_template(
        "pages/audit.html",
        search=search,
        errors=errors,
        rows=rows[:PER_PAGE],
        older=rows[PER_PAGE - 1].number if len(rows) > PER_PAGE else None,
        checked=checked,
        sealed=lambda verb: verb.startswith(SEALED),
        shown=lambda body: json.dumps(body, ensure_ascii=False, indent=1),
    )
    return page, 400 if errors else 200


def _rows(search: Search) -> list[Any]:
    """One row more than a page, so that one knows whether older ones follow. One statement."""
    columns = (
        AuditRow.number, AuditRow.at, AuditRow.actor_label, AuditRow.verb, AuditRow.subject_type,
        AuditRow.subject_id, AuditRow.digest, Person.name.label("person"), AuditPayload.body,
    )  # fmt: skip
    query = (
        select(*columns)
        .outerjoin(Person, Person.id == AuditRow.actor_id)
        .outerjoin(AuditPayload, AuditPayload.number == AuditRow.number)
        .where(*_conditions(search))
        .order_by(AuditRow.number.desc())
        .limit(PER_PAGE + 1)
    )
    return list(db.session.execute(query))


def _conditions(search: Search) -> list[ColumnElement[bool]]:
    found: list[ColumnElement[bool]] = []
    if search.subject_type:
        found.append(AuditRow.subject_type == search.subject_type.lower())
    if search.subject_id:
        found.append(AuditRow.subject_id == search.subject_id)
    if search.verb:
        found.append(AuditRow.verb.istartswith(search.verb, autoescape=True))
    if search.person:
        named = Person.name.icontains(search.person, autoescape=True)
        found.append(or_(Person.email == search.person.lower(), named))
    if after := _date(search.after):
        found.append(AuditRow.at >= _midnight(after))
    if until := _date(search.until):
        found.append(AuditRow.at < _midnight(until + timedelta(days=1)))
    if search.before.isascii() and search.before.isdigit() and len(search.before) < 19:
        found.append(AuditRow.number < int(search.before))
    return found


def _midnight(on: date) -> datetime:
    """When a UK day begins."""
    return datetime.combine(on, time(), UK).astimezone(UTC)


def _date(text: str) -> date | None:
    try:
        on = date.fromisoformat(text)
    except ValueError:
        return None
    return on if 2000 <= on.year <= 2200 else None
