"""Steps of a review, reminders, calendars and daily jobs; past reviews brought in"""

import sqlalchemy as sa
from alembic import op

from portal.core.db import UtcDateTime

revision = "0010_timelines"
down_revision = "0009_external_reviews"
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


def downgrade() -> None:
    op.drop_table("review_steps_done")
    with op.batch_alter_table("review_reminders", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_review_reminders_recipient_id"))

    op.drop_table("review_reminders")
    with op.batch_alter_table("history_imports", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_history_imports_person_id"))

    op.drop_table("history_imports")
    op.drop_table("calendar_addresses")
    op.drop_table("daily_runs")
