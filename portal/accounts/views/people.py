"""People, for administrators: the list, inviting, and one person with what may be done about them."""

from __future__ import annotations

from uuid import UUID

from flask import flash, g, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from portal.accounts import queries
from portal.accounts.access import May
from portal.accounts.current import current_actor
from portal.accounts.forms.people import InviteForm, PersonForm, RoleForm, organisation_choices
from portal.accounts.rules.permissions import Permission
from portal.accounts.service import memberships
from portal.accounts.service import people as service
from portal.accounts.subjects import person_subject
from portal.accounts.views.blueprint import blueprint
from portal.core.access import access
from portal.core.errors import Invalid, Stale
from portal.core.forms import sent_version, summary

MANAGE = Permission.ACCOUNTS_MANAGE


@blueprint.get("/people")
@access(May(MANAGE))
def people() -> ResponseReturnValue:
    search, sort = request.args.get("search", "")[:200], request.args.get("sort", "name")
    rows, paging = queries.people(search, sort, request.args.get("page"))
    sort = sort if sort in queries.SORTS else "name"
    return render_template(
        "accounts/people.html", rows=rows, paging=paging, search=search, sort=sort, sorts=queries.SORTS
    )


@blueprint.route("/people/new", methods=["GET", "POST"])
@access(May(MANAGE))
def invite() -> ResponseReturnValue:
    form = InviteForm()
    form.organisation.choices = organisation_choices(queries.choices())
    if form.validate_on_submit():
        try:
            invitee = service.Invitee(form.name.data, form.email.data, *form.chosen)
            person_id, _ = service.invite(current_actor(), invitee)
        except Invalid as error:
            form.take(error)
        else:
            flash(f"{form.name.data} is invited. The link is on its way by email.", "success")
            return redirect(url_for("accounts.person", person_id=person_id))
    return render_template("accounts/invite.html", form=form, errors=summary(form)), form.status


@blueprint.get("/people/<uuid:person_id>")
@access(May(MANAGE, person_subject))
def person(person_id: UUID) -> ResponseReturnValue:
    return render_template("accounts/person.html", person=g.subject)


@blueprint.route("/people/<uuid:person_id>/edit", methods=["GET", "POST"])
@access(May(MANAGE, person_subject))
def edit_person(person_id: UUID) -> ResponseReturnValue:
    form, stale = PersonForm(obj=g.subject), None
    if form.validate_on_submit():
        version = sent_version() or 0  # without the field the form holds the row's own number
        try:
            service.edit(current_actor(), person_id, form.name.data, form.email.data, version)
        except Invalid as error:
            form.take(error)
        except Stale as error:
            stale, form.version.data = error, str(error.version)
        else:
            flash("The changes are saved.", "success")
            return redirect(url_for("accounts.person", person_id=person_id))
    page = render_template(
        "accounts/edit_person.html", form=form, person=g.subject, stale=stale, errors=summary(form)
    )
    return page, 409 if stale else form.status


@blueprint.route("/people/<uuid:person_id>/roles/new", methods=["GET", "POST"])
@access(May(MANAGE, person_subject))
def add_role(person_id: UUID) -> ResponseReturnValue:
    form = RoleForm()
    form.organisation.choices = organisation_choices(queries.choices())
    if form.validate_on_submit():
        try:
            memberships.add_membership(current_actor(), person_id, *form.chosen)
        except Invalid as error:
            form.take(error)
        else:
            flash("The role is added. The person has to sign in again.", "success")
            return redirect(url_for("accounts.person", person_id=person_id))
    page = render_template("accounts/add_role.html", form=form, person=g.subject, errors=summary(form))
    return page, form.status


@blueprint.route("/people/<uuid:person_id>/disable", methods=["GET", "POST"])
@access(May(MANAGE, person_subject))
def disable_person(person_id: UUID) -> ResponseReturnValue:
    if request.method == "GET":
        return render_template("accounts/disable.html", person=g.subject)
    service.disable(current_actor(), person_id)
    flash(f"{g.subject.name} is disabled and signed out everywhere.", "success")
    return redirect(url_for("accounts.person", person_id=person_id))


@blueprint.post("/people/<uuid:person_id>/enable")
@access(May(MANAGE, person_subject))
def enable_person(person_id: UUID) -> ResponseReturnValue:
    service.enable(current_actor(), person_id)
    flash(f"{g.subject.name} can sign in again.", "success")
    return redirect(url_for("accounts.person", person_id=person_id))


@blueprint.post("/people/<uuid:person_id>/invite-again")
@access(May(MANAGE, person_subject))
def invite_again(person_id: UUID) -> ResponseReturnValue:
    service.invite_again(current_actor(), person_id)
    flash("A new link is on its way by email. Earlier links no longer work.", "success")
    return redirect(url_for("accounts.person", person_id=person_id))
