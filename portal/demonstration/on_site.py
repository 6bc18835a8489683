"""Two tablets at a visit: what they sent, what met something saved first, and what has not arrived yet."""

from __future__ import annotations

import hashlib
from datetime import timedelta
from typing import Any
from uuid import UUID

from portal.core import clock
from portal.demonstration.fieldwork import notes
from portal.demonstration.people import LEAD_REVIEWER, SECOND_REVIEWER, DemoPerson, demo_id
from portal.demonstration.script import actor
from portal.demonstration.services import DemoService
from portal.reviews.external.fieldwork_notes import note_of
from portal.reviews.offline.service.applying import take
from portal.reviews.offline.service.devices import Heard, check_out, hear

ITEM = "employer-contact-quality"
TOLD = 19  # edits that the second reviewer's tablet told of
PHOTO_SIZE = 1_840_000  # bytes


class Tablet:
    """One reviewer's tablet with one review on it."""

    def __init__(self, who: DemoPerson, review_id: UUID, name: str, device: str) -> None:
        self.who, self.review_id, self.name, self.device = who, review_id, name, device
        self.id = demo_id("device", str(review_id), name)
        self.seq = 0

    def out(self) -> None:
        """Check the review out."""
        made = demo_id("check-out", str(self.review_id), self.name)
        check_out(actor(self.who.id), self.review_id, made, self.id, self.device, True)

    def edit(
        self, kind: str, key: str, fields: dict[str, Any], base: dict[str, Any], version: int
    ) -> dict[str, Any]:
        """The next edit, as the tablet sends it."""
        self.seq += 1
        return {
            "op_id": str(demo_id("edit", str(self.id), str(self.seq))),
            "seq": self.seq,
            "schema": 1,
            "review": str(self.review_id),
            "kind": kind,
            "key": key,
            "base_version": version,
            "after": None,
            "base": base,
            "fields": fields,
            "at": clock.now().isoformat(),
        }

    def sends(self, *edits: dict[str, Any], told: int, waiting: int) -> None:
        """Send edits and tell how many there are."""
        take(actor(self.who.id), self.id, edits)
        hear(actor(self.who.id), self.id, Heard(told, waiting, True))


def work(service: DemoService, review_id: UUID) -> None:
    """Both check out and type; the lead reviewer also saves at a desk, so two edits lose."""
    lead = Tablet(LEAD_REVIEWER, review_id, "lead", "Safari on iPad")
    second = Tablet(SECOND_REVIEWER, review_id, "second", "Chrome on Android")
    lead.out()
    second.out()
    note_id = next(note_id for _, note_id, _ in notes(service, clock.today()))
    note = note_of(review_id, note_id)
    assert note is not None  # written on the first day
    lead.sends(
        lead.edit(
            "note", str(note_id), {"heading": "Team leader, in her office"}, {"heading": note.heading}, 1
        ),
        _rating(lead),
        _tomorrows_note(lead),
        told=3,
        waiting=0,
    )
    text = note.text + " Says the vacancy is filled from next month."
    both = {"heading": "Team leader and deputy", "text": text}
    lost = second.edit("note", str(note_id), both, {"heading": note.heading, "text": note.text}, 1)
    second.sends(lost, _photo(second, note_id), told=TOLD, waiting=TOLD - 2)


def _rating(tablet: Tablet) -> dict[str, Any]:
    """A rating that was saved at a desk while the tablet was away from the network."""
    fields = {"rating": 2, "rationale": "Two of the three visits I joined had a CV on the table."}
    return tablet.edit("rating", ITEM, fields, {"rating": None, "rationale": ""}, 0)


def _tomorrows_note(tablet: Tablet) -> dict[str, Any]:
    """A tablet whose clock was a day ahead."""
    fields = {
        "kind": "observation",
        "role": "",
        "source": "OBS",
        "heading": "Vocational unit meeting",
        "text": "All specialists there. Leads were shared for four people.",
        "item_keys": ["vocational-unit"],
        "taken_on": (clock.today() + timedelta(days=1)).isoformat(),
    }
    return tablet.edit("note", str(demo_id("note", str(tablet.id))), fields, {}, 0)


def _photo(tablet: Tablet, note_id: UUID) -> dict[str, Any]:
    """A photo of which the tablet has told, and sent nothing yet."""
    key = demo_id("photo", str(tablet.id))
    fields = {
        "note": str(note_id),
        "caption": "Board with vacancies in the team office",
        "sha256": hashlib.sha256(key.bytes).hexdigest(),
        "size": PHOTO_SIZE,
        "content_type": "image/jpeg",
    }
    return tablet.edit("photo", str(key), fields, {}, 0)
