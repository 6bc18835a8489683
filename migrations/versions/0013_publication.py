"""Factual accuracy, publication, corrections and purges"""

import sqlalchemy as sa
from alembic import op

from portal.core.db import UtcDateTime

revision = "0013_publication"
down_revision = "0012_moderation"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "accuracy_comments",
        sa.Column("assessment_id", sa.Uuid(), nullable=False),
        sa.Column("item_key", sa.String(length=60), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("changed_at", UtcDateTime(), nullable=False),
        sa.Column("changed_by", sa.Uuid(), nullable=True),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("state", sa.String(length=30), nullable=False),
        sa.Column("decision_reason", sa.Text(), nullable=False),
        sa.Column("rating_before", sa.Integer(), nullable=True),
        sa.Column("new_rating", sa.Integer(), nullable=True),
        sa.Column("decided_round", sa.Integer(), nullable=True),
        sa.Column("decided_at", UtcDateTime(), nullable=True),
        sa.Column("decided_by", sa.Uuid(), nullable=True),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.CheckConstraint(
            "(state = 'open') = (decided_at IS NULL)", name=op.f("ck_accuracy_comments_decided_has_moment")
        ),
        sa.CheckConstraint(
            "new_rating IS NULL OR state = 'accepted'", name=op.f("ck_accuracy_comments_changed_by_accepting")
        ),
        sa.CheckConstraint(
            "state = 'open' OR decision_reason <> ''", name=op.f("ck_accuracy_comments_decided_has_reason")
        ),
        sa.CheckConstraint("text <> ''", name=op.f("ck_accuracy_comments_something_said")),
        sa.ForeignKeyConstraint(
            ["assessment_id"],
            ["external_reviews.assessment_id"],
            name=op.f("fk_accuracy_comments_assessment_id"),
        ),
        sa.ForeignKeyConstraint(["changed_by"], ["people.id"], name=op.f("fk_accuracy_comments_changed_by")),
        sa.ForeignKeyConstraint(["decided_by"], ["people.id"], name=op.f("fk_accuracy_comments_decided_by")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_accuracy_comments")),
        sa.UniqueConstraint(
            "assessment_id", "item_key", name=op.f("uq_accuracy_comments_assessment_id_item_key")
        ),
    )
    op.create_table(
        "accuracy_files",
        sa.Column("assessment_id", sa.Uuid(), nullable=False),
        sa.Column("item_key", sa.String(length=60), nullable=False),
        sa.Column("attachment_id", sa.Uuid(), nullable=False),
        sa.Column("removed_at", UtcDateTime(), nullable=True),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.ForeignKeyConstraint(
            ["assessment_id"],
            ["external_reviews.assessment_id"],
            name=op.f("fk_accuracy_files_assessment_id"),
        ),
        sa.ForeignKeyConstraint(
            ["attachment_id"], ["attachments.id"], name=op.f("fk_accuracy_files_attachment_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_accuracy_files")),
        sa.UniqueConstraint("attachment_id", name=op.f("uq_accuracy_files_attachment_id")),
    )
    with op.batch_alter_table("accuracy_files", schema=None) as batch_op:
        batch_op.create_index("ix_accuracy_files_item", ["assessment_id", "item_key"], unique=False)

    op.create_table(
        "corrections",
        sa.Column("assessment_id", sa.Uuid(), nullable=False),
        sa.Column("state", sa.String(length=30), nullable=False),
        sa.Column("items", sa.JSON(), nullable=False),
        sa.Column("why", sa.Text(), nullable=False),
        sa.Column("proposed_at", UtcDateTime(), nullable=False),
        sa.Column("proposed_by", sa.Uuid(), nullable=False),
        sa.Column("decided_at", UtcDateTime(), nullable=True),
        sa.Column("decided_by", sa.Uuid(), nullable=True),
        sa.Column("decision_reason", sa.Text(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=True),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.CheckConstraint(
            "(state = 'approved') = (number IS NOT NULL)", name=op.f("ck_corrections_approved_has_version")
        ),
        sa.CheckConstraint(
            "(state = 'waiting') = (decided_at IS NULL)", name=op.f("ck_corrections_decided_has_moment")
        ),
        sa.CheckConstraint("why <> ''", name=op.f("ck_corrections_why_given")),
        sa.CheckConstraint(
            "decided_by IS NULL OR decided_by <> proposed_by", name=op.f("ck_corrections_two_people")
        ),
        sa.ForeignKeyConstraint(
            ["assessment_id"], ["external_reviews.assessment_id"], name=op.f("fk_corrections_assessment_id")
        ),
        sa.ForeignKeyConstraint(["decided_by"], ["people.id"], name=op.f("fk_corrections_decided_by")),
        sa.ForeignKeyConstraint(["proposed_by"], ["people.id"], name=op.f("fk_corrections_proposed_by")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_corrections")),
    )
    with op.batch_alter_table("corrections", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_corrections_assessment_id"), ["assessment_id"], unique=False)
        batch_op.create_index(
            "uq_corrections_waiting",
            ["assessment_id"],
            unique=True,
            sqlite_where=sa.text("state = 'waiting'"),
            postgresql_where=sa.text("state = 'waiting'"),
        )

    op.create_table(
        "fieldwork_purges",
        sa.Column("assessment_id", sa.Uuid(), nullable=False),
        sa.Column("at", UtcDateTime(), nullable=False),
        sa.Column("counts", sa.JSON(), nullable=False),
        sa.ForeignKeyConstraint(
            ["assessment_id"],
            ["external_reviews.assessment_id"],
            name=op.f("fk_fieldwork_purges_assessment_id"),
        ),
        sa.PrimaryKeyConstraint("assessment_id", name=op.f("pk_fieldwork_purges")),
    )
    op.create_table(
        "presented_drafts",
        sa.Column("assessment_id", sa.Uuid(), nullable=False),
        sa.Column("content", sa.Text(), nullable=False),
        sa.Column("digest", sa.String(length=64), nullable=False),
        sa.Column("presented_at", UtcDateTime(), nullable=False),
        sa.Column("pdf_asked_at", UtcDateTime(), nullable=True),
        sa.Column("pdf_attachment_id", sa.Uuid(), nullable=True),
        sa.Column("pdf_digest", sa.String(length=64), nullable=True),
        sa.CheckConstraint(
            "(pdf_attachment_id IS NULL) = (pdf_digest IS NULL)",
            name=op.f("ck_presented_drafts_pdf_has_digest"),
        ),
        sa.ForeignKeyConstraint(
            ["assessment_id"],
            ["external_reviews.assessment_id"],
            name=op.f("fk_presented_drafts_assessment_id"),
        ),
        sa.ForeignKeyConstraint(
            ["pdf_attachment_id"], ["attachments.id"], name=op.f("fk_presented_drafts_pdf_attachment_id")
        ),
        sa.PrimaryKeyConstraint("assessment_id", name=op.f("pk_presented_drafts")),
    )
    op.create_table(
        "purge_holds",
        sa.Column("assessment_id", sa.Uuid(), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("held_at", UtcDateTime(), nullable=False),
        sa.Column("held_by", sa.Uuid(), nullable=True),
        sa.Column("released_at", UtcDateTime(), nullable=True),
        sa.Column("released_by", sa.Uuid(), nullable=True),
        sa.Column("release_reason", sa.Text(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.ForeignKeyConstraint(
            ["assessment_id"], ["external_reviews.assessment_id"], name=op.f("fk_purge_holds_assessment_id")
        ),
        sa.ForeignKeyConstraint(["held_by"], ["people.id"], name=op.f("fk_purge_holds_held_by")),
        sa.ForeignKeyConstraint(["released_by"], ["people.id"], name=op.f("fk_purge_holds_released_by")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_purge_holds")),
    )
    with op.batch_alter_table("purge_holds", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_purge_holds_assessment_id"), ["assessment_id"], unique=False)

    op.create_table(
        "report_recipients",
        sa.Column("assessment_id", sa.Uuid(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("person_id", sa.Uuid(), nullable=False),
        sa.Column("sent_at", UtcDateTime(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.ForeignKeyConstraint(
            ["assessment_id"],
            ["external_reviews.assessment_id"],
            name=op.f("fk_report_recipients_assessment_id"),
        ),
        sa.ForeignKeyConstraint(["person_id"], ["people.id"], name=op.f("fk_report_recipients_person_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_report_recipients")),
        sa.UniqueConstraint(
            "assessment_id",
            "number",
            "person_id",
            name=op.f("uq_report_recipients_assessment_id_number_person_id"),
        ),
    )


def downgrade() -> None:
    op.drop_table("report_recipients")
    with op.batch_alter_table("purge_holds", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_purge_holds_assessment_id"))

    op.drop_table("purge_holds")
    op.drop_table("presented_drafts")
    op.drop_table("fieldwork_purges")
    with op.batch_alter_table("corrections", schema=None) as batch_op:
        batch_op.drop_index(
            "uq_corrections_waiting",
            sqlite_where=sa.text("state = 'waiting'"),
            postgresql_where=sa.text("state = 'waiting'"),
        )
        batch_op.drop_index(batch_op.f("ix_corrections_assessment_id"))

    op.drop_table("corrections")
    with op.batch_alter_table("accuracy_files", schema=None) as batch_op:
        batch_op.drop_index("ix_accuracy_files_item")

    op.drop_table("accuracy_files")
    op.drop_table("accuracy_comments")
