"""One's own account: roles, sign-ins, password."""

from __future__ import annotations

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_login import current_user

from portal.accounts import queries
from portal.accounts import sign_in as sign_ins
from portal.accounts.access import SignedIn
from portal.accounts.current import current_actor
from portal.accounts.forms.signing_in import ChangePasswordForm
from portal.accounts.service import links
from portal.accounts.views.blueprint import blueprint
from portal.core.access import access
from portal.core.errors import Invalid
from portal.core.forms import summary


@blueprint.get("/account")
@access(SignedIn())
def account() -> ResponseReturnValue:
    actor = current_actor()
    person = queries.person(actor.person_id) if actor.person_id else None
    return render_template(
        "accounts/account.html",
        person=person,
        sign_ins=queries.sign_ins(actor),
        this_one=current_user.sign_in_id,
    )


@blueprint.route("/account/password", methods=["GET", "POST"])
@access(SignedIn())
def change_password() -> ResponseReturnValue:
    form = ChangePasswordForm()
    if form.validate_on_submit():
        try:
            person_id = links.change(
                current_actor(), form.current.data, form.password.data, request.remote_addr or ""
            )
        except Invalid as error:
            form.take(error)
        else:
            sign_ins.begin(person_id)
            flash("Your password is changed. You are signed out on every other device.", "success")
            return redirect(url_for("accounts.account"))
    errors = summary(form)
    page = render_template(
        "accounts/change_password.html", form=form, email=current_user.email, errors=errors
    )
    return page, form.status
