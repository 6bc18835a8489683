"""The cycle of contracts: reports, meetings, milestones, cases"""

import sqlalchemy as sa
from alembic import op

from portal.core import frozen
from portal.core.db import UtcDateTime

revision = "0031_contract_cycle"
down_revision = "0030_contract_figures"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "contract_activities",
        sa.Column("quarter", sa.String(length=7), nullable=False),
        sa.Column("stream", sa.String(length=30), nullable=False),
        sa.Column("text", sa.String(length=300), nullable=False),
        sa.Column("planned", sa.Boolean(), nullable=False),
        sa.Column("done_on", sa.Date(), nullable=True),
        sa.Column("contract_key", sa.String(length=80), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_contract_activities")),
    )
    with op.batch_alter_table("contract_activities", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_contract_activities_contract_key"), ["contract_key"], unique=False
        )
        batch_op.create_index("ix_contract_activities_quarter", ["contract_key", "quarter"], unique=False)

    op.create_table(
        "contract_cases",
        sa.Column("kind", sa.String(length=30), nullable=False),
        sa.Column("received_on", sa.Date(), nullable=False),
        sa.Column("sender", sa.String(length=120), nullable=False),
        sa.Column("about", sa.Text(), nullable=False),
        sa.Column("state", sa.String(length=30), nullable=False),
        sa.Column("resolved_on", sa.Date(), nullable=True),
        sa.Column("contract_key", sa.String(length=80), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.CheckConstraint(
            "(state = 'resolved') = (resolved_on IS NOT NULL)",
            name=op.f("ck_contract_cases_resolved_has_day"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_contract_cases")),
    )
    with op.batch_alter_table("contract_cases", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_contract_cases_contract_key"), ["contract_key"], unique=False)

    op.create_table(
        "contract_manager_changes",
        sa.Column("name", sa.String(length=120), nullable=False),
        sa.Column("told_on", sa.Date(), nullable=False),
        sa.Column("effect_on", sa.Date(), nullable=False),
        sa.Column("note", sa.Text(), nullable=False),
        sa.Column("contract_key", sa.String(length=80), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_contract_manager_changes")),
    )
    with op.batch_alter_table("contract_manager_changes", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_contract_manager_changes_contract_key"), ["contract_key"], unique=False
        )

    op.create_table(
        "contract_meetings",
        sa.Column("quarter", sa.String(length=7), nullable=False),
        sa.Column("kind", sa.String(length=30), nullable=False),
        sa.Column("asked_by", sa.String(length=120), nullable=False),
        sa.Column("on_day", sa.Date(), nullable=False),
        sa.Column("state", sa.String(length=30), nullable=False),
        sa.Column("agenda", sa.JSON(), nullable=False),
        sa.Column("attendance", sa.JSON(), nullable=False),
        sa.Column("minutes", sa.Text(), nullable=False),
        sa.Column("contract_key", sa.String(length=80), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_contract_meetings")),
    )
    with op.batch_alter_table("contract_meetings", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_contract_meetings_contract_key"), ["contract_key"], unique=False)
        batch_op.create_index("ix_contract_meetings_day", ["contract_key", "on_day"], unique=False)

    op.create_table(
        "contract_milestones",
        sa.Column("title", sa.String(length=300), nullable=False),
        sa.Column("due", sa.Date(), nullable=False),
        sa.Column("done_on", sa.Date(), nullable=True),
        sa.Column("note", sa.Text(), nullable=False),
        sa.Column("awarded_on", sa.Date(), nullable=True),
        sa.Column("contract_key", sa.String(length=80), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_contract_milestones")),
    )
    with op.batch_alter_table("contract_milestones", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_contract_milestones_contract_key"), ["contract_key"], unique=False
        )

    op.create_table(
        "contract_risks",
        sa.Column("kind", sa.String(length=30), nullable=False),
        sa.Column("text", sa.String(length=300), nullable=False),
        sa.Column("grade", sa.String(length=30), nullable=False),
        sa.Column("response", sa.Text(), nullable=False),
        sa.Column("owner", sa.String(length=120), nullable=False),
        sa.Column("raised_on", sa.Date(), nullable=False),
        sa.Column("closed_on", sa.Date(), nullable=True),
        sa.Column("contract_key", sa.String(length=80), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.CheckConstraint(
            "closed_on IS NULL OR closed_on >= raised_on", name=op.f("ck_contract_risks_dates_in_order")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_contract_risks")),
    )
    with op.batch_alter_table("contract_risks", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_contract_risks_contract_key"), ["contract_key"], unique=False)

    op.create_table(
        "contract_case_steps",
        sa.Column("case_id", sa.Uuid(), nullable=False),
        sa.Column("what", sa.String(length=20), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("at", UtcDateTime(), nullable=False),
        sa.Column("by", sa.Uuid(), nullable=True),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.ForeignKeyConstraint(["by"], ["people.id"], name=op.f("fk_contract_case_steps_by")),
        sa.ForeignKeyConstraint(
            ["case_id"], ["contract_cases.id"], name=op.f("fk_contract_case_steps_case_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_contract_case_steps")),
    )
    with op.batch_alter_table("contract_case_steps", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_contract_case_steps_case_id"), ["case_id"], unique=False)

    op.create_table(
        "contract_meeting_actions",
        sa.Column("meeting_id", sa.Uuid(), nullable=False),
        sa.Column("text", sa.String(length=300), nullable=False),
        sa.Column("owner", sa.String(length=120), nullable=False),
        sa.Column("due", sa.Date(), nullable=False),
        sa.Column("done_on", sa.Date(), nullable=True),
        sa.Column("contract_key", sa.String(length=80), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.ForeignKeyConstraint(
            ["meeting_id"], ["contract_meetings.id"], name=op.f("fk_contract_meeting_actions_meeting_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_contract_meeting_actions")),
    )
    with op.batch_alter_table("contract_meeting_actions", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_contract_meeting_actions_contract_key"), ["contract_key"], unique=False
        )
        batch_op.create_index(
            batch_op.f("ix_contract_meeting_actions_meeting_id"), ["meeting_id"], unique=False
        )

    op.create_table(
        "contract_reports",
        sa.Column("quarter", sa.String(length=7), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("state", sa.String(length=30), nullable=False),
        sa.Column("summary", sa.Text(), nullable=False),
        sa.Column("why", sa.Text(), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("opened_at", UtcDateTime(), nullable=False),
        sa.Column("opened_by", sa.Uuid(), nullable=True),
        sa.Column("submitted_at", UtcDateTime(), nullable=True),
        sa.Column("submitted_by", sa.Uuid(), nullable=True),
        sa.Column("decided_at", UtcDateTime(), nullable=True),
        sa.Column("decided_by", sa.Uuid(), nullable=True),
        sa.Column("closed_at", UtcDateTime(), nullable=True),
        sa.Column("closed_by", sa.Uuid(), nullable=True),
        sa.Column("contract_key", sa.String(length=80), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.CheckConstraint("(number = 1) = (why = '')", name=op.f("ck_contract_reports_later_has_why")),
        sa.CheckConstraint(
            "(state = 'compiling') = (submitted_at IS NULL)",
            name=op.f("ck_contract_reports_submitted_has_moment"),
        ),
        sa.CheckConstraint(
            "state <> 'returned' OR reason <> ''", name=op.f("ck_contract_reports_return_has_reason")
        ),
        sa.CheckConstraint("number >= 1", name=op.f("ck_contract_reports_number_positive")),
        sa.ForeignKeyConstraint(["closed_by"], ["people.id"], name=op.f("fk_contract_reports_closed_by")),
        sa.ForeignKeyConstraint(["decided_by"], ["people.id"], name=op.f("fk_contract_reports_decided_by")),
        sa.ForeignKeyConstraint(["opened_by"], ["people.id"], name=op.f("fk_contract_reports_opened_by")),
        sa.ForeignKeyConstraint(
            ["submitted_by"], ["people.id"], name=op.f("fk_contract_reports_submitted_by")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_contract_reports")),
        sa.UniqueConstraint(
            "contract_key", "quarter", "number", name=op.f("uq_contract_reports_contract_key_quarter_number")
        ),
    )
    with op.batch_alter_table("contract_reports", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_contract_reports_contract_key"), ["contract_key"], unique=False)

    op.create_table(
        "contract_frozen_reports",
        sa.Column("report_id", sa.Uuid(), nullable=False),
        sa.Column("content", sa.Text(), nullable=False),
        sa.Column("digest", sa.String(length=64), nullable=False),
        sa.Column("at", UtcDateTime(), nullable=False),
        sa.Column("by", sa.Uuid(), nullable=True),
        sa.Column("pdf_asked_at", UtcDateTime(), nullable=True),
        sa.Column("pdf_attachment_id", sa.Uuid(), nullable=True),
        sa.Column("pdf_digest", sa.String(length=64), nullable=True),
        sa.CheckConstraint(
            "(pdf_attachment_id IS NULL) = (pdf_digest IS NULL)",
            name=op.f("ck_contract_frozen_reports_pdf_has_digest"),
        ),
        sa.ForeignKeyConstraint(["by"], ["people.id"], name=op.f("fk_contract_frozen_reports_by")),
        sa.ForeignKeyConstraint(
            ["pdf_attachment_id"],
            ["attachments.id"],
            name=op.f("fk_contract_frozen_reports_pdf_attachment_id"),
        ),
        sa.ForeignKeyConstraint(
            ["report_id"], ["contract_reports.id"], name=op.f("fk_contract_frozen_reports_report_id")
        ),
        sa.PrimaryKeyConstraint("report_id", name=op.f("pk_contract_frozen_reports")),
    )
    frozen.install(op.get_bind())


def downgrade() -> None:
    frozen.drop(op.get_bind(), "contract_frozen_reports")
    frozen.drop(op.get_bind(), "contract_case_steps")
    op.drop_table("contract_frozen_reports")
    with op.batch_alter_table("contract_reports", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_contract_reports_contract_key"))

    op.drop_table("contract_reports")
    with op.batch_alter_table("contract_meeting_actions", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_contract_meeting_actions_meeting_id"))
        batch_op.drop_index(batch_op.f("ix_contract_meeting_actions_contract_key"))

    op.drop_table("contract_meeting_actions")
    with op.batch_alter_table("contract_case_steps", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_contract_case_steps_case_id"))

    op.drop_table("contract_case_steps")
    with op.batch_alter_table("contract_risks", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_contract_risks_contract_key"))

    op.drop_table("contract_risks")
    with op.batch_alter_table("contract_milestones", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_contract_milestones_contract_key"))

    op.drop_table("contract_milestones")
    with op.batch_alter_table("contract_meetings", schema=None) as batch_op:
        batch_op.drop_index("ix_contract_meetings_day")
        batch_op.drop_index(batch_op.f("ix_contract_meetings_contract_key"))

    op.drop_table("contract_meetings")
    with op.batch_alter_table("contract_manager_changes", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_contract_manager_changes_contract_key"))

    op.drop_table("contract_manager_changes")
    with op.batch_alter_table("contract_cases", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_contract_cases_contract_key"))

    op.drop_table("contract_cases")
    with op.batch_alter_table("contract_activities", schema=None) as batch_op:
        batch_op.drop_index("ix_contract_activities_quarter")
        batch_op.drop_index(batch_op.f("ix_contract_activities_contract_key"))

    op.drop_table("contract_activities")
