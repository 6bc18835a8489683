"""What tests of the pages of on-site work share: an edit that lost, photos, addresses."""

from __future__ import annotations

import hashlib
import uuid
from uuid import UUID

from portal.reviews.offline.service.photos import take_piece
from tests.support.assessing import actor
from tests.support.on_site import SECOND, Tablet
from tests.support.page_client import PageClient

JPEG = b"\xff\xd8\xff\xe0" + b"picture" * 300_000


def on_site(tablet: Tablet) -> str:
    return f"/reviews/{tablet.review_id}/on-site"


def waiting(tablet: Tablet, edit: dict[str, str]) -> str:
    return f"{on_site(tablet)}/held/{edit['op_id']}"


def disputed(tablet: Tablet) -> dict[str, str]:
    """A note of the lead's that the second reviewer changed first: the edit that lost."""
    new = tablet.note()
    tablet.send(new)
    other = Tablet(tablet.review_id, SECOND)
    other.send(other.edit({"text": "Theirs"}, kind="note", key=new["key"], version=1))
    edit = tablet.edit({"text": "Ours"}, kind="note", key=new["key"], version=1, base={"text": "Seen"})
    tablet.send(edit)
    return edit


def photo(tablet: Tablet, data: bytes = JPEG) -> tuple[str, str]:
    """A photo announced with its note: the keys of both."""
    new = tablet.note()
    fields = {
        "note": new["key"],
        "caption": "Board in the office",
        "sha256": hashlib.sha256(data).hexdigest(),
        "size": len(data),
        "content_type": "image/jpeg",
    }
    edit = tablet.edit(fields, kind="photo", key=str(uuid.uuid4()))
    tablet.send(new, edit)
    return new["key"], edit["key"]


def send_photo(tablet: Tablet, key: str, data: bytes) -> None:
    for start in range(0, len(data), 262_144):
        take_piece(actor(tablet.who), UUID(key), start, data[start : start + 262_144])


def token(client: PageClient) -> dict[str, str]:
    """The form token of the last page."""
    assert client.page is not None
    field = client.page.soup.find("input", {"name": "csrf_token"})
    assert field is not None
    return {"csrf_token": str(field.get("value"))}
