"""Staff: the first day with a client, and the account somebody has"""

import sqlalchemy as sa
from alembic import op

revision = "0026_first_clients"
down_revision = "0025_communications"
branch_labels = None
depends_on = None


def upgrade() -> None:
    with op.batch_alter_table("staff_members", schema=None) as batch_op:
        batch_op.add_column(sa.Column("first_client_on", sa.Date(), nullable=True))
        batch_op.add_column(sa.Column("person_id", sa.Uuid(), nullable=True))
        batch_op.create_foreign_key(batch_op.f("fk_staff_members_person_id"), "people", ["person_id"], ["id"])
        batch_op.create_check_constraint(
            op.f("ck_staff_members_clients_after_start"),
            "first_client_on IS NULL OR first_client_on >= starts",
        )


def downgrade() -> None:
    with op.batch_alter_table("staff_members", schema=None) as batch_op:
        batch_op.drop_constraint(op.f("ck_staff_members_clients_after_start"), type_="check")
        batch_op.drop_constraint(batch_op.f("fk_staff_members_person_id"), type_="foreignkey")
        batch_op.drop_column("person_id")
        batch_op.drop_column("first_client_on")
