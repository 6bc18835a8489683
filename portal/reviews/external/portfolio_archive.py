"""Everything that was supplied, as one ZIP: made while it is sent, so that it costs no memory."""

from __future__ import annotations

import zipfile
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from uuid import UUID

from sqlalchemy import select

from portal.core import clock
from portal.core.db import db
from portal.core.spreadsheets import write_csv
from portal.core.storage.models import Attachment
from portal.core.storage.service import folder
from portal.reviews.external.models.portfolio import PortfolioFile, RequestedDocument
from portal.reviews.external.portfolio import Portfolio
from portal.reviews.external.rules.portfolio_names import file_name, folder_name

CHUNK = 64 * 1024
CONTENTS = "Contents.csv"


@dataclass(frozen=True)
class Packed:
    """A file of the archive: where it goes, and where it lies."""

    name: str
    path: Path
    added_at: datetime


def packed_files(assessment_id: UUID) -> list[Packed]:
    """The files of the documents asked for, each in its document's folder. One statement."""
    query = (
        select(RequestedDocument.position, RequestedDocument.title, Attachment)
        .join(PortfolioFile, PortfolioFile.document_id == RequestedDocument.id)
        .join(Attachment, Attachment.id == PortfolioFile.attachment_id)
        .where(
            RequestedDocument.assessment_id == assessment_id,
            RequestedDocument.withdrawn_at.is_(None),
            PortfolioFile.removed_at.is_(None),
        )
        .order_by(RequestedDocument.position, Attachment.created_at, Attachment.id)
    )
    taken: set[str] = set()
    lying = folder()
    return [
        Packed(
            file_name(folder_name(position, title), stored.original_name, taken),
            lying / stored.stored_name,
            stored.created_at,
        )
        for position, title, stored in db.session.execute(query)
    ]


def contents(portfolio: Portfolio) -> bytes:
    """A list of what was asked for, how far it is supplied, and what the service says of it."""
    columns = ("Number", "Document", "State", "Files", "Note of the service", "Items")
    rows = [
        (
            line.number,
            line.title,
            line.state.title,
            len(line.files),
            line.note,
            ", ".join(str(item.number) for item in line.items),
        )
        for line in portfolio.documents
    ]
    return write_csv(columns, rows)


def zipped(listing: bytes, files: Sequence[Packed]) -> Iterator[bytes]:
    """The archive, piece by piece. Files are stored as they are: documents are packed already."""
    out = _Outgoing()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_STORED) as archive:
        with archive.open(_entry(CONTENTS, clock.now()), "w") as member:
            member.write(listing)
        yield out.taken()
        for file in files:
            with (
                file.path.open("rb") as source,
                archive.open(_entry(file.name, file.added_at), "w") as member,
            ):
                while piece := source.read(CHUNK):
                    member.write(piece)
                    yield out.taken()
    yield out.taken()


def _entry(name: str, at: datetime) -> zipfile.ZipInfo:
    return zipfile.ZipInfo(name, clock.uk(at).timetuple()[:6])


class _Outgoing:
    """A file that can only be written to; `taken` gives what has come since. ZIP needs no more of it."""

    def __init__(self) -> None:
        self.pieces: list[bytes] = []

    def write(self, piece: bytes) -> int:
        self.pieces.append(bytes(piece))
        return len(piece)

    def flush(self) -> None:
        """Nothing is held back."""

    def close(self) -> None:
        """Nothing is open."""

    def taken(self) -> bytes:
        pieces, self.pieces = self.pieces, []
        return b"".join(pieces)
