"""Jobs: how far one is"""

import sqlalchemy as sa
from alembic import op

revision = "0021_job_progress"
down_revision = "0020_services_workforce"
branch_labels = None
depends_on = None


def upgrade() -> None:
    with op.batch_alter_table("jobs", schema=None) as batch_op:
        batch_op.add_column(sa.Column("done", sa.Integer(), nullable=False, server_default="0"))
        batch_op.add_column(sa.Column("total", sa.Integer(), nullable=True))
    with op.batch_alter_table("jobs", schema=None) as batch_op:
        batch_op.alter_column("done", server_default=None, existing_type=sa.Integer())


def downgrade() -> None:
    with op.batch_alter_table("jobs", schema=None) as batch_op:
        batch_op.drop_column("total")
        batch_op.drop_column("done")
