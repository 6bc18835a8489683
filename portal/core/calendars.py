"""Calendar files (RFC 5545): what every one of them has.

The file carries Europe/London even where its entries are days, so that programs which ask for a zone show UK
days.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime, time, timedelta

from icalendar import Calendar, Event, Timezone, TimezoneDaylight, TimezoneStandard, vRecur

CALENDAR_TYPE = "text/calendar; charset=utf-8"
ZONE = "Europe/London"
REFRESH = "PT6H"


def calendar_file(product: str, title: str, entries: Iterable[Event]) -> bytes:
    """The entries as a calendar file. `product` is the part of the portal that writes it."""
    calendar = Calendar()
    prodid = f"-//Fidelity portal//{product}//EN"
    for name, value in (("prodid", prodid), ("version", "2.0"), ("calscale", "GREGORIAN")):
        calendar.add(name, value)
    calendar.add("method", "PUBLISH")
    calendar.add("x-wr-calname", one_line(title))
    calendar.add("x-wr-timezone", ZONE)
    calendar.add("x-published-ttl", REFRESH)
    calendar.add_component(_london())
    for entry in entries:
        calendar.add_component(entry)
    written: bytes = calendar.to_ical()
    return written


def one_line(text: str) -> str:
    """A text on one line, without signs that no calendar takes. The library escapes the rest."""
    return "".join(sign for sign in " ".join(text.split()) if sign.isprintable())


def _london() -> Timezone:
    """UK time since 1996: an hour ahead from the last Sunday of March to the last of October."""
    zone = Timezone()
    zone.add("tzid", ZONE)
    for part, name, since, before, after in (
        (TimezoneDaylight(), "BST", date(1996, 3, 31), 0, 1),
        (TimezoneStandard(), "GMT", date(1996, 10, 27), 1, 0),
    ):
        part.add("tzname", name)
        part.add("tzoffsetfrom", timedelta(hours=before))
        part.add("tzoffsetto", timedelta(hours=after))
        part.add("dtstart", datetime.combine(since, time(1 + before)))
        part.add("rrule", vRecur({"freq": "yearly", "bymonth": since.month, "byday": "-1su"}))
        zone.add_component(part)
    return zone
