"""Evidence files of an item: adding, downloading, removing and putting back.

The buttons belong to the item's own form, so that what was typed and not yet saved travels with them.
"""

from __future__ import annotations

from uuid import UUID

from flask import abort, flash, g, redirect, request, url_for
from flask.typing import ResponseReturnValue

from portal.accounts.current import current_actor
from portal.core.access import access
from portal.core.errors import Invalid, NotFound
from portal.core.storage import service as storage
from portal.reviews.assessment import evidence
from portal.reviews.assessment.item_page import item_at
from portal.reviews.assessment.service.filing import add_file as attach
from portal.reviews.assessment.service.filing import name_of, remove_file, restore_file
from portal.reviews.assessment.subjects import MayRead
from portal.reviews.assessment.views.blueprint import Desk, blueprint, desk
from portal.reviews.assessment.views.item import page_with_problems, save_typed
from portal.scales.rules.definition import Item

ADDRESS = "/assessments/<uuid:assessment_id>"


@blueprint.get(ADDRESS + "/files/<uuid:file_id>")
@access(MayRead())
def file(assessment_id: UUID, file_id: UUID) -> ResponseReturnValue:
    attachment = evidence.attachment_of(assessment_id, file_id)
    if attachment is None or not evidence.may_see_files(current_actor(), g.subject):
        raise NotFound("There is no file at this address that you may see.")
    return storage.download(attachment)


@blueprint.post(ADDRESS + "/items/<int:number>/files", endpoint="add_file")
@access(MayRead())
def add(assessment_id: UUID, number: int) -> ResponseReturnValue:
    here = desk()
    item = item_at(here.found.scale, number)
    if item is None:
        abort(404)
    upload = request.files.get("upload")
    if upload is None or not upload.filename:
        return page_with_problems(here, item, {"upload": "Choose a file first"})
    try:
        attach(current_actor(), assessment_id, item.key, upload.filename, upload.read())
    except Invalid as error:
        return page_with_problems(here, item, {"upload": next(iter(error.problems.values()))})
    flash(f"Added {upload.filename}.", "success")
    return _after(here, item)


@blueprint.post(ADDRESS + "/files/<uuid:file_id>/remove", endpoint="remove_file")
@access(MayRead())
def remove(assessment_id: UUID, file_id: UUID) -> ResponseReturnValue:
    here = desk()
    item = here.found.scale.item(remove_file(current_actor(), assessment_id, file_id))
    flash(f"Removed {name_of(file_id)}. You can put it back under “Removed files”.", "success")
    return _after(here, item)


@blueprint.post(ADDRESS + "/files/<uuid:file_id>/restore")
@access(MayRead())
def put_back(assessment_id: UUID, file_id: UUID) -> ResponseReturnValue:
    here = desk()
    item = here.found.scale.item(restore_file(current_actor(), assessment_id, file_id))
    flash(f"{name_of(file_id)} is back.", "success")
    return _after(here, item)


def _after(here: Desk, item: Item) -> ResponseReturnValue:
    """Save what was typed in the item's form beside; a problem there keeps the person on the page."""
    problem = save_typed(here, item) if "version" in request.form else None
    if problem is not None:
        return problem
    address = url_for(
        ".item", assessment_id=here.found.assessment.id, number=item.number, _anchor="files-title"
    )
    return redirect(address, 303)
