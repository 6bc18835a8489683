"""Organisations, for administrators."""

from __future__ import annotations

from uuid import UUID

from flask import flash, g, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from portal.accounts import queries
from portal.accounts.access import May
from portal.accounts.current import current_actor
from portal.accounts.forms.people import OrganisationForm, RenameForm
from portal.accounts.rules.permissions import Permission
from portal.accounts.rules.roles import KIND_TITLES
from portal.accounts.service import organisations as service
from portal.accounts.subjects import organisation_subject
from portal.accounts.views.blueprint import blueprint
from portal.core.access import access
from portal.core.errors import Invalid, Stale
from portal.core.forms import sent_version, summary

MANAGE = Permission.ACCOUNTS_MANAGE


@blueprint.get("/people/organisations")
@access(May(MANAGE))
def organisations() -> ResponseReturnValue:
    search = request.args.get("search", "")[:200]
    rows, paging = queries.organisations(search, request.args.get("page"))
    return render_template(
        "accounts/organisations.html", rows=rows, paging=paging, search=search, kinds=KIND_TITLES
    )


@blueprint.route("/people/organisations/new", methods=["GET", "POST"])
@access(May(MANAGE))
def add_organisation() -> ResponseReturnValue:
    form = OrganisationForm()
    if form.validate_on_submit():
        try:
            service.create_organisation(current_actor(), form.name.data, form.chosen_kind)
        except Invalid as error:
            form.take(error)
        else:
            flash(f"{form.name.data} is added.", "success")
            return redirect(url_for("accounts.organisations"))
    return render_template("accounts/add_organisation.html", form=form, errors=summary(form)), form.status


@blueprint.route("/people/organisations/<uuid:organisation_id>/edit", methods=["GET", "POST"])
@access(May(MANAGE, organisation_subject))
def edit_organisation(organisation_id: UUID) -> ResponseReturnValue:
    form, stale = RenameForm(obj=g.subject), None
    if form.validate_on_submit():
        version = sent_version() or 0  # without the field the form holds the row's own number
        try:
            service.rename_organisation(current_actor(), organisation_id, form.name.data, version)
        except Invalid as error:
            form.take(error)
        except Stale as error:
            stale, form.version.data = error, str(error.version)
        else:
            flash("The changes are saved.", "success")
            return redirect(url_for("accounts.organisations"))
    page = render_template("accounts/edit_organisation.html", form=form, stale=stale, errors=summary(form))
    return page, 409 if stale else form.status
