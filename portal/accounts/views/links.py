"""Setting a password by a link from an e-mail, and asking for such a link."""

from __future__ import annotations

from flask import flash, redirect, render_template, request, session, url_for
from flask.typing import ResponseReturnValue

from portal.accounts import sign_in as sign_ins
from portal.accounts.forms.signing_in import ForgottenForm, NewPasswordForm
from portal.accounts.service import links as service
from portal.accounts.service import throttling
from portal.accounts.views.blueprint import blueprint
from portal.core.access import Public, access
from portal.core.errors import Invalid, Refused
from portal.core.forms import summary


@blueprint.route("/forgotten-password", methods=["GET", "POST"])
@access(Public("whoever forgot their password cannot sign in"))
def forgotten() -> ResponseReturnValue:
    form = ForgottenForm()
    status = form.status
    if form.validate_on_submit():
        try:
            throttling.count_request(request.remote_addr or "")
        except throttling.TooManyTries as error:
            form.form_errors.append(error.reason)
            status = 429
        else:
            service.ask_for_reset(form.email.data)
            session["asked_for"] = form.email.data
            return redirect(url_for("accounts.link_sent"))
    page = render_template("accounts/forgotten.html", form=form, errors=summary(form))
    return page, max(status, form.status)


@blueprint.get("/forgotten-password/sent")
@access(Public("follows the request for a link; says the same whoever asked"))
def link_sent() -> ResponseReturnValue:
    return render_template("accounts/link_sent.html", email=session.get("asked_for"))


@blueprint.route("/set-password/<string:token>", methods=["GET", "POST"])
@access(Public("the link itself, sent by e-mail, is the proof"))
def set_password(token: str) -> ResponseReturnValue:
    link = service.find(token)
    if link is None:
        return render_template("accounts/link_gone.html"), 410
    form = NewPasswordForm()
    if form.validate_on_submit():
        try:
            person_id = service.set_by_link(token, form.password.data)
        except Invalid as error:
            form.take(error)
        except Refused:
            return render_template("accounts/link_gone.html"), 410
        else:
            sign_ins.begin(person_id)
            flash("Your password is set and you are signed in.", "success")
            return redirect(url_for("home.index"))
    page = render_template("accounts/set_password.html", form=form, link=link, errors=summary(form))
    return page, form.status
