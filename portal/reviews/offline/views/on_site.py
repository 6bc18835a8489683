"""The review's “On site” page: which devices it is on, what waits, and saying that a device is lost."""

from __future__ import annotations

from uuid import UUID

from flask import flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue

from portal.accounts.current import current_actor
from portal.core.access import access
from portal.core.errors import NotFound
from portal.core.filters import plural
from portal.core.storage import service as storage
from portal.reviews.external.subjects import MaySeeInside
from portal.reviews.external.views.blueprint import ADDRESS, desk
from portal.reviews.offline.board import device_lines
from portal.reviews.offline.evidence import attachment_of
from portal.reviews.offline.held import held_lines
from portal.reviews.offline.service.devices import OPEN_TO_DEVICES, announce_lost
from portal.reviews.offline.views.blueprint import blueprint

PAGE = ADDRESS + "/on-site"
LOST = PAGE + "/devices/<uuid:check_out_id>/lost"


@blueprint.get(PAGE)
@access(MaySeeInside())
def on_site(assessment_id: UUID) -> ResponseReturnValue:
    here = desk()
    held = held_lines(here.actor, here.found)
    return render_template(
        "offline/on_site.html",
        desk=here,
        devices=device_lines(here.actor, here.found),
        waiting=[line for line in held if line.open],
        settled=[line for line in held if not line.open],
        takes=here.scores and here.found.stage in OPEN_TO_DEVICES,
    )


@blueprint.get(LOST)
@access(MaySeeInside())
def ask_lost(assessment_id: UUID, check_out_id: UUID) -> ResponseReturnValue:
    """What follows from saying that a device is lost, before it is said."""
    here = desk()
    lines = device_lines(here.actor, here.found)
    line = next((one for one in lines if one.check_out_id == check_out_id), None)
    if line is None:
        raise NotFound("There is no such check-out in this review.")
    if not line.may_announce:
        return redirect(url_for(".on_site", assessment_id=assessment_id), 303)
    return render_template("offline/lost.html", desk=here, line=line)


@blueprint.post(LOST)
@access(MaySeeInside())
def say_lost(assessment_id: UUID, check_out_id: UUID) -> ResponseReturnValue:
    lost = announce_lost(current_actor(), assessment_id, check_out_id)
    known = (
        f"{plural(lost, 'edit')} known to be on it never arrived." if lost else "Nothing known is missing."
    )
    flash(f"The device is noted as lost. {known}", "success")
    return redirect(url_for(".on_site", assessment_id=assessment_id), 303)


@blueprint.get(PAGE + "/photos/<uuid:photo_id>")
@access(MaySeeInside())
def photo_file(assessment_id: UUID, photo_id: UUID) -> ResponseReturnValue:
    """The photo as a download."""
    return storage.download(attachment_of(assessment_id, photo_id))
