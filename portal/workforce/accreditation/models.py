"""Who may lead a fidelity review, and until when."""

from __future__ import annotations

import uuid
from datetime import date

from sqlalchemy import CheckConstraint, ForeignKey
from sqlalchemy.orm import Mapped, mapped_column

from portal.core.db import Identified, Model


class ReviewerAccreditation(Identified, Model):
    """A person is accredited as a reviewer from a day to a day, both included."""

    __tablename__ = "reviewer_accreditations"
    __table_args__ = (CheckConstraint("ends >= starts", name="dates_in_order"),)

    person_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("people.id"), index=True)
    starts: Mapped[date]
    ends: Mapped[date]
