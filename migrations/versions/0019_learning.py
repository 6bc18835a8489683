"""Learning: enrolments, pages read, attempts, completions, chosen sets"""

import sqlalchemy as sa
from alembic import op

from portal.core import frozen
from portal.core.db import UtcDateTime

revision = "0019_learning"
down_revision = "0018_posts"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "learning_chosen_sets",
        sa.Column("person_id", sa.Uuid(), nullable=False),
        sa.Column("set_key", sa.String(length=80), nullable=False),
        sa.Column("since", sa.Date(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["person_id"], ["people.id"], name=op.f("fk_learning_chosen_sets_person_id")),
        sa.PrimaryKeyConstraint("person_id", name=op.f("pk_learning_chosen_sets")),
    )
    op.create_table(
        "learning_completions",
        sa.Column("person_id", sa.Uuid(), nullable=False),
        sa.Column("course", sa.String(length=80), nullable=False),
        sa.Column("how", sa.String(length=30), nullable=False),
        sa.Column("version", sa.Integer(), nullable=True),
        sa.Column("completed_on", sa.Date(), nullable=False),
        sa.Column("expires_on", sa.Date(), nullable=True),
        sa.Column("code", sa.String(length=24), nullable=True),
        sa.Column("note", sa.Text(), nullable=False),
        sa.Column("attachment_id", sa.Uuid(), nullable=True),
        sa.Column("recorded_by", sa.Uuid(), nullable=True),
        sa.Column("recorded_at", UtcDateTime(), nullable=False),
        sa.Column("withdrawn_at", UtcDateTime(), nullable=True),
        sa.Column("withdrawn_by", sa.Uuid(), nullable=True),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.CheckConstraint(
            "(how = 'module') = (version IS NOT NULL AND code IS NOT NULL)",
            name=op.f("ck_learning_completions_module_has_code"),
        ),
        sa.CheckConstraint(
            "(withdrawn_at IS NULL) = (withdrawn_by IS NULL)",
            name=op.f("ck_learning_completions_withdrawn_by_somebody"),
        ),
        sa.CheckConstraint(
            "expires_on IS NULL OR expires_on >= completed_on",
            name=op.f("ck_learning_completions_dates_in_order"),
        ),
        sa.ForeignKeyConstraint(
            ["attachment_id"], ["attachments.id"], name=op.f("fk_learning_completions_attachment_id")
        ),
        sa.ForeignKeyConstraint(["person_id"], ["people.id"], name=op.f("fk_learning_completions_person_id")),
        sa.ForeignKeyConstraint(
            ["recorded_by"], ["people.id"], name=op.f("fk_learning_completions_recorded_by")
        ),
        sa.ForeignKeyConstraint(
            ["withdrawn_by"], ["people.id"], name=op.f("fk_learning_completions_withdrawn_by")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_learning_completions")),
        sa.UniqueConstraint("code", name=op.f("uq_learning_completions_code")),
    )
    with op.batch_alter_table("learning_completions", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_learning_completions_course"), ["course"], unique=False)
        batch_op.create_index("ix_learning_completions_person_course", ["person_id", "course"], unique=False)

    op.create_table(
        "learning_enrolments",
        sa.Column("person_id", sa.Uuid(), nullable=False),
        sa.Column("module", sa.String(length=80), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("started_at", UtcDateTime(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.ForeignKeyConstraint(["person_id"], ["people.id"], name=op.f("fk_learning_enrolments_person_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_learning_enrolments")),
        sa.UniqueConstraint(
            "person_id", "module", "version", name=op.f("uq_learning_enrolments_person_id_module_version")
        ),
    )
    with op.batch_alter_table("learning_enrolments", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_learning_enrolments_module"), ["module"], unique=False)

    op.create_table(
        "learning_attempts",
        sa.Column("enrolment_id", sa.Uuid(), nullable=False),
        sa.Column("answers", sa.String(length=40), nullable=False),
        sa.Column("score", sa.Integer(), nullable=False),
        sa.Column("out_of", sa.Integer(), nullable=False),
        sa.Column("passed", sa.Boolean(), nullable=False),
        sa.Column("at", UtcDateTime(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.CheckConstraint("score >= 0 AND score <= out_of", name=op.f("ck_learning_attempts_score_within")),
        sa.ForeignKeyConstraint(
            ["enrolment_id"], ["learning_enrolments.id"], name=op.f("fk_learning_attempts_enrolment_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_learning_attempts")),
    )
    with op.batch_alter_table("learning_attempts", schema=None) as batch_op:
        batch_op.create_index("ix_learning_attempts_enrolment_at", ["enrolment_id", "at"], unique=False)

    op.create_table(
        "learning_pages_read",
        sa.Column("enrolment_id", sa.Uuid(), nullable=False),
        sa.Column("page", sa.Integer(), nullable=False),
        sa.Column("at", UtcDateTime(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.CheckConstraint("page >= 1", name=op.f("ck_learning_pages_read_page_from_one")),
        sa.ForeignKeyConstraint(
            ["enrolment_id"], ["learning_enrolments.id"], name=op.f("fk_learning_pages_read_enrolment_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_learning_pages_read")),
        sa.UniqueConstraint("enrolment_id", "page", name=op.f("uq_learning_pages_read_enrolment_id_page")),
    )


def downgrade() -> None:
    frozen.drop(op.get_bind(), "learning_attempts")
    frozen.drop(op.get_bind(), "learning_completions")
    op.drop_table("learning_pages_read")
    with op.batch_alter_table("learning_attempts", schema=None) as batch_op:
        batch_op.drop_index("ix_learning_attempts_enrolment_at")

    op.drop_table("learning_attempts")
    with op.batch_alter_table("learning_enrolments", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_learning_enrolments_module"))

    op.drop_table("learning_enrolments")
    with op.batch_alter_table("learning_completions", schema=None) as batch_op:
        batch_op.drop_index("ix_learning_completions_person_course")
        batch_op.drop_index(batch_op.f("ix_learning_completions_course"))

    op.drop_table("learning_completions")
    op.drop_table("learning_chosen_sets")
