"""From data/documents.toml to a RequestList. Refuses what does not hold, in one line with the file."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from typing import TypeVar

from portal.programmes.rules.definition import DefinitionError
from portal.programmes.rules.tables import Table, parse
from portal.reviews.external.rules.portfolio import AskedFor, Document, Meeting, MeetingKind, RequestList

_ASKED = {"key", "title", "items", "also"}
_DOCUMENT = {*_ASKED, "send", "leave_out", "required"}
_MEETING = {*_ASKED, "kind", "minutes", "people", "detail", "usual"}
LONGEST_MINUTES, MOST_PEOPLE = 480, 50
Asked = TypeVar("Asked", bound=AskedFor)


def load_requests(text: str, file: str, roles: Collection[str]) -> RequestList:
    """The list that a file describes. `roles` are those that scales have questions for.

    Raises DefinitionError naming the file and the reason.
    """
    top = parse(text, file, {"source", "leave_out", "documents", "meetings"})
    leave_out = top.text("leave_out")
    documents = [_document(one, leave_out) for one in top.tables("documents", "document", _DOCUMENT)]
    meetings = [_meeting(one, roles) for one in top.tables("meetings", "meeting", _MEETING)]
    _demand_once([one.key for one in documents], file, "documents")
    _demand_once([f"{one.kind.value} {one.key}" for one in meetings], file, "meetings")
    return RequestList(tuple(documents), tuple(meetings), leave_out, top.text("source"))


def demand_items(found: RequestList, file: str, known: Mapping[str, Collection[str]]) -> None:
    """Every item named is one of its scale. `known`: item keys by scale key. Raises DefinitionError.

    Not part of loading, so that the file can be read without every scale.
    """
    asked: list[AskedFor] = [*found.documents, *found.meetings]
    for one in asked:
        for scale, keys in {"ips-25": one.items, **one.also}.items():
            if scale not in known:
                raise DefinitionError(file, f"{one.key} names the scale “{scale}”, which is not there")
            if strange := sorted(set(keys) - set(known[scale])):
                raise DefinitionError(file, f"{one.key} names “{strange[0]}”, which {scale} does not have")


def _document(table: Table, leave_out: str) -> Document:
    key = table.slug("key")
    table.place = f"document {key}"
    return Document(
        key=key,
        title=table.text("title"),
        items=table.slugs("items"),
        also=_also(table),
        send=table.text("send"),
        leave_out=table.text("leave_out", leave_out),
        required=table.flag("required") if "required" in table.raw else True,
    )


def _meeting(table: Table, roles: Collection[str]) -> Meeting:
    key = table.slug("key")
    table.place = f"meeting {key}"
    kind = table.choice("kind", MeetingKind)
    if kind is MeetingKind.INTERVIEW and key not in roles:
        table.refuse("is an interview with a role that no scale has questions for")
    if kind is MeetingKind.INTERVIEW and "items" in table.raw:
        table.refuse("is an interview: its items are those with a question for its role")
    return Meeting(
        key=key,
        title=table.text("title"),
        items=table.slugs("items", empty=kind is not MeetingKind.OBSERVATION),
        also=_also(table),
        kind=kind,
        minutes=table.whole("minutes", 5, LONGEST_MINUTES),
        people=table.whole("people", 1, MOST_PEOPLE),
        detail=table.text("detail", ""),
        usual=table.flag("usual") if "usual" in table.raw else True,
    )


def _also(table: Table) -> dict[str, tuple[str, ...]]:
    raw = table.raw.get("also", {})
    if not isinstance(raw, dict):
        table.refuse("needs a table “also” of scales")
    inner = Table(table.file, f"{table.place}, “also”", raw, set(raw))
    return {scale: inner.slugs(scale) for scale in raw}


def _demand_once(keys: list[str], file: str, what: str) -> None:
    if not keys:
        raise DefinitionError(file, f"needs at least one of [[{what}]]")
    if twice := sorted({key for key in keys if keys.count(key) > 1}):
        raise DefinitionError(file, f"two {what} have the key “{twice[0]}”")
