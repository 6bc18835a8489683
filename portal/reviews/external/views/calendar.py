"""Calendars: a review as a file, and one's own secret address that a calendar program follows."""

from __future__ import annotations

from uuid import UUID

from flask import Response, flash, g, redirect, render_template, url_for
from flask.typing import ResponseReturnValue

from portal.accounts.access import SignedIn
from portal.accounts.current import current_actor
from portal.core.access import Public, access
from portal.core.errors import NotFound
from portal.reviews.external.calendar import of_person, of_review
from portal.reviews.external.service.calendar_address import made_at, make, revoke, whose
from portal.reviews.external.subjects import MaySeeReview
from portal.reviews.external.views.blueprint import ADDRESS, blueprint

TYPE = "text/calendar; charset=utf-8"


@blueprint.get(ADDRESS + "/calendar.ics")
@access(MaySeeReview())
def calendar_file(assessment_id: UUID) -> ResponseReturnValue:
    name = f"fidelity-review-{g.subject.service.key}.ics"
    headers = {"Content-Disposition": f'attachment; filename="{name}"'}
    return Response(of_review(g.subject), content_type=TYPE, headers=headers)


@blueprint.get("/calendar/<string:token>.ics")
@access(Public("the address itself is the secret, as calendar programs cannot sign in"))
def calendar_feed(token: str) -> ResponseReturnValue:
    actor = whose(token)
    if actor is None:
        raise NotFound("There is no calendar at this address.")
    return Response(of_person(actor), content_type=TYPE, headers={"X-Robots-Tag": "noindex"})


@blueprint.get("/account/calendar")
@access(SignedIn())
def calendar_address() -> ResponseReturnValue:
    return render_template("external/calendar.html", made_at=made_at(current_actor()), address="")


@blueprint.post("/account/calendar")
@access(SignedIn())
def make_calendar_address() -> ResponseReturnValue:
    """Make it, or make it anew. The answer is the only page that ever shows it."""
    address = make(current_actor())
    return render_template("external/calendar.html", made_at=made_at(current_actor()), address=address)


@blueprint.post("/account/calendar/revoke")
@access(SignedIn())
def revoke_calendar_address() -> ResponseReturnValue:
    if revoke(current_actor()):
        flash("The address no longer works. Calendars that follow it will stop.", "success")
    return redirect(url_for(".calendar_address"), 303)
