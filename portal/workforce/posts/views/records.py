"""Leave and vetting checks: adding, changing, and taking back a mistake."""

from __future__ import annotations

from collections.abc import Callable
from uuid import UUID

from flask import flash, g, redirect, url_for
from flask.typing import ResponseReturnValue

from portal.accounts.access import May
from portal.accounts.current import current_actor
from portal.accounts.rules.actors import Actor
from portal.accounts.rules.permissions import Permission
from portal.core.access import access
from portal.core.errors import Stale
from portal.workforce.posts.definitions import contract_terms, leave_kinds
from portal.workforce.posts.forms import CheckForm, LeaveForm
from portal.workforce.posts.models import EismCheck, EismLeave
from portal.workforce.posts.service import (
    add_check,
    add_leave,
    change_check,
    change_leave,
    remove_check,
    remove_leave,
)
from portal.workforce.posts.service.leave import LeaveDetails
from portal.workforce.posts.service.vetting import CheckDetails
from portal.workforce.posts.subjects import Subject, check_subject, eism_subject, leave_subject
from portal.workforce.posts.views.blueprint import blueprint, form_page, version
from portal.workforce.posts.views.overview import ADDRESS
from portal.workforce.posts.views.people import PERSON, page_of

READ, EDIT = Permission.POSTS_READ, Permission.POSTS_EDIT
LEAVE = ADDRESS + "/leave/<uuid:leave_id>"
CHECK = ADDRESS + "/checks/<uuid:check_id>"
REMOVE = "Remove what was entered by mistake"


@blueprint.route(PERSON + "/leave/new", methods=["GET", "POST"])
@access(May(EDIT, eism_subject, seen_by=READ))
def new_leave(eism_id: UUID) -> ResponseReturnValue:
    """Record leave."""
    form = LeaveForm(_counted(g.subject))

    def save() -> str:
        add_leave(current_actor(), eism_id, _leave(form))
        return "Saved: the leave."

    return form_page(form, page_of(g.subject, f"Leave of {g.subject.name}"), save)


@blueprint.route(LEAVE, methods=["GET", "POST"])
@access(May(EDIT, leave_subject, seen_by=READ))
def leave(leave_id: UUID) -> ResponseReturnValue:
    """Put leave right, or say when it ends."""
    row: EismLeave = g.subject.row
    values = {"kind": row.kind, "starts": row.starts, "ends": row.ends, "version": row.version}
    form = LeaveForm(_counted(g.subject), data=values)

    def save() -> str:
        change_leave(current_actor(), leave_id, _leave(form), version())
        return "Saved: the leave."

    removal = (url_for(".drop_leave", leave_id=leave_id), REMOVE)
    return form_page(form, page_of(g.subject, f"Leave of {g.subject.name}", removal=removal), save)


@blueprint.post(LEAVE + "/remove")
@access(May(EDIT, leave_subject, seen_by=READ))
def drop_leave(leave_id: UUID) -> ResponseReturnValue:
    """Take back leave that was entered by mistake."""
    return _dropped(remove_leave, leave_id)


@blueprint.route(PERSON + "/checks/new", methods=["GET", "POST"])
@access(May(EDIT, eism_subject, seen_by=READ))
def new_check(eism_id: UUID) -> ResponseReturnValue:
    """Record a vetting check."""
    form = CheckForm()

    def save() -> str:
        add_check(current_actor(), eism_id, _check(form))
        return "Saved: the check."

    return form_page(form, page_of(g.subject, f"A check of {g.subject.name}"), save)


@blueprint.route(CHECK, methods=["GET", "POST"])
@access(May(EDIT, check_subject, seen_by=READ))
def check(check_id: UUID) -> ResponseReturnValue:
    """Put a check right."""
    row: EismCheck = g.subject.row
    values = {"kind": row.kind, "checked_on": row.checked_on, "valid_until": row.valid_until}
    form = CheckForm(data={**values, "version": row.version})

    def save() -> str:
        change_check(current_actor(), check_id, _check(form), version())
        return "Saved: the check."

    removal = (url_for(".drop_check", check_id=check_id), REMOVE)
    return form_page(form, page_of(g.subject, f"A check of {g.subject.name}", removal=removal), save)


@blueprint.post(CHECK + "/remove")
@access(May(EDIT, check_subject, seen_by=READ))
def drop_check(check_id: UUID) -> ResponseReturnValue:
    """Take back a check that was entered by mistake."""
    return _dropped(remove_check, check_id)


def _dropped(verb: Callable[[Actor, UUID, int], None], id_: UUID) -> ResponseReturnValue:
    back = url_for(".person", eism_id=g.subject.eism.id)
    try:
        verb(current_actor(), id_, version())
    except Stale as error:
        flash(f"{error.reason} Look at it once more, then remove it.", "error")
    else:
        flash("Removed.", "success")
    return redirect(back, 303)


def _counted(subject: Subject) -> dict[str, bool]:
    terms = contract_terms(subject.supplier_id)
    return {key: terms.counts(kind) for key, kind in leave_kinds().items()}


def _leave(form: LeaveForm) -> LeaveDetails:
    assert form.starts.data is not None  # the form asks for it
    return LeaveDetails(form.kind.data, form.starts.data, form.ends.data)


def _check(form: CheckForm) -> CheckDetails:
    assert form.checked_on.data is not None  # the form asks for it
    return CheckDetails(form.kind.data, form.checked_on.data, form.valid_until.data)
