"""Pieces of photos, as a device sends them."""

from __future__ import annotations

from uuid import UUID

from flask import jsonify, request
from flask.typing import ResponseReturnValue

from portal.accounts.access import SignedIn
from portal.accounts.current import current_actor
from portal.core.access import access
from portal.core.rules.whole import whole
from portal.reviews.offline.service.photos import (
    MOST_AT_ONCE,
    Damaged,
    Elsewhere,
    photo_of,
    received,
    take_piece,
)
from portal.reviews.offline.views.api import API, BadCall
from portal.reviews.offline.views.blueprint import blueprint

PHOTO = API + "/photos/<uuid:photo_id>"


@blueprint.get(PHOTO)
@access(SignedIn())
def photo_state(photo_id: UUID) -> ResponseReturnValue:
    """How much of the actor's own photo is here; the verb answers 404 for anybody else's."""
    photo = photo_of(current_actor(), photo_id)
    return jsonify(received=received(photo), size=photo.size, whole=photo.attachment_id is not None)


@blueprint.put(PHOTO)
@access(SignedIn())
def photo_piece(photo_id: UUID) -> ResponseReturnValue:
    photo_of(current_actor(), photo_id)  # whoever has no such photo is told no more than that
    offset = whole(request.args.get("from"))
    if offset is None:
        raise BadCall("from must be a whole number")
    if (request.content_length or 0) > MOST_AT_ONCE:
        raise BadCall(f"A piece holds {MOST_AT_ONCE} bytes at most")
    try:
        here, complete = take_piece(current_actor(), photo_id, offset, request.get_data(cache=False))
    except Elsewhere as error:
        return jsonify(error="offset", received=error.received), 409
    except Damaged:
        return jsonify(error="damaged", received=0), 409
    return jsonify(received=here, whole=complete)
