"""Events: bookings, attendance, materials, feedback, plans of quarters"""

import sqlalchemy as sa
from alembic import op

from portal.core import frozen
from portal.core.db import UtcDateTime

revision = "0016_events"
down_revision = "0015_on_site"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "event_plans",
        sa.Column("supplier_id", sa.Uuid(), nullable=False),
        sa.Column("quarter", sa.String(length=7), nullable=False),
        sa.Column("made_on", sa.Date(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.ForeignKeyConstraint(
            ["supplier_id"], ["organisations.id"], name=op.f("fk_event_plans_supplier_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_event_plans")),
        sa.UniqueConstraint("supplier_id", "quarter", name=op.f("uq_event_plans_supplier_id_quarter")),
    )
    op.create_table(
        "event_series",
        sa.Column("organiser_id", sa.Uuid(), nullable=False),
        sa.Column("repeat", sa.String(length=30), nullable=False),
        sa.Column("count", sa.Integer(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.ForeignKeyConstraint(
            ["organiser_id"], ["organisations.id"], name=op.f("fk_event_series_organiser_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_event_series")),
    )
    op.create_table(
        "event_baselines",
        sa.Column("plan_id", sa.Uuid(), nullable=False),
        sa.Column("planned", sa.Integer(), nullable=False),
        sa.Column("lines", sa.Text(), nullable=False),
        sa.Column("at", UtcDateTime(), nullable=False),
        sa.Column("by", sa.Uuid(), nullable=True),
        sa.CheckConstraint("planned >= 1", name=op.f("ck_event_baselines_something_planned")),
        sa.ForeignKeyConstraint(["by"], ["people.id"], name=op.f("fk_event_baselines_by")),
        sa.ForeignKeyConstraint(["plan_id"], ["event_plans.id"], name=op.f("fk_event_baselines_plan_id")),
        sa.PrimaryKeyConstraint("plan_id", name=op.f("pk_event_baselines")),
    )
    op.create_table(
        "event_plan_lines",
        sa.Column("plan_id", sa.Uuid(), nullable=False),
        sa.Column("kind", sa.String(length=30), nullable=False),
        sa.Column("title", sa.String(length=160), nullable=False),
        sa.Column("month", sa.Date(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.ForeignKeyConstraint(["plan_id"], ["event_plans.id"], name=op.f("fk_event_plan_lines_plan_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_event_plan_lines")),
    )
    with op.batch_alter_table("event_plan_lines", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_event_plan_lines_plan_id"), ["plan_id"], unique=False)

    op.create_table(
        "events",
        sa.Column("organiser_id", sa.Uuid(), nullable=False),
        sa.Column("kind", sa.String(length=30), nullable=False),
        sa.Column("title", sa.String(length=160), nullable=False),
        sa.Column("summary", sa.String(length=300), nullable=False),
        sa.Column("description", sa.Text(), nullable=False),
        sa.Column("starts_at", UtcDateTime(), nullable=False),
        sa.Column("ends_at", UtcDateTime(), nullable=False),
        sa.Column("online", sa.Boolean(), nullable=False),
        sa.Column("place", sa.String(length=300), nullable=False),
        sa.Column("join_link", sa.String(length=500), nullable=False),
        sa.Column("joining", sa.Text(), nullable=False),
        sa.Column("region", sa.String(length=40), nullable=True),
        sa.Column("capacity", sa.Integer(), nullable=True),
        sa.Column("public", sa.Boolean(), nullable=False),
        sa.Column("theme", sa.String(length=80), nullable=False),
        sa.Column("item_keys", sa.JSON(), nullable=False),
        sa.Column("state", sa.String(length=30), nullable=False),
        sa.Column("cancelled_because", sa.String(length=300), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("series_id", sa.Uuid(), nullable=True),
        sa.Column("plan_line_id", sa.Uuid(), nullable=True),
        sa.Column("taken", sa.Integer(), nullable=False),
        sa.Column("asked", sa.Integer(), nullable=False),
        sa.Column("code", sa.String(length=6), nullable=True),
        sa.Column("code_on", sa.Date(), nullable=True),
        sa.Column("created_at", UtcDateTime(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.CheckConstraint("capacity IS NULL OR capacity >= 1", name=op.f("ck_events_some_places")),
        sa.CheckConstraint(
            "capacity IS NULL OR taken <= capacity", name=op.f("ck_events_no_place_sold_twice")
        ),
        sa.CheckConstraint("ends_at > starts_at", name=op.f("ck_events_times_in_order")),
        sa.CheckConstraint("taken >= 0", name=op.f("ck_events_taken_not_negative")),
        sa.ForeignKeyConstraint(["organiser_id"], ["organisations.id"], name=op.f("fk_events_organiser_id")),
        sa.ForeignKeyConstraint(
            ["plan_line_id"], ["event_plan_lines.id"], name=op.f("fk_events_plan_line_id")
        ),
        sa.ForeignKeyConstraint(["series_id"], ["event_series.id"], name=op.f("fk_events_series_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_events")),
    )
    with op.batch_alter_table("events", schema=None) as batch_op:
        batch_op.create_index("ix_events_organiser", ["organiser_id", "starts_at"], unique=False)
        batch_op.create_index(batch_op.f("ix_events_plan_line_id"), ["plan_line_id"], unique=False)
        batch_op.create_index("ix_events_when", ["state", "starts_at"], unique=False)

    op.create_table(
        "bookings",
        sa.Column("event_id", sa.Uuid(), nullable=False),
        sa.Column("person_id", sa.Uuid(), nullable=False),
        sa.Column("state", sa.String(length=30), nullable=False),
        sa.Column("seq", sa.Integer(), nullable=False),
        sa.Column("asked_at", UtcDateTime(), nullable=False),
        sa.Column("asked_by", sa.Uuid(), nullable=True),
        sa.Column("ended_at", UtcDateTime(), nullable=True),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.ForeignKeyConstraint(["asked_by"], ["people.id"], name=op.f("fk_bookings_asked_by")),
        sa.ForeignKeyConstraint(["event_id"], ["events.id"], name=op.f("fk_bookings_event_id")),
        sa.ForeignKeyConstraint(["person_id"], ["people.id"], name=op.f("fk_bookings_person_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_bookings")),
        sa.UniqueConstraint("event_id", "seq", name=op.f("uq_bookings_event_id_seq")),
    )
    with op.batch_alter_table("bookings", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_bookings_person_id"), ["person_id"], unique=False)
        batch_op.create_index("ix_bookings_queue", ["event_id", "state", "seq"], unique=False)
        batch_op.create_index(
            "uq_bookings_live",
            ["event_id", "person_id"],
            unique=True,
            sqlite_where=sa.text("state <> 'cancelled'"),
            postgresql_where=sa.text("state <> 'cancelled'"),
        )

    op.create_table(
        "event_attendance",
        sa.Column("event_id", sa.Uuid(), nullable=False),
        sa.Column("person_id", sa.Uuid(), nullable=False),
        sa.Column("how", sa.String(length=30), nullable=False),
        sa.Column("at", UtcDateTime(), nullable=False),
        sa.Column("gave_feedback", sa.Boolean(), nullable=False),
        sa.ForeignKeyConstraint(["event_id"], ["events.id"], name=op.f("fk_event_attendance_event_id")),
        sa.ForeignKeyConstraint(["person_id"], ["people.id"], name=op.f("fk_event_attendance_person_id")),
        sa.PrimaryKeyConstraint("event_id", "person_id", name=op.f("pk_event_attendance")),
    )
    with op.batch_alter_table("event_attendance", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_event_attendance_person_id"), ["person_id"], unique=False)

    op.create_table(
        "event_feedback",
        sa.Column("event_id", sa.Uuid(), nullable=False),
        sa.Column("rating", sa.String(length=30), nullable=False),
        sa.Column("words", sa.Text(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.ForeignKeyConstraint(["event_id"], ["events.id"], name=op.f("fk_event_feedback_event_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_event_feedback")),
    )
    with op.batch_alter_table("event_feedback", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_event_feedback_event_id"), ["event_id"], unique=False)

    op.create_table(
        "event_materials",
        sa.Column("event_id", sa.Uuid(), nullable=False),
        sa.Column("title", sa.String(length=160), nullable=False),
        sa.Column("link", sa.String(length=500), nullable=True),
        sa.Column("attachment_id", sa.Uuid(), nullable=True),
        sa.Column("added_at", UtcDateTime(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.CheckConstraint(
            "(link IS NULL) <> (attachment_id IS NULL)", name=op.f("ck_event_materials_link_or_file")
        ),
        sa.ForeignKeyConstraint(
            ["attachment_id"], ["attachments.id"], name=op.f("fk_event_materials_attachment_id")
        ),
        sa.ForeignKeyConstraint(["event_id"], ["events.id"], name=op.f("fk_event_materials_event_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_event_materials")),
    )
    with op.batch_alter_table("event_materials", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_event_materials_event_id"), ["event_id"], unique=False)

    op.create_table(
        "event_moves",
        sa.Column("event_id", sa.Uuid(), nullable=False),
        sa.Column("old_starts_at", UtcDateTime(), nullable=False),
        sa.Column("old_ends_at", UtcDateTime(), nullable=False),
        sa.Column("new_starts_at", UtcDateTime(), nullable=False),
        sa.Column("new_ends_at", UtcDateTime(), nullable=False),
        sa.Column("at", UtcDateTime(), nullable=False),
        sa.Column("by", sa.Uuid(), nullable=True),
        sa.Column("because", sa.String(length=300), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.ForeignKeyConstraint(["by"], ["people.id"], name=op.f("fk_event_moves_by")),
        sa.ForeignKeyConstraint(["event_id"], ["events.id"], name=op.f("fk_event_moves_event_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_event_moves")),
    )
    with op.batch_alter_table("event_moves", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_event_moves_event_id"), ["event_id"], unique=False)

    op.create_table(
        "event_notes",
        sa.Column("event_id", sa.Uuid(), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("by", sa.Uuid(), nullable=True),
        sa.Column("at", UtcDateTime(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.ForeignKeyConstraint(["by"], ["people.id"], name=op.f("fk_event_notes_by")),
        sa.ForeignKeyConstraint(["event_id"], ["events.id"], name=op.f("fk_event_notes_event_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_event_notes")),
    )
    with op.batch_alter_table("event_notes", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_event_notes_event_id"), ["event_id"], unique=False)

    op.create_table(
        "event_reminders",
        sa.Column("booking_id", sa.Uuid(), nullable=False),
        sa.Column("days", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("starts_at", UtcDateTime(), nullable=False),
        sa.ForeignKeyConstraint(["booking_id"], ["bookings.id"], name=op.f("fk_event_reminders_booking_id")),
        sa.PrimaryKeyConstraint("booking_id", "days", "starts_at", name=op.f("pk_event_reminders")),
    )


def downgrade() -> None:
    op.drop_table("event_reminders")
    with op.batch_alter_table("event_notes", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_event_notes_event_id"))

    op.drop_table("event_notes")
    with op.batch_alter_table("event_moves", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_event_moves_event_id"))

    frozen.drop(op.get_bind(), "event_moves")
    op.drop_table("event_moves")
    with op.batch_alter_table("event_materials", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_event_materials_event_id"))

    op.drop_table("event_materials")
    with op.batch_alter_table("event_feedback", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_event_feedback_event_id"))

    op.drop_table("event_feedback")
    with op.batch_alter_table("event_attendance", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_event_attendance_person_id"))

    op.drop_table("event_attendance")
    with op.batch_alter_table("bookings", schema=None) as batch_op:
        batch_op.drop_index(
            "uq_bookings_live",
            sqlite_where=sa.text("state <> 'cancelled'"),
            postgresql_where=sa.text("state <> 'cancelled'"),
        )
        batch_op.drop_index("ix_bookings_queue")
        batch_op.drop_index(batch_op.f("ix_bookings_person_id"))

    op.drop_table("bookings")
    with op.batch_alter_table("events", schema=None) as batch_op:
        batch_op.drop_index("ix_events_when")
        batch_op.drop_index(batch_op.f("ix_events_plan_line_id"))
        batch_op.drop_index("ix_events_organiser")

    op.drop_table("events")
    with op.batch_alter_table("event_plan_lines", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_event_plan_lines_plan_id"))

    op.drop_table("event_plan_lines")
    frozen.drop(op.get_bind(), "event_baselines")
    op.drop_table("event_baselines")
    op.drop_table("event_series")
    op.drop_table("event_plans")
