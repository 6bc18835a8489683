"""Versions of a published report, each with its papers; what is published is kept by triggers

Going down keeps the newest version of each report: the revision below has room for one.
"""

import sqlalchemy as sa
from alembic import op

from portal.core import frozen
from portal.core.db import UtcDateTime

revision = "0014_report_versions"
down_revision = "0013_publication"
branch_labels = None
depends_on = None

TABLE = "published_reports"
CHECKS = {
    "number_positive": "number >= 1",
    "later_has_reason": "(number = 1) = (reason = '')",
    "certificate_has_digest": "(certificate_attachment_id IS NULL) = (certificate_digest IS NULL)",
}


def upgrade() -> None:
    with op.batch_alter_table(TABLE, recreate="auto") as batch_op:
        batch_op.add_column(sa.Column("number", sa.Integer(), nullable=False, server_default="1"))
        batch_op.add_column(sa.Column("reason", sa.Text(), nullable=False, server_default=""))
        batch_op.add_column(sa.Column("certificate_asked_at", UtcDateTime(), nullable=True))
        batch_op.add_column(sa.Column("certificate_attachment_id", sa.Uuid(), nullable=True))
        batch_op.add_column(sa.Column("certificate_digest", sa.String(length=64), nullable=True))
    with op.batch_alter_table(TABLE, recreate="auto") as batch_op:
        batch_op.alter_column("number", server_default=None, existing_type=sa.Integer())
        batch_op.alter_column("reason", server_default=None, existing_type=sa.Text())
        batch_op.drop_constraint(op.f("pk_published_reports"), type_="primary")
        batch_op.create_primary_key(op.f("pk_published_reports"), ["assessment_id", "number"])
        for name, condition in CHECKS.items():
            batch_op.create_check_constraint(op.f(f"ck_published_reports_{name}"), condition)
        batch_op.create_foreign_key(
            op.f("fk_published_reports_certificate_attachment_id"),
            "attachments",
            ["certificate_attachment_id"],
            ["id"],
        )
    frozen.install(op.get_bind())


def downgrade() -> None:
    frozen.drop(op.get_bind(), TABLE)
    op.execute(
        f"DELETE FROM {TABLE} WHERE number < "
        f"(SELECT max(newer.number) FROM {TABLE} newer WHERE newer.assessment_id = {TABLE}.assessment_id)"
    )
    with op.batch_alter_table(TABLE, recreate="auto") as batch_op:
        batch_op.drop_constraint(op.f("fk_published_reports_certificate_attachment_id"), type_="foreignkey")
        for name in CHECKS:
            batch_op.drop_constraint(op.f(f"ck_published_reports_{name}"), type_="check")
        batch_op.drop_constraint(op.f("pk_published_reports"), type_="primary")
        batch_op.create_primary_key(op.f("pk_published_reports"), ["assessment_id"])
    with op.batch_alter_table(TABLE, recreate="auto") as batch_op:
        for name in (
            "certificate_digest",
            "certificate_attachment_id",
            "certificate_asked_at",
            "reason",
            "number",
        ):
            batch_op.drop_column(name)
