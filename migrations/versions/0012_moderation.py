"""Moderation, agreement between reviewers and calibration"""

import sqlalchemy as sa
from alembic import op

from portal.core.db import UtcDateTime

revision = "0012_moderation"
down_revision = "0011_fieldwork"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "calibration_exercises",
        sa.Column("supplier_id", sa.Uuid(), nullable=False),
        sa.Column("title", sa.String(length=120), nullable=False),
        sa.Column("scale_key", sa.String(length=40), nullable=False),
        sa.Column("scale_version", sa.String(length=20), nullable=False),
        sa.Column("scale_digest", sa.String(length=64), nullable=False),
        sa.Column("item_keys", sa.JSON(), nullable=False),
        sa.Column("case_text", sa.Text(), nullable=False),
        sa.Column("opens_on", sa.Date(), nullable=True),
        sa.Column("closes_on", sa.Date(), nullable=True),
        sa.Column("state", sa.String(length=30), nullable=False),
        sa.Column("created_at", UtcDateTime(), nullable=False),
        sa.Column("created_by", sa.Uuid(), nullable=True),
        sa.Column("opened_at", UtcDateTime(), nullable=True),
        sa.Column("closed_at", UtcDateTime(), nullable=True),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.CheckConstraint(
            "(state = 'closed') = (closed_at IS NOT NULL)",
            name=op.f("ck_calibration_exercises_closed_has_date"),
        ),
        sa.CheckConstraint(
            "(state = 'draft') = (opened_at IS NULL)", name=op.f("ck_calibration_exercises_opened_has_date")
        ),
        sa.CheckConstraint(
            "closes_on IS NULL OR opens_on IS NULL OR closes_on >= opens_on",
            name=op.f("ck_calibration_exercises_days_in_order"),
        ),
        sa.ForeignKeyConstraint(
            ["created_by"], ["people.id"], name=op.f("fk_calibration_exercises_created_by")
        ),
        sa.ForeignKeyConstraint(
            ["scale_digest"], ["scale_contents.digest"], name=op.f("fk_calibration_exercises_scale_digest")
        ),
        sa.ForeignKeyConstraint(
            ["supplier_id"], ["organisations.id"], name=op.f("fk_calibration_exercises_supplier_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_calibration_exercises")),
    )
    with op.batch_alter_table("calibration_exercises", schema=None) as batch_op:
        batch_op.create_index(
            "ix_calibration_exercises_supplier", ["supplier_id", "created_at"], unique=False
        )

    op.create_table(
        "calibration_sheets",
        sa.Column("exercise_id", sa.Uuid(), nullable=False),
        sa.Column("person_id", sa.Uuid(), nullable=False),
        sa.Column("invited", sa.Boolean(), nullable=False),
        sa.Column("ratings", sa.JSON(), nullable=False),
        sa.Column("rationales", sa.JSON(), nullable=False),
        sa.Column("submitted_at", UtcDateTime(), nullable=True),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.ForeignKeyConstraint(
            ["exercise_id"], ["calibration_exercises.id"], name=op.f("fk_calibration_sheets_exercise_id")
        ),
        sa.ForeignKeyConstraint(["person_id"], ["people.id"], name=op.f("fk_calibration_sheets_person_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_calibration_sheets")),
        sa.UniqueConstraint(
            "exercise_id", "person_id", name=op.f("uq_calibration_sheets_exercise_id_person_id")
        ),
    )
    with op.batch_alter_table("calibration_sheets", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_calibration_sheets_person_id"), ["person_id"], unique=False)

    op.create_table(
        "moderation_cases",
        sa.Column("assessment_id", sa.Uuid(), nullable=False),
        sa.Column("service_id", sa.Uuid(), nullable=False),
        sa.Column("scale_key", sa.String(length=40), nullable=False),
        sa.Column("kind", sa.String(length=30), nullable=False),
        sa.Column("round", sa.Integer(), nullable=False),
        sa.Column("state", sa.String(length=30), nullable=False),
        sa.Column("quorum", sa.Integer(), nullable=False),
        sa.Column("risk", sa.Integer(), nullable=False),
        sa.Column("flag_count", sa.Integer(), nullable=False),
        sa.Column("sampled", sa.Boolean(), nullable=False),
        sa.Column("barred", sa.JSON(), nullable=False),
        sa.Column("opened_at", UtcDateTime(), nullable=False),
        sa.Column("due_on", sa.Date(), nullable=True),
        sa.Column("decided_at", UtcDateTime(), nullable=True),
        sa.Column("return_reason", sa.Text(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.CheckConstraint(
            "(state = 'open') = (decided_at IS NULL)", name=op.f("ck_moderation_cases_decided_has_date")
        ),
        sa.CheckConstraint("quorum >= 1", name=op.f("ck_moderation_cases_quorum_positive")),
        sa.ForeignKeyConstraint(
            ["assessment_id"], ["assessments.id"], name=op.f("fk_moderation_cases_assessment_id")
        ),
        sa.ForeignKeyConstraint(["service_id"], ["services.id"], name=op.f("fk_moderation_cases_service_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_moderation_cases")),
        sa.UniqueConstraint("assessment_id", "round", name=op.f("uq_moderation_cases_assessment_id_round")),
    )
    with op.batch_alter_table("moderation_cases", schema=None) as batch_op:
        batch_op.create_index("ix_moderation_cases_queue", ["state", "risk", "opened_at"], unique=False)
        batch_op.create_index("ix_moderation_cases_service", ["service_id", "state"], unique=False)
        batch_op.create_index(
            "uq_moderation_cases_one_open",
            ["assessment_id"],
            unique=True,
            sqlite_where=sa.text("state = 'open'"),
            postgresql_where=sa.text("state = 'open'"),
        )

    op.create_table(
        "agreement_records",
        sa.Column("assessment_id", sa.Uuid(), nullable=False),
        sa.Column("service_id", sa.Uuid(), nullable=False),
        sa.Column("supplier_id", sa.Uuid(), nullable=True),
        sa.Column("scale_key", sa.String(length=40), nullable=False),
        sa.Column("scale_digest", sa.String(length=64), nullable=False),
        sa.Column("on", sa.Date(), nullable=False),
        sa.Column("lead_id", sa.Uuid(), nullable=False),
        sa.Column("second_id", sa.Uuid(), nullable=False),
        sa.Column("lead_ratings", sa.JSON(), nullable=False),
        sa.Column("second_ratings", sa.JSON(), nullable=False),
        sa.Column("items", sa.Integer(), nullable=False),
        sa.Column("exact", sa.Integer(), nullable=False),
        sa.Column("within_one", sa.Integer(), nullable=False),
        sa.Column("sum_difference", sa.Integer(), nullable=False),
        sa.CheckConstraint(
            "exact <= within_one AND within_one <= items", name=op.f("ck_agreement_records_counts_in_order")
        ),
        sa.CheckConstraint("lead_id <> second_id", name=op.f("ck_agreement_records_two_people")),
        sa.ForeignKeyConstraint(
            ["assessment_id"],
            ["external_reviews.assessment_id"],
            name=op.f("fk_agreement_records_assessment_id"),
        ),
        sa.ForeignKeyConstraint(["lead_id"], ["people.id"], name=op.f("fk_agreement_records_lead_id")),
        sa.ForeignKeyConstraint(
            ["scale_digest"], ["scale_contents.digest"], name=op.f("fk_agreement_records_scale_digest")
        ),
        sa.ForeignKeyConstraint(["second_id"], ["people.id"], name=op.f("fk_agreement_records_second_id")),
        sa.ForeignKeyConstraint(
            ["service_id"], ["services.id"], name=op.f("fk_agreement_records_service_id")
        ),
        sa.ForeignKeyConstraint(
            ["supplier_id"], ["organisations.id"], name=op.f("fk_agreement_records_supplier_id")
        ),
        sa.PrimaryKeyConstraint("assessment_id", name=op.f("pk_agreement_records")),
    )
    with op.batch_alter_table("agreement_records", schema=None) as batch_op:
        batch_op.create_index("ix_agreement_records_scale_on", ["scale_key", "on"], unique=False)
        batch_op.create_index(batch_op.f("ix_agreement_records_service_id"), ["service_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_agreement_records_supplier_id"), ["supplier_id"], unique=False)

    op.create_table(
        "case_moderators",
        sa.Column("case_id", sa.Uuid(), nullable=False),
        sa.Column("person_id", sa.Uuid(), nullable=False),
        sa.Column("named_at", UtcDateTime(), nullable=False),
        sa.Column("named_by", sa.Uuid(), nullable=True),
        sa.ForeignKeyConstraint(
            ["case_id"], ["moderation_cases.id"], name=op.f("fk_case_moderators_case_id")
        ),
        sa.ForeignKeyConstraint(["named_by"], ["people.id"], name=op.f("fk_case_moderators_named_by")),
        sa.ForeignKeyConstraint(["person_id"], ["people.id"], name=op.f("fk_case_moderators_person_id")),
        sa.PrimaryKeyConstraint("case_id", "person_id", name=op.f("pk_case_moderators")),
    )
    with op.batch_alter_table("case_moderators", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_case_moderators_person_id"), ["person_id"], unique=False)

    op.create_table(
        "moderation_flags",
        sa.Column("case_id", sa.Uuid(), nullable=False),
        sa.Column("kind", sa.String(length=30), nullable=False),
        sa.Column("item_key", sa.String(length=60), nullable=True),
        sa.Column("words", sa.Text(), nullable=False),
        sa.Column("weight", sa.Integer(), nullable=False),
        sa.Column("place", sa.Integer(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.ForeignKeyConstraint(
            ["case_id"], ["moderation_cases.id"], name=op.f("fk_moderation_flags_case_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_moderation_flags")),
    )
    with op.batch_alter_table("moderation_flags", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_moderation_flags_case_id"), ["case_id"], unique=False)

    op.create_table(
        "moderation_messages",
        sa.Column("assessment_id", sa.Uuid(), nullable=False),
        sa.Column("case_id", sa.Uuid(), nullable=False),
        sa.Column("item_key", sa.String(length=60), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("kind", sa.String(length=30), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("sources", sa.JSON(), nullable=False),
        sa.Column("at", UtcDateTime(), nullable=False),
        sa.Column("by", sa.Uuid(), nullable=True),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.ForeignKeyConstraint(
            ["assessment_id"], ["assessments.id"], name=op.f("fk_moderation_messages_assessment_id")
        ),
        sa.ForeignKeyConstraint(["by"], ["people.id"], name=op.f("fk_moderation_messages_by")),
        sa.ForeignKeyConstraint(
            ["case_id"], ["moderation_cases.id"], name=op.f("fk_moderation_messages_case_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_moderation_messages")),
        sa.UniqueConstraint(
            "assessment_id",
            "item_key",
            "number",
            name=op.f("uq_moderation_messages_assessment_id_item_key_number"),
        ),
    )
    op.create_table(
        "moderation_votes",
        sa.Column("case_id", sa.Uuid(), nullable=False),
        sa.Column("person_id", sa.Uuid(), nullable=False),
        sa.Column("at", UtcDateTime(), nullable=False),
        sa.Column("on_version", sa.Integer(), nullable=False),
        sa.Column("voided_at", UtcDateTime(), nullable=True),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.ForeignKeyConstraint(
            ["case_id"], ["moderation_cases.id"], name=op.f("fk_moderation_votes_case_id")
        ),
        sa.ForeignKeyConstraint(["person_id"], ["people.id"], name=op.f("fk_moderation_votes_person_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_moderation_votes")),
    )
    with op.batch_alter_table("moderation_votes", schema=None) as batch_op:
        batch_op.create_index(
            "uq_moderation_votes_one_each",
            ["case_id", "person_id"],
            unique=True,
            sqlite_where=sa.text("voided_at IS NULL"),
            postgresql_where=sa.text("voided_at IS NULL"),
        )


def downgrade() -> None:
    with op.batch_alter_table("moderation_votes", schema=None) as batch_op:
        batch_op.drop_index(
            "uq_moderation_votes_one_each",
            sqlite_where=sa.text("voided_at IS NULL"),
            postgresql_where=sa.text("voided_at IS NULL"),
        )

    op.drop_table("moderation_votes")
    op.drop_table("moderation_messages")
    with op.batch_alter_table("moderation_flags", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_moderation_flags_case_id"))

    op.drop_table("moderation_flags")
    with op.batch_alter_table("case_moderators", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_case_moderators_person_id"))

    op.drop_table("case_moderators")
    with op.batch_alter_table("agreement_records", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_agreement_records_supplier_id"))
        batch_op.drop_index(batch_op.f("ix_agreement_records_service_id"))
        batch_op.drop_index("ix_agreement_records_scale_on")

    op.drop_table("agreement_records")
    with op.batch_alter_table("moderation_cases", schema=None) as batch_op:
        batch_op.drop_index(
            "uq_moderation_cases_one_open",
            sqlite_where=sa.text("state = 'open'"),
            postgresql_where=sa.text("state = 'open'"),
        )
        batch_op.drop_index("ix_moderation_cases_service")
        batch_op.drop_index("ix_moderation_cases_queue")

    op.drop_table("moderation_cases")
    with op.batch_alter_table("calibration_sheets", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_calibration_sheets_person_id"))

    op.drop_table("calibration_sheets")
    with op.batch_alter_table("calibration_exercises", schema=None) as batch_op:
        batch_op.drop_index("ix_calibration_exercises_supplier")

    op.drop_table("calibration_exercises")
