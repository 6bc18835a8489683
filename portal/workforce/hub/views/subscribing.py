"""Mails about new vacancies: asking, confirming, stopping. Public, and never kept: these pages hold forms."""

from __future__ import annotations

from flask import redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from portal.accounts.service.throttling import TooManyTries
from portal.core.access import Public, access
from portal.core.errors import Invalid
from portal.core.forms import ButtonForm, summary
from portal.workforce.hub.forms import AlertForm
from portal.workforce.hub.service import subscribing
from portal.workforce.hub.views.blueprint import ANYBODY, blueprint

BY_LINK = Public("the link itself, sent by e-mail, is the proof")


@blueprint.route("/jobs/alerts", methods=["GET", "POST"])
@access(ANYBODY)
def alerts() -> ResponseReturnValue:
    """Ask for the mails. What a program filled in is answered as everything is, and goes nowhere."""
    form = AlertForm(data={"regions": request.args.getlist("region")})
    status = form.status
    if form.validate_on_submit():
        try:
            if not form.website.data:
                subscribing.ask(form.email.data or "", form.regions.data or (), request.remote_addr or "")
        except Invalid as error:
            form.take(error)
        except TooManyTries as error:
            form.form_errors.append(error.reason)
            status = 429
        else:
            return redirect(url_for(".alerts_asked"), 303)
    page = render_template("workforce/hub/alerts.html", form=form, errors=summary(form))
    return page, max(status, form.status)


@blueprint.get("/jobs/alerts/asked")
@access(ANYBODY)
def alerts_asked() -> ResponseReturnValue:
    return render_template("workforce/hub/alerts_asked.html")


@blueprint.get("/jobs/alerts/confirm/<string:token>")
@access(BY_LINK)
def confirm_page(token: str) -> ResponseReturnValue:
    """A button, since programs that check mails open their links too."""
    found = subscribing.pending(token)
    return render_template("workforce/hub/alerts_confirm.html", subscription=found, form=ButtonForm())


@blueprint.post("/jobs/alerts/confirm/<string:token>")
@access(BY_LINK)
def confirm(token: str) -> ResponseReturnValue:
    subscribing.confirm(token)
    return redirect(url_for(".confirm_page", token=token), 303)


@blueprint.get("/jobs/alerts/stop/<string:token>")
@access(BY_LINK)
def stop_page(token: str) -> ResponseReturnValue:
    found = subscribing.stopping(token)
    return render_template("workforce/hub/alerts_stop.html", subscription=found, form=ButtonForm())


@blueprint.post("/jobs/alerts/stop/<string:token>")
@access(BY_LINK)
def stop(token: str) -> ResponseReturnValue:
    subscribing.stop(token)
    return redirect(url_for(".stop_page", token=token), 303)
