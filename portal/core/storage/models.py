"""Files that people attach. The bytes stand in the data folder, under a name the server made."""

from __future__ import annotations

import uuid
from datetime import datetime

from sqlalchemy import CheckConstraint, String
from sqlalchemy.orm import Mapped, mapped_column

from portal.core.db import Identified, Model


class Attachment(Identified, Model):
    """One stored file. What it belongs to is said by the feature that keeps its id."""

    __tablename__ = "attachments"
    __table_args__ = (CheckConstraint("size > 0", name="not_empty"),)

    stored_name: Mapped[str] = mapped_column(String(40), unique=True)  # server-made, in data_dir/attachments
    original_name: Mapped[str] = mapped_column(String(120))  # cleaned; shown and offered on download
    content_type: Mapped[str] = mapped_column(String(100))  # found from the content, never as sent
    size: Mapped[int]  # bytes
    sha256: Mapped[str] = mapped_column(String(64))
    created_at: Mapped[datetime]
    created_by: Mapped[uuid.UUID | None]
