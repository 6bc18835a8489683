"""Notes of fieldwork: their kinds, and the sources of evidence that each may count as."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from portal.reviews.external.rules.plain_sight import identifying

SOURCES = ("MIS", "DOC", "INT", "OBS", "ISP")  # the codes printed on the scale (fidelity.md, section 1.1)
LONGEST_HEADING, LONGEST_TEXT = 200, 50_000


class NoteKind(StrEnum):
    """What a note is about."""

    INTERVIEW = "interview"
    OBSERVATION = "observation"
    DOCUMENT = "document"
    RECORD = "record"

    @property
    def title(self) -> str:  # type: ignore[override]  # str's own title() is of no use here
        return KIND_TITLES[self]


KIND_TITLES = {
    NoteKind.INTERVIEW: "Interview",
    NoteKind.OBSERVATION: "Observation",
    NoteKind.DOCUMENT: "Document",
    NoteKind.RECORD: "Records",
}
# What a kind of note may count as; the first is taken where nothing fitting was chosen.
KIND_SOURCES: Mapping[NoteKind, tuple[str, ...]] = {
    NoteKind.INTERVIEW: ("INT",),
    NoteKind.OBSERVATION: ("OBS",),
    NoteKind.DOCUMENT: ("DOC", "MIS"),
    NoteKind.RECORD: ("ISP", "DOC", "MIS"),
}


@dataclass(frozen=True)
class NoteDraft:
    """A note as somebody typed it. `role`: whom an interview was with."""

    kind: NoteKind
    taken_on: date | None
    role: str = ""
    source: str = ""
    heading: str = ""
    text: str = ""
    item_keys: tuple[str, ...] = ()


def source_of(kind: NoteKind, wanted: str) -> str:
    """The source that a note counts as: what was chosen where it fits the kind."""
    return wanted if wanted in KIND_SOURCES[kind] else KIND_SOURCES[kind][0]


def problems_of(draft: NoteDraft, roles: Mapping[str, str], today: date) -> dict[str, str]:
    """What keeps a note from being saved, by field. `roles`: the roles of interviews with their titles."""
    found: dict[str, str] = {}
    if draft.kind is NoteKind.INTERVIEW and draft.role not in roles:
        found["role"] = "Choose whom you spoke to"
    if draft.taken_on is None:
        found["taken_on"] = "Enter a real date, like 27/3/2026"
    elif draft.taken_on > today:
        found["taken_on"] = "The date of a note cannot be later than today"
    for name, longest, label in (
        ("heading", LONGEST_HEADING, "The heading"),
        ("text", LONGEST_TEXT, "The note"),
    ):
        length = len(getattr(draft, name))
        if length > longest:
            found[name] = f"{label} must be {longest:,} characters or fewer; this has {length:,}"
        elif why_not := identifying(getattr(draft, name).replace("@", " ")):  # staff may have addresses
            found[name] = why_not
    return found
