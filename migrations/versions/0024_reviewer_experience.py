"""What reviewers did"""

import sqlalchemy as sa
from alembic import op

revision = "0024_reviewer_experience"
down_revision = "0023_surveys"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "reviewer_experience",
        sa.Column("person_id", sa.Uuid(), nullable=False),
        sa.Column("kind", sa.String(length=30), nullable=False),
        sa.Column("subject_id", sa.Uuid(), nullable=False),
        sa.Column("on", sa.Date(), nullable=False),
        sa.Column("near", sa.Integer(), nullable=True),
        sa.Column("rated", sa.Integer(), nullable=True),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.CheckConstraint(
            "(near IS NULL) = (rated IS NULL)", name=op.f("ck_reviewer_experience_near_of_rated")
        ),
        sa.CheckConstraint(
            "near IS NULL OR (near >= 0 AND near <= rated AND rated >= 1)",
            name=op.f("ck_reviewer_experience_near_in_range"),
        ),
        sa.ForeignKeyConstraint(["person_id"], ["people.id"], name=op.f("fk_reviewer_experience_person_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_reviewer_experience")),
        sa.UniqueConstraint(
            "person_id", "kind", "subject_id", name=op.f("uq_reviewer_experience_person_id_kind_subject_id")
        ),
    )


def downgrade() -> None:
    op.drop_table("reviewer_experience")
