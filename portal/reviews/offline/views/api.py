"""What the on-site client asks with a network: who is signed in, taking a review, sending edits."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any
from uuid import UUID

from flask import g, jsonify, request
from flask.typing import ResponseReturnValue
from flask_wtf.csrf import generate_csrf

from portal.accounts.access import SignedIn
from portal.accounts.current import current_actor
from portal.core import clock
from portal.core.access import Public, access
from portal.core.errors import Forbidden, Stale
from portal.reviews.external.loading import load_review
from portal.reviews.external.subjects import MaySeeOwnSheet
from portal.reviews.offline.bundle import build
from portal.reviews.offline.export_key import public_key
from portal.reviews.offline.pack import pack
from portal.reviews.offline.rules.operations import MOST_IN_A_BATCH
from portal.reviews.offline.rules.schema import CURRENT
from portal.reviews.offline.service.applying import take
from portal.reviews.offline.service.deposits import SignInInstead, deposit, depositor
from portal.reviews.offline.service.devices import (
    ForeignDevice,
    Heard,
    UnknownDevice,
    check_out,
    give_back,
    hear,
    not_arrived,
)
from portal.reviews.offline.views.blueprint import blueprint

API = "/on-site/api"


class BadCall(Exception):
    """The client sent something that is no call of this interface."""


@blueprint.get(API + "/me")
@access(SignedIn())
def me() -> ResponseReturnValue:
    actor = current_actor()
    return jsonify(
        person_id=str(actor.person_id),
        name=actor.name,
        token=generate_csrf(),
        server_time=clock.now().isoformat(),
        build=build(),
        schema=CURRENT,
    )


@blueprint.post(API + "/check-outs")
@access(SignedIn())
def take_out() -> ResponseReturnValue:
    """The right to the review is the verb's to judge: the client shows its words."""
    body = _body()
    review_id = _id(body, "review")
    taken = check_out(
        current_actor(),
        review_id,
        _id(body, "check_out_id"),
        _id(body, "device_id"),
        _text(body, "device_name"),
        _flag(body, "persisted"),
    )
    found = load_review(review_id)
    assert found is not None  # the verb has just loaded it
    key = public_key()
    return jsonify(
        check_out_id=str(taken.check_out_id),
        deposit_token=taken.deposit_token,
        public_key=key.key,
        key_id=key.key_id,
        pack=pack(current_actor(), found),
        elsewhere=[
            {"device_name": one.device_name, "checked_out_at": one.checked_out_at.isoformat()}
            for one in taken.elsewhere
        ],
    )


@blueprint.get(API + "/packs/<uuid:assessment_id>")
@access(MaySeeOwnSheet())
def fresh_pack(assessment_id: UUID) -> ResponseReturnValue:
    return jsonify(pack(current_actor(), g.subject))


@blueprint.post(API + "/check-outs/<uuid:check_out_id>/return")
@access(SignedIn())
def return_review(check_out_id: UUID) -> ResponseReturnValue:
    try:
        give_back(current_actor(), check_out_id, _number(_body(), "highest_seq"))
    except Stale as error:
        return jsonify(error=error.reason, missing=error.version), 409
    return jsonify(returned=True)


@blueprint.post(API + "/sync")
@access(SignedIn())
def sync() -> ResponseReturnValue:
    body, actor = _body(), current_actor()
    device_id, operations = _id(body, "device_id"), _operations(body)
    highest = hear(actor, device_id, _heard(body, operations))
    receipts = take(actor, device_id, operations)
    return jsonify(
        person_id=str(actor.person_id),
        server_time=clock.now().isoformat(),
        receipts=receipts,
        missing=not_arrived(device_id, highest),
    )


@blueprint.post(API + "/deposit")
@access(Public("a device's own secret lets it leave the edits of a closed account, and nothing else"))
def leave_edits() -> ResponseReturnValue:
    body = _body()
    device_id, operations = _id(body, "device_id"), _operations(body)
    scheme, _, token = request.headers.get("Authorization", "").partition(" ")
    if scheme != "Bearer" or not token:
        raise Forbidden("This device is not known.")
    actor = depositor(device_id, token)
    highest = hear(actor, device_id, _heard(body, operations))
    receipts = deposit(actor, device_id, operations)
    return jsonify(person_id=str(actor.person_id), receipts=receipts, missing=not_arrived(device_id, highest))


@blueprint.errorhandler(SignInInstead)
def _sign_in(_error: SignInInstead) -> ResponseReturnValue:
    return jsonify(error="sign-in"), 401


@blueprint.errorhandler(ForeignDevice)
def _foreign_device(_error: ForeignDevice) -> ResponseReturnValue:
    return jsonify(error="device"), 403


@blueprint.errorhandler(UnknownDevice)
def _unknown_device(_error: UnknownDevice) -> ResponseReturnValue:
    return jsonify(error="unknown-device"), 409


@blueprint.errorhandler(BadCall)
def _bad_call(error: BadCall) -> ResponseReturnValue:
    return jsonify(error=str(error)), 400


def _body() -> Mapping[str, Any]:
    body = request.get_json(silent=True)
    if not isinstance(body, dict):
        raise BadCall("JSON is needed")
    return body


def _id(body: Mapping[str, Any], name: str) -> UUID:
    try:
        return UUID(body.get(name, ""))
    except (ValueError, AttributeError, TypeError):
        raise BadCall(f"{name} must be an id") from None


def _text(body: Mapping[str, Any], name: str) -> str:
    value = body.get(name)
    if not isinstance(value, str):
        raise BadCall(f"{name} must be a text")
    return value


def _number(body: Mapping[str, Any], name: str) -> int:
    value = body.get(name)
    if not isinstance(value, int) or isinstance(value, bool) or not 0 <= value < 2**31:
        raise BadCall(f"{name} must be a whole number")
    return value


def _flag(body: Mapping[str, Any], name: str) -> bool | None:
    value = body.get(name)
    if value is not None and not isinstance(value, bool):
        raise BadCall(f"{name} must be true, false or null")
    return value


def _heard(body: Mapping[str, Any], operations: list[Mapping[str, Any]]) -> Heard:
    sent = tuple(one.get("seq") for one in operations)
    return Heard(_number(body, "highest_seq"), _number(body, "waiting"), _flag(body, "persisted"), sent)


def _operations(body: Mapping[str, Any]) -> list[Mapping[str, Any]]:
    found = body.get("operations")
    if not isinstance(found, list) or not all(isinstance(one, dict) for one in found):
        raise BadCall("operations must be a list")
    if len(found) > MOST_IN_A_BATCH:
        raise BadCall(f"A batch holds {MOST_IN_A_BATCH} edits at most")
    return found
