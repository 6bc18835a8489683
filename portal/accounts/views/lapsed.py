"""When a sign-in or a token has lapsed: nothing typed is lost, and a foreign page gets nowhere."""

from __future__ import annotations

from flask import Flask, current_app, jsonify, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_wtf.csrf import CSRFError

from portal.accounts.access import SignInNeeded
from portal.accounts.current import current_actor
from portal.accounts.forms.signing_in import SignInForm
from portal.accounts.rules import emails
from portal.accounts.service.throttling import TooManyTries
from portal.accounts.views.kept import same_origin, typed
from portal.accounts.views.signing_in import sign_in_page
from portal.core.access import STAMP, Public
from portal.core.error_pages import error_page, wants_json

FOREIGN = "This did not come from a page of the portal, so nothing was changed."
READING = {"GET", "HEAD", "OPTIONS"}


def init_app(app: Flask) -> None:
    """Answer the two kinds of lapse on every route."""
    app.register_error_handler(SignInNeeded, _sign_in_needed)
    app.register_error_handler(CSRFError, _token_lapsed)
    app.register_error_handler(TooManyTries, lambda error: error_page(429, error.reason))


def _sign_in_needed(_error: SignInNeeded) -> ResponseReturnValue:
    if wants_json():
        return jsonify(error="sign-in", code=401), 401
    if request.method in READING:
        return redirect(url_for("accounts.sign_in", next=request.full_path.rstrip("?")))
    if not same_origin():
        return error_page(400, FOREIGN)
    if request.endpoint == "accounts.sign_out":  # they are signed out already
        return redirect(url_for("accounts.sign_in"))
    return sign_in_page(SignInForm(formdata=None), 401, lapsed=typed())


def _token_lapsed(error: CSRFError) -> ResponseReturnValue:
    if not same_origin():
        return error_page(400, FOREIGN)
    if current_actor().person_id is None and not _is_public():
        return _sign_in_needed(SignInNeeded())
    if wants_json():
        return jsonify(error="token", code=400), 400
    if request.endpoint == "accounts.sign_in":
        form = SignInForm(formdata=None, email=emails.normal(request.form.get("email")))
        form.kept.data, form.next.data = request.form.get("kept"), request.form.get("next")
        form.form_errors.append("This page had been open for too long. Enter your password again.")
        return sign_in_page(form, 400)
    return render_template("accounts/send_again.html", held=typed(), signed_in_again=False), 400


def _is_public() -> bool:
    view = current_app.view_functions[request.endpoint or ""]
    return isinstance(getattr(view, STAMP, None), Public)
