"""External fidelity reviews: team, timeline, portfolio, fieldwork, scoring, moderation, agreement"""

import sqlalchemy as sa
from alembic import op

from portal.core.db import UtcDateTime

revision = "0009_external_reviews"
down_revision = "0008_external_state"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "daily_runs",
        sa.Column("kind", sa.String(length=60), nullable=False),
        sa.Column("on", sa.Date(), nullable=False),
        sa.PrimaryKeyConstraint("kind", "on", name=op.f("pk_daily_runs")),
    )
    op.create_table(
        "calendar_addresses",
        sa.Column("person_id", sa.Uuid(), nullable=False),
        sa.Column("token_digest", sa.String(length=64), nullable=False),
        sa.Column("made_at", UtcDateTime(), nullable=False),
        sa.ForeignKeyConstraint(["person_id"], ["people.id"], name=op.f("fk_calendar_addresses_person_id")),
        sa.PrimaryKeyConstraint("person_id", name=op.f("pk_calendar_addresses")),
        sa.UniqueConstraint("token_digest", name=op.f("uq_calendar_addresses_token_digest")),
    )
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
        "history_imports",
        sa.Column("person_id", sa.Uuid(), nullable=False),
        sa.Column("file_name", sa.String(length=120), nullable=False),
        sa.Column("stored_name", sa.String(length=40), nullable=False),
        sa.Column("sha256", sa.String(length=64), nullable=False),
        sa.Column("state", sa.String(length=30), nullable=False),
        sa.Column("reviews", sa.Integer(), nullable=False),
        sa.Column("services", sa.Integer(), nullable=False),
        sa.Column("problem", sa.String(length=400), nullable=False),
        sa.Column("asked_at", UtcDateTime(), nullable=False),
        sa.Column("ended_at", UtcDateTime(), nullable=True),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.CheckConstraint("reviews >= 0", name=op.f("ck_history_imports_reviews_not_negative")),
        sa.ForeignKeyConstraint(["person_id"], ["people.id"], name=op.f("fk_history_imports_person_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_history_imports")),
    )
    with op.batch_alter_table("history_imports", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_history_imports_person_id"), ["person_id"], unique=False)

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

    op.create_table(
        "review_reminders",
        sa.Column("assessment_id", sa.Uuid(), nullable=False),
        sa.Column("step_key", sa.String(length=60), nullable=False),
        sa.Column("kind", sa.String(length=10), nullable=False),
        sa.Column("due", sa.Date(), nullable=False),
        sa.Column("recipient_id", sa.Uuid(), nullable=False),
        sa.Column("sent_on", sa.Date(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.ForeignKeyConstraint(
            ["assessment_id"],
            ["external_reviews.assessment_id"],
            name=op.f("fk_review_reminders_assessment_id"),
        ),
        sa.ForeignKeyConstraint(
            ["recipient_id"], ["people.id"], name=op.f("fk_review_reminders_recipient_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_review_reminders")),
        sa.UniqueConstraint(
            "assessment_id",
            "step_key",
            "kind",
            "recipient_id",
            "due",
            name=op.f("uq_review_reminders_assessment_id_step_key_kind_recipient_id_due"),
        ),
    )
    with op.batch_alter_table("review_reminders", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_review_reminders_recipient_id"), ["recipient_id"], unique=False)

    op.create_table(
        "review_steps_done",
        sa.Column("assessment_id", sa.Uuid(), nullable=False),
        sa.Column("step_key", sa.String(length=60), nullable=False),
        sa.Column("done_on", sa.Date(), nullable=False),
        sa.Column("by", sa.Uuid(), nullable=True),
        sa.Column("note", sa.Text(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.ForeignKeyConstraint(
            ["assessment_id"],
            ["external_reviews.assessment_id"],
            name=op.f("fk_review_steps_done_assessment_id"),
        ),
        sa.ForeignKeyConstraint(["by"], ["people.id"], name=op.f("fk_review_steps_done_by")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_review_steps_done")),
        sa.UniqueConstraint(
            "assessment_id", "step_key", name=op.f("uq_review_steps_done_assessment_id_step_key")
        ),
    )
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
    op.drop_table("review_steps_done")
    with op.batch_alter_table("review_reminders", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_review_reminders_recipient_id"))

    op.drop_table("review_reminders")
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
    with op.batch_alter_table("requested_documents", schema=None) as batch_op:
        batch_op.drop_index("ix_requested_documents_place")

    op.drop_table("requested_documents")
    op.drop_table("report_recipients")
    with op.batch_alter_table("rating_changes", schema=None) as batch_op:
        batch_op.drop_index("ix_rating_changes_item")

    op.drop_table("rating_changes")
    with op.batch_alter_table("purge_holds", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_purge_holds_assessment_id"))

    op.drop_table("purge_holds")
    op.drop_table("presented_drafts")
    with op.batch_alter_table("portfolio_audits", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_portfolio_audits_assessment_id"))

    op.drop_table("portfolio_audits")
    with op.batch_alter_table("planned_meetings", schema=None) as batch_op:
        batch_op.drop_index("ix_planned_meetings_place")

    op.drop_table("planned_meetings")
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
    op.drop_table("fieldwork_purges")
    with op.batch_alter_table("field_notes", schema=None) as batch_op:
        batch_op.drop_index("ix_field_notes_review")

    op.drop_table("field_notes")
    with op.batch_alter_table("corrections", schema=None) as batch_op:
        batch_op.drop_index(
            "uq_corrections_waiting",
            sqlite_where=sa.text("state = 'waiting'"),
            postgresql_where=sa.text("state = 'waiting'"),
        )
        batch_op.drop_index(batch_op.f("ix_corrections_assessment_id"))

    op.drop_table("corrections")
    op.drop_table("consensus_ratings")
    with op.batch_alter_table("case_moderators", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_case_moderators_person_id"))

    op.drop_table("case_moderators")
    op.drop_table("blind_ratings")
    with op.batch_alter_table("agreement_records", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_agreement_records_supplier_id"))
        batch_op.drop_index(batch_op.f("ix_agreement_records_service_id"))
        batch_op.drop_index("ix_agreement_records_scale_on")

    op.drop_table("agreement_records")
    with op.batch_alter_table("accuracy_files", schema=None) as batch_op:
        batch_op.drop_index("ix_accuracy_files_item")

    op.drop_table("accuracy_files")
    op.drop_table("accuracy_comments")
    with op.batch_alter_table("moderation_cases", schema=None) as batch_op:
        batch_op.drop_index(
            "uq_moderation_cases_one_open",
            sqlite_where=sa.text("state = 'open'"),
            postgresql_where=sa.text("state = 'open'"),
        )
        batch_op.drop_index("ix_moderation_cases_service")
        batch_op.drop_index("ix_moderation_cases_queue")

    op.drop_table("moderation_cases")
    with op.batch_alter_table("external_reviews", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_external_reviews_stage"))
        batch_op.drop_index(batch_op.f("ix_external_reviews_fieldwork_from"))

    op.drop_table("external_reviews")
    with op.batch_alter_table("calibration_sheets", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_calibration_sheets_person_id"))

    op.drop_table("calibration_sheets")
    with op.batch_alter_table("reviewer_accreditations", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_reviewer_accreditations_person_id"))

    op.drop_table("reviewer_accreditations")
    with op.batch_alter_table("history_imports", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_history_imports_person_id"))

    op.drop_table("history_imports")
    with op.batch_alter_table("calibration_exercises", schema=None) as batch_op:
        batch_op.drop_index("ix_calibration_exercises_supplier")

    op.drop_table("calibration_exercises")
    op.drop_table("calendar_addresses")
    op.drop_table("daily_runs")
