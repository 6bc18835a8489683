"""Surveys, answers that lead to nobody, themes and focus groups"""

import sqlalchemy as sa
from alembic import op

from portal.core.db import UtcDateTime

revision = "0023_surveys"
down_revision = "0022_library"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "survey_tries",
        sa.Column("client_digest", sa.String(length=64), nullable=False),
        sa.Column("at", UtcDateTime(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_survey_tries")),
    )
    with op.batch_alter_table("survey_tries", schema=None) as batch_op:
        batch_op.create_index("ix_survey_tries_at", ["at"], unique=False)

    op.create_table(
        "surveys",
        sa.Column("supplier_id", sa.Uuid(), nullable=False),
        sa.Column("questionnaire", sa.String(length=80), nullable=False),
        sa.Column("definition", sa.JSON(), nullable=False),
        sa.Column("title", sa.String(length=160), nullable=False),
        sa.Column("way", sa.String(length=30), nullable=False),
        sa.Column("anonymous", sa.Boolean(), nullable=False),
        sa.Column("link_token", sa.String(length=40), nullable=True),
        sa.Column("roles", sa.JSON(), nullable=False),
        sa.Column("organisations", sa.JSON(), nullable=False),
        sa.Column("codes", sa.Integer(), nullable=True),
        sa.Column("closes_on", sa.Date(), nullable=False),
        sa.Column("state", sa.String(length=30), nullable=False),
        sa.Column("created_at", UtcDateTime(), nullable=False),
        sa.Column("sent_on", sa.Date(), nullable=True),
        sa.Column("closed_on", sa.Date(), nullable=True),
        sa.Column("reminded_on", sa.Date(), nullable=True),
        sa.Column("answers", sa.Integer(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.CheckConstraint(
            "(state = 'closed') = (closed_on IS NOT NULL)", name=op.f("ck_surveys_closed_has_its_day")
        ),
        sa.CheckConstraint("(state = 'draft') = (sent_on IS NULL)", name=op.f("ck_surveys_sent_has_its_day")),
        sa.CheckConstraint(
            "(way = 'invited') = (link_token IS NULL)", name=op.f("ck_surveys_open_links_have_a_token")
        ),
        sa.CheckConstraint("anonymous OR way = 'invited'", name=op.f("ck_surveys_open_links_are_anonymous")),
        sa.CheckConstraint("answers >= 0", name=op.f("ck_surveys_answers_not_negative")),
        sa.ForeignKeyConstraint(["supplier_id"], ["organisations.id"], name=op.f("fk_surveys_supplier_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_surveys")),
        sa.UniqueConstraint("id", "anonymous", name=op.f("uq_surveys_id_anonymous")),
        sa.UniqueConstraint("link_token", name=op.f("uq_surveys_link_token")),
    )
    with op.batch_alter_table("surveys", schema=None) as batch_op:
        batch_op.create_index("ix_surveys_closed", ["supplier_id", "closed_on"], unique=False)

    op.create_table(
        "focus_groups",
        sa.Column("supplier_id", sa.Uuid(), nullable=False),
        sa.Column("survey_id", sa.Uuid(), nullable=True),
        sa.Column("topic", sa.String(length=160), nullable=False),
        sa.Column("held_on", sa.Date(), nullable=False),
        sa.Column("place", sa.String(length=160), nullable=False),
        sa.Column("people", sa.Integer(), nullable=False),
        sa.Column("notes", sa.Text(), nullable=False),
        sa.Column("themes", sa.JSON(), nullable=False),
        sa.Column("recorded_by", sa.Uuid(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.CheckConstraint("people > 0", name=op.f("ck_focus_groups_somebody_came")),
        sa.ForeignKeyConstraint(["recorded_by"], ["people.id"], name=op.f("fk_focus_groups_recorded_by")),
        sa.ForeignKeyConstraint(
            ["supplier_id"], ["organisations.id"], name=op.f("fk_focus_groups_supplier_id")
        ),
        sa.ForeignKeyConstraint(["survey_id"], ["surveys.id"], name=op.f("fk_focus_groups_survey_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_focus_groups")),
    )
    with op.batch_alter_table("focus_groups", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_focus_groups_supplier_id"), ["supplier_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_focus_groups_survey_id"), ["survey_id"], unique=False)

    op.create_table(
        "survey_anonymous_sheets",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("survey_id", sa.Uuid(), nullable=False),
        sa.Column("chosen", sa.JSON(), nullable=False),
        sa.ForeignKeyConstraint(
            ["survey_id"], ["surveys.id"], name=op.f("fk_survey_anonymous_sheets_survey_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_survey_anonymous_sheets")),
        sqlite_with_rowid=False,
    )
    with op.batch_alter_table("survey_anonymous_sheets", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_survey_anonymous_sheets_survey_id"), ["survey_id"], unique=False)

    op.create_table(
        "survey_codes",
        sa.Column("survey_id", sa.Uuid(), nullable=False),
        sa.Column("code", sa.String(length=12), nullable=False),
        sa.Column("used", sa.Boolean(), nullable=False),
        sa.ForeignKeyConstraint(["survey_id"], ["surveys.id"], name=op.f("fk_survey_codes_survey_id")),
        sa.PrimaryKeyConstraint("survey_id", "code", name=op.f("pk_survey_codes")),
    )
    op.create_table(
        "survey_invitations",
        sa.Column("survey_id", sa.Uuid(), nullable=False),
        sa.Column("person_id", sa.Uuid(), nullable=False),
        sa.Column("anonymous", sa.Boolean(), nullable=False),
        sa.Column("invited_on", sa.Date(), nullable=False),
        sa.Column("answered", sa.Boolean(), nullable=False),
        sa.Column("reminded_on", sa.Date(), nullable=True),
        sa.ForeignKeyConstraint(["person_id"], ["people.id"], name=op.f("fk_survey_invitations_person_id")),
        sa.ForeignKeyConstraint(
            ["survey_id", "anonymous"],
            ["surveys.id", "surveys.anonymous"],
            name=op.f("fk_survey_invitations_survey_id_anonymous"),
        ),
        sa.PrimaryKeyConstraint("survey_id", "person_id", name=op.f("pk_survey_invitations")),
    )
    with op.batch_alter_table("survey_invitations", schema=None) as batch_op:
        batch_op.create_index("ix_survey_invitations_person", ["person_id"], unique=False)

    op.create_table(
        "survey_named_sheets",
        sa.Column("survey_id", sa.Uuid(), nullable=False),
        sa.Column("anonymous", sa.Boolean(), nullable=False),
        sa.Column("person_id", sa.Uuid(), nullable=False),
        sa.Column("chosen", sa.JSON(), nullable=False),
        sa.Column("texts", sa.JSON(), nullable=False),
        sa.Column("answered_at", UtcDateTime(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.CheckConstraint("NOT anonymous", name=op.f("ck_survey_named_sheets_never_of_an_anonymous_survey")),
        sa.ForeignKeyConstraint(["person_id"], ["people.id"], name=op.f("fk_survey_named_sheets_person_id")),
        sa.ForeignKeyConstraint(
            ["survey_id", "anonymous"],
            ["surveys.id", "surveys.anonymous"],
            name=op.f("fk_survey_named_sheets_survey_id_anonymous"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_survey_named_sheets")),
        sa.UniqueConstraint(
            "survey_id", "person_id", name=op.f("uq_survey_named_sheets_survey_id_person_id")
        ),
    )
    op.create_table(
        "survey_texts",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("survey_id", sa.Uuid(), nullable=False),
        sa.Column("question", sa.String(length=80), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(["survey_id"], ["surveys.id"], name=op.f("fk_survey_texts_survey_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_survey_texts")),
        sqlite_with_rowid=False,
    )
    with op.batch_alter_table("survey_texts", schema=None) as batch_op:
        batch_op.create_index("ix_survey_texts_survey", ["survey_id", "question"], unique=False)

    op.create_table(
        "survey_themes",
        sa.Column("survey_id", sa.Uuid(), nullable=False),
        sa.Column("name", sa.String(length=120), nullable=False),
        sa.Column("found_by", sa.Uuid(), nullable=False),
        sa.Column("found_on", sa.Date(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.ForeignKeyConstraint(["found_by"], ["people.id"], name=op.f("fk_survey_themes_found_by")),
        sa.ForeignKeyConstraint(["survey_id"], ["surveys.id"], name=op.f("fk_survey_themes_survey_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_survey_themes")),
    )
    with op.batch_alter_table("survey_themes", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_survey_themes_survey_id"), ["survey_id"], unique=False)

    op.create_table(
        "survey_theme_texts",
        sa.Column("theme_id", sa.Uuid(), nullable=False),
        sa.Column("text_id", sa.Uuid(), nullable=False),
        sa.ForeignKeyConstraint(["text_id"], ["survey_texts.id"], name=op.f("fk_survey_theme_texts_text_id")),
        sa.ForeignKeyConstraint(
            ["theme_id"], ["survey_themes.id"], name=op.f("fk_survey_theme_texts_theme_id")
        ),
        sa.PrimaryKeyConstraint("theme_id", "text_id", name=op.f("pk_survey_theme_texts")),
    )
    with op.batch_alter_table("survey_theme_texts", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_survey_theme_texts_text_id"), ["text_id"], unique=False)


def downgrade() -> None:
    with op.batch_alter_table("survey_theme_texts", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_survey_theme_texts_text_id"))

    op.drop_table("survey_theme_texts")
    with op.batch_alter_table("survey_themes", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_survey_themes_survey_id"))

    op.drop_table("survey_themes")
    with op.batch_alter_table("survey_texts", schema=None) as batch_op:
        batch_op.drop_index("ix_survey_texts_survey")

    op.drop_table("survey_texts")
    op.drop_table("survey_named_sheets")
    with op.batch_alter_table("survey_invitations", schema=None) as batch_op:
        batch_op.drop_index("ix_survey_invitations_person")

    op.drop_table("survey_invitations")
    op.drop_table("survey_codes")
    with op.batch_alter_table("survey_anonymous_sheets", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_survey_anonymous_sheets_survey_id"))

    op.drop_table("survey_anonymous_sheets")
    with op.batch_alter_table("focus_groups", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_focus_groups_survey_id"))
        batch_op.drop_index(batch_op.f("ix_focus_groups_supplier_id"))

    op.drop_table("focus_groups")
    with op.batch_alter_table("surveys", schema=None) as batch_op:
        batch_op.drop_index("ix_surveys_closed")

    op.drop_table("surveys")
    with op.batch_alter_table("survey_tries", schema=None) as batch_op:
        batch_op.drop_index("ix_survey_tries_at")

    op.drop_table("survey_tries")
