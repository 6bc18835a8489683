"""Services' workforce: people, funded posts, what is logged, the workforce strategy."""

import sqlalchemy as sa
from alembic import op

revision = "0020_services_workforce"
down_revision = "0019_learning"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "staff_funded_posts",
        sa.Column("service_id", sa.Uuid(), nullable=False),
        sa.Column("role", sa.String(length=30), nullable=False),
        sa.Column("fte", sa.Numeric(precision=6, scale=2), nullable=False),
        sa.Column("starts", sa.Date(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.CheckConstraint("fte >= 0", name=op.f("ck_staff_funded_posts_not_negative")),
        sa.ForeignKeyConstraint(
            ["service_id"], ["services.id"], name=op.f("fk_staff_funded_posts_service_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_staff_funded_posts")),
        sa.UniqueConstraint(
            "service_id", "role", "starts", name=op.f("uq_staff_funded_posts_service_id_role_starts")
        ),
    )
    op.create_table(
        "staff_members",
        sa.Column("service_id", sa.Uuid(), nullable=False),
        sa.Column("role", sa.String(length=30), nullable=False),
        sa.Column("name", sa.String(length=120), nullable=False),
        sa.Column("fte", sa.Numeric(precision=3, scale=2), nullable=False),
        sa.Column("starts", sa.Date(), nullable=False),
        sa.Column("ends", sa.Date(), nullable=True),
        sa.Column("pay_band", sa.String(length=40), nullable=False),
        sa.Column("honorary", sa.String(length=30), nullable=False),
        sa.Column("honorary_on", sa.Date(), nullable=True),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.CheckConstraint(
            "(honorary = 'held') = (honorary_on IS NOT NULL)", name=op.f("ck_staff_members_held_has_date")
        ),
        sa.CheckConstraint("ends IS NULL OR ends >= starts", name=op.f("ck_staff_members_dates_in_order")),
        sa.CheckConstraint("fte > 0 AND fte <= 1", name=op.f("ck_staff_members_at_most_full_time")),
        sa.ForeignKeyConstraint(["service_id"], ["services.id"], name=op.f("fk_staff_members_service_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_staff_members")),
    )
    with op.batch_alter_table("staff_members", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_staff_members_service_id"), ["service_id"], unique=False)

    op.create_table(
        "workforce_actions",
        sa.Column("supplier_id", sa.Uuid(), nullable=False),
        sa.Column("text", sa.String(length=300), nullable=False),
        sa.Column("owner", sa.String(length=120), nullable=False),
        sa.Column("due", sa.Date(), nullable=False),
        sa.Column("state", sa.String(length=30), nullable=False),
        sa.Column("note", sa.Text(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.ForeignKeyConstraint(
            ["supplier_id"], ["organisations.id"], name=op.f("fk_workforce_actions_supplier_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_workforce_actions")),
    )
    with op.batch_alter_table("workforce_actions", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_workforce_actions_supplier_id"), ["supplier_id"], unique=False)

    op.create_table(
        "staff_entries",
        sa.Column("service_id", sa.Uuid(), nullable=False),
        sa.Column("member_id", sa.Uuid(), nullable=True),
        sa.Column("kind", sa.String(length=30), nullable=False),
        sa.Column("on_day", sa.Date(), nullable=False),
        sa.Column("count", sa.Integer(), nullable=True),
        sa.Column("out_of", sa.Integer(), nullable=True),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.CheckConstraint(
            "(kind = 'clinical-meetings') = (out_of IS NOT NULL)",
            name=op.f("ck_staff_entries_meetings_have_a_sum"),
        ),
        sa.CheckConstraint(
            "(kind IN ('caseload', 'clinical-meetings')) = (count IS NOT NULL)",
            name=op.f("ck_staff_entries_counted"),
        ),
        sa.CheckConstraint(
            "(kind IN ('team-supervision', 'senior-review')) = (member_id IS NULL)",
            name=op.f("ck_staff_entries_of_one_person"),
        ),
        sa.CheckConstraint(
            "count >= 0 AND (out_of IS NULL OR count <= out_of)", name=op.f("ck_staff_entries_count_within")
        ),
        sa.ForeignKeyConstraint(["member_id"], ["staff_members.id"], name=op.f("fk_staff_entries_member_id")),
        sa.ForeignKeyConstraint(["service_id"], ["services.id"], name=op.f("fk_staff_entries_service_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_staff_entries")),
    )
    with op.batch_alter_table("staff_entries", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_staff_entries_member_id"), ["member_id"], unique=False)
        batch_op.create_index("ix_staff_entries_service", ["service_id", "kind", "on_day"], unique=False)


def downgrade() -> None:
    with op.batch_alter_table("staff_entries", schema=None) as batch_op:
        batch_op.drop_index("ix_staff_entries_service")
        batch_op.drop_index(batch_op.f("ix_staff_entries_member_id"))

    op.drop_table("staff_entries")
    with op.batch_alter_table("workforce_actions", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_workforce_actions_supplier_id"))

    op.drop_table("workforce_actions")
    with op.batch_alter_table("staff_members", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_staff_members_service_id"))

    op.drop_table("staff_members")
    op.drop_table("staff_funded_posts")
