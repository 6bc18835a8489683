"""Materials, the organiser's notes, and feedback."""

from __future__ import annotations

import uuid
from uuid import UUID

from portal.accounts.rules.actors import Actor
from portal.core import clock
from portal.core.act import act
from portal.core.db import db
from portal.core.errors import Forbidden, Invalid, NotFound, Refused
from portal.core.storage import service as storage
from portal.core.storage.service import Saved
from portal.events.models import Attendance, EventFeedback, EventMaterial, EventNote
from portal.events.rules.draft import LONGEST_LINK, LONGEST_TEXT, LONGEST_TITLE, web_address
from portal.events.rules.feedback import Satisfaction
from portal.events.rules.state import EventState
from portal.events.service.loading import locked, managed


def add_material(actor: Actor, event_id: UUID, title: str, link: str, saved: Saved | None = None) -> UUID:
    """Add a link or a file for those who are booked. Raises NotFound, Forbidden or Invalid."""
    material_id = uuid.uuid4()
    with act(actor, "events.add-material", ("event", event_id)) as work:
        managed(actor, event_id)
        problems = _material_problems(title, link, saved)
        if problems:
            raise Invalid(problems)
        attachment = None if saved is None else storage.record(actor, saved)
        db.session.add(
            EventMaterial(
                id=material_id,
                event_id=event_id,
                title=title,
                link=link or None,
                attachment_id=attachment.id if attachment else None,
                added_at=clock.now(),
            )
        )
        work.note(material=material_id)
    return material_id


def remove_material(actor: Actor, event_id: UUID, material_id: UUID) -> None:
    """Take a material away. A file's row is kept, as of every file. Raises NotFound or Forbidden."""
    with act(actor, "events.remove-material", ("event", event_id)) as work:
        managed(actor, event_id)
        row = db.session.get(EventMaterial, material_id)
        if row is None or row.event_id != event_id:
            raise NotFound("There is no such material.")
        db.session.delete(row)
        work.note(material=material_id, attachment=row.attachment_id)


def add_note(actor: Actor, event_id: UUID, text: str) -> UUID:
    """Write a note for the organisers. Raises NotFound, Forbidden or Invalid."""
    note_id = uuid.uuid4()
    with act(actor, "events.add-note", ("event", event_id)) as work:
        managed(actor, event_id)
        if not text:
            raise Invalid({"text": "Enter the note"})
        if len(text) > LONGEST_TEXT:
            raise Invalid({"text": f"Use {LONGEST_TEXT:,} characters or fewer"})
        note = EventNote(id=note_id, event_id=event_id, text=text, by=actor.person_id, at=clock.now())
        db.session.add(note)
        work.note(note=note_id)
    return note_id


def give_feedback(actor: Actor, event_id: UUID, rating: Satisfaction, words: str) -> None:
    """Say what one thought of an event that one was at, once and without a name.

    That somebody answered is kept with their attendance, what they answered is not: no row and no audit
    entry joins the two. Raises NotFound, Forbidden, Refused or Invalid.
    """
    with act(actor, "events.give-feedback", ("event", event_id)):
        event = locked(event_id)
        there = None if actor.person_id is None else db.session.get(Attendance, (event_id, actor.person_id))
        if event.state not in (EventState.PUBLISHED, EventState.HELD):
            raise NotFound("There is no such event.")
        if there is None:
            raise Forbidden("Only people who were at the event can give feedback on it.")
        if there.gave_feedback:
            raise Refused("You have given your feedback on this event already.")
        if len(words) > LONGEST_TEXT:
            raise Invalid({"words": f"Use {LONGEST_TEXT:,} characters or fewer"})
        there.gave_feedback = True
        db.session.add(EventFeedback(event_id=event_id, rating=rating, words=words))


def _material_problems(title: str, link: str, saved: Saved | None) -> dict[str, str]:
    found = {}
    if not title:
        found["title"] = "Enter what the material is called"
    elif len(title) > LONGEST_TITLE:
        found["title"] = f"Use {LONGEST_TITLE} characters or fewer"
    if link and saved is not None:
        found["link"] = "Enter a link or choose a file, not both"
    elif not link and saved is None:
        found["link"] = "Enter a link or choose a file"
    elif link and (len(link) > LONGEST_LINK or not web_address(link)):
        found["link"] = "Enter a link that begins with https://"
    return found
