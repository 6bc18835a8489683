"""Learning: courses for the clinical staff of host teams"""

import sqlalchemy as sa
from alembic import op

revision = "0028_clinical_courses"
down_revision = "0027_survey_mixing"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "learning_clinical_sessions",
        sa.Column("service_id", sa.Uuid(), nullable=False),
        sa.Column("team_id", sa.Uuid(), nullable=True),
        sa.Column("team_name", sa.String(length=160), nullable=False),
        sa.Column("course", sa.String(length=80), nullable=False),
        sa.Column("on_day", sa.Date(), nullable=False),
        sa.Column("cancelled", sa.Boolean(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.ForeignKeyConstraint(
            ["service_id"], ["services.id"], name=op.f("fk_learning_clinical_sessions_service_id")
        ),
        sa.ForeignKeyConstraint(
            ["team_id"],
            ["host_teams.id"],
            name=op.f("fk_learning_clinical_sessions_team_id"),
            ondelete="SET NULL",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_learning_clinical_sessions")),
    )
    with op.batch_alter_table("learning_clinical_sessions", schema=None) as batch_op:
        batch_op.create_index("ix_learning_clinical_sessions_service", ["service_id", "on_day"], unique=False)
        batch_op.create_index(batch_op.f("ix_learning_clinical_sessions_team_id"), ["team_id"], unique=False)

    op.create_table(
        "learning_clinical_attendance",
        sa.Column("session_id", sa.Uuid(), nullable=False),
        sa.Column("profession", sa.String(length=30), nullable=False),
        sa.Column("people", sa.Integer(), nullable=False),
        sa.CheckConstraint("people > 0", name=op.f("ck_learning_clinical_attendance_somebody")),
        sa.ForeignKeyConstraint(
            ["session_id"],
            ["learning_clinical_sessions.id"],
            name=op.f("fk_learning_clinical_attendance_session_id"),
        ),
        sa.PrimaryKeyConstraint("session_id", "profession", name=op.f("pk_learning_clinical_attendance")),
    )


def downgrade() -> None:
    op.drop_table("learning_clinical_attendance")
    with op.batch_alter_table("learning_clinical_sessions", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_learning_clinical_sessions_team_id"))
        batch_op.drop_index("ix_learning_clinical_sessions_service")

    op.drop_table("learning_clinical_sessions")
