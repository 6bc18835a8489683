"""Attachments, plans and their actions"""

import sqlalchemy as sa
from alembic import op

from portal.core.db import UtcDateTime

revision = "0005_attachments_and_plans"
down_revision = "0004_jobs_and_mail"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "attachments",
        sa.Column("stored_name", sa.String(length=40), nullable=False),
        sa.Column("original_name", sa.String(length=120), nullable=False),
        sa.Column("content_type", sa.String(length=100), nullable=False),
        sa.Column("size", sa.Integer(), nullable=False),
        sa.Column("sha256", sa.String(length=64), nullable=False),
        sa.Column("created_at", UtcDateTime(), nullable=False),
        sa.Column("created_by", sa.Uuid(), nullable=True),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.CheckConstraint("size > 0", name=op.f("ck_attachments_not_empty")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_attachments")),
        sa.UniqueConstraint("stored_name", name=op.f("uq_attachments_stored_name")),
    )
    op.create_table(
        "plans",
        sa.Column("service_id", sa.Uuid(), nullable=False),
        sa.Column("origin_kind", sa.String(length=30), nullable=False),
        sa.Column("origin_id", sa.Uuid(), nullable=True),
        sa.Column("origin_label", sa.String(length=200), nullable=False),
        sa.Column("title", sa.String(length=200), nullable=False),
        sa.Column("state", sa.String(length=30), nullable=False),
        sa.Column("created_at", UtcDateTime(), nullable=False),
        sa.Column("created_by", sa.Uuid(), nullable=True),
        sa.Column("agreed_at", UtcDateTime(), nullable=True),
        sa.Column("agreed_by", sa.Uuid(), nullable=True),
        sa.Column("closed_at", UtcDateTime(), nullable=True),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.CheckConstraint(
            "(state = 'closed') = (closed_at IS NOT NULL)", name=op.f("ck_plans_closed_has_date")
        ),
        sa.CheckConstraint(
            "state <> 'agreed' OR agreed_at IS NOT NULL", name=op.f("ck_plans_agreed_has_date")
        ),
        sa.ForeignKeyConstraint(["agreed_by"], ["people.id"], name=op.f("fk_plans_agreed_by")),
        sa.ForeignKeyConstraint(["created_by"], ["people.id"], name=op.f("fk_plans_created_by")),
        sa.ForeignKeyConstraint(["service_id"], ["services.id"], name=op.f("fk_plans_service_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_plans")),
        sa.UniqueConstraint("origin_kind", "origin_id", name=op.f("uq_plans_origin_kind_origin_id")),
    )
    with op.batch_alter_table("plans", schema=None) as batch_op:
        batch_op.create_index("ix_plans_service_id_created_at", ["service_id", "created_at"], unique=False)

    op.create_table(
        "plan_actions",
        sa.Column("plan_id", sa.Uuid(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("item_key", sa.String(length=60), nullable=False),
        sa.Column("item_title", sa.String(length=200), nullable=False),
        sa.Column("current_rating", sa.Integer(), nullable=True),
        sa.Column("target_rating", sa.Integer(), nullable=True),
        sa.Column("suggested_step", sa.Text(), nullable=False),
        sa.Column("what", sa.Text(), nullable=False),
        sa.Column("measure", sa.Text(), nullable=False),
        sa.Column("owner", sa.String(length=120), nullable=False),
        sa.Column("support", sa.Text(), nullable=False),
        sa.Column("due", sa.Date(), nullable=True),
        sa.Column("status", sa.String(length=30), nullable=False),
        sa.Column("done_on", sa.Date(), nullable=True),
        sa.Column("evidence", sa.Text(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.CheckConstraint(
            "(status = 'done') = (done_on IS NOT NULL)", name=op.f("ck_plan_actions_done_has_date")
        ),
        sa.CheckConstraint(
            "target_rating > current_rating", name=op.f("ck_plan_actions_target_above_current")
        ),
        sa.ForeignKeyConstraint(["plan_id"], ["plans.id"], name=op.f("fk_plan_actions_plan_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_plan_actions")),
    )
    with op.batch_alter_table("plan_actions", schema=None) as batch_op:
        batch_op.create_index("ix_plan_actions_plan_id_position", ["plan_id", "position"], unique=False)
        batch_op.create_index("ix_plan_actions_status_due", ["status", "due"], unique=False)


def downgrade() -> None:
    with op.batch_alter_table("plan_actions", schema=None) as batch_op:
        batch_op.drop_index("ix_plan_actions_status_due")
        batch_op.drop_index("ix_plan_actions_plan_id_position")

    op.drop_table("plan_actions")
    with op.batch_alter_table("plans", schema=None) as batch_op:
        batch_op.drop_index("ix_plans_service_id_created_at")

    op.drop_table("plans")
    op.drop_table("attachments")
