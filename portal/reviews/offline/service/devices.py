"""Devices and what is checked out to them: taking a review, hearing from a device, returning, losing."""

from __future__ import annotations

import hashlib
import secrets
from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

from sqlalchemy import bindparam, func, select

from portal.accounts.rules.actors import Actor
from portal.core import clock
from portal.core.act import act, operational
from portal.core.db import db
from portal.core.errors import Forbidden, Invalid, NotFound, Refused, Stale
from portal.reviews.external.loading import LoadedReview, holds, load_review, may_see
from portal.reviews.external.rules.workflow import BEFORE_UNBLINDING, Part, Stage
from portal.reviews.offline.models import CheckOut, OnSiteDevice, Operation
from portal.reviews.offline.rules.gaps import Range, count, missing

OPEN_TO_DEVICES = BEFORE_UNBLINDING - {Stage.PLANNED}
LONGEST_NAME = 80
HEARD_WITHIN = timedelta(minutes=1)  # how exact the time is at which a device was last heard
_OF_DEVICE = Operation.device_id == bindparam("device_id")
_ARRIVED = select(
    func.count(Operation.seq.distinct()).label("numbers"), func.max(Operation.seq).label("newest")
).where(_OF_DEVICE)
_NUMBERS = select(Operation.seq).where(_OF_DEVICE)


class UnknownDevice(Exception):
    """The portal has never heard of this device (or a restored backup has forgotten it)."""


class ForeignDevice(Forbidden):
    """The device holds another person's work, which nobody else may send."""

    def __init__(self) -> None:
        super().__init__("This device holds another person’s work.")


@dataclass(frozen=True)
class Heard:
    """What a device tells of itself each time it is in touch; `sent`: numbers of the edits it sends along."""

    highest_seq: int
    waiting: int  # those sent along among them
    persisted: bool | None
    sent: tuple[object, ...] = ()

    @property
    def left(self) -> int:
        """How many will still wait once those sent along are answered."""
        return max(self.waiting - len(self.sent), 0)


@dataclass(frozen=True)
class Elsewhere:
    """The same review on another device of the same person, not returned."""

    device_name: str
    checked_out_at: datetime


@dataclass(frozen=True)
class Taken:
    """A review checked out: the secret is shown once and kept as a digest only."""

    check_out_id: UUID
    deposit_token: str
    elsewhere: tuple[Elsewhere, ...]


def check_out(
    actor: Actor, assessment_id: UUID, check_out_id: UUID, device_id: UUID, name: str, persisted: bool | None
) -> Taken:
    """Take a review to a device. Asking again gives the same check-out with a new secret.

    Raises NotFound, Forbidden (not of the team; another person's device) or Refused (stage).
    """
    name = name.strip()[:LONGEST_NAME]
    if not name:
        raise Invalid({"device_name": "Give this device a name"})
    token = secrets.token_urlsafe(32)
    with act(actor, "offline.check-out", ("review", assessment_id)) as work:
        _demand_may_take(actor, assessment_id)
        device = _device(actor, device_id, name)
        device.persisted, device.token_digest = persisted, digest(token)
        out = _out(assessment_id, device_id)
        if out is None:
            out = CheckOut(
                id=check_out_id,
                assessment_id=assessment_id,
                device_id=device_id,
                person_id=actor.person_id,
                at=clock.now(),
            )
            db.session.add(out)
        work.note(check_out=out.id, device=device_id, name=name)
        return Taken(out.id, token, _elsewhere(actor, assessment_id, device_id))


def hear(actor: Actor, device_id: UUID, heard: Heard) -> int:
    """Note that a device is in touch. Returns the number of the newest edit it has ever told of.

    Raises UnknownDevice, or Forbidden where it is somebody else's.
    """
    device = device_of(device_id)
    if device.person_id != actor.person_id:
        raise ForeignDevice
    if _tells_no_more_than_its_edit(device, heard):
        return max(device.highest_seq, heard.highest_seq)
    with operational():
        device = device_of(device_id)
        device.heard_at = clock.now()
        device.highest_seq = max(device.highest_seq, heard.highest_seq)
        device.waiting = heard.left
        device.persisted = heard.persisted
        return device.highest_seq


def _tells_no_more_than_its_edit(device: OnSiteDevice, heard: Heard) -> bool:
    """Whether the one edit sent along will tell all of this itself: it is the newest, and nothing else waits.

    So is most of what a tablet with a network sends, and it is one transaction instead of two.
    """
    return (
        heard.sent == (heard.highest_seq,)
        and heard.left == device.waiting == 0
        and heard.persisted == device.persisted
        and clock.now() - device.heard_at < HEARD_WITHIN
    )


