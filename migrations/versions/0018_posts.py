"""EISM posts, who holds them, leave, vetting, skills and capacity"""

import sqlalchemy as sa
from alembic import op

revision = "0018_posts"
down_revision = "0017_recruitment_hub"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "eism_posts",
        sa.Column("supplier_id", sa.Uuid(), nullable=False),
        sa.Column("title", sa.String(length=120), nullable=False),
        sa.Column("region", sa.String(length=40), nullable=False),
        sa.Column("stream", sa.String(length=30), nullable=False),
        sa.Column("fte", sa.Numeric(precision=3, scale=2), nullable=False),
        sa.Column("opens", sa.Date(), nullable=False),
        sa.Column("closes", sa.Date(), nullable=True),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.CheckConstraint("closes IS NULL OR closes >= opens", name=op.f("ck_eism_posts_dates_in_order")),
        sa.CheckConstraint("fte > 0 AND fte <= 1", name=op.f("ck_eism_posts_at_most_full_time")),
        sa.ForeignKeyConstraint(
            ["supplier_id"], ["organisations.id"], name=op.f("fk_eism_posts_supplier_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_eism_posts")),
    )
    with op.batch_alter_table("eism_posts", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_eism_posts_supplier_id"), ["supplier_id"], unique=False)

    op.create_table(
        "eisms",
        sa.Column("supplier_id", sa.Uuid(), nullable=False),
        sa.Column("person_id", sa.Uuid(), nullable=True),
        sa.Column("name", sa.String(length=120), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.ForeignKeyConstraint(["person_id"], ["people.id"], name=op.f("fk_eisms_person_id")),
        sa.ForeignKeyConstraint(["supplier_id"], ["organisations.id"], name=op.f("fk_eisms_supplier_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_eisms")),
        sa.UniqueConstraint("supplier_id", "person_id", name=op.f("uq_eisms_supplier_id_person_id")),
    )
    with op.batch_alter_table("eisms", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_eisms_supplier_id"), ["supplier_id"], unique=False)

    op.create_table(
        "eism_capacity",
        sa.Column("eism_id", sa.Uuid(), nullable=False),
        sa.Column("year", sa.Integer(), nullable=False),
        sa.Column("days", sa.Numeric(precision=4, scale=1), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.CheckConstraint("days >= 0 AND days <= 366", name=op.f("ck_eism_capacity_days_of_a_year")),
        sa.ForeignKeyConstraint(["eism_id"], ["eisms.id"], name=op.f("fk_eism_capacity_eism_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_eism_capacity")),
        sa.UniqueConstraint("eism_id", "year", name=op.f("uq_eism_capacity_eism_id_year")),
    )
    op.create_table(
        "eism_checks",
        sa.Column("eism_id", sa.Uuid(), nullable=False),
        sa.Column("kind", sa.String(length=30), nullable=False),
        sa.Column("checked_on", sa.Date(), nullable=False),
        sa.Column("valid_until", sa.Date(), nullable=True),
        sa.Column("told_of", sa.Date(), nullable=True),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.CheckConstraint(
            "valid_until IS NULL OR valid_until >= checked_on", name=op.f("ck_eism_checks_dates_in_order")
        ),
        sa.ForeignKeyConstraint(["eism_id"], ["eisms.id"], name=op.f("fk_eism_checks_eism_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_eism_checks")),
    )
    with op.batch_alter_table("eism_checks", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_eism_checks_eism_id"), ["eism_id"], unique=False)
        batch_op.create_index("ix_eism_checks_valid_until", ["valid_until"], unique=False)

    op.create_table(
        "eism_holdings",
        sa.Column("post_id", sa.Uuid(), nullable=False),
        sa.Column("eism_id", sa.Uuid(), nullable=False),
        sa.Column("fte", sa.Numeric(precision=3, scale=2), nullable=False),
        sa.Column("starts", sa.Date(), nullable=False),
        sa.Column("ends", sa.Date(), nullable=True),
        sa.Column("reason", sa.String(length=30), nullable=True),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.CheckConstraint("(ends IS NULL) = (reason IS NULL)", name=op.f("ck_eism_holdings_end_has_reason")),
        sa.CheckConstraint("ends IS NULL OR ends >= starts", name=op.f("ck_eism_holdings_dates_in_order")),
        sa.CheckConstraint("fte > 0 AND fte <= 1", name=op.f("ck_eism_holdings_at_most_full_time")),
        sa.ForeignKeyConstraint(["eism_id"], ["eisms.id"], name=op.f("fk_eism_holdings_eism_id")),
        sa.ForeignKeyConstraint(["post_id"], ["eism_posts.id"], name=op.f("fk_eism_holdings_post_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_eism_holdings")),
    )
    with op.batch_alter_table("eism_holdings", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_eism_holdings_eism_id"), ["eism_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_eism_holdings_post_id"), ["post_id"], unique=False)

    op.create_table(
        "eism_leave",
        sa.Column("eism_id", sa.Uuid(), nullable=False),
        sa.Column("kind", sa.String(length=30), nullable=False),
        sa.Column("starts", sa.Date(), nullable=False),
        sa.Column("ends", sa.Date(), nullable=True),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.CheckConstraint("ends IS NULL OR ends >= starts", name=op.f("ck_eism_leave_dates_in_order")),
        sa.ForeignKeyConstraint(["eism_id"], ["eisms.id"], name=op.f("fk_eism_leave_eism_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_eism_leave")),
    )
    with op.batch_alter_table("eism_leave", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_eism_leave_eism_id"), ["eism_id"], unique=False)

    op.create_table(
        "eism_skills",
        sa.Column("eism_id", sa.Uuid(), nullable=False),
        sa.Column("skill_key", sa.String(length=30), nullable=False),
        sa.Column("since", sa.Date(), nullable=False),
        sa.Column("note", sa.Text(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.ForeignKeyConstraint(["eism_id"], ["eisms.id"], name=op.f("fk_eism_skills_eism_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_eism_skills")),
        sa.UniqueConstraint("eism_id", "skill_key", name=op.f("uq_eism_skills_eism_id_skill_key")),
    )


def downgrade() -> None:
    op.drop_table("eism_skills")
    with op.batch_alter_table("eism_leave", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_eism_leave_eism_id"))

    op.drop_table("eism_leave")
    with op.batch_alter_table("eism_holdings", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_eism_holdings_post_id"))
        batch_op.drop_index(batch_op.f("ix_eism_holdings_eism_id"))

    op.drop_table("eism_holdings")
    with op.batch_alter_table("eism_checks", schema=None) as batch_op:
        batch_op.drop_index("ix_eism_checks_valid_until")
        batch_op.drop_index(batch_op.f("ix_eism_checks_eism_id"))

    op.drop_table("eism_checks")
    op.drop_table("eism_capacity")
    with op.batch_alter_table("eisms", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_eisms_supplier_id"))

    op.drop_table("eisms")
    with op.batch_alter_table("eism_posts", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_eism_posts_supplier_id"))

    op.drop_table("eism_posts")
