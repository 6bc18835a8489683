"""Assessments that are with a moderator or under external review"""

import sqlalchemy as sa
from alembic import op

revision = "0008_external_state"
down_revision = "0007_reports"
branch_labels = None
depends_on = None

BEFORE = "state IN ('draft', 'with-guide', 'with-provider', 'settling')"
AFTER = "state IN ('draft', 'with-guide', 'with-provider', 'settling', 'with-moderator')"
UNDER_REVIEW = "state = 'under-review'"


def upgrade() -> None:
    op.drop_index("uq_assessments_one_open", table_name="assessments")
    _index("uq_assessments_one_open", AFTER)
    _index("uq_assessments_one_review", UNDER_REVIEW)


def downgrade() -> None:
    op.drop_index("uq_assessments_one_review", table_name="assessments")
    op.drop_index("uq_assessments_one_open", table_name="assessments")
    _index("uq_assessments_one_open", BEFORE)


def _index(name: str, where: str) -> None:
    op.create_index(
        name,
        "assessments",
        ["service_id", "scale_key"],
        unique=True,
        sqlite_where=sa.text(where),
        postgresql_where=sa.text(where),
    )