def give_back(actor: Actor, check_out_id: UUID, highest_seq: int) -> None:
    """Return a review from a device. Returning twice changes nothing.

    Raises NotFound, Stale (`version`: how many edits have not arrived) or Refused (said to be lost).
    """
    with act(actor, "offline.return", ("check-out", check_out_id)) as work:
        out = db.session.get(CheckOut, check_out_id, populate_existing=True)
        if out is None or out.person_id != actor.person_id:
            raise NotFound("There is no such check-out of yours.")
        if out.returned_at is not None:
            work.unchanged()
            return
        if out.lost_at is not None:
            raise Refused("This check-out was said to be lost.")
        device = device_of(out.device_id)
        device.highest_seq = max(device.highest_seq, highest_seq)
        open_count = count(not_arrived(device.id, device.highest_seq))
        if open_count:
            raise Stale("Some edits of this device have not arrived.", {}, open_count)
        out.returned_at = clock.now()
        work.note(review=out.assessment_id, device=out.device_id, edits=device.highest_seq)


def announce_lost(actor: Actor, assessment_id: UUID, check_out_id: UUID) -> int:
    """Say that a device will not come back. Returns how many of its edits are known to be missing.

    The lead reviewer may, the device's own reviewer and the planner. Raises NotFound, Forbidden or Refused.
    """
    with act(actor, "offline.lost", ("review", assessment_id)) as work:
        found = load_review(assessment_id)
        out = db.session.get(CheckOut, check_out_id, populate_existing=True)
        if found is None or out is None or out.assessment_id != assessment_id or not may_see(actor, found):
            raise NotFound("There is no such check-out in this review.")
        if not may_announce(actor, found, out.person_id):
            raise Forbidden("The lead reviewer or the person whose device it is may say so.")
        if out.returned_at is not None or out.lost_at is not None:
            raise Refused("This check-out is closed already.")
        lost = count(not_arrived(out.device_id, device_of(out.device_id).highest_seq))
        out.lost_at, out.lost_by, out.lost_count = clock.now(), actor.person_id, lost
        work.note(check_out=check_out_id, device=out.device_id, edits=lost)
    return lost


def may_announce(actor: Actor, found: LoadedReview, owner: UUID) -> bool:
    """Whether the actor may say that a device is lost."""
    own = actor.person_id == owner
    return own or holds(actor, Part.LEAD, found) or holds(actor, Part.PLANNER, found)


def device_of(device_id: UUID) -> OnSiteDevice:
    """The device as it stands. Raises UnknownDevice."""
    found = db.session.get(OnSiteDevice, device_id, populate_existing=True)
    if found is None:
        raise UnknownDevice
    return found


def not_arrived(device_id: UUID, told: int) -> list[Range]:
    """The numbers of edits that a device has told of and that are not here. At most two statements."""
    arrived = db.session.execute(_ARRIVED, {"device_id": device_id}).one()
    highest = max(told, arrived.newest or 0)
    if arrived.numbers == highest:
        return []
    return missing(db.session.execute(_NUMBERS, {"device_id": device_id}).scalars(), highest)


def digest(token: str) -> str:
    """What is kept of a device's secret."""
    return hashlib.sha256(token.encode()).hexdigest()


def _demand_may_take(actor: Actor, assessment_id: UUID) -> None:
    found = load_review(assessment_id, fresh=True)
    if found is None or not may_see(actor, found):
        raise NotFound("There is no such review that you may see.")
    if not holds(actor, Part.SCORER, found):
        raise Forbidden("Only the review’s own team takes it to a device.")
    if found.stage not in OPEN_TO_DEVICES:
        raise Refused(f"This review is at “{found.stage.title}”, so there is nothing to do on site.")


def _device(actor: Actor, device_id: UUID, name: str) -> OnSiteDevice:
    device = db.session.get(OnSiteDevice, device_id, populate_existing=True)
    now = clock.now()
    if device is None:
        device = OnSiteDevice(
            id=device_id, person_id=actor.person_id, name=name, first_seen_at=now, heard_at=now
        )
        db.session.add(device)
    elif device.person_id != actor.person_id:
        raise ForeignDevice
    device.name, device.heard_at = name, now
    return device


def _out(assessment_id: UUID, device_id: UUID) -> CheckOut | None:
    query = select(CheckOut).where(
        CheckOut.assessment_id == assessment_id,
        CheckOut.device_id == device_id,
        CheckOut.returned_at.is_(None),
        CheckOut.lost_at.is_(None),
    )
    return db.session.execute(query).scalar_one_or_none()


def _elsewhere(actor: Actor, assessment_id: UUID, device_id: UUID) -> tuple[Elsewhere, ...]:
    query = (
        select(OnSiteDevice.name, CheckOut.at)
        .join(OnSiteDevice, OnSiteDevice.id == CheckOut.device_id)
        .where(
            CheckOut.assessment_id == assessment_id,
            CheckOut.person_id == actor.person_id,
            CheckOut.device_id != device_id,
            CheckOut.returned_at.is_(None),
            CheckOut.lost_at.is_(None),
        )
        .order_by(CheckOut.at)
    )
    return tuple(Elsewhere(name, at) for name, at in db.session.execute(query))
