"""The newsletter as everybody sees it: its archive, and asking for it, confirming, stopping."""

from __future__ import annotations

import json
from uuid import UUID

from flask import Response, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from portal.accounts.access import SignedIn, person_signed_in
from portal.accounts.service.throttling import TooManyTries
from portal.comms import queries
from portal.comms.forms import ButtonForm, SubscribeForm
from portal.comms.rules.composing import piece_from
from portal.comms.service import subscribing
from portal.comms.views.blueprint import blueprint
from portal.core.access import Public, access
from portal.core.errors import Invalid, NotFound
from portal.core.forms import summary
from portal.core.public_pages import publicly_cached
from portal.core.rules.blocks import read_blocks

ANYBODY = Public("the newsletter is written for everybody")
BY_LINK = Public("the link itself, sent by e-mail, is the proof")


@blueprint.get("/newsletter")
@access(ANYBODY)
def archive() -> ResponseReturnValue:
    """What was sent, the newest first; by one supplier where there are several."""
    suppliers = queries.suppliers()
    asked = next((id_ for id_, _ in suppliers if str(id_) == request.args.get("supplier")), None)
    issues, paging = queries.archive(request.args.get("page"), asked)
    page = render_template(
        "comms/public/archive.html", issues=issues, paging=paging, suppliers=suppliers, asked=asked
    )
    return publicly_cached(page)


@blueprint.get("/newsletter/<uuid:newsletter_id>")
@access(ANYBODY)
def issue(newsletter_id: UUID) -> ResponseReturnValue:
    """A newsletter as it was sent, drawn with the portal's own styles."""
    found = queries.issue(newsletter_id)
    if found is None:
        raise NotFound("There is no newsletter at this address.")
    sent, supplier_id, supplier = found
    page = render_template(
        "comms/public/issue.html",
        sent=sent,
        supplier=supplier,
        supplier_id=supplier_id,
        blocks=read_blocks(sent.intro),
        pieces=[piece_from(one) for one in json.loads(sent.pieces)],
    )
    return publicly_cached(page)


@blueprint.route("/newsletter/subscribe", methods=["GET", "POST"])
@access(ANYBODY)
def subscribe() -> ResponseReturnValue:
    """Ask for one. What a program filled in is answered as everything is, and goes nowhere."""
    suppliers = queries.suppliers()
    form = SubscribeForm(suppliers, data={"supplier": request.args.get("supplier")})
    status = form.status
    if form.validate_on_submit():
        try:
            if not form.website.data:
                subscribing.ask(form.email.data or "", _uuid(form.supplier.data), request.remote_addr or "")
        except Invalid as error:
            form.take(error)
        except TooManyTries as error:
            form.form_errors.append(error.reason)
            status = 429
        else:
            return redirect(url_for(".asked"), 303)
    page = render_template(
        "comms/public/subscribe.html", form=form, suppliers=suppliers, errors=summary(form)
    )
    return page, max(status, form.status)


@blueprint.get("/newsletter/asked")
@access(ANYBODY)
def asked() -> ResponseReturnValue:
    return render_template("comms/public/asked.html")


@blueprint.get("/newsletter/confirm/<string:token>")
@access(BY_LINK)
def confirm_page(token: str) -> ResponseReturnValue:
    """A button, since programs that check mails open their links too."""
    found = subscribing.pending(token)
    supplier = queries.supplier_name(found.supplier_id)
    return render_template(
        "comms/public/confirm.html", done=found.confirmed_at, supplier=supplier, form=ButtonForm()
    )


@blueprint.post("/newsletter/confirm/<string:token>")
@access(BY_LINK)
def confirm(token: str) -> ResponseReturnValue:
    subscribing.confirm(token)
    return redirect(url_for(".confirm_page", token=token), 303)


@blueprint.get("/newsletter/stop/<string:token>")
@access(BY_LINK)
def stop_page(token: str) -> ResponseReturnValue:
    """A button: opening the link stops nothing, for programs that check mails open it too."""
    found = subscribing.stopping(token)
    supplier = queries.supplier_name(found.supplier_id) if found else ""
    return render_template("comms/public/stop.html", going=found is not None, supplier=supplier)


@blueprint.post("/newsletter/stop/<string:token>")
@access(BY_LINK)
def stop(token: str) -> ResponseReturnValue:
    """The button, and the one click of mail programs: these send no cookie and follow no redirect.

    RFC 8058, sections 3.1 and 3.2.
    """
    subscribing.stop(token)
    if request.form.get("List-Unsubscribe") == "One-Click":
        return Response("The newsletter has been stopped.\n", content_type="text/plain; charset=utf-8")
    return redirect(url_for(".stop_page", token=token), 303)


@blueprint.get("/newsletter/mine")
@access(SignedIn())
def mine() -> ResponseReturnValue:
    """Whose newsletter one gets, with one button each."""
    going = subscribing.subscribed(person_signed_in())
    page = "comms/public/mine.html"
    return render_template(page, suppliers=queries.suppliers(), going=going, form=ButtonForm(formdata=None))


@blueprint.post("/newsletter/mine/<any(start,stop):action>")
@access(SignedIn())
def change_mine(action: str) -> ResponseReturnValue:
    """Begin or stop one for one's own address."""
    supplier_id = _uuid(request.form.get("supplier"))
    if supplier_id is None:
        raise NotFound("There is no such supplier.")
    if action == "start":
        subscribing.subscribe_me(person_signed_in(), supplier_id)
        flash("You get the newsletter from now on.", "success")
    else:
        subscribing.stop_me(person_signed_in(), supplier_id)
        flash("You no longer get the newsletter.", "success")
    return redirect(url_for(".mine"), 303)


def _uuid(text: str | None) -> UUID | None:
    try:
        return UUID(text or "")
    except ValueError:
        return None
