"""Logging supervision, meetings and reviews in one form; counting caseloads; taking an entry back."""

from __future__ import annotations

from uuid import UUID

from flask import flash, g, redirect, request, url_for
from flask.typing import ResponseReturnValue

from portal.accounts.access import May
from portal.accounts.current import current_actor
from portal.accounts.rules.permissions import Permission
from portal.core import clock
from portal.core.access import access
from portal.core.form_pages import form_page
from portal.core.rules.spans import covers
from portal.directory.models import Service
from portal.directory.subjects import service_subject
from portal.workforce.staff.forms import LogForm, caseload_form, field_of
from portal.workforce.staff.models import StaffEntry
from portal.workforce.staff.queries import members_of, newest_entries
from portal.workforce.staff.rules.checking import EntryDetails
from portal.workforce.staff.rules.words import LOGGED, EntryKind
from portal.workforce.staff.service import count_caseloads, log_entry, remove_entry
from portal.workforce.staff.subjects import entry_subject
from portal.workforce.staff.views.blueprint import RECORDS, SERVICE, blueprint, page_of

EDIT, FIGURES = Permission.STAFF_EDIT, Permission.STAFF_FIGURES
NEWEST = 20


@blueprint.route(SERVICE + "/log", methods=["GET", "POST"])
@access(May(EDIT, service_subject, seen_by=FIGURES))
def log(key: str) -> ResponseReturnValue:
    """Log that something took place; the newest entries below, each with its way back."""
    service: Service = g.subject
    members = members_of(service.id, clock.today())
    asked = request.args.get("kind")
    kind = asked if asked in {one.value for one in LOGGED} else EntryKind.TEAM.value
    form = LogForm(members, data={"kind": kind, "on": clock.today()})
    names = {one.id: one.name for one in members}
    page = page_of(
        service,
        "Log supervision, meetings and reviews",
        button="Log it",
        template="workforce/staff/log.html",
        onward=url_for(".log", key=key, kind=form.kind.data),
        context={"rows": newest_entries(service.id, NEWEST), "names": names},
    )

    def save() -> str:
        details = _details(form)
        log_entry(current_actor(), service.id, details)
        return f"Logged: {details.kind.title[:1].lower()}{details.kind.title[1:]}."

    return form_page(form, page, save)


@blueprint.route(SERVICE + "/caseloads", methods=["GET", "POST"])
@access(May(EDIT, service_subject, seen_by=FIGURES))
def caseloads(key: str) -> ResponseReturnValue:
    """Active clients of each employment specialist on a day."""
    service: Service = g.subject
    today = clock.today()
    people = [
        one
        for one in members_of(service.id, today)
        if one.role.has_caseload and covers(one.starts, one.ends, today)
    ]
    form = caseload_form(people, data={"on": today})
    intro = (
        "Count active clients, looking for work and in work together. Leave empty what you do not know."
        if people
        else "Add the employment specialists of the service first."
    )

    def save() -> str:
        counted = {one.id: form[field_of(one.id)].data for one in people}
        given = {id_: count for id_, count in counted.items() if count is not None}
        assert form.on.data is not None  # the form asks for it
        count_caseloads(current_actor(), service.id, form.on.data, given)
        return "Saved: the caseloads."

    return form_page(form, page_of(service, "Count caseloads", intro=intro), save)


@blueprint.post(RECORDS + "/log/<uuid:entry_id>/remove")
@access(May(EDIT, entry_subject, seen_by=FIGURES))
def drop_entry(entry_id: UUID) -> ResponseReturnValue:
    """Take back what was logged by mistake."""
    row: StaffEntry = g.subject
    remove_entry(current_actor(), entry_id)
    flash("Removed.", "success")
    return redirect(url_for(".log", key=row.service.key), 303)


def _details(form: LogForm) -> EntryDetails:
    assert form.on.data is not None  # the form asks for it
    return EntryDetails(
        EntryKind(form.kind.data),
        form.on.data,
        UUID(form.member.data) if form.member.data else None,
        form["count"].data,
        form.out_of.data,
        form.minuted.data,
    )
