"""What a file is: judged by its content, never by what the browser says; and a name safe to show.

The content must fit the name's ending, so that nobody opens a program that is called a picture.
Office files are zip archives: only their list of entries is read, nothing is unpacked.
"""

from __future__ import annotations

import io
import re
import unicodedata
import zipfile
from collections.abc import Callable
from dataclasses import dataclass

LONGEST_NAME = 120
MOST_ENTRIES = 5_000  # of an office file's archive
_OOXML = "application/vnd.openxmlformats-officedocument"
_TYPES = "[Content_Types].xml"
_OPEN = "application/vnd.oasis.opendocument"
_UNSAFE = re.compile(r'[<>:"|?*%;]')
_MACROS = re.compile(r"(^|/)(vbaProject\.bin|Basic/.*)$", re.IGNORECASE)


class NotAllowed(ValueError):
    """The file cannot be taken; the message says why, in words for the person."""


@dataclass(frozen=True)
class FileKind:
    """A kind of file that is taken."""

    ending: str
    content_type: str
    fits: Callable[[bytes], bool]


def _begins(*starts: bytes) -> Callable[[bytes], bool]:
    return lambda data: data.startswith(starts)


def _holds(*names: str) -> Callable[[bytes], bool]:
    """An archive with these entries and no macro."""

    def fits(data: bytes) -> bool:
        entries = _entries(data)
        return entries is not None and set(names) <= set(entries) and not any(map(_MACROS.search, entries))

    return fits


def _opendocument(content_type: str) -> Callable[[bytes], bool]:
    """OpenDocument's first entry, stored unpacked, says what it is."""
    kept = b"mimetype" + content_type.encode()

    def fits(data: bytes) -> bool:
        entries = _entries(data)
        named = entries is not None and entries[:1] == ["mimetype"] and kept in data[:200]
        return named and not any(map(_MACROS.search, entries or ()))

    return fits


def _entries(data: bytes) -> list[str] | None:
    if not data.startswith(b"PK\x03\x04"):
        return None
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            names = archive.namelist()
    except (zipfile.BadZipFile, ValueError, NotImplementedError, OSError):
        return None
    return names if len(names) <= MOST_ENTRIES else None


def _is_text(data: bytes) -> bool:
    """Text holds no control characters but line ends, tabs and form feeds."""
    return not re.search(rb"[\x00-\x08\x0b\x0e-\x1a\x1c-\x1f]", data)


def _is_heic(data: bytes) -> bool:
    return data[4:8] == b"ftyp" and data[8:12] in {b"heic", b"heix", b"mif1", b"msf1", b"heim", b"heis"}


KINDS = {
    kind.ending: kind
    for kind in (
        FileKind("pdf", "application/pdf", _begins(b"%PDF-")),
        FileKind(
            "docx", f"{_OOXML}.wordprocessingml.document", _holds("[Content_Types].xml", "word/document.xml")
        ),
        FileKind("xlsx", f"{_OOXML}.spreadsheetml.sheet", _holds("[Content_Types].xml", "xl/workbook.xml")),
        FileKind(
            "pptx",
            f"{_OOXML}.presentationml.presentation",
            _holds("[Content_Types].xml", "ppt/presentation.xml"),
        ),
        FileKind("odt", f"{_OPEN}.text", _opendocument(f"{_OPEN}.text")),
        FileKind("ods", f"{_OPEN}.spreadsheet", _opendocument(f"{_OPEN}.spreadsheet")),
        FileKind("csv", "text/csv", _is_text),
        FileKind("txt", "text/plain", _is_text),
        FileKind("png", "image/png", _begins(b"\x89PNG\r\n\x1a\n")),
        FileKind("jpg", "image/jpeg", _begins(b"\xff\xd8\xff")),
        FileKind("heic", "image/heic", _is_heic),
    )
}
_ALIASES = {"jpeg": "jpg"}
TAKEN = "PDF, Word, Excel, PowerPoint, OpenDocument, CSV, text, PNG, JPEG or HEIC"


def recognise(name: str, data: bytes) -> FileKind:
    """The kind of a file. Raises NotAllowed with the reason."""
    if not data:
        raise NotAllowed("The file is empty. Choose another file")
    ending = name.rpartition(".")[2].lower()
    kind = KINDS.get(_ALIASES.get(ending, ending))
    if kind is None:
        raise NotAllowed(f"Choose a file of one of these kinds: {TAKEN}")
    if not kind.fits(data):
        raise NotAllowed(
            f"The file is called .{ending} but its content is something else, or it is damaged. "
            "Save it again as one of these kinds, without macros: " + TAKEN
        )
    return kind


def clean_name(name: str) -> str:
    """A file's own name, without folders, control and direction characters; never empty, never hidden."""
    last = unicodedata.normalize("NFC", name).replace("\\", "/").rpartition("/")[2]
    seen = "".join(sign for sign in last if not unicodedata.category(sign).startswith("C"))
    seen = _UNSAFE.sub("_", " ".join(seen.split())).strip(". ")
    stem, dot, ending = seen.rpartition(".")
    if not dot:
        stem, ending = seen, ""
    stem = stem.strip(". ") or "file"
    tail = f".{ending}"[:20] if ending else ""
    return stem[: LONGEST_NAME - len(tail)] + tail
