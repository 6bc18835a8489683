"""F15: a photo is cut off in the middle and sent on; or never, and then everybody sees that it lacks."""

from __future__ import annotations

import hashlib
from pathlib import Path

from sqlalchemy import select

from portal.core.db import db
from portal.core.storage.models import Attachment
from portal.reviews.offline.models import EvidencePhoto
from tests.soak.device import API, Device, Pause
from tests.soak.faults.fault import Fault
from tests.soak.proxy import Fate, Proxy, once
from tests.soak.run import Run, demand

SMALLEST, LARGEST = 40_000, 900_000  # bytes: one to four pieces
JPEG = b"\xff\xd8\xff\xe0\x00\x10JFIF\x00"
LEFT_EVERY = 5  # every so many runs the photo is never sent on


def cut_photo(run: Run) -> None:
    """Cut a piece at half its bytes; what is whole has the hash, and what is not says so."""
    review = run.review()
    with Proxy(run.ground.server.port) as proxy:
        tablet = run.tablet(review, port=proxy.port)
        note = run.note(tablet, review)["key"]
        content = JPEG + run.chance.randbytes(run.chance.randint(SMALLEST, LARGEST))
        photo = tablet.photo(review, note, content)
        proxy.weather.choose = once(Fate.CUT_BODY, "PUT", f"{API}/photos/")
        demand(tablet.flush() is Pause.NETWORK, "the photo was not cut")
        run.facts["photos cut"] += proxy.struck
        demand(_kept_on_server(run, photo) is None, "a photo with half its bytes passed for whole")
        if run.number % LEFT_EVERY == LEFT_EVERY - 1:
            _visibly_missing(run, tablet, photo)
        else:
            tablet = run.reopen(tablet)
            run.settle()
            kept = _kept_on_server(run, photo)
            demand(kept == hashlib.sha256(content).hexdigest(), "the photo that was kept is another")
            run.facts["photos whole"] += 1
        tablet.line.hang_up()


def _visibly_missing(run: Run, tablet: Device, photo: str) -> None:
    said = tablet.line.get(f"{API}/photos/{photo}").body
    demand(
        said.get("whole") is False and said["received"] < said["size"], f"nobody sees that it lacks: {said}"
    )
    demand(Path(tablet.told.photos[photo]["path"]).exists(), "the tablet threw it away")
    run.facts["photos missing, and said so"] += 1


def _kept_on_server(run: Run, photo: str) -> str | None:
    """SHA-256 of the bytes that the portal keeps as this photo, or None while it is not whole."""
    with run.ground.app.app_context():
        query = (
            select(Attachment.stored_name)
            .join(EvidencePhoto, EvidencePhoto.attachment_id == Attachment.id)
            .where(EvidencePhoto.id == run.uuid(photo))
        )
        name = db.session.execute(query).scalar_one_or_none()
        db.session.remove()
    if name is None:
        return None
    found = next(Path(run.ground.server.settings.data_dir).rglob(name))
    return hashlib.sha256(found.read_bytes()).hexdigest()


FAULTS = (Fault("F15", "Photo cut at half, sent on", 50, cut_photo),)
