"""Work on site without a network: devices, check-outs, edits, photos"""

import sqlalchemy as sa
from alembic import op

from portal.core import frozen
from portal.core.db import UtcDateTime

revision = "0015_on_site"
down_revision = "0014_report_versions"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "on_site_devices",
        sa.Column("person_id", sa.Uuid(), nullable=False),
        sa.Column("name", sa.String(length=80), nullable=False),
        sa.Column("first_seen_at", UtcDateTime(), nullable=False),
        sa.Column("heard_at", UtcDateTime(), nullable=False),
        sa.Column("highest_seq", sa.Integer(), nullable=False),
        sa.Column("waiting", sa.Integer(), nullable=False),
        sa.Column("persisted", sa.Boolean(), nullable=True),
        sa.Column("token_digest", sa.String(length=64), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.CheckConstraint("highest_seq >= 0", name=op.f("ck_on_site_devices_highest_seq_from_nought")),
        sa.ForeignKeyConstraint(["person_id"], ["people.id"], name=op.f("fk_on_site_devices_person_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_on_site_devices")),
    )
    with op.batch_alter_table("on_site_devices", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_on_site_devices_person_id"), ["person_id"], unique=False)

    op.create_table(
        "check_outs",
        sa.Column("assessment_id", sa.Uuid(), nullable=False),
        sa.Column("device_id", sa.Uuid(), nullable=False),
        sa.Column("person_id", sa.Uuid(), nullable=False),
        sa.Column("at", UtcDateTime(), nullable=False),
        sa.Column("returned_at", UtcDateTime(), nullable=True),
        sa.Column("lost_at", UtcDateTime(), nullable=True),
        sa.Column("lost_by", sa.Uuid(), nullable=True),
        sa.Column("lost_count", sa.Integer(), nullable=True),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.CheckConstraint(
            "(lost_at IS NULL) = (lost_count IS NULL)", name=op.f("ck_check_outs_lost_is_counted")
        ),
        sa.CheckConstraint(
            "returned_at IS NULL OR lost_at IS NULL", name=op.f("ck_check_outs_returned_or_lost")
        ),
        sa.ForeignKeyConstraint(
            ["assessment_id"], ["external_reviews.assessment_id"], name=op.f("fk_check_outs_assessment_id")
        ),
        sa.ForeignKeyConstraint(["device_id"], ["on_site_devices.id"], name=op.f("fk_check_outs_device_id")),
        sa.ForeignKeyConstraint(["lost_by"], ["people.id"], name=op.f("fk_check_outs_lost_by")),
        sa.ForeignKeyConstraint(["person_id"], ["people.id"], name=op.f("fk_check_outs_person_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_check_outs")),
    )
    with op.batch_alter_table("check_outs", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_check_outs_device_id"), ["device_id"], unique=False)
        batch_op.create_index(
            "uq_check_outs_out",
            ["assessment_id", "device_id"],
            unique=True,
            sqlite_where=sa.text("returned_at IS NULL AND lost_at IS NULL"),
            postgresql_where=sa.text("returned_at IS NULL AND lost_at IS NULL"),
        )

    op.create_table(
        "on_site_operations",
        sa.Column("op_id", sa.Uuid(), nullable=False),
        sa.Column("device_id", sa.Uuid(), nullable=False),
        sa.Column("seq", sa.Integer(), nullable=False),
        sa.Column("digest", sa.String(length=64), nullable=False),
        sa.Column("assessment_id", sa.Uuid(), nullable=True),
        sa.Column("person_id", sa.Uuid(), nullable=False),
        sa.Column("kind", sa.String(length=20), nullable=False),
        sa.Column("record_key", sa.String(length=100), nullable=False),
        sa.Column("received_at", UtcDateTime(), nullable=False),
        sa.Column("outcome", sa.String(length=30), nullable=False),
        sa.Column("version", sa.Integer(), nullable=True),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("receipt", sa.JSON(), nullable=False),
        sa.Column("payload", sa.JSON(none_as_null=True), nullable=True),
        sa.CheckConstraint("seq >= 1", name=op.f("ck_on_site_operations_seq_from_one")),
        sa.ForeignKeyConstraint(
            ["assessment_id"],
            ["external_reviews.assessment_id"],
            name=op.f("fk_on_site_operations_assessment_id"),
        ),
        sa.ForeignKeyConstraint(
            ["device_id"], ["on_site_devices.id"], name=op.f("fk_on_site_operations_device_id")
        ),
        sa.ForeignKeyConstraint(["person_id"], ["people.id"], name=op.f("fk_on_site_operations_person_id")),
        sa.PrimaryKeyConstraint("op_id", name=op.f("pk_on_site_operations")),
    )
    with op.batch_alter_table("on_site_operations", schema=None) as batch_op:
        batch_op.create_index("ix_on_site_operations_device", ["device_id", "seq"], unique=False)
        batch_op.create_index(
            "ix_on_site_operations_record", ["assessment_id", "kind", "record_key"], unique=False
        )

    op.create_table(
        "evidence_photos",
        sa.Column("assessment_id", sa.Uuid(), nullable=False),
        sa.Column("note_id", sa.Uuid(), nullable=False),
        sa.Column("person_id", sa.Uuid(), nullable=False),
        sa.Column("caption", sa.String(length=200), nullable=False),
        sa.Column("sha256", sa.String(length=64), nullable=False),
        sa.Column("size", sa.Integer(), nullable=False),
        sa.Column("announced_at", UtcDateTime(), nullable=False),
        sa.Column("attachment_id", sa.Uuid(), nullable=True),
        sa.Column("whole_at", UtcDateTime(), nullable=True),
        sa.Column("purged_at", UtcDateTime(), nullable=True),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.CheckConstraint("size > 0", name=op.f("ck_evidence_photos_not_empty")),
        sa.ForeignKeyConstraint(
            ["assessment_id"],
            ["external_reviews.assessment_id"],
            name=op.f("fk_evidence_photos_assessment_id"),
        ),
        sa.ForeignKeyConstraint(
            ["attachment_id"], ["attachments.id"], name=op.f("fk_evidence_photos_attachment_id")
        ),
        sa.ForeignKeyConstraint(["note_id"], ["field_notes.id"], name=op.f("fk_evidence_photos_note_id")),
        sa.ForeignKeyConstraint(["person_id"], ["people.id"], name=op.f("fk_evidence_photos_person_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_evidence_photos")),
    )
    with op.batch_alter_table("evidence_photos", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_evidence_photos_assessment_id"), ["assessment_id"], unique=False)
        batch_op.create_index("ix_evidence_photos_note", ["note_id"], unique=False)

    op.create_table(
        "held_operations",
        sa.Column("op_id", sa.Uuid(), nullable=False),
        sa.Column("assessment_id", sa.Uuid(), nullable=True),
        sa.Column("person_id", sa.Uuid(), nullable=False),
        sa.Column("why", sa.String(length=30), nullable=False),
        sa.Column("stood", sa.JSON(none_as_null=True), nullable=True),
        sa.Column("stood_version", sa.Integer(), nullable=True),
        sa.Column("stood_by", sa.Uuid(), nullable=True),
        sa.Column("stood_at", UtcDateTime(), nullable=True),
        sa.Column("settled_at", UtcDateTime(), nullable=True),
        sa.Column("settled_by", sa.Uuid(), nullable=True),
        sa.Column("choice", sa.String(length=20), nullable=True),
        sa.CheckConstraint(
            "(settled_at IS NULL) = (choice IS NULL)", name=op.f("ck_held_operations_settled_has_choice")
        ),
        sa.ForeignKeyConstraint(
            ["assessment_id"],
            ["external_reviews.assessment_id"],
            name=op.f("fk_held_operations_assessment_id"),
        ),
        sa.ForeignKeyConstraint(
            ["op_id"], ["on_site_operations.op_id"], name=op.f("fk_held_operations_op_id")
        ),
        sa.ForeignKeyConstraint(["person_id"], ["people.id"], name=op.f("fk_held_operations_person_id")),
        sa.ForeignKeyConstraint(["settled_by"], ["people.id"], name=op.f("fk_held_operations_settled_by")),
        sa.ForeignKeyConstraint(["stood_by"], ["people.id"], name=op.f("fk_held_operations_stood_by")),
        sa.PrimaryKeyConstraint("op_id", name=op.f("pk_held_operations")),
    )
    with op.batch_alter_table("held_operations", schema=None) as batch_op:
        batch_op.create_index("ix_held_operations_open", ["assessment_id", "settled_at"], unique=False)
        batch_op.create_index(batch_op.f("ix_held_operations_person_id"), ["person_id"], unique=False)


def downgrade() -> None:
    frozen.drop(op.get_bind(), "on_site_operations")
    with op.batch_alter_table("held_operations", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_held_operations_person_id"))
        batch_op.drop_index("ix_held_operations_open")

    op.drop_table("held_operations")
    with op.batch_alter_table("evidence_photos", schema=None) as batch_op:
        batch_op.drop_index("ix_evidence_photos_note")
        batch_op.drop_index(batch_op.f("ix_evidence_photos_assessment_id"))

    op.drop_table("evidence_photos")
    with op.batch_alter_table("on_site_operations", schema=None) as batch_op:
        batch_op.drop_index("ix_on_site_operations_record")
        batch_op.drop_index("ix_on_site_operations_device")

    op.drop_table("on_site_operations")
    with op.batch_alter_table("check_outs", schema=None) as batch_op:
        batch_op.drop_index(
            "uq_check_outs_out",
            sqlite_where=sa.text("returned_at IS NULL AND lost_at IS NULL"),
            postgresql_where=sa.text("returned_at IS NULL AND lost_at IS NULL"),
        )
        batch_op.drop_index(batch_op.f("ix_check_outs_device_id"))

    op.drop_table("check_outs")
    with op.batch_alter_table("on_site_devices", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_on_site_devices_person_id"))

    op.drop_table("on_site_devices")
