"""Reading the form of a note. Its fields are the note's own; what cannot be read is refused by the verb."""

from __future__ import annotations

from datetime import date, datetime

from werkzeug.datastructures import MultiDict

from portal.core.forms import clean
from portal.core.rules.whole import whole
from portal.reviews.external.rules.notes import NoteDraft, NoteKind


def read_note(form: MultiDict[str, str]) -> tuple[NoteDraft, int]:
    """The note as typed, and the version the person saw."""
    kinds = {kind.value: kind for kind in NoteKind}
    draft = NoteDraft(
        kind=kinds.get(form.get("kind", ""), NoteKind.DOCUMENT),
        taken_on=read_day(form.get("taken_on", "")),
        role=form.get("role", ""),
        source=form.get("source", ""),
        heading=clean(form.get("heading", "")) or "",
        text=clean(form.get("text", "").replace("\r\n", "\n")) or "",
        item_keys=tuple(form.getlist("items")),
    )
    return draft, whole(form.get("version")) or 0


def read_day(text: str) -> date | None:
    """The date that a date field sends, or that somebody typed where there is none."""
    for form in ("%Y-%m-%d", "%d/%m/%Y", "%d.%m.%Y"):
        try:
            return datetime.strptime(text.strip(), form).date()  # noqa: DTZ007  a date has no zone
        except ValueError:
            continue
    return None
