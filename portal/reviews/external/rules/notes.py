"""Notes of fieldwork: their kinds, the source each counts as, and the roles that are interviewed."""

from __future__ import annotations

from enum import StrEnum


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
# The source that a kind of note counts as first; the others can be chosen where they fit.
KIND_SOURCES: dict[NoteKind, tuple[str, ...]] = {
    NoteKind.INTERVIEW: ("INT",),
    NoteKind.OBSERVATION: ("OBS",),
    NoteKind.DOCUMENT: ("DOC", "MIS"),
    NoteKind.RECORD: ("ISP", "DOC", "MIS"),
}
