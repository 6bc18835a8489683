"""Sending a newsletter: to oneself for a look, and to everybody for good."""

from __future__ import annotations

from uuid import UUID

from flask import flash, g, redirect, render_template, url_for
from flask.typing import ResponseReturnValue

from portal.accounts.current import current_actor
from portal.comms import queries, service
from portal.comms.content import pieces_of
from portal.comms.forms import SendForm
from portal.comms.models import Newsletter, NewsletterState
from portal.comms.service.writing import draft_of
from portal.comms.views.blueprint import AT_NEWSLETTER, NEWSLETTER, blueprint
from portal.comms.views.newsletters import newsletter_page
from portal.core.access import access
from portal.core.db import db
from portal.core.errors import Refused, Stale
from portal.core.forms import summary
from portal.core.rules.whole import whole


@blueprint.post(AT_NEWSLETTER + "/test")
@access(NEWSLETTER)
def send_test(newsletter_id: UUID) -> ResponseReturnValue:
    """The mail as it stands, to whoever presses the button."""
    try:
        address = service.send_test(current_actor(), newsletter_id)
    except Refused as error:
        return newsletter_page(g.subject, error.reason)
    flash(f"A test has been sent to {address}.", "success")
    return redirect(url_for(".newsletter", newsletter_id=newsletter_id), 303)


@blueprint.route(AT_NEWSLETTER + "/send", methods=["GET", "POST"])
@access(NEWSLETTER)
def send(newsletter_id: UUID) -> ResponseReturnValue:
    """How many would get it, and that it cannot be taken back; then it is sent."""
    found: Newsletter = g.subject
    form = SendForm(data={"version": str(found.version)})
    if found.state is not NewsletterState.DRAFT:
        return newsletter_page(found, "The newsletter has been sent.")
    if form.validate_on_submit():
        try:
            count = service.send_newsletter(current_actor(), newsletter_id, whole(form.version.data) or 0)
        except (Refused, Stale) as error:
            standing = db.session.get_one(Newsletter, newsletter_id, populate_existing=True)
            return newsletter_page(standing, error.reason)
        flash(f"The newsletter is being sent to {count:,} {'person' if count == 1 else 'people'}.", "success")
        return redirect(url_for(".newsletter", newsletter_id=newsletter_id), 303)
    _, gone = pieces_of(draft_of(found).blocks)
    page = render_template(
        "comms/send.html",
        newsletter=found,
        form=form,
        readers=queries.readers(found.supplier_id).now,
        supplier=queries.supplier_name(found.supplier_id),
        gone=gone,
        errors=summary(form),
    )
    return page, form.status
