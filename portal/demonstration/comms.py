"""Communications: a calendar with something in every state, a newsletter that was sent and one in draft."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta
from functools import partial
from uuid import UUID

from portal.comms.content import choices
from portal.comms.rules.composing import BlockKind, Draft
from portal.comms.rules.planning import EntryDetails, EntryKind, EntryMove
from portal.comms.service import move_entry, plan_entry, send_newsletter, write_newsletter
from portal.comms.service.subscribing import subscribe_me
from portal.demonstration.people import EISM, LEAD_MANAGER, MANAGER, STAFF, SUPPLIER, demo_id
from portal.demonstration.script import Step, actor, moment

SENT, DRAFT = demo_id("newsletter", "sent"), demo_id("newsletter", "draft")
OVERDUE, PLANNED, OUT = (demo_id("comms", name) for name in ("overdue", "planned", "out"))
_READY = (EntryMove.BEGIN, EntryMove.FINISH)
# id, kind, title, channel, days after the anchor, moves
Entry = tuple[UUID, EntryKind, str, str, int, tuple[EntryMove, ...]]
_ENTRIES: tuple[Entry, ...] = (
    (
        OVERDUE, EntryKind.DOCUMENT, "Leaflet for clinical teams, new edition", "Print and PDF", -6,
        (EntryMove.BEGIN,),
    ),
    (OUT, EntryKind.NEWSLETTER, "Autumn newsletter", "Newsletter", -20, (*_READY, EntryMove.SEND_OUT)),
    (
        demo_id("comms", "post"), EntryKind.SOCIAL, "A job start, told by its team", "LinkedIn", 4,
        _READY,
    ),
    (PLANNED, EntryKind.NEWSLETTER, "Winter newsletter", "Newsletter", 18, ()),
    (
        demo_id("comms", "dropped"), EntryKind.SOCIAL, "Poll on team meetings", "LinkedIn", 25,
        (EntryMove.DROP,),
    ),
    (demo_id("comms", "slides"), EntryKind.DOCUMENT, "Slides for commissioners", "", 40, ()),
)  # fmt: skip
_AUTUMN = (
    "The first newsletter of the demonstration. Everything in it is invented.\n\n"
    "## What is new\n\n- Events can be booked on the portal.\n- Vacancies close by themselves."
)


def steps(anchor: date) -> Iterator[Step]:
    """The steps of all of it."""
    for number, person in enumerate((STAFF, MANAGER, EISM)):
        yield Step(moment(anchor, 40, 10, number), partial(_subscribe, person.id))
    for number, entry in enumerate(_ENTRIES):
        yield Step(moment(anchor, 35, 11, number), partial(_entry, number, entry, anchor))
    yield Step(moment(anchor, 20, 9, 30), _send)
    yield Step(moment(anchor, 1, 9, 30), _draft)


def _subscribe(person_id: UUID) -> None:
    subscribe_me(actor(person_id), SUPPLIER.id)


def _entry(number: int, entry: Entry, anchor: date) -> None:
    id_, kind, title, channel, days, moves = entry
    lead = actor(LEAD_MANAGER.id)
    owner = (LEAD_MANAGER, EISM)[number % 2]
    details = EntryDetails(kind, title, anchor + timedelta(days=days), channel)
    plan_entry(lead, SUPPLIER.id, owner.id, details, id_)
    for move in moves:
        move_entry(lead, id_, move)


def _send() -> None:
    lead = actor(LEAD_MANAGER.id)
    write_newsletter(lead, SUPPLIER.id, Draft("Autumn: what is new", _AUTUMN, _some()), SENT)
    send_newsletter(lead, SENT, 1)


def _draft() -> None:
    draft = Draft("Winter: events and vacancies", "Invented news of the winter.", _some())
    write_newsletter(actor(LEAD_MANAGER.id), SUPPLIER.id, draft, DRAFT)


def _some() -> tuple[tuple[BlockKind, str], ...]:
    """The first two of each kind that stand today."""
    return tuple((one.kind, one.id) for listed in choices().values() for one in listed[:2])
