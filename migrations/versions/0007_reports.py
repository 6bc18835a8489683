"""Published reports"""

import sqlalchemy as sa
from alembic import op

from portal.core.db import UtcDateTime

revision = "0007_reports"
down_revision = "0006_assessments"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "published_reports",
        sa.Column("assessment_id", sa.Uuid(), nullable=False),
        sa.Column("code", sa.String(length=24), nullable=False),
        sa.Column("issued_at", UtcDateTime(), nullable=False),
        sa.Column("content", sa.Text(), nullable=False),
        sa.Column("digest", sa.String(length=64), nullable=False),
        sa.Column("pdf_asked_at", UtcDateTime(), nullable=True),
        sa.Column("pdf_attachment_id", sa.Uuid(), nullable=True),
        sa.Column("pdf_digest", sa.String(length=64), nullable=True),
        sa.CheckConstraint(
            "(pdf_attachment_id IS NULL) = (pdf_digest IS NULL)",
            name=op.f("ck_published_reports_pdf_has_digest"),
        ),
        sa.ForeignKeyConstraint(
            ["assessment_id"], ["assessments.id"], name=op.f("fk_published_reports_assessment_id")
        ),
        sa.ForeignKeyConstraint(
            ["pdf_attachment_id"], ["attachments.id"], name=op.f("fk_published_reports_pdf_attachment_id")
        ),
        sa.PrimaryKeyConstraint("assessment_id", name=op.f("pk_published_reports")),
        sa.UniqueConstraint("code", name=op.f("uq_published_reports_code")),
    )


def downgrade() -> None:
    op.drop_table("published_reports")
