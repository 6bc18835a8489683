"""The newest vacancies as an Atom feed (RFC 4287)."""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import UTC, datetime
from typing import Any
from urllib.parse import urlencode
from xml.etree import ElementTree as ET

from sqlalchemy import Row

from portal.core import clock
from portal.core.filters import day
from portal.core.urls import public_url
from portal.workforce.hub.models import Vacancy
from portal.workforce.hub.rules.checking import pay

TYPE = "application/atom+xml; charset=utf-8"
_NO_XML = re.compile(
    "[^\\t\\n\\r\\x20-\\ud7ff\\ue000-\\ufffd\\U00010000-\\U0010ffff]"
)  # signs that no XML may hold
_SPACE = "http://www.w3.org/2005/Atom"
EMPTY_SINCE = datetime(2026, 1, 1, tzinfo=UTC)  # a feed must say when it changed, one without entries too


def atom(rows: Sequence[Row[Any]], region: str = "") -> bytes:
    """The feed of these vacancies. The same rows give the same bytes."""
    ET.register_namespace("", _SPACE)
    feed = ET.Element(f"{{{_SPACE}}}feed", {"{http://www.w3.org/XML/1998/namespace}lang": "en-GB"})
    home = public_url()
    own = f"{home}/jobs/feed.atom" + (f"?{urlencode({'region': region})}" if region else "")
    _add(feed, "title", f"IPS vacancies in {region or 'England'}")
    _add(feed, "id", own)
    _add(feed, "updated", _stamp(max((row.Vacancy.changed_at for row in rows), default=EMPTY_SINCE)))
    _add(feed, "author", children={"name": "Fidelity portal"})
    _add(feed, "link", rel="self", type="application/atom+xml", href=own)
    _add(feed, "link", rel="alternate", type="text/html", href=f"{home}/jobs")
    for row in rows:
        _entry(feed, row, home)
    body: bytes = ET.tostring(feed, encoding="utf-8", xml_declaration=True)
    return body


def _entry(feed: ET.Element, row: Row[Any], home: str) -> None:
    vacancy: Vacancy = row.Vacancy
    entry = ET.SubElement(feed, f"{{{_SPACE}}}entry")
    address = f"{home}/jobs/{vacancy.key}"
    _add(entry, "title", f"{vacancy.title}, {vacancy.place}")
    _add(entry, "id", f"urn:uuid:{vacancy.id}")
    _add(entry, "updated", _stamp(vacancy.changed_at))
    _add(entry, "published", _stamp(vacancy.opened_at or vacancy.created_at))
    _add(entry, "link", rel="alternate", type="text/html", href=address)
    _add(entry, "author", children={"name": row.employer})
    _add(entry, "category", term=vacancy.region)
    wage = pay(vacancy.salary_from, vacancy.salary_to, vacancy.pay_words)
    said = f"{row.employer}. {wage}. Closes on {day(vacancy.closes_on)}.\n\n{vacancy.description}"
    _add(entry, "summary", said, type="text")


def _add(
    parent: ET.Element, name: str, text: str = "", *, children: dict[str, str] | None = None, **more: str
) -> None:
    element = ET.SubElement(parent, f"{{{_SPACE}}}{name}", more)
    element.text = _NO_XML.sub("", text) or None
    for child, said in (children or {}).items():
        ET.SubElement(element, f"{{{_SPACE}}}{child}").text = _NO_XML.sub("", said)


def _stamp(instant: datetime) -> str:
    return clock.uk(instant).astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
