"""What is kept of figures: those entered by hand, social value as reported, and figures frozen for ever.

Nothing here is edited: a change is a new version, and the database refuses anything else.
"""

from __future__ import annotations

import uuid
from datetime import datetime

from sqlalchemy import CheckConstraint, ForeignKey, LargeBinary, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from portal.core.db import Identified, Model
from portal.core.frozen import FROZEN, Frozen


class ManualFigure(Identified, Model):
    """A figure entered by hand, in place of what the records say. No numerator: it was taken back.

    `numerator` and `denominator` are exact fractions as text (4.3, 129/31); the highest version stands.
    """

    __tablename__ = "contract_manual_figures"
    __table_args__ = (
        UniqueConstraint(
            "contract_key", "quarter", "indicator", "version", name="uq_contract_manual_figures_version"
        ),
        CheckConstraint("version >= 1", name="versions_from_one"),
        CheckConstraint("reason <> ''", name="reason_given"),
        CheckConstraint("numerator IS NULL OR evidence <> ''", name="evidence_given"),
    )

    contract_key: Mapped[str] = mapped_column(String(80))
    quarter: Mapped[str] = mapped_column(String(7))
    indicator: Mapped[str] = mapped_column(String(20))
    version: Mapped[int]
    numerator: Mapped[str | None] = mapped_column(String(80))
    denominator: Mapped[str | None] = mapped_column(String(80))
    reason: Mapped[str] = mapped_column(Text)
    evidence: Mapped[str] = mapped_column(Text)
    at: Mapped[datetime]
    by: Mapped[uuid.UUID | None] = mapped_column(ForeignKey("people.id"))


class SocialValueReport(Identified, Model):
    """What the supplier reports of a commitment in a quarter, beside that quarter's target (13.3 to 13.5).

    `target` and `value` are exact fractions as text; the highest version stands.
    """

    __tablename__ = "contract_social_value"
    __table_args__ = (
        UniqueConstraint(
            "contract_key", "quarter", "commitment", "version", name="uq_contract_social_value_version"
        ),
        CheckConstraint("version >= 1", name="versions_from_one"),
    )

    contract_key: Mapped[str] = mapped_column(String(80))
    quarter: Mapped[str] = mapped_column(String(7))
    commitment: Mapped[str] = mapped_column(String(80))
    version: Mapped[int]
    target: Mapped[str] = mapped_column(String(80))
    value: Mapped[str] = mapped_column(String(80))
    note: Mapped[str] = mapped_column(Text)
    at: Mapped[datetime]
    by: Mapped[uuid.UUID | None] = mapped_column(ForeignKey("people.id"))


class FrozenFigures(Model):
    """The figures of a quarter as they were when its report was submitted: canonical JSON, as bytes."""

    __tablename__ = "contract_frozen_figures"
    __table_args__ = (CheckConstraint("version >= 1", name="versions_from_one"),)

    contract_key: Mapped[str] = mapped_column(String(80), primary_key=True)
    quarter: Mapped[str] = mapped_column(String(7), primary_key=True)
    version: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    content: Mapped[bytes] = mapped_column(LargeBinary)
    digest: Mapped[str] = mapped_column(String(64))  # SHA-256 of the content
    at: Mapped[datetime]
    by: Mapped[uuid.UUID | None] = mapped_column(ForeignKey("people.id"))


class ReopenedFigures(Model):
    """A frozen version that was opened again for the next one: returned, or to be corrected."""

    __tablename__ = "contract_reopened_figures"

    contract_key: Mapped[str] = mapped_column(String(80), primary_key=True)
    quarter: Mapped[str] = mapped_column(String(7), primary_key=True)
    version: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    reason: Mapped[str] = mapped_column(Text)
    at: Mapped[datetime]
    by: Mapped[uuid.UUID | None] = mapped_column(ForeignKey("people.id"))


FROZEN[ManualFigure.__tablename__] = Frozen(
    "a figure entered by hand never changes",
    (
        "contract_key",
        "quarter",
        "indicator",
        "version",
        "numerator",
        "denominator",
        "reason",
        "evidence",
        "at",
    ),
)
FROZEN[SocialValueReport.__tablename__] = Frozen(
    "what was reported of social value never changes",
    ("contract_key", "quarter", "commitment", "version", "target", "value", "note", "at"),
)
FROZEN[FrozenFigures.__tablename__] = Frozen(
    "frozen figures never change", ("contract_key", "quarter", "version", "content", "digest", "at")
)
FROZEN[ReopenedFigures.__tablename__] = Frozen(
    "that figures were opened again never changes", ("contract_key", "quarter", "version", "reason", "at")
)
