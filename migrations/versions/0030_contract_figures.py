"""Figures of contracts: entered by hand, social value, frozen and opened again"""

import sqlalchemy as sa
from alembic import op

from portal.core import frozen
from portal.core.db import UtcDateTime

revision = "0030_contract_figures"
down_revision = "0029_remedial_plans_and_payments"
branch_labels = None
depends_on = None

TABLES = (
    "contract_social_value",
    "contract_reopened_figures",
    "contract_manual_figures",
    "contract_frozen_figures",
)


def upgrade() -> None:
    op.create_table(
        "contract_frozen_figures",
        sa.Column("contract_key", sa.String(length=80), nullable=False),
        sa.Column("quarter", sa.String(length=7), nullable=False),
        sa.Column("version", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("content", sa.LargeBinary(), nullable=False),
        sa.Column("digest", sa.String(length=64), nullable=False),
        sa.Column("at", UtcDateTime(), nullable=False),
        sa.Column("by", sa.Uuid(), nullable=True),
        sa.CheckConstraint("version >= 1", name=op.f("ck_contract_frozen_figures_versions_from_one")),
        sa.ForeignKeyConstraint(["by"], ["people.id"], name=op.f("fk_contract_frozen_figures_by")),
        sa.PrimaryKeyConstraint(
            "contract_key", "quarter", "version", name=op.f("pk_contract_frozen_figures")
        ),
    )
    op.create_table(
        "contract_manual_figures",
        sa.Column("contract_key", sa.String(length=80), nullable=False),
        sa.Column("quarter", sa.String(length=7), nullable=False),
        sa.Column("indicator", sa.String(length=20), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("numerator", sa.String(length=80), nullable=True),
        sa.Column("denominator", sa.String(length=80), nullable=True),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("evidence", sa.Text(), nullable=False),
        sa.Column("at", UtcDateTime(), nullable=False),
        sa.Column("by", sa.Uuid(), nullable=True),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.CheckConstraint(
            "numerator IS NULL OR evidence <> ''", name=op.f("ck_contract_manual_figures_evidence_given")
        ),
        sa.CheckConstraint("reason <> ''", name=op.f("ck_contract_manual_figures_reason_given")),
        sa.CheckConstraint("version >= 1", name=op.f("ck_contract_manual_figures_versions_from_one")),
        sa.ForeignKeyConstraint(["by"], ["people.id"], name=op.f("fk_contract_manual_figures_by")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_contract_manual_figures")),
        sa.UniqueConstraint(
            "contract_key",
            "quarter",
            "indicator",
            "version",
            name="uq_contract_manual_figures_version",
        ),
    )
    op.create_table(
        "contract_reopened_figures",
        sa.Column("contract_key", sa.String(length=80), nullable=False),
        sa.Column("quarter", sa.String(length=7), nullable=False),
        sa.Column("version", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("at", UtcDateTime(), nullable=False),
        sa.Column("by", sa.Uuid(), nullable=True),
        sa.ForeignKeyConstraint(["by"], ["people.id"], name=op.f("fk_contract_reopened_figures_by")),
        sa.PrimaryKeyConstraint(
            "contract_key", "quarter", "version", name=op.f("pk_contract_reopened_figures")
        ),
    )
    op.create_table(
        "contract_social_value",
        sa.Column("contract_key", sa.String(length=80), nullable=False),
        sa.Column("quarter", sa.String(length=7), nullable=False),
        sa.Column("commitment", sa.String(length=80), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("target", sa.String(length=80), nullable=False),
        sa.Column("value", sa.String(length=80), nullable=False),
        sa.Column("note", sa.Text(), nullable=False),
        sa.Column("at", UtcDateTime(), nullable=False),
        sa.Column("by", sa.Uuid(), nullable=True),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.CheckConstraint("version >= 1", name=op.f("ck_contract_social_value_versions_from_one")),
        sa.ForeignKeyConstraint(["by"], ["people.id"], name=op.f("fk_contract_social_value_by")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_contract_social_value")),
        sa.UniqueConstraint(
            "contract_key",
            "quarter",
            "commitment",
            "version",
            name="uq_contract_social_value_version",
        ),
    )
    frozen.install(op.get_bind())


def downgrade() -> None:
    for table in TABLES:
        frozen.drop(op.get_bind(), table)
        op.drop_table(table)
