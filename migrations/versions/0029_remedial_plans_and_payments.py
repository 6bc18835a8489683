"""Remedial plans of contracts, their payments; plans that no service keeps"""

import sqlalchemy as sa
from alembic import op

from portal.core import frozen
from portal.core.db import UtcDateTime

revision = "0029_remedial_plans_and_payments"
down_revision = "0028_clinical_courses"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "payment_entries",
        sa.Column("contract_key", sa.String(length=80), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("quarter", sa.String(length=7), nullable=False),
        sa.Column("kind", sa.String(length=30), nullable=False),
        sa.Column("pence", sa.BigInteger(), nullable=False),
        sa.Column("vat_pence", sa.BigInteger(), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("reverses", sa.Uuid(), nullable=True),
        sa.Column("read_quarter", sa.String(length=7), nullable=True),
        sa.Column("read_done", sa.Integer(), nullable=True),
        sa.Column("read_tasks", sa.Integer(), nullable=True),
        sa.Column("at", UtcDateTime(), nullable=False),
        sa.Column("by", sa.Uuid(), nullable=True),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.CheckConstraint(
            "(kind = 'released' AND reverses IS NULL) = (read_quarter IS NOT NULL)",
            name=op.f("ck_payment_entries_release_has_reading"),
        ),
        sa.CheckConstraint(
            "kind = 'due' OR vat_pence = 0", name=op.f("ck_payment_entries_vat_of_what_is_due")
        ),
        sa.CheckConstraint("reason <> ''", name=op.f("ck_payment_entries_has_reason")),
        sa.CheckConstraint(
            "(reverses IS NULL AND pence > 0) OR (reverses IS NOT NULL AND pence < 0)",
            name=op.f("ck_payment_entries_sign"),
        ),
        sa.CheckConstraint(
            "read_done >= 0 AND read_done <= read_tasks AND read_tasks > 0",
            name=op.f("ck_payment_entries_reading"),
        ),
        sa.CheckConstraint(
            "vat_pence BETWEEN 0 AND pence OR vat_pence BETWEEN pence AND 0",
            name=op.f("ck_payment_entries_vat_within"),
        ),
        sa.ForeignKeyConstraint(["by"], ["people.id"], name=op.f("fk_payment_entries_by")),
        sa.ForeignKeyConstraint(
            ["reverses"], ["payment_entries.id"], name=op.f("fk_payment_entries_reverses")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_payment_entries")),
        sa.UniqueConstraint("contract_key", "number", name=op.f("uq_payment_entries_contract_key_number")),
        sa.UniqueConstraint("reverses", name=op.f("uq_payment_entries_reverses")),
    )
    op.create_table(
        "remedial_plans",
        sa.Column("contract_key", sa.String(length=80), nullable=False),
        sa.Column("quarter", sa.String(length=7), nullable=False),
        sa.Column("indicator", sa.String(length=20), nullable=False),
        sa.Column("indicator_title", sa.String(length=200), nullable=False),
        sa.Column("band_title", sa.String(length=120), nullable=False),
        sa.Column("section", sa.String(length=40), nullable=False),
        sa.Column("required", sa.Boolean(), nullable=False),
        sa.Column("retains", sa.Boolean(), nullable=False),
        sa.Column("state", sa.String(length=30), nullable=False),
        sa.Column("wanted_by", sa.Date(), nullable=True),
        sa.Column("plan_id", sa.Uuid(), nullable=True),
        sa.Column("submitted_at", UtcDateTime(), nullable=True),
        sa.Column("closed_at", UtcDateTime(), nullable=True),
        sa.Column("told_of", sa.Date(), nullable=True),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.CheckConstraint(
            "(state = 'closed') = (closed_at IS NOT NULL)", name=op.f("ck_remedial_plans_closed_has_date")
        ),
        sa.CheckConstraint(
            "(state IN ('asked', 'not-asked')) = (plan_id IS NULL)",
            name=op.f("ck_remedial_plans_begun_has_plan"),
        ),
        sa.CheckConstraint(
            "state IN ('asked', 'not-asked', 'draft') OR submitted_at IS NOT NULL",
            name=op.f("ck_remedial_plans_sent"),
        ),
        sa.CheckConstraint(
            "NOT required OR plan_id IS NOT NULL", name=op.f("ck_remedial_plans_required_begins_with_plan")
        ),
        sa.ForeignKeyConstraint(["plan_id"], ["plans.id"], name=op.f("fk_remedial_plans_plan_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_remedial_plans")),
        sa.UniqueConstraint(
            "contract_key",
            "quarter",
            "indicator",
            name=op.f("uq_remedial_plans_contract_key_quarter_indicator"),
        ),
        sa.UniqueConstraint("plan_id", name=op.f("uq_remedial_plans_plan_id")),
    )
    op.create_table(
        "remedial_steps",
        sa.Column("remedial_id", sa.Uuid(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("at", UtcDateTime(), nullable=False),
        sa.Column("by", sa.Uuid(), nullable=True),
        sa.Column("move", sa.String(length=30), nullable=False),
        sa.Column("after", sa.String(length=30), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.ForeignKeyConstraint(["by"], ["people.id"], name=op.f("fk_remedial_steps_by")),
        sa.ForeignKeyConstraint(
            ["remedial_id"], ["remedial_plans.id"], name=op.f("fk_remedial_steps_remedial_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_remedial_steps")),
        sa.UniqueConstraint("remedial_id", "number", name=op.f("uq_remedial_steps_remedial_id_number")),
    )
    _open_plans()
    frozen.install(op.get_bind())


def downgrade() -> None:
    for table in ("remedial_steps", "payment_entries"):
        frozen.drop(op.get_bind(), table)
        op.drop_table(table)
    op.drop_table("remedial_plans")
    _close_plans()


def _open_plans() -> None:
    with op.batch_alter_table("plans", schema=None) as batch_op:
        batch_op.add_column(
            sa.Column("keeper", sa.String(length=30), server_default="service", nullable=False)
        )
        batch_op.add_column(sa.Column("review_on", sa.Date(), nullable=True))
        batch_op.add_column(sa.Column("closes_when", sa.Text(), server_default="", nullable=False))
        batch_op.alter_column("service_id", existing_type=sa.Uuid(), nullable=True)
    op.execute("UPDATE plans SET keeper = 'contract' WHERE service_id IS NULL")
    with op.batch_alter_table("plans", schema=None) as batch_op:
        batch_op.alter_column("keeper", server_default=None, existing_type=sa.String(length=30))
        batch_op.alter_column("closes_when", server_default=None, existing_type=sa.Text())
        batch_op.create_check_constraint(
            op.f("ck_plans_service_keeps_its_own"), "(keeper = 'service') = (service_id IS NOT NULL)"
        )


def _close_plans() -> None:
    """The service may stay empty: a plan of a contract is kept for the next time up, and nobody reads it."""
    with op.batch_alter_table("plans", schema=None) as batch_op:
        batch_op.drop_constraint(op.f("ck_plans_service_keeps_its_own"), type_="check")
        batch_op.drop_column("closes_when")
        batch_op.drop_column("review_on")
        batch_op.drop_column("keeper")
