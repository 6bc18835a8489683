"""What two reviewers rated alone, side by side: kept at unblinding, for the agreement figures."""

from __future__ import annotations

import uuid
from datetime import date
from typing import Any

from sqlalchemy import JSON, CheckConstraint, ForeignKey, Index, String
from sqlalchemy.orm import Mapped, mapped_column

from portal.core.db import Model


class AgreementRecord(Model):
    """The two blind sheets of one review, item by item in the order of its scale, with the counts.

    Written once, when both have locked; an observer's sheet never enters. `None` in a list is an item
    that this reviewer did not rate.
    """

    __tablename__ = "agreement_records"
    __table_args__ = (
        CheckConstraint("lead_id <> second_id", name="two_people"),
        CheckConstraint("exact <= within_one AND within_one <= items", name="counts_in_order"),
        Index("ix_agreement_records_scale_on", "scale_key", "on"),
    )

    assessment_id: Mapped[uuid.UUID] = mapped_column(
        ForeignKey("external_reviews.assessment_id"), primary_key=True
    )
    service_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("services.id"), index=True)
    supplier_id: Mapped[uuid.UUID | None] = mapped_column(ForeignKey("organisations.id"), index=True)
    scale_key: Mapped[str] = mapped_column(String(40))
    scale_digest: Mapped[str] = mapped_column(ForeignKey("scale_contents.digest"))
    on: Mapped[date]  # the day of unblinding
    lead_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("people.id"))
    second_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("people.id"))
    lead_ratings: Mapped[list[Any]] = mapped_column(JSON)
    second_ratings: Mapped[list[Any]] = mapped_column(JSON)
    items: Mapped[int]  # that both rated
    exact: Mapped[int]  # of these, rated the same
    within_one: Mapped[int]  # of these, at most one point apart
    sum_difference: Mapped[int]  # lead less second, over these
