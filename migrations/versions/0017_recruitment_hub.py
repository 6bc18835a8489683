"""Vacancies, subscriptions to them, and services' public pages"""

import sqlalchemy as sa
from alembic import op

from portal.core.db import UtcDateTime

revision = "0017_recruitment_hub"
down_revision = "0016_events"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "subscription_tries",
        sa.Column("email_digest", sa.String(length=64), nullable=False),
        sa.Column("client_digest", sa.String(length=64), nullable=False),
        sa.Column("at", UtcDateTime(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_subscription_tries")),
    )
    with op.batch_alter_table("subscription_tries", schema=None) as batch_op:
        batch_op.create_index("ix_subscription_tries_at", ["at"], unique=False)

    op.create_table(
        "vacancy_subscriptions",
        sa.Column("email", sa.String(length=254), nullable=False),
        sa.Column("regions", sa.JSON(), nullable=False),
        sa.Column("asked_at", UtcDateTime(), nullable=False),
        sa.Column("confirmed_at", UtcDateTime(), nullable=True),
        sa.Column("told_until", UtcDateTime(), nullable=True),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.CheckConstraint(
            "(confirmed_at IS NULL) = (told_until IS NULL)",
            name=op.f("ck_vacancy_subscriptions_told_once_confirmed"),
        ),
        sa.CheckConstraint("email = lower(email)", name=op.f("ck_vacancy_subscriptions_email_lower")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_vacancy_subscriptions")),
    )
    with op.batch_alter_table("vacancy_subscriptions", schema=None) as batch_op:
        batch_op.create_index("ix_vacancy_subscriptions_email", ["email"], unique=False)

    op.create_table(
        "service_public_pages",
        sa.Column("service_id", sa.Uuid(), nullable=False),
        sa.Column("offers", sa.Text(), nullable=False),
        sa.Column("who_for", sa.Text(), nullable=False),
        sa.Column("place", sa.String(length=300), nullable=False),
        sa.Column("phone", sa.String(length=40), nullable=False),
        sa.Column("referral_url", sa.String(length=500), nullable=False),
        sa.Column("languages", sa.String(length=300), nullable=False),
        sa.Column("formats", sa.String(length=300), nullable=False),
        sa.Column("published", sa.Boolean(), nullable=False),
        sa.Column("changed_at", UtcDateTime(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["service_id"], ["services.id"], name=op.f("fk_service_public_pages_service_id")
        ),
        sa.PrimaryKeyConstraint("service_id", name=op.f("pk_service_public_pages")),
    )
    op.create_table(
        "vacancies",
        sa.Column("key", sa.String(length=140), nullable=False),
        sa.Column("service_id", sa.Uuid(), nullable=False),
        sa.Column("employer_id", sa.Uuid(), nullable=False),
        sa.Column("posted_by", sa.Uuid(), nullable=False),
        sa.Column("title", sa.String(length=120), nullable=False),
        sa.Column("role", sa.String(length=40), nullable=False),
        sa.Column("place", sa.String(length=120), nullable=False),
        sa.Column("region", sa.String(length=40), nullable=False),
        sa.Column("fte", sa.Numeric(precision=4, scale=2), nullable=False),
        sa.Column("weekly_hours", sa.Numeric(precision=4, scale=2), nullable=False),
        sa.Column("part_time", sa.Boolean(), nullable=False),
        sa.Column("contract", sa.String(length=30), nullable=False),
        sa.Column("salary_from", sa.Integer(), nullable=True),
        sa.Column("salary_to", sa.Integer(), nullable=True),
        sa.Column("pay_words", sa.String(length=120), nullable=False),
        sa.Column("closes_on", sa.Date(), nullable=False),
        sa.Column("description", sa.Text(), nullable=False),
        sa.Column("apply_url", sa.String(length=500), nullable=False),
        sa.Column("state", sa.String(length=30), nullable=False),
        sa.Column("created_at", UtcDateTime(), nullable=False),
        sa.Column("changed_at", UtcDateTime(), nullable=False),
        sa.Column("opened_at", UtcDateTime(), nullable=True),
        sa.Column("filled_at", UtcDateTime(), nullable=True),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.CheckConstraint(
            "(state = 'filled') = (filled_at IS NOT NULL)", name=op.f("ck_vacancies_filled_has_its_moment")
        ),
        sa.CheckConstraint(
            "opened_at IS NOT NULL OR state IN ('draft', 'withdrawn')",
            name=op.f("ck_vacancies_open_has_its_moment"),
        ),
        sa.CheckConstraint("fte > 0", name=op.f("ck_vacancies_fte_above_nought")),
        sa.CheckConstraint(
            "salary_from IS NULL OR salary_from > 0", name=op.f("ck_vacancies_salary_above_nought")
        ),
        sa.CheckConstraint(
            "salary_to IS NULL OR (salary_from IS NOT NULL AND salary_to >= salary_from)",
            name=op.f("ck_vacancies_salary_in_order"),
        ),
        sa.CheckConstraint("weekly_hours > 0", name=op.f("ck_vacancies_hours_above_nought")),
        sa.ForeignKeyConstraint(["employer_id"], ["organisations.id"], name=op.f("fk_vacancies_employer_id")),
        sa.ForeignKeyConstraint(["posted_by"], ["people.id"], name=op.f("fk_vacancies_posted_by")),
        sa.ForeignKeyConstraint(["service_id"], ["services.id"], name=op.f("fk_vacancies_service_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_vacancies")),
        sa.UniqueConstraint("key", name=op.f("uq_vacancies_key")),
    )
    with op.batch_alter_table("vacancies", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_vacancies_employer_id"), ["employer_id"], unique=False)
        batch_op.create_index("ix_vacancies_open", ["state", "closes_on"], unique=False)
        batch_op.create_index(batch_op.f("ix_vacancies_opened_at"), ["opened_at"], unique=False)
        batch_op.create_index(batch_op.f("ix_vacancies_service_id"), ["service_id"], unique=False)


def downgrade() -> None:
    with op.batch_alter_table("vacancies", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_vacancies_service_id"))
        batch_op.drop_index(batch_op.f("ix_vacancies_opened_at"))
        batch_op.drop_index("ix_vacancies_open")
        batch_op.drop_index(batch_op.f("ix_vacancies_employer_id"))

    op.drop_table("vacancies")
    op.drop_table("service_public_pages")
    with op.batch_alter_table("vacancy_subscriptions", schema=None) as batch_op:
        batch_op.drop_index("ix_vacancy_subscriptions_email")

    op.drop_table("vacancy_subscriptions")
    with op.batch_alter_table("subscription_tries", schema=None) as batch_op:
        batch_op.drop_index("ix_subscription_tries_at")

    op.drop_table("subscription_tries")
