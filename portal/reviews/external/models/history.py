"""Files of past reviews that are being brought in: one row for each file confirmed."""

from __future__ import annotations

import uuid
from datetime import datetime
from enum import StrEnum

from sqlalchemy import CheckConstraint, ForeignKey, String
from sqlalchemy.orm import Mapped, mapped_column

from portal.core.db import EnumText, Identified, Model


class ImportState(StrEnum):
    """Where bringing in a file stands. ALREADY: everything was there, so nothing changed."""

    WAITING = "waiting"
    DONE = "done"
    ALREADY = "already"
    REFUSED = "refused"


class HistoryImport(Identified, Model):
    """One confirmed file. The reviews themselves, and who brought them in, are told by the audit."""

    __tablename__ = "history_imports"
    __table_args__ = (CheckConstraint("reviews >= 0", name="reviews_not_negative"),)

    person_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("people.id"), index=True)
    file_name: Mapped[str] = mapped_column(String(120))
    stored_name: Mapped[str] = mapped_column(String(40))  # in the storage's folder, swept when done with
    sha256: Mapped[str] = mapped_column(String(64))
    state: Mapped[ImportState] = mapped_column(EnumText(ImportState), default=ImportState.WAITING)
    reviews: Mapped[int]  # of the file as it was confirmed
    services: Mapped[int]
    problem: Mapped[str] = mapped_column(String(400), default="")
    asked_at: Mapped[datetime]
    ended_at: Mapped[datetime | None]
