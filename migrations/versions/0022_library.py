"""The practice library: materials, their versions, whom was told of review dates"""

import sqlalchemy as sa
from alembic import op

from portal.core import frozen
from portal.core.db import UtcDateTime

revision = "0022_library"
down_revision = "0021_job_progress"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "library_materials",
        sa.Column("supplier_id", sa.Uuid(), nullable=False),
        sa.Column("key", sa.String(length=80), nullable=False),
        sa.Column("kind", sa.String(length=30), nullable=False),
        sa.Column("title", sa.String(length=120), nullable=False),
        sa.Column("summary", sa.String(length=300), nullable=False),
        sa.Column("items", sa.Text(), nullable=False),
        sa.Column("sources", sa.Text(), nullable=False),
        sa.Column("owner_id", sa.Uuid(), nullable=False),
        sa.Column("review_on", sa.Date(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("changed_at", UtcDateTime(), nullable=False),
        sa.Column("retired_at", UtcDateTime(), nullable=True),
        sa.Column("title_words", sa.Text(), nullable=False),
        sa.Column("summary_words", sa.Text(), nullable=False),
        sa.Column("body", sa.Text(), nullable=False),
        sa.Column("body_words", sa.Text(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.CheckConstraint("version >= 1", name=op.f("ck_library_materials_version_from_one")),
        sa.ForeignKeyConstraint(["owner_id"], ["people.id"], name=op.f("fk_library_materials_owner_id")),
        sa.ForeignKeyConstraint(
            ["supplier_id"], ["organisations.id"], name=op.f("fk_library_materials_supplier_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_library_materials")),
        sa.UniqueConstraint("key", name=op.f("uq_library_materials_key")),
    )
    with op.batch_alter_table("library_materials", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_library_materials_review_on"), ["review_on"], unique=False)
        batch_op.create_index(batch_op.f("ix_library_materials_supplier_id"), ["supplier_id"], unique=False)

    op.create_table(
        "library_reminders",
        sa.Column("supplier_id", sa.Uuid(), nullable=False),
        sa.Column("key", sa.String(length=80), nullable=False),
        sa.Column("review_on", sa.Date(), nullable=False),
        sa.ForeignKeyConstraint(
            ["supplier_id"], ["organisations.id"], name=op.f("fk_library_reminders_supplier_id")
        ),
        sa.PrimaryKeyConstraint("supplier_id", "key", "review_on", name=op.f("pk_library_reminders")),
    )
    op.create_table(
        "library_versions",
        sa.Column("material_id", sa.Uuid(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("kind", sa.String(length=30), nullable=False),
        sa.Column("title", sa.String(length=120), nullable=False),
        sa.Column("summary", sa.String(length=300), nullable=False),
        sa.Column("items", sa.Text(), nullable=False),
        sa.Column("sources", sa.Text(), nullable=False),
        sa.Column("body", sa.Text(), nullable=False),
        sa.Column("review_on", sa.Date(), nullable=False),
        sa.Column("what_changed", sa.String(length=300), nullable=False),
        sa.Column("saved_at", UtcDateTime(), nullable=False),
        sa.Column("saved_by", sa.Uuid(), nullable=True),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.ForeignKeyConstraint(
            ["material_id"], ["library_materials.id"], name=op.f("fk_library_versions_material_id")
        ),
        sa.ForeignKeyConstraint(["saved_by"], ["people.id"], name=op.f("fk_library_versions_saved_by")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_library_versions")),
        sa.UniqueConstraint("material_id", "number", name=op.f("uq_library_versions_material_id_number")),
    )


def downgrade() -> None:
    frozen.drop(op.get_bind(), "library_versions")
    op.drop_table("library_versions")
    op.drop_table("library_reminders")
    with op.batch_alter_table("library_materials", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_library_materials_supplier_id"))
        batch_op.drop_index(batch_op.f("ix_library_materials_review_on"))

    op.drop_table("library_materials")
