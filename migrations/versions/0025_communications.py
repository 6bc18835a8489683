"""Communications: the calendar, the newsletter with who gets it, mails of a list"""

import sqlalchemy as sa
from alembic import op

from portal.core import frozen
from portal.core.db import UtcDateTime

revision = "0025_communications"
down_revision = "0024_reviewer_experience"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "comms_entries",
        sa.Column("supplier_id", sa.Uuid(), nullable=False),
        sa.Column("kind", sa.String(length=30), nullable=False),
        sa.Column("title", sa.String(length=160), nullable=False),
        sa.Column("owner_id", sa.Uuid(), nullable=False),
        sa.Column("due", sa.Date(), nullable=False),
        sa.Column("channel", sa.String(length=80), nullable=False),
        sa.Column("note", sa.Text(), nullable=False),
        sa.Column("state", sa.String(length=30), nullable=False),
        sa.Column("created_at", UtcDateTime(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.ForeignKeyConstraint(["owner_id"], ["people.id"], name=op.f("fk_comms_entries_owner_id")),
        sa.ForeignKeyConstraint(
            ["supplier_id"], ["organisations.id"], name=op.f("fk_comms_entries_supplier_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_comms_entries")),
    )
    with op.batch_alter_table("comms_entries", schema=None) as batch_op:
        batch_op.create_index("ix_comms_entries_due", ["supplier_id", "due"], unique=False)
        batch_op.create_index(batch_op.f("ix_comms_entries_owner_id"), ["owner_id"], unique=False)

    op.create_table(
        "newsletter_subscriptions",
        sa.Column("email", sa.String(length=254), nullable=True),
        sa.Column("person_id", sa.Uuid(), nullable=True),
        sa.Column("asked_at", UtcDateTime(), nullable=False),
        sa.Column("confirmed_at", UtcDateTime(), nullable=True),
        sa.Column("ended_at", UtcDateTime(), nullable=True),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.CheckConstraint(
            "(ended_at IS NULL) = (email IS NOT NULL)",
            name=op.f("ck_newsletter_subscriptions_address_until_ended"),
        ),
        sa.CheckConstraint("email = lower(email)", name=op.f("ck_newsletter_subscriptions_email_lower")),
        sa.CheckConstraint(
            "ended_at IS NULL OR person_id IS NULL",
            name=op.f("ck_newsletter_subscriptions_nobody_once_ended"),
        ),
        sa.ForeignKeyConstraint(
            ["person_id"], ["people.id"], name=op.f("fk_newsletter_subscriptions_person_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_newsletter_subscriptions")),
    )
    with op.batch_alter_table("newsletter_subscriptions", schema=None) as batch_op:
        batch_op.create_index("ix_newsletter_subscriptions_email", ["email"], unique=False)
        batch_op.create_index(
            batch_op.f("ix_newsletter_subscriptions_person_id"), ["person_id"], unique=False
        )

    op.create_table(
        "newsletters",
        sa.Column("supplier_id", sa.Uuid(), nullable=False),
        sa.Column("subject", sa.String(length=120), nullable=False),
        sa.Column("intro", sa.Text(), nullable=False),
        sa.Column("blocks", sa.JSON(), nullable=False),
        sa.Column("state", sa.String(length=30), nullable=False),
        sa.Column("created_at", UtcDateTime(), nullable=False),
        sa.Column("finished_at", UtcDateTime(), nullable=True),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.ForeignKeyConstraint(
            ["supplier_id"], ["organisations.id"], name=op.f("fk_newsletters_supplier_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_newsletters")),
    )
    with op.batch_alter_table("newsletters", schema=None) as batch_op:
        batch_op.create_index("ix_newsletters_created_at", ["supplier_id", "created_at"], unique=False)

    op.create_table(
        "newsletter_deliveries",
        sa.Column("newsletter_id", sa.Uuid(), nullable=False),
        sa.Column("subscription_id", sa.Uuid(), nullable=False),
        sa.Column("state", sa.String(length=30), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.ForeignKeyConstraint(
            ["newsletter_id"], ["newsletters.id"], name=op.f("fk_newsletter_deliveries_newsletter_id")
        ),
        sa.ForeignKeyConstraint(
            ["subscription_id"],
            ["newsletter_subscriptions.id"],
            name=op.f("fk_newsletter_deliveries_subscription_id"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_newsletter_deliveries")),
        sa.UniqueConstraint(
            "newsletter_id",
            "subscription_id",
            name=op.f("uq_newsletter_deliveries_newsletter_id_subscription_id"),
        ),
    )
    with op.batch_alter_table("newsletter_deliveries", schema=None) as batch_op:
        batch_op.create_index("ix_newsletter_deliveries_state", ["newsletter_id", "state"], unique=False)
        batch_op.create_index(
            batch_op.f("ix_newsletter_deliveries_subscription_id"), ["subscription_id"], unique=False
        )

    op.create_table(
        "sent_newsletters",
        sa.Column("newsletter_id", sa.Uuid(), nullable=False),
        sa.Column("subject", sa.String(length=120), nullable=False),
        sa.Column("intro", sa.Text(), nullable=False),
        sa.Column("pieces", sa.Text(), nullable=False),
        sa.Column("html", sa.Text(), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("sent_at", UtcDateTime(), nullable=False),
        sa.Column("sent_by", sa.Uuid(), nullable=False),
        sa.Column("recipients", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["newsletter_id"], ["newsletters.id"], name=op.f("fk_sent_newsletters_newsletter_id")
        ),
        sa.ForeignKeyConstraint(["sent_by"], ["people.id"], name=op.f("fk_sent_newsletters_sent_by")),
        sa.PrimaryKeyConstraint("newsletter_id", name=op.f("pk_sent_newsletters")),
    )
    with op.batch_alter_table("sent_newsletters", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_sent_newsletters_sent_at"), ["sent_at"], unique=False)

    with op.batch_alter_table("mails", schema=None) as batch_op:
        batch_op.add_column(sa.Column("html", sa.Text(), nullable=True))
        batch_op.add_column(sa.Column("unsubscribe", sa.String(length=500), nullable=True))
    frozen.install(op.get_bind())


def downgrade() -> None:
    frozen.drop(op.get_bind(), "sent_newsletters")
    with op.batch_alter_table("mails", schema=None) as batch_op:
        batch_op.drop_column("unsubscribe")
        batch_op.drop_column("html")

    with op.batch_alter_table("sent_newsletters", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_sent_newsletters_sent_at"))

    op.drop_table("sent_newsletters")
    with op.batch_alter_table("newsletter_deliveries", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_newsletter_deliveries_subscription_id"))
        batch_op.drop_index("ix_newsletter_deliveries_state")

    op.drop_table("newsletter_deliveries")
    with op.batch_alter_table("newsletters", schema=None) as batch_op:
        batch_op.drop_index("ix_newsletters_created_at")

    op.drop_table("newsletters")
    with op.batch_alter_table("newsletter_subscriptions", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_newsletter_subscriptions_person_id"))
        batch_op.drop_index("ix_newsletter_subscriptions_email")

    op.drop_table("newsletter_subscriptions")
    with op.batch_alter_table("comms_entries", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_comms_entries_owner_id"))
        batch_op.drop_index("ix_comms_entries_due")

    op.drop_table("comms_entries")
