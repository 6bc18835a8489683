"""External reviews: the team, its blind ratings and consensus; reviewers' accreditation"""

import sqlalchemy as sa
from alembic import op

from portal.core.db import UtcDateTime

revision = "0009_external_reviews"
down_revision = "0008_external_state"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "reviewer_accreditations",
        sa.Column("person_id", sa.Uuid(), nullable=False),
        sa.Column("starts", sa.Date(), nullable=False),
        sa.Column("ends", sa.Date(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.CheckConstraint("ends >= starts", name=op.f("ck_reviewer_accreditations_dates_in_order")),
        sa.ForeignKeyConstraint(
            ["person_id"], ["people.id"], name=op.f("fk_reviewer_accreditations_person_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_reviewer_accreditations")),
    )
    with op.batch_alter_table("reviewer_accreditations", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_reviewer_accreditations_person_id"), ["person_id"], unique=False)

    op.create_table(
        "external_reviews",
        sa.Column("assessment_id", sa.Uuid(), nullable=False),
        sa.Column("stage", sa.String(length=30), nullable=False),
        sa.Column("programme_key", sa.String(length=40), nullable=True),
        sa.Column("fieldwork_from", sa.Date(), nullable=False),
        sa.Column("fieldwork_to", sa.Date(), nullable=False),
        sa.Column("virtual", sa.Boolean(), nullable=False),
        sa.Column("quorum", sa.Integer(), nullable=False),
        sa.Column("round", sa.Integer(), nullable=False),
        sa.Column("left_site_at", UtcDateTime(), nullable=True),
        sa.Column("gaps_reason", sa.Text(), nullable=False),
        sa.Column("unblinded_at", UtcDateTime(), nullable=True),
        sa.Column("return_reason", sa.Text(), nullable=False),
        sa.Column("presented_on", sa.Date(), nullable=True),
        sa.Column("accuracy_until", sa.Date(), nullable=True),
        sa.Column("accuracy_done", sa.Boolean(), nullable=False),
        sa.Column("published_on", sa.Date(), nullable=True),
        sa.Column("valid_until", sa.Date(), nullable=True),
        sa.Column("next_due_on", sa.Date(), nullable=True),
        sa.Column("cancel_reason", sa.Text(), nullable=False),
        sa.Column("purge_hold", sa.Text(), nullable=False),
        sa.Column("purged_at", UtcDateTime(), nullable=True),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.CheckConstraint(
            "(stage = 'published') = (published_on IS NOT NULL)",
            name=op.f("ck_external_reviews_published_has_date"),
        ),
        sa.CheckConstraint(
            "fieldwork_to >= fieldwork_from", name=op.f("ck_external_reviews_fieldwork_in_order")
        ),
        sa.CheckConstraint("quorum >= 1", name=op.f("ck_external_reviews_quorum_positive")),
        sa.ForeignKeyConstraint(
            ["assessment_id"], ["assessments.id"], name=op.f("fk_external_reviews_assessment_id")
        ),
        sa.PrimaryKeyConstraint("assessment_id", name=op.f("pk_external_reviews")),
    )
    with op.batch_alter_table("external_reviews", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_external_reviews_fieldwork_from"), ["fieldwork_from"], unique=False
        )
        batch_op.create_index(batch_op.f("ix_external_reviews_stage"), ["stage"], unique=False)

    op.create_table(
        "blind_ratings",
        sa.Column("assessment_id", sa.Uuid(), nullable=False),
        sa.Column("person_id", sa.Uuid(), nullable=False),
        sa.Column("item_key", sa.String(length=60), nullable=False),
        sa.Column("rating", sa.Integer(), nullable=True),
        sa.Column("rationale", sa.Text(), nullable=False),
        sa.Column("evidence", sa.Text(), nullable=False),
        sa.Column("entries", sa.JSON(), nullable=False),
        sa.Column("suggested", sa.Integer(), nullable=True),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("changed_at", UtcDateTime(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.CheckConstraint(
            "rating IS NULL OR rating BETWEEN 1 AND 5", name=op.f("ck_blind_ratings_rating_in_range")
        ),
        sa.ForeignKeyConstraint(
            ["assessment_id"], ["external_reviews.assessment_id"], name=op.f("fk_blind_ratings_assessment_id")
        ),
        sa.ForeignKeyConstraint(["person_id"], ["people.id"], name=op.f("fk_blind_ratings_person_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_blind_ratings")),
        sa.UniqueConstraint(
            "assessment_id",
            "person_id",
            "item_key",
            name=op.f("uq_blind_ratings_assessment_id_person_id_item_key"),
        ),
    )
    op.create_table(
        "consensus_ratings",
        sa.Column("assessment_id", sa.Uuid(), nullable=False),
        sa.Column("item_key", sa.String(length=60), nullable=False),
        sa.Column("rating", sa.Integer(), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("comment", sa.Text(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("changed_at", UtcDateTime(), nullable=False),
        sa.Column("changed_by", sa.Uuid(), nullable=True),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.CheckConstraint("rating BETWEEN 1 AND 5", name=op.f("ck_consensus_ratings_rating_in_range")),
        sa.ForeignKeyConstraint(
            ["assessment_id"],
            ["external_reviews.assessment_id"],
            name=op.f("fk_consensus_ratings_assessment_id"),
        ),
        sa.ForeignKeyConstraint(["changed_by"], ["people.id"], name=op.f("fk_consensus_ratings_changed_by")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_consensus_ratings")),
        sa.UniqueConstraint(
            "assessment_id", "item_key", name=op.f("uq_consensus_ratings_assessment_id_item_key")
        ),
    )
    op.create_table(
        "rating_changes",
        sa.Column("assessment_id", sa.Uuid(), nullable=False),
        sa.Column("item_key", sa.String(length=60), nullable=False),
        sa.Column("stage", sa.String(length=30), nullable=False),
        sa.Column("round", sa.Integer(), nullable=False),
        sa.Column("before", sa.Integer(), nullable=False),
        sa.Column("after", sa.Integer(), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("at", UtcDateTime(), nullable=False),
        sa.Column("by", sa.Uuid(), nullable=True),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.ForeignKeyConstraint(
            ["assessment_id"],
            ["external_reviews.assessment_id"],
            name=op.f("fk_rating_changes_assessment_id"),
        ),
        sa.ForeignKeyConstraint(["by"], ["people.id"], name=op.f("fk_rating_changes_by")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_rating_changes")),
    )
    with op.batch_alter_table("rating_changes", schema=None) as batch_op:
        batch_op.create_index("ix_rating_changes_item", ["assessment_id", "item_key", "at"], unique=False)

    op.create_table(
        "review_members",
        sa.Column("assessment_id", sa.Uuid(), nullable=False),
        sa.Column("person_id", sa.Uuid(), nullable=False),
        sa.Column("capacity", sa.String(length=30), nullable=False),
        sa.Column("override_reason", sa.Text(), nullable=False),
        sa.Column("locked_at", UtcDateTime(), nullable=True),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.ForeignKeyConstraint(
            ["assessment_id"],
            ["external_reviews.assessment_id"],
            name=op.f("fk_review_members_assessment_id"),
        ),
        sa.ForeignKeyConstraint(["person_id"], ["people.id"], name=op.f("fk_review_members_person_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_review_members")),
        sa.UniqueConstraint(
            "assessment_id", "person_id", name=op.f("uq_review_members_assessment_id_person_id")
        ),
    )
    with op.batch_alter_table("review_members", schema=None) as batch_op:
        batch_op.create_index("ix_review_members_person", ["person_id", "capacity"], unique=False)
        batch_op.create_index(
            "uq_review_members_lead",
            ["assessment_id"],
            unique=True,
            sqlite_where=sa.text("capacity = 'lead'"),
            postgresql_where=sa.text("capacity = 'lead'"),
        )
        batch_op.create_index(
            "uq_review_members_second",
            ["assessment_id"],
            unique=True,
            sqlite_where=sa.text("capacity = 'second'"),
            postgresql_where=sa.text("capacity = 'second'"),
        )


def downgrade() -> None:
    with op.batch_alter_table("review_members", schema=None) as batch_op:
        batch_op.drop_index(
            "uq_review_members_second",
            sqlite_where=sa.text("capacity = 'second'"),
            postgresql_where=sa.text("capacity = 'second'"),
        )
        batch_op.drop_index(
            "uq_review_members_lead",
            sqlite_where=sa.text("capacity = 'lead'"),
            postgresql_where=sa.text("capacity = 'lead'"),
        )
        batch_op.drop_index("ix_review_members_person")

    op.drop_table("review_members")
    with op.batch_alter_table("rating_changes", schema=None) as batch_op:
        batch_op.drop_index("ix_rating_changes_item")

    op.drop_table("rating_changes")
    op.drop_table("consensus_ratings")
    op.drop_table("blind_ratings")
    with op.batch_alter_table("external_reviews", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_external_reviews_stage"))
        batch_op.drop_index(batch_op.f("ix_external_reviews_fieldwork_from"))

    op.drop_table("external_reviews")
    with op.batch_alter_table("reviewer_accreditations", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_reviewer_accreditations_person_id"))

    op.drop_table("reviewer_accreditations")
