"""Signing in and out."""

from __future__ import annotations

from uuid import UUID

from flask import flash, g, jsonify, redirect, render_template, request, session, url_for
from flask.typing import ResponseReturnValue
from flask_wtf.csrf import generate_csrf

from portal.accounts import sign_in as sign_ins
from portal.accounts.access import SignedIn
from portal.accounts.current import current_actor
from portal.accounts.forms.signing_in import SignInForm
from portal.accounts.rules.links import same_site_path
from portal.accounts.service import signing_in as service
from portal.accounts.service.throttling import TooManyTries
from portal.accounts.views.blueprint import blueprint
from portal.accounts.views.kept import Kept, carried
from portal.core.access import Public, access
from portal.core.forms import summary

ANYONE = "whoever has an account proves here who they are"


@blueprint.route("/sign-in", methods=["GET", "POST"])
@access(Public(ANYONE))
def sign_in() -> ResponseReturnValue:
    form = SignInForm(next=request.args.get("next")) if request.method == "GET" else SignInForm()
    onward = same_site_path(form.next.data)
    if request.method == "GET" and current_actor().person_id is not None:
        return redirect(onward or url_for("home.index"))
    status = form.status
    if form.validate_on_submit():
        try:
            person_id = service.authenticate(form.email.data, form.password.data, request.remote_addr or "")
        except TooManyTries as error:
            form.form_errors.append(error.reason)
            status = 429
        except service.WrongPassword as error:
            form.email.errors = [error.reason]
        else:
            return _signed_in(person_id, carried(form.kept.data), onward)
    return sign_in_page(form, max(status, form.status))


def sign_in_page(form: SignInForm, status: int, lapsed: Kept | None = None) -> ResponseReturnValue:
    """The sign-in page; `lapsed` is a form that arrived after the sign-in had ended."""
    if lapsed is not None:
        form.kept.data = lapsed.signed()
    held = lapsed or carried(form.kept.data)
    errors = summary(form)
    return render_template("accounts/sign_in.html", form=form, errors=errors, held=held), status


def _signed_in(person_id: UUID, held: Kept | None, onward: str | None) -> ResponseReturnValue:
    sign_ins.begin(person_id)
    g.pop("actor", None)  # this response is already theirs
    g.pop("_login_user", None)
    g.pop("csrf_token", None)  # belongs to the session before
    if held is None:
        return redirect(onward or url_for("home.index"))
    if held.person_id not in (None, person_id):
        flash("What was typed before belongs to somebody else’s sign-in. It was not kept.", "note")
        return redirect(url_for("home.index"))
    return render_template("accounts/send_again.html", held=held, signed_in_again=True)


@blueprint.post("/sign-out")
@access(SignedIn())
def sign_out() -> ResponseReturnValue:
    service.sign_out(current_actor())
    session.clear()
    flash("You are signed out, here and on every other device.", "success")
    return redirect(url_for("accounts.sign_in"))


@blueprint.get("/token")
@access(SignedIn())
def token() -> ResponseReturnValue:
    """A fresh token for the page's script, whose own may belong to an earlier sign-in."""
    return jsonify(token=generate_csrf())
