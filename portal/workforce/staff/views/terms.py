"""Another role or other hours of somebody, from a day on."""

from __future__ import annotations

from uuid import UUID

from flask import flash, g, redirect, url_for
from flask.typing import ResponseReturnValue

from portal.accounts.access import May
from portal.accounts.current import current_actor
from portal.core.access import access
from portal.core.errors import Refused, Stale
from portal.core.form_pages import form_page, version
from portal.workforce.staff.forms import TermsForm
from portal.workforce.staff.models import StaffMember
from portal.workforce.staff.rules.words import StaffRole
from portal.workforce.staff.service import change_terms, take_back_terms
from portal.workforce.staff.service.terms import rows_of, since
from portal.workforce.staff.subjects import member_subject
from portal.workforce.staff.views.blueprint import blueprint, page_of
from portal.workforce.staff.views.members import EDIT, MEMBER, READ


@blueprint.route(MEMBER + "/terms", methods=["GET", "POST"])
@access(May(EDIT, member_subject, seen_by=READ))
def change_hours(member_id: UUID) -> ResponseReturnValue:
    """Another role or other hours from a day on, and what was before."""
    row: StaffMember = g.subject
    form = TermsForm(data={"role": row.role, "fte": row.fte, "version": row.version})
    page = page_of(
        row.service,
        f"Role or hours of {row.name}",
        intro="Enter what changed and from when. What was before stays, and figures of the past with it.",
        template="workforce/staff/terms.html",
        context={"member": row, "since": since(row), "earlier": rows_of(member_id)[::-1]},
    )

    def save() -> str:
        assert form.fte.data is not None  # the form asks for both
        assert form.first.data is not None
        role = StaffRole(form.role.data)
        change_terms(current_actor(), member_id, role, form.fte.data, form.first.data, version())
        return f"Saved: the role and hours of {row.name}."

    return form_page(form, page, save)


@blueprint.post(MEMBER + "/terms/take-back")
@access(May(EDIT, member_subject, seen_by=READ))
def return_hours(member_id: UUID) -> ResponseReturnValue:
    """Undo the last change."""
    try:
        take_back_terms(current_actor(), member_id, version())
    except (Refused, Stale) as error:
        flash(f"{error.reason} Look at it once more.", "error")
    else:
        flash("Taken back: they work as before.", "success")
    return redirect(url_for(".change_hours", member_id=member_id), 303)
