"""Materials that the supplier wrote or took over, each with every version it had."""

from __future__ import annotations

import uuid
from datetime import date, datetime

from sqlalchemy import CheckConstraint, ForeignKey, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from portal.core.db import EnumText, Identified, Model
from portal.core.frozen import FROZEN, Frozen
from portal.library.rules.material import Kind


class LibraryMaterial(Identified, Model):
    """A material as it stands. One with the key of a material of a file stands in that one's place.

    `items`: item keys with a blank at each side of every one, and the `*_words` columns as
    rules/finding.py folds texts (of the body each word once), so that one LIKE finds them on both
    engines. `sources`: one a line.
    """

    __tablename__ = "library_materials"
    __table_args__ = (CheckConstraint("version >= 1", name="version_from_one"),)

    supplier_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("organisations.id"), index=True)
    key: Mapped[str] = mapped_column(String(80), unique=True)
    kind: Mapped[Kind] = mapped_column(EnumText(Kind))
    title: Mapped[str] = mapped_column(String(120))
    summary: Mapped[str] = mapped_column(String(300))
    items: Mapped[str] = mapped_column(Text)
    sources: Mapped[str] = mapped_column(Text)
    owner_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("people.id"))
    review_on: Mapped[date] = mapped_column(index=True)
    version: Mapped[int]
    changed_at: Mapped[datetime]
    retired_at: Mapped[datetime | None]
    title_words: Mapped[str] = mapped_column(Text)
    summary_words: Mapped[str] = mapped_column(Text)
    body: Mapped[str] = mapped_column(Text)
    body_words: Mapped[str] = mapped_column(Text)


class LibraryVersion(Identified, Model):
    """A version of a material's text, which never changes. `saved_by` None: it came with the portal."""

    __tablename__ = "library_versions"
    __table_args__ = (UniqueConstraint("material_id", "number"),)

    material_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("library_materials.id"))
    number: Mapped[int]
    kind: Mapped[Kind] = mapped_column(EnumText(Kind))
    title: Mapped[str] = mapped_column(String(120))
    summary: Mapped[str] = mapped_column(String(300))
    items: Mapped[str] = mapped_column(Text)
    sources: Mapped[str] = mapped_column(Text)
    body: Mapped[str] = mapped_column(Text)
    review_on: Mapped[date]
    what_changed: Mapped[str] = mapped_column(String(300))
    saved_at: Mapped[datetime]
    saved_by: Mapped[uuid.UUID | None] = mapped_column(ForeignKey("people.id"))


class LibraryReminder(Model):
    """Whom the portal told of a review date: each supplier once for each date of a material."""

    __tablename__ = "library_reminders"

    supplier_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("organisations.id"), primary_key=True)
    key: Mapped[str] = mapped_column(String(80), primary_key=True)
    review_on: Mapped[date] = mapped_column(primary_key=True)


FROZEN["library_versions"] = Frozen(
    "a version of a material never changes",
    (
        "material_id", "number", "kind", "title", "summary", "items", "sources", "body", "review_on",
        "what_changed", "saved_at", "saved_by",
    ),
)  # fmt: skip
