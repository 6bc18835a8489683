"""The audit: rows, payloads and the head of the chain, kept by triggers"""

import sqlalchemy as sa
from alembic import op

from portal.core.audit import triggers
from portal.core.db import UtcDateTime
from portal.core.rules.chain import GENESIS

revision = "0001_audit"
down_revision = None
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "audit_head",
        sa.Column("id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("number", sa.BigInteger(), nullable=False),
        sa.Column("digest", sa.String(length=64), nullable=False),
        sa.CheckConstraint("id = 1", name=op.f("ck_audit_head_single")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_audit_head")),
    )
    op.create_table(
        "audit_rows",
        sa.Column("number", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("at", UtcDateTime(), nullable=False),
        sa.Column("actor_id", sa.Uuid(), nullable=True),
        sa.Column("actor_label", sa.String(length=40), nullable=False),
        sa.Column("verb", sa.String(length=60), nullable=False),
        sa.Column("subject_type", sa.String(length=40), nullable=False),
        sa.Column("subject_id", sa.String(length=60), nullable=False),
        sa.Column("request_id", sa.String(length=40), nullable=False),
        sa.Column("payload_digest", sa.String(length=64), nullable=False),
        sa.Column("previous", sa.String(length=64), nullable=False),
        sa.Column("digest", sa.String(length=64), nullable=False),
        sa.PrimaryKeyConstraint("number", name=op.f("pk_audit_rows")),
    )
    with op.batch_alter_table("audit_rows", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_audit_rows_actor_id"), ["actor_id"], unique=False)
        batch_op.create_index("ix_audit_rows_subject", ["subject_type", "subject_id", "number"], unique=False)

    op.create_table(
        "audit_payloads",
        sa.Column("number", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("salt", sa.String(length=32), nullable=False),
        sa.Column("body", sa.JSON(none_as_null=True), nullable=True),
        sa.ForeignKeyConstraint(["number"], ["audit_rows.number"], name=op.f("fk_audit_payloads_number")),
        sa.PrimaryKeyConstraint("number", name=op.f("pk_audit_payloads")),
    )

    op.execute(f"INSERT INTO audit_head (id, number, digest) VALUES (1, 0, '{GENESIS}')")
    triggers.install(op.get_bind())


def downgrade() -> None:
    triggers.drop(op.get_bind())
    op.drop_table("audit_payloads")
    with op.batch_alter_table("audit_rows", schema=None) as batch_op:
        batch_op.drop_index("ix_audit_rows_subject")
        batch_op.drop_index(batch_op.f("ix_audit_rows_actor_id"))

    op.drop_table("audit_rows")
    op.drop_table("audit_head")
