"""Staff: the role and hours that people had before the present ones"""

import sqlalchemy as sa
from alembic import op

revision = "0033_staff_terms"
down_revision = "0032_newsletters_of_suppliers"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "staff_earlier_terms",
        sa.Column("member_id", sa.Uuid(), nullable=False),
        sa.Column("role", sa.String(length=30), nullable=False),
        sa.Column("fte", sa.Numeric(precision=3, scale=2), nullable=False),
        sa.Column("starts", sa.Date(), nullable=False),
        sa.Column("ends", sa.Date(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.CheckConstraint("ends >= starts", name=op.f("ck_staff_earlier_terms_dates_in_order")),
        sa.CheckConstraint("fte > 0 AND fte <= 1", name=op.f("ck_staff_earlier_terms_at_most_full_time")),
        sa.ForeignKeyConstraint(
            ["member_id"], ["staff_members.id"], name=op.f("fk_staff_earlier_terms_member_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_staff_earlier_terms")),
        sa.UniqueConstraint("member_id", "starts", name=op.f("uq_staff_earlier_terms_member_id_starts")),
    )


def downgrade() -> None:
    op.drop_table("staff_earlier_terms")
