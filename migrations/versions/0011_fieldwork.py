"""Portfolio, visit plan and fieldwork of a review"""

import sqlalchemy as sa
from alembic import op

from portal.core.db import UtcDateTime

revision = "0011_fieldwork"
down_revision = "0010_timelines"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "field_notes",
        sa.Column("assessment_id", sa.Uuid(), nullable=False),
        sa.Column("kind", sa.String(length=30), nullable=False),
        sa.Column("role", sa.String(length=30), nullable=False),
        sa.Column("source", sa.String(length=3), nullable=False),
        sa.Column("heading", sa.String(length=200), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("item_keys", sa.JSON(), nullable=False),
        sa.Column("taken_on", sa.Date(), nullable=False),
        sa.Column("added_at", UtcDateTime(), nullable=False),
        sa.Column("added_by", sa.Uuid(), nullable=True),
        sa.Column("changed_at", UtcDateTime(), nullable=False),
        sa.Column("changed_by", sa.Uuid(), nullable=True),
        sa.Column("removed_at", UtcDateTime(), nullable=True),
        sa.Column("purged_at", UtcDateTime(), nullable=True),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.CheckConstraint(
            "purged_at IS NULL OR (text = '' AND heading = '')", name=op.f("ck_field_notes_purged_is_empty")
        ),
        sa.ForeignKeyConstraint(["added_by"], ["people.id"], name=op.f("fk_field_notes_added_by")),
        sa.ForeignKeyConstraint(
            ["assessment_id"], ["external_reviews.assessment_id"], name=op.f("fk_field_notes_assessment_id")
        ),
        sa.ForeignKeyConstraint(["changed_by"], ["people.id"], name=op.f("fk_field_notes_changed_by")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_field_notes")),
    )
    with op.batch_alter_table("field_notes", schema=None) as batch_op:
        batch_op.create_index(
            "ix_field_notes_review", ["assessment_id", "taken_on", "added_at"], unique=False
        )

    op.create_table(
        "planned_meetings",
        sa.Column("assessment_id", sa.Uuid(), nullable=False),
        sa.Column("kind", sa.String(length=30), nullable=False),
        sa.Column("role", sa.String(length=60), nullable=False),
        sa.Column("title", sa.String(length=120), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("on", sa.Date(), nullable=True),
        sa.Column("starts", sa.Time(), nullable=True),
        sa.Column("minutes", sa.Integer(), nullable=False),
        sa.Column("people", sa.Integer(), nullable=False),
        sa.Column("place", sa.String(length=500), nullable=False),
        sa.Column("state", sa.String(length=30), nullable=False),
        sa.Column("why", sa.Text(), nullable=False),
        sa.Column("removed_at", UtcDateTime(), nullable=True),
        sa.Column("changed_at", UtcDateTime(), nullable=False),
        sa.Column("changed_by", sa.Uuid(), nullable=True),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.CheckConstraint("minutes BETWEEN 5 AND 480", name=op.f("ck_planned_meetings_minutes_in_range")),
        sa.CheckConstraint("people BETWEEN 1 AND 50", name=op.f("ck_planned_meetings_people_in_range")),
        sa.CheckConstraint(
            'starts IS NULL OR "on" IS NOT NULL', name=op.f("ck_planned_meetings_time_has_day")
        ),
        sa.ForeignKeyConstraint(
            ["assessment_id"],
            ["external_reviews.assessment_id"],
            name=op.f("fk_planned_meetings_assessment_id"),
        ),
        sa.ForeignKeyConstraint(["changed_by"], ["people.id"], name=op.f("fk_planned_meetings_changed_by")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_planned_meetings")),
    )
    with op.batch_alter_table("planned_meetings", schema=None) as batch_op:
        batch_op.create_index("ix_planned_meetings_place", ["assessment_id", "position"], unique=False)

    op.create_table(
        "portfolio_audits",
        sa.Column("assessment_id", sa.Uuid(), nullable=False),
        sa.Column("at", UtcDateTime(), nullable=False),
        sa.Column("by", sa.Uuid(), nullable=True),
        sa.Column("supplied", sa.Integer(), nullable=False),
        sa.Column("asked", sa.Integer(), nullable=False),
        sa.Column("gaps", sa.JSON(), nullable=False),
        sa.Column("comment", sa.Text(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.CheckConstraint("supplied <= asked", name=op.f("ck_portfolio_audits_counts_in_order")),
        sa.ForeignKeyConstraint(
            ["assessment_id"],
            ["external_reviews.assessment_id"],
            name=op.f("fk_portfolio_audits_assessment_id"),
        ),
        sa.ForeignKeyConstraint(["by"], ["people.id"], name=op.f("fk_portfolio_audits_by")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_portfolio_audits")),
    )
    with op.batch_alter_table("portfolio_audits", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_portfolio_audits_assessment_id"), ["assessment_id"], unique=False
        )

    op.create_table(
        "requested_documents",
        sa.Column("assessment_id", sa.Uuid(), nullable=False),
        sa.Column("document_key", sa.String(length=60), nullable=True),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("title", sa.String(length=120), nullable=False),
        sa.Column("send", sa.Text(), nullable=False),
        sa.Column("leave_out", sa.Text(), nullable=False),
        sa.Column("required", sa.Boolean(), nullable=False),
        sa.Column("item_keys", sa.JSON(), nullable=False),
        sa.Column("state", sa.String(length=30), nullable=False),
        sa.Column("note", sa.Text(), nullable=False),
        sa.Column("asked_by", sa.Uuid(), nullable=True),
        sa.Column("withdrawn_at", UtcDateTime(), nullable=True),
        sa.Column("changed_at", UtcDateTime(), nullable=False),
        sa.Column("changed_by", sa.Uuid(), nullable=True),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.ForeignKeyConstraint(["asked_by"], ["people.id"], name=op.f("fk_requested_documents_asked_by")),
        sa.ForeignKeyConstraint(
            ["assessment_id"],
            ["external_reviews.assessment_id"],
            name=op.f("fk_requested_documents_assessment_id"),
        ),
        sa.ForeignKeyConstraint(
            ["changed_by"], ["people.id"], name=op.f("fk_requested_documents_changed_by")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_requested_documents")),
        sa.UniqueConstraint(
            "assessment_id", "document_key", name=op.f("uq_requested_documents_assessment_id_document_key")
        ),
    )
    with op.batch_alter_table("requested_documents", schema=None) as batch_op:
        batch_op.create_index("ix_requested_documents_place", ["assessment_id", "position"], unique=False)

    op.create_table(
        "worksheet_rows",
        sa.Column("assessment_id", sa.Uuid(), nullable=False),
        sa.Column("worksheet", sa.String(length=40), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("answers", sa.JSON(), nullable=False),
        sa.Column("changed_at", UtcDateTime(), nullable=False),
        sa.Column("changed_by", sa.Uuid(), nullable=True),
        sa.Column("removed_at", UtcDateTime(), nullable=True),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.CheckConstraint("position >= 1", name=op.f("ck_worksheet_rows_position_from_one")),
        sa.ForeignKeyConstraint(
            ["assessment_id"],
            ["external_reviews.assessment_id"],
            name=op.f("fk_worksheet_rows_assessment_id"),
        ),
        sa.ForeignKeyConstraint(["changed_by"], ["people.id"], name=op.f("fk_worksheet_rows_changed_by")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_worksheet_rows")),
        sa.UniqueConstraint(
            "assessment_id",
            "worksheet",
            "position",
            name=op.f("uq_worksheet_rows_assessment_id_worksheet_position"),
        ),
    )
    op.create_table(
        "portfolio_files",
        sa.Column("document_id", sa.Uuid(), nullable=False),
        sa.Column("attachment_id", sa.Uuid(), nullable=False),
        sa.Column("removed_at", UtcDateTime(), nullable=True),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.ForeignKeyConstraint(
            ["attachment_id"], ["attachments.id"], name=op.f("fk_portfolio_files_attachment_id")
        ),
        sa.ForeignKeyConstraint(
            ["document_id"], ["requested_documents.id"], name=op.f("fk_portfolio_files_document_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_portfolio_files")),
        sa.UniqueConstraint("attachment_id", name=op.f("uq_portfolio_files_attachment_id")),
    )
    with op.batch_alter_table("portfolio_files", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_portfolio_files_document_id"), ["document_id"], unique=False)


def downgrade() -> None:
    with op.batch_alter_table("portfolio_files", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_portfolio_files_document_id"))

    op.drop_table("portfolio_files")
    op.drop_table("worksheet_rows")
    with op.batch_alter_table("requested_documents", schema=None) as batch_op:
        batch_op.drop_index("ix_requested_documents_place")

    op.drop_table("requested_documents")
    with op.batch_alter_table("portfolio_audits", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_portfolio_audits_assessment_id"))

    op.drop_table("portfolio_audits")
    with op.batch_alter_table("planned_meetings", schema=None) as batch_op:
        batch_op.drop_index("ix_planned_meetings_place")

    op.drop_table("planned_meetings")
    with op.batch_alter_table("field_notes", schema=None) as batch_op:
        batch_op.drop_index("ix_field_notes_review")

    op.drop_table("field_notes")
