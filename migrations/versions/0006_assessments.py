"""Assessments, ratings, guidance, evidence, and the standing of services"""

import sqlalchemy as sa
from alembic import op

from portal.core.db import UtcDateTime

revision = "0006_assessments"
down_revision = "0005_attachments_and_plans"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "scale_contents",
        sa.Column("digest", sa.String(length=64), nullable=False),
        sa.Column("key", sa.String(length=40), nullable=False),
        sa.Column("version", sa.String(length=20), nullable=False),
        sa.Column("content", sa.JSON(), nullable=False),
        sa.PrimaryKeyConstraint("digest", name=op.f("pk_scale_contents")),
    )
    op.create_table(
        "assessments",
        sa.Column("service_id", sa.Uuid(), nullable=False),
        sa.Column("kind", sa.String(length=30), nullable=False),
        sa.Column("state", sa.String(length=30), nullable=False),
        sa.Column("scale_key", sa.String(length=40), nullable=False),
        sa.Column("scale_version", sa.String(length=20), nullable=False),
        sa.Column("scale_digest", sa.String(length=64), nullable=False),
        sa.Column("period_from", sa.Date(), nullable=False),
        sa.Column("period_to", sa.Date(), nullable=False),
        sa.Column("started_at", UtcDateTime(), nullable=False),
        sa.Column("started_by", sa.Uuid(), nullable=True),
        sa.Column("guide_id", sa.Uuid(), nullable=True),
        sa.Column("submitted_at", UtcDateTime(), nullable=True),
        sa.Column("submitted_by", sa.Uuid(), nullable=True),
        sa.Column("round", sa.Integer(), nullable=False),
        sa.Column("return_reason", sa.Text(), nullable=False),
        sa.Column("final_at", UtcDateTime(), nullable=True),
        sa.Column("final_by", sa.Uuid(), nullable=True),
        sa.Column("total", sa.Integer(), nullable=True),
        sa.Column("band", sa.String(length=30), nullable=True),
        sa.Column("imported", sa.Boolean(), nullable=False),
        sa.Column("reviewers", sa.String(length=200), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.CheckConstraint(
            "(state = 'final') = (final_at IS NOT NULL)", name=op.f("ck_assessments_final_has_date")
        ),
        sa.CheckConstraint(
            "kind <> 'peer' OR guide_id IS NOT NULL", name=op.f("ck_assessments_peer_has_guide")
        ),
        sa.CheckConstraint(
            "state <> 'final' OR total IS NOT NULL", name=op.f("ck_assessments_final_has_total")
        ),
        sa.CheckConstraint("period_to >= period_from", name=op.f("ck_assessments_period_in_order")),
        sa.ForeignKeyConstraint(["final_by"], ["people.id"], name=op.f("fk_assessments_final_by")),
        sa.ForeignKeyConstraint(["guide_id"], ["people.id"], name=op.f("fk_assessments_guide_id")),
        sa.ForeignKeyConstraint(
            ["scale_digest"], ["scale_contents.digest"], name=op.f("fk_assessments_scale_digest")
        ),
        sa.ForeignKeyConstraint(["service_id"], ["services.id"], name=op.f("fk_assessments_service_id")),
        sa.ForeignKeyConstraint(["started_by"], ["people.id"], name=op.f("fk_assessments_started_by")),
        sa.ForeignKeyConstraint(["submitted_by"], ["people.id"], name=op.f("fk_assessments_submitted_by")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_assessments")),
    )
    with op.batch_alter_table("assessments", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_assessments_guide_id"), ["guide_id"], unique=False)
        batch_op.create_index("ix_assessments_service_final", ["service_id", "final_at"], unique=False)
        batch_op.create_index(batch_op.f("ix_assessments_state"), ["state"], unique=False)
        batch_op.create_index(
            "uq_assessments_one_open",
            ["service_id", "scale_key"],
            unique=True,
            sqlite_where=sa.text("state IN ('draft', 'with-guide', 'with-provider', 'settling')"),
            postgresql_where=sa.text("state IN ('draft', 'with-guide', 'with-provider', 'settling')"),
        )

    op.create_table(
        "service_standings",
        sa.Column("service_id", sa.Uuid(), nullable=False),
        sa.Column("assessment_id", sa.Uuid(), nullable=False),
        sa.Column("kind_title", sa.String(length=60), nullable=False),
        sa.Column("scale_title", sa.String(length=60), nullable=False),
        sa.Column("total", sa.Integer(), nullable=False),
        sa.Column("maximum", sa.Integer(), nullable=False),
        sa.Column("band_key", sa.String(length=30), nullable=True),
        sa.Column("band_title", sa.String(length=60), nullable=True),
        sa.Column("final_on", sa.Date(), nullable=False),
        sa.ForeignKeyConstraint(
            ["service_id"], ["services.id"], name=op.f("fk_service_standings_service_id")
        ),
        sa.PrimaryKeyConstraint("service_id", name=op.f("pk_service_standings")),
    )
    with op.batch_alter_table("service_standings", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_service_standings_final_on"), ["final_on"], unique=False)

    op.create_table(
        "evidence_files",
        sa.Column("assessment_id", sa.Uuid(), nullable=False),
        sa.Column("item_key", sa.String(length=60), nullable=False),
        sa.Column("attachment_id", sa.Uuid(), nullable=False),
        sa.Column("removed_at", UtcDateTime(), nullable=True),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.ForeignKeyConstraint(
            ["assessment_id"], ["assessments.id"], name=op.f("fk_evidence_files_assessment_id")
        ),
        sa.ForeignKeyConstraint(
            ["attachment_id"], ["attachments.id"], name=op.f("fk_evidence_files_attachment_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_evidence_files")),
    )
    with op.batch_alter_table("evidence_files", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_evidence_files_assessment_id"), ["assessment_id"], unique=False)

    op.create_table(
        "final_ratings",
        sa.Column("assessment_id", sa.Uuid(), nullable=False),
        sa.Column("item_key", sa.String(length=60), nullable=False),
        sa.Column("rating", sa.Integer(), nullable=False),
        sa.Column("self_rating", sa.Integer(), nullable=True),
        sa.Column("guide_rating", sa.Integer(), nullable=True),
        sa.Column("agreed", sa.Boolean(), nullable=False),
        sa.CheckConstraint("rating BETWEEN 1 AND 5", name=op.f("ck_final_ratings_rating_in_range")),
        sa.ForeignKeyConstraint(
            ["assessment_id"], ["assessments.id"], name=op.f("fk_final_ratings_assessment_id")
        ),
        sa.PrimaryKeyConstraint("assessment_id", "item_key", name=op.f("pk_final_ratings")),
    )
    op.create_table(
        "item_ratings",
        sa.Column("assessment_id", sa.Uuid(), nullable=False),
        sa.Column("item_key", sa.String(length=60), nullable=False),
        sa.Column("rating", sa.Integer(), nullable=True),
        sa.Column("rationale", sa.Text(), nullable=False),
        sa.Column("evidence", sa.Text(), nullable=False),
        sa.Column("entries", sa.JSON(), nullable=False),
        sa.Column("suggested", sa.Integer(), nullable=True),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("changed_at", UtcDateTime(), nullable=False),
        sa.Column("changed_by", sa.Uuid(), nullable=True),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.CheckConstraint(
            "rating IS NULL OR rating BETWEEN 1 AND 5", name=op.f("ck_item_ratings_rating_in_range")
        ),
        sa.ForeignKeyConstraint(
            ["assessment_id"], ["assessments.id"], name=op.f("fk_item_ratings_assessment_id")
        ),
        sa.ForeignKeyConstraint(["changed_by"], ["people.id"], name=op.f("fk_item_ratings_changed_by")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_item_ratings")),
        sa.UniqueConstraint("assessment_id", "item_key", name=op.f("uq_item_ratings_assessment_id_item_key")),
    )
    op.create_table(
        "proposals",
        sa.Column("assessment_id", sa.Uuid(), nullable=False),
        sa.Column("item_key", sa.String(length=60), nullable=False),
        sa.Column("rating", sa.Integer(), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("response", sa.String(length=30), nullable=True),
        sa.Column("answer", sa.Text(), nullable=False),
        sa.Column("came_round", sa.Boolean(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.CheckConstraint("reason <> ''", name=op.f("ck_proposals_reason_given")),
        sa.CheckConstraint("rating BETWEEN 1 AND 5", name=op.f("ck_proposals_rating_in_range")),
        sa.ForeignKeyConstraint(
            ["assessment_id"], ["assessments.id"], name=op.f("fk_proposals_assessment_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_proposals")),
        sa.UniqueConstraint("assessment_id", "item_key", name=op.f("uq_proposals_assessment_id_item_key")),
    )
    op.create_table(
        "remarks",
        sa.Column("assessment_id", sa.Uuid(), nullable=False),
        sa.Column("item_key", sa.String(length=60), nullable=False),
        sa.Column("kind", sa.String(length=30), nullable=False),
        sa.Column("rating", sa.Integer(), nullable=True),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("round", sa.Integer(), nullable=False),
        sa.Column("at", UtcDateTime(), nullable=False),
        sa.Column("by", sa.Uuid(), nullable=True),
        sa.Column("answers", sa.Uuid(), nullable=True),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.ForeignKeyConstraint(["answers"], ["remarks.id"], name=op.f("fk_remarks_answers")),
        sa.ForeignKeyConstraint(["assessment_id"], ["assessments.id"], name=op.f("fk_remarks_assessment_id")),
        sa.ForeignKeyConstraint(["by"], ["people.id"], name=op.f("fk_remarks_by")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_remarks")),
    )
    with op.batch_alter_table("remarks", schema=None) as batch_op:
        batch_op.create_index("ix_remarks_item", ["assessment_id", "item_key", "at"], unique=False)

    op.create_table(
        "sealed_sheets",
        sa.Column("assessment_id", sa.Uuid(), nullable=False),
        sa.Column("moment", sa.String(length=20), nullable=False),
        sa.Column("at", UtcDateTime(), nullable=False),
        sa.Column("by", sa.Uuid(), nullable=True),
        sa.Column("content", sa.JSON(), nullable=False),
        sa.Column("digest", sa.String(length=64), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.ForeignKeyConstraint(
            ["assessment_id"], ["assessments.id"], name=op.f("fk_sealed_sheets_assessment_id")
        ),
        sa.ForeignKeyConstraint(["by"], ["people.id"], name=op.f("fk_sealed_sheets_by")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_sealed_sheets")),
    )
    with op.batch_alter_table("sealed_sheets", schema=None) as batch_op:
        batch_op.create_index("ix_sealed_sheets_assessment", ["assessment_id", "at"], unique=False)


def downgrade() -> None:
    with op.batch_alter_table("sealed_sheets", schema=None) as batch_op:
        batch_op.drop_index("ix_sealed_sheets_assessment")

    op.drop_table("sealed_sheets")
    with op.batch_alter_table("remarks", schema=None) as batch_op:
        batch_op.drop_index("ix_remarks_item")

    op.drop_table("remarks")
    op.drop_table("proposals")
    op.drop_table("item_ratings")
    op.drop_table("final_ratings")
    with op.batch_alter_table("evidence_files", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_evidence_files_assessment_id"))

    op.drop_table("evidence_files")
    with op.batch_alter_table("service_standings", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_service_standings_final_on"))

    op.drop_table("service_standings")
    with op.batch_alter_table("assessments", schema=None) as batch_op:
        batch_op.drop_index(
            "uq_assessments_one_open",
            sqlite_where=sa.text("state IN ('draft', 'with-guide', 'with-provider', 'settling')"),
            postgresql_where=sa.text("state IN ('draft', 'with-guide', 'with-provider', 'settling')"),
        )
        batch_op.drop_index(batch_op.f("ix_assessments_state"))
        batch_op.drop_index("ix_assessments_service_final")
        batch_op.drop_index(batch_op.f("ix_assessments_guide_id"))

    op.drop_table("assessments")
    op.drop_table("scale_contents")
