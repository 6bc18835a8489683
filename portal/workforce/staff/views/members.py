"""People of a service and its funded posts: adding, changing, ending, putting back, removing."""

from __future__ import annotations

from collections.abc import Callable
from uuid import UUID

from flask import flash, g, redirect, url_for
from flask.typing import ResponseReturnValue
from werkzeug.wrappers import Response

from portal.accounts.access import May
from portal.accounts.current import current_actor
from portal.accounts.rules.permissions import Permission
from portal.core.access import access
from portal.core.errors import Stale
from portal.core.filters import day
from portal.core.form_pages import form_page, version
from portal.directory.models import Service
from portal.directory.subjects import service_subject
from portal.workforce.staff.forms import EndForm, FundedForm, MemberForm
from portal.workforce.staff.models import FundedPosts, StaffMember
from portal.workforce.staff.queries import accounts_of, funded_of
from portal.workforce.staff.rules.checking import MemberDetails
from portal.workforce.staff.rules.words import Honorary, StaffRole
from portal.workforce.staff.service import (
    add_member,
    details_of,
    edit_member,
    end_member,
    fund_posts,
    put_back,
    remove_funding,
    remove_member,
)
from portal.workforce.staff.subjects import funding_subject, member_subject
from portal.workforce.staff.views.blueprint import RECORDS, SERVICE, blueprint, page_of

EDIT, FIGURES, READ = Permission.STAFF_EDIT, Permission.STAFF_FIGURES, Permission.STAFF_READ
MEMBER = RECORDS + "/people/<uuid:member_id>"


@blueprint.route(SERVICE + "/people/new", methods=["GET", "POST"])
@access(May(EDIT, service_subject, seen_by=FIGURES))
def new_member(key: str) -> ResponseReturnValue:
    """Add somebody who works in the service."""
    service: Service = g.subject
    form = MemberForm(accounts_of(service.id))

    def save() -> str:
        add_member(current_actor(), service.id, _details(form))
        return f"{form.name.data} is added."

    return form_page(form, page_of(service, "Add a person", button="Add the person"), save)


@blueprint.route(MEMBER + "/edit", methods=["GET", "POST"])
@access(May(EDIT, member_subject, seen_by=READ))
def change_member(member_id: UUID) -> ResponseReturnValue:
    """Change what is recorded of somebody."""
    row: StaffMember = g.subject
    accounts = accounts_of(row.service_id, row.person_id)
    form = MemberForm(accounts, data={**vars(details_of(row)), "version": row.version})
    removal = (url_for(".drop_member", member_id=member_id), "Remove what was entered by mistake")
    intro = "Somebody who left is not removed: enter their last day instead, so that turnover counts them."

    def save() -> str:
        edit_member(current_actor(), member_id, _details(form), version())
        return "Saved."

    return form_page(form, page_of(row.service, f"Change {row.name}", intro=intro, removal=removal), save)


@blueprint.route(MEMBER + "/end", methods=["GET", "POST"])
@access(May(EDIT, member_subject, seen_by=READ))
def finish_member(member_id: UUID) -> ResponseReturnValue:
    """The last day of somebody in the service."""
    row: StaffMember = g.subject
    form = EndForm(data={"ends": row.ends, "version": row.version})

    def save() -> str:
        assert form.ends.data is not None  # the form asks for it
        end_member(current_actor(), member_id, form.ends.data, version())
        return f"Saved: {day(form.ends.data)} is the last day of {row.name}."

    return form_page(form, page_of(row.service, f"Last day of {row.name}"), save)


@blueprint.post(MEMBER + "/put-back")
@access(May(EDIT, member_subject, seen_by=READ))
def return_member(member_id: UUID) -> ResponseReturnValue:
    """Undo an ending."""
    row: StaffMember = g.subject
    return _done(row.service, lambda: put_back(current_actor(), member_id, version()), "They stay after all.")


@blueprint.post(MEMBER + "/remove")
@access(May(EDIT, member_subject, seen_by=READ))
def drop_member(member_id: UUID) -> ResponseReturnValue:
    """Take back somebody entered by mistake."""
    row: StaffMember = g.subject
    return _done(row.service, lambda: remove_member(current_actor(), member_id, version()), "Removed.")


@blueprint.route(SERVICE + "/funded", methods=["GET", "POST"])
@access(May(EDIT, service_subject, seen_by=FIGURES))
def funded(key: str) -> ResponseReturnValue:
    """How many posts of each role there is money for, from when."""
    service: Service = g.subject
    form = FundedForm()
    page = page_of(
        service,
        "Funded posts",
        template="workforce/staff/funded.html",
        onward=url_for(".funded", key=key),
        context={"rows": funded_of(service.id)},
    )

    def save() -> str:
        assert form.fte.data is not None  # the form asks for it
        assert form.starts.data is not None  # as above
        fund_posts(current_actor(), service.id, StaffRole(form.role.data), form.fte.data, form.starts.data)
        return "Saved: the funded posts."

    return form_page(form, page, save)


@blueprint.post(RECORDS + "/funded/<uuid:funding_id>/remove")
@access(May(EDIT, funding_subject, seen_by=FIGURES))
def drop_funding(funding_id: UUID) -> ResponseReturnValue:
    """Take back a figure entered by mistake."""
    row: FundedPosts = g.subject
    remove_funding(current_actor(), funding_id)
    flash("Removed.", "success")
    return redirect(url_for(".funded", key=row.service.key), 303)


def _done(service: Service, verb: Callable[[], None], said: str) -> Response:
    try:
        verb()
    except Stale as error:
        flash(f"{error.reason} Look at it once more, then try again.", "error")
    else:
        flash(said, "success")
    return redirect(url_for(".overview", key=service.key), 303)


def _details(form: MemberForm) -> MemberDetails:
    assert form.fte.data is not None  # the form asks for it
    assert form.starts.data is not None  # as above
    return MemberDetails(
        form.name.data or "",
        StaffRole(form.role.data),
        form.fte.data,
        form.starts.data,
        form.pay_band.data or "",
        Honorary(form.honorary.data),
        form.honorary_on.data,
        form.first_client_on.data,
        UUID(form.person_id.data) if form.person_id.data else None,
    )
